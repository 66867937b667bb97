"""How the app presents itself to the phone: its name, icons, shortcuts and pictures.

A browser that knows the `_localized` members takes its own language; the others take English.
"""

import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from careapp.catalogue import DEFAULT, LANGUAGES, translate
from careapp.said import mark

PAPER, TEAL = "#FBF8F3", "#0E5A5A"
ICONS = (
    ("icons/icon-192.png", "any"),
    ("icons/icon-512.png", "any"),
    ("icons/maskable-512.png", "maskable"),
    ("icons/monochrome-512.png", "monochrome"),
)
SCREENSHOTS = (
    ("screenshots/today-narrow.png", "narrow", mark("Today: how the person is, what is next, who helps")),
    ("screenshots/today-wide.png", "wide", mark("Today on a large screen")),
)
SHORTCUTS = (
    (mark("SOS"), "/sos?source=shortcut"),
    (mark("New update"), "/write?source=shortcut"),
    (mark("Today"), "/today?source=shortcut"),
)
# The names are those that the service worker reads (assets/sw/share.js), and the server where there is no worker.
SHARE_TARGET = {
    "action": "/share-target",
    "method": "POST",
    "enctype": "multipart/form-data",
    "params": {
        "title": "title",
        "text": "text",
        "url": "url",
        "files": [{"name": "files", "accept": ["image/*", "video/*", ".heic", ".heif", ".mov", ".mp4"]}],
    },
}
ABOUT = mark("One private place where family, friends and the care team look after one person together.")


def manifest(static: Path) -> dict[str, Any]:
    """The web app manifest. Names only those pictures that are there, with the sizes they have."""
    return {
        "id": "/",
        "name": "Careapp",
        "short_name": "Careapp",
        **_said("description", ABOUT),
        "lang": DEFAULT,
        "dir": "auto",
        "scope": "/",
        "start_url": "/today?source=home",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": TEAL,
        "categories": ["health", "lifestyle", "social"],
        "icons": [{**image, "purpose": purpose} for image, purpose in _images(static, ICONS)],
        "shortcuts": [{**_said("name", name), "url": url, **_shortcut_icon(static)} for name, url in SHORTCUTS],
        "share_target": SHARE_TARGET,
        "screenshots": [
            {**image, "form_factor": form, **_said("label", label)}
            for image, form, label in _images(static, SCREENSHOTS)
        ],
    }


def _said(member: str, words: str) -> dict[str, Any]:
    """A member in English, and beside it in every other language."""
    others = {language: translate(language, words) for language in LANGUAGES if language != DEFAULT}
    return {member: words, f"{member}_localized": others}


def _images(static: Path, wanted: Iterable[tuple[str, ...]]) -> Iterable[tuple[Any, ...]]:
    for path, *said in wanted:
        if (static / path).exists():
            yield _image(static, path), *said


def _image(static: Path, path: str) -> dict[str, str]:
    with (static / path).open("rb") as file:
        width, height = struct.unpack(">II", file.read(24)[16:])
    return {"src": f"/{path}", "sizes": f"{width}x{height}", "type": "image/png"}


def _shortcut_icon(static: Path) -> dict[str, Any]:
    path, _ = ICONS[0]
    return {"icons": [_image(static, path)]} if (static / path).exists() else {}
