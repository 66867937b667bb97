"""/hand-over: what the next one has to know, in five short fields."""

from typing import Any

import reflex as rx

from careapp.journal.writing import action_bar, mood_chips
from careapp.pwa.editing import started_from
from careapp.pwa.send import care_form
from careapp.shifts.operations import edit_handover, write_handover
from careapp.shifts.queries import hand_over_form
from careapp.shifts.views import HandoverForm
from careapp.ui.banner import banner
from careapp.ui.buttons import submit_button
from careapp.ui.card import page_title
from careapp.ui.el import join, show
from careapp.ui.fields import form_stack, text_area
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import t


class HandOverState(Reading, rx.State):
    view: HandoverForm = HandoverForm()


@page("/hand-over", title="Hand over", state=HandOverState, query=hand_over_form, skeleton=plain_skeleton)
def hand_over_page(view: Any) -> Any:
    return plain_frame(
        back_link(to("/on-duty"), t("On duty")),
        page_title(t("Hand over"), show(view.shift, view.shift, t("Whoever comes next is told, and reads it."))),
        show(view.can_write, show(view.handover_id != "", _edit(view), _new(view)), _cannot(view)),
        colour=view.frame.colour,
        sos_of=view.frame,
    )


def _cannot(view: Any) -> Any:
    closed = t("This was read and taken over already. Please write what has to be added anew.")
    return banner("info", show(view.is_closed, closed, t("Who goes off duty writes here.")))


def _new(view: Any) -> Any:
    return care_form(
        _fields(view),
        action_bar(submit_button(t("Hand over"))),
        operation=write_handover,
        fixed={"shift_id": view.shift_id},
        next=to("/on-duty"),
        draft="hand-over",
        label=t("What is handed over"),
        key="new",
        class_name="-mb-16",
    )


def _edit(view: Any) -> Any:
    return care_form(
        started_from(view.version, view.summary),
        _fields(view),
        action_bar(submit_button(t("Save"))),
        operation=edit_handover,
        fixed={"handover_id": view.handover_id},
        next=to("/on-duty"),
        draft=join("hand-over-", view.handover_id),
        label=t("What is handed over"),
        reset=False,
        key=view.handover_id,
        class_name="-mb-16",
    )


def _fields(view: Any) -> Any:
    return form_stack(
        _text("medicines", t("Medicines given"), view.medicines, t("Which, how much, when; and what was refused")),
        mood_chips(t("How are they?"), view.moods),
        _text("food", t("Food and drink"), view.food, t("What they ate and drank, and what not")),
        _text("incidents", t("What happened"), view.incidents, t("A fall, a visitor, a bad hour, a good one")),
        _text("words", t("Anything else"), view.words, t("What comes next, what to look out for")),
    )


def _text(name: str, label: Any, value: Any, hint: Any) -> Any:
    return text_area(name, label, hint=hint, value=value, optional=True, rows=2, dir="auto", class_name="min-h-20!")
