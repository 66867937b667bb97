"""What a person wrote, as it is drawn."""

from typing import Any

from careapp.ui.el import each, el, show


def text_parts(parts: Any) -> Any:
    """What a person wrote: line breaks kept, links that can be followed, names that stand out."""
    return el.div(each(parts, _part), dir="auto", class_name="prose-words")


def _part(part: Any) -> Any:
    plain = el.span(part.text, class_name=show(part.is_mention, "font-semibold text-primary", ""))
    return show(part.url != "", _outward(part), plain)


def _outward(part: Any) -> Any:
    look = "font-medium text-primary underline underline-offset-2"
    return el.a(part.text, href=part.url, target="_blank", rel="noopener noreferrer nofollow", class_name=look)
