"""Lists, tables and small signs: what stands inside cards and pages."""

from typing import Any

from careapp.ui.el import el, link
from careapp.ui.icons import icon

MENU_LINK = "flex min-h-14 w-full items-center gap-3 rounded-card px-3 py-2 text-start hover:bg-sunken active:bg-sunken"
ROW = "flex min-h-14 w-full items-center gap-3 px-4 py-2.5 text-start"
BADGES = {
    "plain": "bg-sunken text-muted",
    "own": "bg-tint text-primary",
    "warm": "bg-accent-soft text-accent-ink",
    "good": "bg-success-soft text-success",
    "danger": "bg-sos-soft text-sos-ink",
}


def rows(*items: Any, **attrs: Any) -> Any:
    """A card of rows with a hairline between them; `items` are `row`s, or one each(…) of them."""
    return el.ul(
        *items, class_name=f"card overflow-hidden divide-y divide-line {attrs.pop('class_name', '')}".strip(), **attrs
    )


def row(*content: Any, **attrs: Any) -> Any:
    """A row that only shows."""
    return el.li(*content, class_name=f"{ROW} {attrs.pop('class_name', '')}".strip(), **attrs)


def row_link(target: Any, *content: Any, **attrs: Any) -> Any:
    """A row that leads somewhere, with an arrow at its end."""
    look = f"{ROW} hover:bg-sunken active:bg-sunken focus-visible:-outline-offset-2"
    return el.li(link(target, *content, _onward(), class_name=look, **attrs))


def row_words(title: Any, *under: Any, sign: Any = None) -> Any:
    """The lines of a row, between a face and what stands at the end. `sign`, a badge, follows the title or wraps."""
    beside = [sign] if sign is not None else []
    return el.div(
        el.div(
            el.span(title, class_name="font-medium leading-snug"),
            *beside,
            class_name="flex flex-wrap items-center gap-x-2 gap-y-1",
        ),
        *([el.div(*under, class_name="text-sm text-muted")] if under else []),
        class_name="min-w-0 flex-1",
    )


def badge(words: Any, kind: str = "plain", icon_name: str | None = None) -> Any:
    """A small sign; its words say it, its colour only helps. Kinds: plain, own, warm, good, danger."""
    return el.span(
        *([icon(icon_name, class_name="size-4")] if icon_name else []),
        words,
        class_name=f"inline-flex items-center gap-1 rounded-full px-2.5 py-0.5 text-sm font-medium {BADGES[kind]}",
    )


def facts(*pairs: tuple[Any, Any]) -> Any:
    """Names and values one under the other: a profile, the details of an invitation."""
    return el.dl(
        *[
            el.div(
                el.dt(name, class_name="text-sm text-muted"), el.dd(value, class_name="prose-words"), class_name="py-2"
            )
            for name, value in pairs
        ],
        class_name="divide-y divide-line",
    )


def table(caption: Any, headings: list[Any], body: Any) -> Any:
    """A table that scrolls inside itself on a narrow screen; `body` is one each(…) or a list of `table_row`s."""
    return el.div(
        el.table(
            el.caption(caption, class_name="sr-only"),
            el.thead(el.tr(*[el.th(words, scope="col", class_name="table-head") for words in headings])),
            el.tbody(*(body if isinstance(body, list) else [body])),
            class_name="w-full min-w-max border-collapse text-start",
        ),
        role="region",
        aria_label=caption,
        tab_index=0,
        class_name="card overflow-x-auto",
    )


def table_row(heading: Any, *cells: Any) -> Any:
    """A row of `table`; its heading stays in sight while the rest scrolls sideways."""
    return el.tr(
        el.th(heading, scope="row", class_name="table-side"),
        *[el.td(cell, class_name="px-4 py-3") for cell in cells],
        class_name="border-t border-line",
    )


def tabs(label: Any, *items: Any) -> Any:
    """Links between views of one page; `items` are `tab`s."""
    return el.nav(*items, aria_label=label, class_name="tabs print:hidden")


def tab(target: Any, words: Any, is_current: bool = False) -> Any:
    """One view; `is_current` is known when the page is written."""
    return link(target, words, class_name="tab", **({"aria_current": "page"} if is_current else {}))


def qr_code(path: Any, view_box: Any, label: Any) -> Any:
    """A QR code as segno draws it: `path` is the `d` of its SVG line, `view_box` its size with the quiet zone.

    Always dark on white, because some cameras do not read the opposite.
    """
    return el.div(
        el.svg(
            el.path(d=path, stroke="#000", fill="none"),
            view_box=view_box,
            role="img",
            aria_label=label,
            class_name="size-full",
        ),
        class_name="mx-auto aspect-square w-full max-w-64 rounded-card bg-white p-3",
    )


def _onward() -> Any:
    return icon("forward", class_name="icon-sm text-muted")
