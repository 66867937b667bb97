"""What every page says of the app in its head."""

from typing import Any

from careapp.ui.el import el


def head() -> list[Any]:
    """For `rx.App(head_components=…)`. The bars of the browser take the colour of the page's own top."""
    return [
        el.meta(name="viewport", content="width=device-width, initial-scale=1, viewport-fit=cover"),
        el.link(rel="manifest", href="/manifest.webmanifest"),
        el.link(rel="icon", href="/icons/favicon.svg", type="image/svg+xml"),
        el.link(rel="apple-touch-icon", href="/icons/apple-touch-icon-180.png"),
        el.meta(name="theme-color", content="#e9f0f0", media="(prefers-color-scheme: light)"),
        el.meta(name="theme-color", content="#222e32", media="(prefers-color-scheme: dark)"),
        el.meta(name="mobile-web-app-capable", content="yes"),
        el.meta(name="apple-mobile-web-app-capable", content="yes"),
        el.meta(name="apple-mobile-web-app-title", content="Careapp"),
        el.meta(name="format-detection", content="telephone=no"),
    ]
