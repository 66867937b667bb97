"""/status: say where the person is and how they are, in one short form."""

from typing import Any

import reflex as rx

from careapp.journal.status import set_status
from careapp.journal.writing import action_bar, mood_chips
from careapp.pwa.send import care_form
from careapp.today.components import status_words
from careapp.today.queries import today
from careapp.today.views import TodayView
from careapp.ui.banner import banner
from careapp.ui.buttons import button
from careapp.ui.card import card, page_title
from careapp.ui.el import el, show
from careapp.ui.fields import form_stack, text_field
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import t


class StatusState(Reading, rx.State):
    view: TodayView = TodayView()


@page("/status", title="How things are", state=StatusState, query=today, skeleton=plain_skeleton)
def status_page(view: Any) -> Any:
    return plain_frame(
        back_link(to("/today"), t("Today")),
        page_title(t("How is {name} now?", name=view.frame.called)),
        show(view.can_set_status, _form(view), banner("info", t("You see how things are here; others say it."))),
        show(view.has_status, _said_last(view.status)),
        colour=view.frame.colour,
        sos_of=view.frame,
    )


def _said_last(status: Any) -> Any:
    return card(
        el.h2(t("Said last"), class_name="mb-2 text-sm font-semibold text-muted"),
        status_words(status),
        class_name="mt-8",
    )


def _form(view: Any) -> Any:
    return care_form(
        form_stack(
            mood_chips(t("How are they?"), view.moods, is_new=True),
            text_field(
                "place",
                t("Where are they?"),
                hint=t("For example: at home, or St Anna hospital, room 12"),
                value=view.status.place,
                optional=True,
                max_length=120,
                dir="auto",
                auto_complete="off",
            ),
            text_field("words", t("In a few words"), optional=True, max_length=280, dir="auto", auto_complete="off"),
        ),
        el.input(type="hidden", name="after", default_value=view.status.id, data_type="optional"),
        action_bar(button(t("Save"), type="submit", class_name="max-sm:flex-1")),
        operation=set_status,
        next=to("/today"),
        draft="status",
        label=t("How things are"),
    )
