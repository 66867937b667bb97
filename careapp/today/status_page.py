"""/status: say where the person is and how they are, in one short form."""

from typing import Any

import reflex as rx

from careapp.journal.choices import STATUS_MOODS
from careapp.journal.status import set_status
from careapp.pwa.send import care_form, form_words
from careapp.today.components import status_words
from careapp.today.queries import today
from careapp.today.views import TodayView
from careapp.ui.banner import banner
from careapp.ui.buttons import submit_button
from careapp.ui.card import card, page_title
from careapp.ui.el import el, show, to
from careapp.ui.fields import chips, form_stack, text_field
from careapp.ui.page import Reading, page
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
        show(view.has_status, _now(view.status)),
        show(view.can_set_status, _form(view), banner("info", t("You see how things are here; others say it."))),
        colour=view.frame.colour,
    )


def _now(status: Any) -> Any:
    return card(
        el.h2(t("Said last"), class_name="mb-2 text-sm font-semibold text-muted"),
        status_words(status),
        class_name="mb-6",
    )


def _form(view: Any) -> Any:
    return care_form(
        form_stack(
            chips("mood", t("How are they?"), [(key, t(words)) for key, words in STATUS_MOODS.items()]),
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
        form_words(),
        el.div(submit_button(t("Save")), class_name="mt-8"),
        operation=set_status,
        next=to("/today"),
        draft="status",
        label=t("How things are"),
    )
