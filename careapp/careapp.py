"""The composition root: pages, HTTP, security and background work, put together. Imported by nobody but the runner."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import reflex as rx
from reflex.utils.prerequisites import get_web_dir
from starlette.applications import Starlette

from careapp import features
from careapp.api.door import api_routes
from careapp.api.pages import first_paint, view_route
from careapp.api.security import secured
from careapp.background import working
from careapp.pwa.head import head
from careapp.pwa.plugin import build_id
from careapp.ui.page import add_pages, close_setters

features.load()
features.load_pages()

STATIC = Path(get_web_dir()) / "build" / "client"


@asynccontextmanager
async def background_work() -> AsyncIterator[None]:
    """It runs in threads of the web process, so that one command is enough to serve a family."""
    with working():
        yield


app = rx.App(
    toaster=None,
    app_wraps={},
    html_lang="en",
    head_components=head(),
    stylesheets=["/styles/theme.css"],
    reset_style=False,
    api_transformer=[
        Starlette(routes=[view_route(build_id()), *api_routes()]),
        first_paint(STATIC, build_id()),
        secured(STATIC),
    ],
)
app.register_lifespan_task(background_work)
add_pages(app)
close_setters()
