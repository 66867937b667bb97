"""Ways through a list that is longer than its page: on to what follows, and back to where it begins."""

from typing import Any

from careapp.ui.buttons import QUIET_LINK, button_link
from careapp.ui.el import el, link
from careapp.ui.icons import icon


def further(target: Any, words: Any) -> Any:
    """Below what is shown."""
    return el.p(button_link(words, target, "secondary", wide=True), class_name="mt-5")


def back_to_first(target: Any, words: Any) -> Any:
    """Above it, for who has gone further."""
    return link(target, icon("back", class_name="icon-sm"), words, class_name=f"{QUIET_LINK} gap-1")
