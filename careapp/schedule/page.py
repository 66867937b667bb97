"""/calendar: what is ahead, day by day, and who goes along."""

from typing import Any

import reflex as rx

from careapp.pwa.keep import keeps_page
from careapp.pwa.waiting import refused_list, waiting_list
from careapp.schedule.components import appointment_row
from careapp.schedule.filters import QUIET, filters
from careapp.schedule.operations import (
    add_appointment,
    answer_appointment,
    cancel_appointment,
    change_appointment,
    delete_appointment,
    restore_appointment,
)
from careapp.schedule.queries import calendar
from careapp.schedule.tabs import calendar_tabs
from careapp.schedule.taken_away_page import just_taken_away
from careapp.schedule.views import CalendarView
from careapp.schedule.ways import calendar_ways, paper_head
from careapp.ui.buttons import button_link
from careapp.ui.card import page_title
from careapp.ui.el import all_of, each, el, fragment, join, link, no, show
from careapp.ui.empty import empty
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import badge
from careapp.ui.shell import site_frame
from careapp.ui.words import t

TAPS = (answer_appointment, cancel_appointment, delete_appointment, restore_appointment)


class CalendarState(Reading, rx.State):
    view: CalendarView = CalendarView()


@page("/calendar", title="Calendar", state=CalendarState, query=calendar)
def calendar_page(view: Any) -> Any:
    frame = view.frame
    return site_frame(
        frame,
        paper_head(frame),
        page_title(t("Calendar")),
        calendar_tabs("agenda", view),
        just_taken_away(),
        refused_list(*TAPS, class_name="mb-4 flex flex-col gap-3"),
        show(frame.can_add_to_schedule, fragment(_add(), keeps_page("/edit-appointment"))),
        waiting_list(
            add_appointment, text="title", edit_at=to("/edit-appointment"), class_name="mb-4 flex flex-col gap-3"
        ),
        waiting_list(
            change_appointment,
            text="title",
            edit_at=join(to("/edit-appointment"), "&appointment={appointment_id}&at={at}"),
            class_name="mb-4 flex flex-col gap-3",
        ),
        show(no(view.is_empty), filters("/calendar", view)),
        show(no(view.is_first_page), _earlier(view)),
        show(view.is_empty, _nothing(frame)),
        each(view.days, _day),
        each(view.soon, lambda item: keeps_page(to("/appointment", appointment=item.id, at=item.at))),
        each(view.own, lambda item: keeps_page(to("/edit-appointment", appointment=item.id, at=item.at))),
        show(view.next, keeps_page(to("/calendar", begins=view.next, kind=view.kind, person=view.person))),
        show(
            all_of(no(view.days), no(view.is_empty)),
            el.p(t("Nothing in these sixty days."), class_name="py-6 text-muted"),
        ),
        _on(view),
        calendar_ways(frame),
        place="calendar",
    )


def _add() -> Any:
    add = button_link(t("Add an appointment"), to("/edit-appointment"), "secondary", "plus", wide=True)
    return el.p(add, class_name="mb-4 print:hidden")


def _day(day: Any) -> Any:
    return el.section(
        el.h2(
            day.words,
            show(day.is_today, badge(t("Today"), "own")),
            class_name="mt-6 mb-2 flex flex-wrap items-center gap-2 text-lg",
            id=day.on,
        ),
        el.ul(each(day.listed, appointment_row), class_name="card divide-y divide-line overflow-hidden"),
        key=day.on,
    )


def _earlier(view: Any) -> Any:
    return el.p(
        link(to("/calendar", begins=view.earlier, kind=view.kind, person=view.person), t("Earlier"), class_name=QUIET),
        link(to("/calendar"), t("From today"), class_name=QUIET),
        class_name="flex flex-wrap gap-x-6 print:hidden",
    )


def _on(view: Any) -> Any:
    further = button_link(
        t("Further ahead"),
        to("/calendar", begins=view.further, kind=view.kind, person=view.person),
        "secondary",
        wide=True,
    )
    past = link(
        to("/calendar", begins=view.earlier, kind=view.kind, person=view.person), t("What was before"), class_name=QUIET
    )
    return el.div(
        show(view.further, further), show(view.is_first_page, past), class_name="mt-6 flex flex-col gap-2 print:hidden"
    )


def _nothing(frame: Any) -> Any:
    return show(
        frame.can_add_to_schedule,
        empty(
            "home",
            t("Doctors, therapy, visits: once it stands here, everyone knows, and someone goes along."),
            example=t("For example: every Tuesday and Friday, physiotherapy, Tom drives."),
        ),
        empty("home", t("Nothing is planned yet. What is coming up for {name} will stand here.", name=frame.called)),
    )
