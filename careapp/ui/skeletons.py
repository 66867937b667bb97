"""Grey shapes of what is on its way, so that a page is never blank and nothing jumps when its rows arrive."""

from typing import Any

from careapp.ui.el import el
from careapp.ui.nav import bottom_bar
from careapp.ui.words import t


def page_skeleton() -> Any:
    """A site's page before its rows are known: the frame is real, the rest is shapes."""
    top = el.header(
        el.div(
            el.span(class_name="skeleton size-11 rounded-full"),
            el.span(class_name="skeleton h-5 w-36"),
            class_name="frame-top-in justify-start",
        ),
        class_name="frame-top",
    )
    return el.div(
        top,
        el.div(bottom_bar(""), el.main(skeleton_feed(), class_name="frame-main"), class_name="frame-in"),
        class_name="frame",
    )


def plain_skeleton() -> Any:
    """A page without the site's frame before its rows are known."""
    return el.div(el.main(skeleton_feed(1), class_name="mx-auto w-full max-w-xl px-4 py-8"), class_name="min-h-dvh")


def skeleton_card(lines: int = 3) -> Any:
    """The shape of a card with a face, a name and some words."""
    return el.div(
        el.div(
            el.div(class_name="skeleton size-11 rounded-full"),
            el.div(class_name="skeleton h-4 w-40"),
            class_name="flex items-center gap-3",
        ),
        *[
            el.div(class_name=f"skeleton mt-4 h-4 {'w-3/5' if line == lines - 1 else 'w-full'}")
            for line in range(lines)
        ],
        class_name="card p-4",
        aria_hidden="true",
    )


def skeleton_feed(cards: int = 3) -> Any:
    """Several skeleton cards, which say once, to those who listen, that the page is loading."""
    return el.div(
        el.p(t("Loading"), class_name="sr-only", role="status"),
        *[skeleton_card() for _ in range(cards)],
        class_name="flex flex-col gap-4",
    )
