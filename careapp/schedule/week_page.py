"""/calendar-week: seven days with all that is planned."""

from typing import Any

import reflex as rx

from careapp.schedule.components import appointment_row
from careapp.schedule.filters import filters
from careapp.schedule.queries import week
from careapp.schedule.tabs import calendar_tabs, turning
from careapp.schedule.views import WeekView
from careapp.schedule.ways import calendar_ways, paper_head
from careapp.ui.card import page_title
from careapp.ui.el import each, el, show
from careapp.ui.page import Reading, page
from careapp.ui.rows import badge
from careapp.ui.shell import site_frame
from careapp.ui.words import t


class WeekState(Reading, rx.State):
    view: WeekView = WeekView()


@page("/calendar-week", title="Week", state=WeekState, query=week)
def week_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        paper_head(view.frame),
        page_title(t("Calendar")),
        calendar_tabs("week", view),
        filters("/calendar-week", view, view.begins),
        turning("/calendar-week", view, t("The week before"), t("The week after"), t("This week")),
        each(view.days, _day),
        calendar_ways(view.frame),
        place="calendar",
    )


def _day(day: Any) -> Any:
    listed = el.ul(each(day.listed, appointment_row), class_name="card divide-y divide-line overflow-hidden")
    return el.section(
        el.h3(
            day.words,
            show(day.is_today, badge(t("Today"), "own")),
            class_name="mt-5 mb-2 flex flex-wrap items-center gap-2 text-base",
        ),
        show(day.total, listed, el.p(t("Nothing planned"), class_name="text-sm text-muted")),
        show(day.more, el.p(t("and {n} more", n=day.more), class_name="text-sm text-muted")),
        key=day.on,
    )
