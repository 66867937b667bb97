"""/plan-shifts: who is on duty when, once or again and again; or a shift that is there, otherwise."""

from typing import Any

import reflex as rx

from careapp.availability.browser import who_can_then
from careapp.pwa.editing import started_from
from careapp.pwa.send import action_button, care_form, form_words
from careapp.pwa.times import times
from careapp.shifts.operations import cancel_shift, change_shift, plan_shifts
from careapp.shifts.queries import planning
from careapp.shifts.views import PlanView
from careapp.ui.buttons import submit_button
from careapp.ui.card import page_title
from careapp.ui.el import el, join, show
from careapp.ui.fields import choice_cards, form_stack, select_each, text_field
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import t


class PlanShiftsState(Reading, rx.State):
    view: PlanView = PlanView()


@page("/plan-shifts", title="Plan who is on duty", state=PlanShiftsState, query=planning, skeleton=plain_skeleton)
def plan_shifts_page(view: Any) -> Any:
    return plain_frame(
        back_link(to("/on-duty"), t("On duty")),
        show(view.shift_id != "", _change(view), _new(view)),
        colour=view.frame.colour,
        sos_of=view.frame,
    )


def _new(view: Any) -> Any:
    form = care_form(
        form_stack(
            times(view, is_timed=True, first={"on": view.on, "starts": view.starts, "ends": view.ends}),
            _who(view),
            form_words(),
            submit_button(t("Plan it")),
        ),
        operation=plan_shifts,
        next=to("/on-duty"),
        draft="plan-shifts",
        label=t("Who is on duty"),
        key="new",
    )
    lead = t("A night ends on the next morning. Two people can be there at once.")
    return el.div(page_title(t("Plan who is on duty"), lead), form)


def _who(view: Any) -> Any:
    return el.div(
        who_can_then(view.free, view.zone, class_name="mb-4 empty:hidden"),
        select_each("member_id", t("Who is on duty?"), view.people, value=view.member_id),
    )


def _change(view: Any) -> Any:
    form = care_form(
        form_stack(
            started_from(view.version, view.summary),
            text_field("on", t("Day"), value=view.on, type="date", class_name="max-w-60"),
            el.div(
                text_field("starts", t("From"), value=view.starts, type="time"),
                text_field("ends", t("Until"), value=view.ends, type="time"),
                class_name="grid grid-cols-2 gap-3",
            ),
            _who(view),
            show(view.is_series, _scope()),
            form_words(),
            submit_button(t("Save")),
        ),
        operation=change_shift,
        fixed={"shift_id": view.shift_id},
        next=to("/on-duty"),
        draft=join("shift-", view.shift_id),
        label=t("Who is on duty"),
        reset=False,
        key=view.shift_id,
    )
    return el.div(page_title(t("Change a time on duty"), view.summary), form, _cancel(view))


def _scope() -> Any:
    cards = [("this", t("Only this one"), None), ("following", t("This and all after it"), None)]
    return choice_cards("scope", t("What do you want to change?"), cards, value="this")


def _cancel(view: Any) -> Any:
    look = "button button-quiet w-full"
    one = action_button(
        t("Call this one off"),
        cancel_shift,
        {"shift_id": view.shift_id},
        t("Call this time off? Who has it is told."),
        about=view.summary,
        next=to("/on-duty"),
        class_name=look,
    )
    rest = action_button(
        t("Call off this one and all after it"),
        cancel_shift,
        {"shift_id": view.shift_id, "scope": "following"},
        t("Call off all of these times? Who has them is told."),
        about=view.summary,
        next=to("/on-duty"),
        class_name=look,
    )
    return el.div(one, show(view.is_series, rest), class_name="mt-8 flex flex-col gap-2")
