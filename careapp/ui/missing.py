"""What stands at an address that has no page."""

from typing import Any

from careapp.pwa.bars import last_view
from careapp.ui.buttons import button_link
from careapp.ui.el import el, fragment
from careapp.ui.empty import empty
from careapp.ui.shell import plain_frame
from careapp.ui.words import t


def missing() -> Any:
    words = t("Perhaps a letter is missing in the address, or the page has moved. Nothing of yours is lost.")
    content = fragment(
        el.h1(t("There is no page here"), class_name="text-xl text-center"),
        empty("door", words, button_link(t("To the start"), "/")),
    )
    return fragment(last_view(), el.div(plain_frame(content), id="page"))
