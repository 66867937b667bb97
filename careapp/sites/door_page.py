"""/door: the outside of a site, where one may ask to come in."""

from typing import Any

import reflex as rx

from careapp.accounts.sign_in_page import WAY
from careapp.pwa.send import care_form, form_words
from careapp.sites.operations import ask_to_join
from careapp.sites.visits import DoorView, door
from careapp.ui.banner import banner
from careapp.ui.buttons import button_link, submit_button
from careapp.ui.card import page_title
from careapp.ui.el import el, join, link, show
from careapp.ui.fields import form_stack, text_area
from careapp.ui.page import Reading, page
from careapp.ui.places import here_address
from careapp.ui.shell import plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import said, t, when


class DoorState(Reading, rx.State):
    view: DoorView = DoorView()


@page("/door", title="Ask to join", state=DoorState, query=door, skeleton=plain_skeleton)
def door_page(view: Any) -> Any:
    return plain_frame(
        page_title(view.site_name, t("A private site where a family looks after someone together.")),
        show(
            view.is_member,
            lambda: button_link(t("Go to the site"), join("/today?site=", view.site), wide=True),
            lambda: _outside(view),
        ),
    )


def _outside(view: Any) -> Any:
    return el.div(
        show(view.words, banner("info", el.p(said(view.words)))),
        show(view.has_asked, lambda: _asked(view)),
        show(view.can_ask, lambda: show(view.is_signed_in, _ask(view), _sign_in_first)),
    )


def _asked(view: Any) -> Any:
    return banner(
        "info",
        el.p(t("You have asked to join."), " ", when(view.asked_at)),
        el.p(t("You will find the answer here as soon as the family has decided.")),
    )


def _ask(view: Any) -> Any:
    return care_form(
        form_stack(
            text_area("words", t("Who are you to them?"), hint=t("So that the family knows who asks."), optional=True),
            submit_button(t("Ask to join")),
        ),
        form_words(),
        operation=ask_to_join,
        fixed={"address": view.site},
        next=join("/door?asked=1&address=", view.site),
        offline=False,
    )


def _sign_in_first() -> Any:
    return el.div(
        el.p(t("To ask, you need an account, so that the family can answer you.")),
        button_link(
            t("Make an account"), join("/register?next=", here_address(encoded=True)), wide=True, class_name="mt-6"
        ),
        link(
            join("/sign-in?next=", here_address(encoded=True)), t("I have an account already"), class_name=f"mt-4 {WAY}"
        ),
    )
