"""What every page says of the app in its head."""

import reflex as rx

from careapp.pwa.manifest import PAPER


def head() -> list[rx.Component]:
    """For `rx.App(head_components=…)`."""
    return [
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        rx.el.link(rel="icon", href="/icons/favicon.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/icons/apple-touch-icon-180.png"),
        rx.el.meta(name="theme-color", content=PAPER, media="(prefers-color-scheme: light)"),
        rx.el.meta(name="theme-color", content="#14191B", media="(prefers-color-scheme: dark)"),
        rx.el.meta(name="apple-mobile-web-app-title", content="Careapp"),
    ]
