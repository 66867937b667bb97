"""What a page shows when it may not, or cannot, show its rows."""

from typing import Any

from careapp.ui.buttons import button_link, outside_link
from careapp.ui.el import el
from careapp.ui.empty import empty
from careapp.ui.words import said, t


def refused(refusal: Any) -> Any:
    """The words of the refusal (`words`), and the ways on from there. Says nothing about whether a site exists."""
    ways = el.div(
        outside_link(t("Try again"), "", "primary"),
        button_link(t("To the start"), "/", "quiet"),
        class_name="flex flex-wrap justify-center gap-3",
    )
    return el.main(
        el.h1(t("This page cannot be shown"), class_name="text-xl text-center"),
        empty("door", said(refusal.words), ways),
        id="main",
        class_name="mx-auto w-full max-w-xl px-4 py-10",
    )
