"""What Reflex needs to know: how the frontend is built, and where page state lives."""

import reflex as rx
from reflex.constants import StateManagerMode

from careapp.api.origin import own_origins
from careapp.pwa.origin import SameOrigin
from careapp.pwa.outdated import OffersNewVersions
from careapp.pwa.plugin import InstallableApp
from careapp.settings import settings

config = rx.Config(
    app_name="careapp",
    backend_port=settings().port,
    frontend_port=settings().port,
    api_url="http://localhost",
    deploy_url=settings().public_url,
    cors_allowed_origins=list(own_origins(settings().public_url)),
    redis_url=settings().redis_url or None,
    state_manager_mode=StateManagerMode.REDIS if settings().redis_url else StateManagerMode.MEMORY,
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[rx.plugins.TailwindV4Plugin({"plugins": []}), SameOrigin(), OffersNewVersions(), InstallableApp()],
    disable_plugins=[rx.plugins.sitemap.SitemapPlugin],
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
