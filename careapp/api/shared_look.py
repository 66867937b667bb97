"""How the page behind a shared link looks: its styles, and the picture of what it shows."""

import base64
import hashlib
from collections.abc import Callable
from typing import Any

from careapp.journal.text_parts import text_parts
from careapp.sharing.views import SharedPhoto, SharedView
from careapp.ui.el import Html, each, el, fragment, join, show
from careapp.ui.words import day_and_time, t, when

STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:18px/1.55 system-ui,sans-serif;color:#1e2a2e;background:#fbf8f3;margin:0;"
    "-webkit-text-size-adjust:100%}"
    "main{max-width:42rem;margin:0 auto;padding:28px 16px 40px}h1{font-size:24px;line-height:1.25;margin:0}"
    "article{background:#fff;border-radius:14px;box-shadow:0 1px 3px rgb(30 42 46/.12);overflow:hidden;margin:20px 0}"
    ".words{padding:16px 16px 4px;overflow-wrap:anywhere}.prose-words{white-space:pre-wrap;margin:0 0 12px}"
    ".by,.milestone{margin:0 0 10px}.by,footer{color:#55636a;font-size:16px}.milestone{font-weight:600}"
    "figure{margin:0}figure+figure{margin-top:4px}img,video{display:block;width:100%;height:auto;background:#f1ebe0}"
    "a{color:#0e5a5a}footer p{margin:0 0 8px}"
    "@media(prefers-color-scheme:dark){body{color:#ece7df;background:#14191b}article{background:#1c2326;"
    "box-shadow:none}.by,footer{color:#a9b4b8}a{color:#8fd0c8}img,video{background:#232c30}}"
)

Address = Callable[[str, str], str]


def hash_of(style: str) -> str:
    """By which a Content-Security-Policy lets these styles in and no others."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


STYLE_HASH = hash_of(STYLE)


def picture(view: SharedView, address: Address) -> Any:
    """What the link shows. `address` gives the address of a photo's variant."""
    return fragment(
        el.h1(heading(view)),
        el.article(
            el.div(
                el.p(show(view.author != view.sharer, join(view.author, " · ")), when(view.at, "day"), class_name="by"),
                show(view.milestone, el.p(view.milestone, dir="auto", class_name="milestone")),
                show(view.parts, lambda: text_parts(view.parts)),
                class_name="words",
            ),
            each(view.photos, lambda photo: _figure(view, photo, address)),
        ),
        el.footer(
            el.p(t("This link works until"), " ", day_and_time(view.expires_at), "."),
            el.p(t("It shows this alone. Please ask {name} before you pass it on.", name=view.sharer)),
        ),
    )


def nothing(words: str) -> Any:
    """In place of what a link does not show."""
    return fragment(
        el.h1(t("This link shows nothing")),
        el.article(el.div(el.p(t(words)), class_name="words")),
    )


def heading(view: SharedView) -> str:
    if not view.is_photo:
        return str(t("{name} shared this with you", name=view.sharer))
    is_video = any(photo.is_video for photo in view.photos)
    return str(
        t("{name} shared a video with you", name=view.sharer)
        if is_video
        else t("{name} shared a photo with you", name=view.sharer)
    )


def document(language: str, title: str, head: Any, content: Any, style: str = STYLE) -> str:
    """The whole page: no script, and nothing from elsewhere."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f"{el.title(title)}{head}"
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex,nofollow,noarchive">'
        '<link rel="icon" href="/icons/favicon.svg" type="image/svg+xml">'
        f"<style>{style}</style></head><body>{el.main(content)}</body></html>"
    )


def _figure(view: SharedView, photo: SharedPhoto, address: Address) -> Html:
    alt = photo.alt or t("Photo by {name}", name=view.author)
    size = {"width": photo.width or None, "height": photo.height or None}
    if photo.is_video:
        more = {"poster": address(photo.id, "960"), "aria_label": alt, "plays_inline": "", "controls": True}
        return Html(el.figure(el.video(src=address(photo.id, "video"), preload="none", **more, **size)))
    sizes = ", ".join(f"{address(photo.id, side)} {side}w" for side in ("320", "960", "2048"))
    image = el.img(
        src=address(photo.id, "960"), src_set=sizes, sizes="(max-width: 42rem) 100vw, 42rem", alt=alt, **size
    )
    return Html(el.figure(image))
