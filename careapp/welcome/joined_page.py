"""/welcome: right after joining, how the app gets onto the home screen, with the reason first."""

from typing import Any

from careapp.pwa.share import install_button
from careapp.ui.buttons import button_link
from careapp.ui.card import page_title
from careapp.ui.el import el, link
from careapp.ui.illustrations import illustration
from careapp.ui.page import static_page
from careapp.ui.places import to
from careapp.ui.shell import plain_frame
from careapp.ui.words import t


@static_page("/welcome", title="Welcome")
def joined_page() -> Any:
    return plain_frame(
        el.div(illustration("phone"), class_name="flex justify-center py-6"),
        page_title(
            t("You are in"),
            t("Put Careapp on your home screen: it opens with one tap, and shows the last news also with no signal."),
        ),
        install_button(t("Put it on my home screen"), class_name="button button-primary mb-3 w-full"),
        button_link(t("Go to the site"), to("/today"), wide=True),
        el.div(
            link(to("/install"), t("How to put it on the home screen"), class_name="button button-quiet"),
            class_name="mt-3",
        ),
    )
