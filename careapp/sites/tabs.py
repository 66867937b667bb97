"""The three ways to look at what was told: updates, messages of support, and all the pictures."""

from typing import Any

from careapp.ui.el import show
from careapp.ui.places import to
from careapp.ui.rows import tab, tabs
from careapp.ui.words import t


def site_tabs(frame: Any, current: str) -> Any:
    """Stands on top of the three pages; `current` is updates, messages or photos."""
    messages = tab(to("/messages"), t("Messages"), current == "messages")
    return tabs(
        t("What was told"),
        tab(to("/journal"), t("Updates"), current == "updates"),
        show(frame.can_see_messages, messages),
        tab(to("/photos"), t("Photos"), current == "photos"),
    )
