"""/on-duty: who is there now and next, what is handed over, and the two weeks ahead with their gaps."""

from typing import Any

import reflex as rx

from careapp.pwa.keep import keeps_page
from careapp.pwa.waiting import refused_list, waiting_list
from careapp.shifts.now_parts import now_and_next
from careapp.shifts.operations import (
    cancel_shift,
    change_shift,
    confirm_handover,
    edit_handover,
    plan_shifts,
    release_shift,
    take_shift,
    write_handover,
)
from careapp.shifts.parts import handover_card, shift_row
from careapp.shifts.queries import on_duty
from careapp.shifts.views import OnDutyView
from careapp.ui.banner import banner
from careapp.ui.buttons import button_link
from careapp.ui.card import page_title, section_title
from careapp.ui.el import each, el, fragment, join, link, show
from careapp.ui.empty import empty
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import badge
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t, tn

MORE = "inline-flex min-h-12 items-center font-medium text-primary"


class OnDutyState(Reading, rx.State):
    view: OnDutyView = OnDutyView()


@page("/on-duty", title="On duty", state=OnDutyState, query=on_duty)
def on_duty_page(view: Any) -> Any:
    frame = view.frame
    return site_frame(
        frame,
        back_link(to("/calendar"), t("Calendar")),
        page_title(t("On duty")),
        refused_list(take_shift, release_shift, cancel_shift, confirm_handover, class_name="mb-4 flex flex-col gap-3"),
        show(view.is_first_page, _first(view)),
        show(view.days, _ahead(view)),
        show(view.later, _later(view.later)),
        show(frame.can_add_to_schedule, fragment(_plan(), keeps_page("/plan-shifts"))),
        show(view.can_hand_over, keeps_page("/hand-over")),
        place="calendar",
    )


def _first(view: Any) -> Any:
    near = el.section(
        el.h2(t("Now and next"), class_name="sr-only"),
        now_and_next(view.near),
        class_name="card divide-y divide-line overflow-hidden",
    )
    return el.div(
        show(view.is_empty, _nothing(view.frame)),
        show(view.near, near),
        show(view.can_hand_over, _hand_over(view)),
        _unsent(write_handover, join(to("/hand-over"), "&shift={shift_id}")),
        _unsent(edit_handover, join(to("/hand-over"), "&handover={handover_id}")),
        _unsent(plan_shifts, to("/plan-shifts")),
        _unsent(change_shift, join(to("/plan-shifts"), "&shift={shift_id}")),
        show(view.has_notes, _notes(view)),
    )


def _unsent(operation: Any, form: Any) -> Any:
    """What this device still has to send, by what it is called."""
    return waiting_list(operation, text="", edit_at=form, class_name="mt-4 flex flex-col gap-3")


def _hand_over(view: Any) -> Any:
    target = to("/hand-over", shift=view.mine)
    return el.p(button_link(t("Hand over"), target, "primary", "edit", wide=True), class_name="mt-4")


def _notes(view: Any) -> Any:
    all_of_them = link(to("/handovers"), t("All notes"), class_name=MORE)
    return el.section(
        section_title(t("Handed over"), all_of_them),
        el.div(each(view.open, handover_card), each(view.read, handover_card), class_name="flex flex-col gap-4"),
    )


def _ahead(view: Any) -> Any:
    count = tn("Nobody is there yet at {n} time this week.", "Nobody is there yet at {n} times this week.", view.gaps)
    return el.section(
        section_title(t("The days ahead")),
        show(view.gaps, banner("warm", count)),
        each(view.days, _day),
    )


def _day(day: Any) -> Any:
    return el.section(
        el.h3(
            day.day,
            show(day.is_today, badge(t("Today"), "own")),
            class_name="mt-5 mb-2 flex flex-wrap items-center gap-2 text-base",
        ),
        el.ul(each(day.shifts, shift_row), class_name="card divide-y divide-line overflow-hidden"),
        key=day.key,
    )


def _later(begins: Any) -> Any:
    return el.p(button_link(t("Later days"), to("/on-duty", begins=begins), "secondary", wide=True), class_name="mt-5")


def _plan() -> Any:
    return el.div(
        button_link(t("Plan who is on duty"), to("/plan-shifts"), "secondary", "plus", wide=True),
        class_name="mt-6",
    )


def _nothing(frame: Any) -> Any:
    plans = empty(
        "people",
        t("Who is there at night, who on Sunday? Once it stands here, everyone knows, and nothing gets lost between."),
        example=t("For example: Tom every night until eight, then Ida; with a note on medicines and mood between."),
    )
    waits = empty("people", t("Nobody is planned yet. Who is with {name} when will stand here.", name=frame.called))
    return show(frame.can_add_to_schedule, plans, waits)
