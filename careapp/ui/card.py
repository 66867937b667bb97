"""Cards and the headings above and inside them."""

from typing import Any

from careapp.ui.el import el


def card(*content: Any, padded: bool = True, **attrs: Any) -> Any:
    """A raised sheet of paper; with `padded=False` photos and rows reach its edges."""
    look = f"card {'p-4 sm:p-5' if padded else 'overflow-hidden'} {attrs.pop('class_name', '')}".strip()
    return el.section(*content, class_name=look, **attrs)


def article_card(*content: Any, **attrs: Any) -> Any:
    """A card that can stand alone in a feed; edge to edge on a phone, rounded from 40rem on."""
    look = f"card max-sm:-mx-4 max-sm:rounded-none {attrs.pop('class_name', '')}".strip()
    return el.article(*content, class_name=look, **attrs)


def page_title(words: Any, lead: Any = None) -> Any:
    """The page's only h1, with one sentence under it where a sentence helps."""
    return el.header(
        el.h1(words, class_name="text-2xl"),
        *([el.p(lead, class_name="mt-1 text-muted")] if lead is not None else []),
        class_name="mb-5",
    )


def section_title(words: Any, *action: Any, anchor: str | None = None) -> Any:
    """A heading above a card or list, with room for one quiet action at its end."""
    return el.div(
        el.h2(words, class_name="text-lg", **({"id": anchor} if anchor else {})),
        *action,
        class_name="mt-8 mb-3 flex min-h-12 flex-wrap items-center justify-between gap-x-4",
    )


def card_title(words: Any, level: int = 2) -> Any:
    """A heading inside a card; `level` keeps the page's outline whole."""
    return getattr(el, f"h{level}")(words, class_name="text-lg")


def stack(*content: Any, gap: str = "gap-4", **attrs: Any) -> Any:
    """Things one under the other with even space between."""
    return el.div(*content, class_name=f"flex flex-col {gap} {attrs.pop('class_name', '')}".strip(), **attrs)


def actions(*content: Any, **attrs: Any) -> Any:
    """Buttons in a row that wraps; full width each where a thumb needs it is the button's own choice."""
    look = f"mt-4 flex flex-wrap items-center gap-3 {attrs.pop('class_name', '')}".strip()
    return el.div(*content, class_name=look, **attrs)
