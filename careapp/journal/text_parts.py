"""What a person wrote, as it is drawn."""

from typing import Any

from careapp.ui.el import each, el, join, show

LINK = "font-medium text-primary underline underline-offset-2"


def text_parts(parts: Any) -> Any:
    """What a person wrote: line breaks kept, links that can be followed, names that stand out, lists."""
    return el.div(each(parts, _part), dir="auto", class_name="prose-words")


def _part(part: Any) -> Any:
    numbered = el.ol(each(part.points, _item), class_name="my-1 list-decimal ps-6")
    bulleted = el.ul(each(part.points, _item), class_name="my-1 list-disc ps-6")
    return show(part.points, show(part.is_numbered, numbered, bulleted), _words(part))


def _item(item: Any) -> Any:
    return el.li(each(item.parts, _words), class_name=show(item.is_inner, "ms-6", ""))


def _words(part: Any) -> Any:
    slant = show(part.is_stressed, "italic ", "")
    name = show(part.is_mention, "font-semibold text-primary", "")
    strong = el.strong(part.text, class_name=join(slant, "font-semibold ", name))
    plain = show(part.is_stressed, el.em(part.text, class_name=name), el.span(part.text, class_name=name))
    return show(part.url != "", _outward(part, slant), show(part.is_strong, strong, plain))


def _outward(part: Any, slant: Any) -> Any:
    look = join(slant, show(part.is_strong, "font-bold ", ""), LINK)
    return el.a(part.text, href=part.url, target="_blank", rel="noopener noreferrer nofollow", class_name=look)
