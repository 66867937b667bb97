"""Small facts about something, one after the other."""

from typing import Any

from careapp.ui.el import el, fragment, show


def small_facts(*facts: Any) -> Any:
    """Small words with dots between them; a fact is (whether it is shown, what)."""
    return el.p(
        *[show(is_shown, fragment(_dot(), el.span(what))) for is_shown, what in facts],
        class_name="text-sm text-muted",
    )


def _dot() -> Any:
    return el.span("·", aria_hidden="true", class_name="mx-1.5 first:hidden")
