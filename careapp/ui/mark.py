"""The mark of the app: a house with a heart, held by a hand. Outlines on a grid of 100, made of M, L, C and Z only."""

from typing import Any

from careapp.ui.el import el

HOUSE = "M50 15 L77 37 L77 62 C77 65 75 67 72 67 L28 67 C25 67 23 65 23 62 L23 37 Z"
HEART = "M50 63 C31 51 30 38 38 34 C44 32 49 35 50 41 C51 35 56 32 62 34 C70 38 69 51 50 63 Z"
HAND = "M10 63 C15 88 85 88 90 63"
HOUSE_WIDTH, HAND_WIDTH = 8, 7
VIEW_BOX = "5 5 90 90"


def mark(class_name: str = "size-9") -> Any:
    """The mark in the page's own colours, silent because the name stands beside it."""
    return el.svg(
        el.path(d=HOUSE, class_name="mark-house"),
        el.path(d=HEART, class_name="mark-heart"),
        el.path(d=HAND, class_name="mark-hand"),
        view_box=VIEW_BOX,
        aria_hidden="true",
        class_name=f"flex-none {class_name}",
    )
