"""/received: what another app handed to this one, while it is not clear on which site it belongs."""

from typing import Any

from careapp.pwa.share_in import shared_waits
from careapp.ui.buttons import button_link
from careapp.ui.card import page_title
from careapp.ui.el import el
from careapp.ui.page import static_page
from careapp.ui.shell import plain_frame
from careapp.ui.words import t


@static_page("/received", title="What you shared")
def received_page() -> Any:
    return plain_frame(
        page_title(t("What you shared")),
        el.div(shared_waits(), class_name="min-h-24"),
        button_link(t("To the app"), "/today", "quiet"),
    )
