"""The prerendered shells of the build, made ready to be filled with a member's rows."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from careapp.pwa.prerendered import SHADOW_SCRIPT

SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.S)
STYLE_PRELOAD = re.compile(r'<link as="style"[^>]*/>')
STYLESHEET = re.compile(r'<link href="(/assets/[^"]+\.css)" rel="stylesheet"[^>]*/>')
PLACE = re.compile(r'<div[^>]*\bid="page"[^>]*>')


@dataclass(frozen=True)
class Shell:
    """One page's HTML, cut where the rows and the state go."""

    head: str
    body: str
    end: str
    stylesheet: str

    def filled(self, painted: str, state: str, language: str) -> str:
        """The whole document. `painted` is HTML, `state` is JSON."""
        head = self.head.replace('<html lang="en"', f'<html lang="{escape(language)}"', 1)
        island = state.replace("<", "\\u003c")
        return "".join(
            (
                head,
                self.shadow(painted),
                self.body,
                f'<script type="application/json" id="last-view">{island}</script>',
                self.end,
            )
        )

    def shadow(self, painted: str) -> str:
        """The rows in a declarative shadow root: shown at once, while what React draws waits in the slot."""
        styles = (
            f'<script>{SHADOW_SCRIPT}</script><noscript><link rel="stylesheet" href="{self.stylesheet}"></noscript>'
        )
        rows = f'<div id="painted">{painted}</div><slot hidden></slot>'
        return f'<template shadowrootmode="open">{styles}{rows}</template>'


def load_shells(static: Path, routes: Iterable[str]) -> dict[str, Shell]:
    """Route to shell, from the build's HTML files. Raises FileNotFoundError for a page that was not built."""
    return {route: make_shell(_file(static, route).read_text(), static) for route in routes}


def make_shell(page: str, static: Path) -> Shell:
    """Raises ValueError when a new Reflex writes its pages in another way."""
    stylesheet = STYLESHEET.search(page)
    if stylesheet is None:
        raise ValueError("The built page has no place for its styles.")
    page = styles_within(page, stylesheet, static)
    place, end = PLACE.search(page), page.rfind("</body>")
    if place is None or end < 0:
        raise ValueError("The built page has no place for the first paint.")
    return Shell(page[: place.end()], page[place.end() : end], page[end:], stylesheet[1])


def styles_within(page: str, link: re.Match[str], static: Path) -> str:
    """The styles travel within the page, which saves the first paint a round trip. Their own file is fetched all the
    same, when nothing else waits: React knows it by its link, and the service worker writes it into what it opens."""
    styles = (static / link[1].lstrip("/")).read_text()
    if "</style" in styles:
        raise ValueError("The styles would end their element.")
    kept = link[0].replace("<link ", '<link media="not all" ', 1)
    return STYLE_PRELOAD.sub("", page).replace(link[0], f'<style id="styles">{styles}</style>{kept}', 1)


def script_hashes(page: str) -> frozenset[str]:
    """The CSP sources of every inline script, those that the late loader writes included."""
    bodies = [match["body"] for match in SCRIPT.finditer(page) if "src=" not in match["attributes"]]
    late = [json.loads(found) for body in bodies for found in re.findall(r"s\.textContent=(\".*?(?<!\\)\");", body)]
    return frozenset(_hash(body) for body in [*bodies, *late])


def inline_scripts(static: Path) -> dict[str, frozenset[str]]:
    """The CSP sources of every page by route."""
    own = {_hash(SHADOW_SCRIPT)}
    return {_route(static, file): script_hashes(file.read_text()) | own for file in static.rglob("*.html")}


def inline_styles(static: Path) -> frozenset[str]:
    """The CSP sources of the styles that pages hold."""
    return frozenset(_hash(file.read_text()) for file in (static / "assets").glob("*.css"))


def _hash(body: str) -> str:
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def _file(static: Path, route: str) -> Path:
    return static / "index.html" if route == "/" else static / route.lstrip("/") / "index.html"


def _route(static: Path, file: Path) -> str:
    name = file.relative_to(static).with_suffix("").as_posix()
    return "/" + name.removesuffix("index").rstrip("/")
