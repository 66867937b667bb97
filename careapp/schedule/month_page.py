"""/calendar-month: the days of a month, each a way into the agenda."""

from typing import Any

import reflex as rx

from careapp.schedule.filters import filters
from careapp.schedule.queries import month
from careapp.schedule.tabs import calendar_tabs, turning
from careapp.schedule.views import MonthView
from careapp.schedule.ways import calendar_ways, paper_head
from careapp.ui.card import page_title
from careapp.ui.el import each, el, link, show
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import site_frame
from careapp.ui.words import t, tn

DAY = "flex h-full min-h-16 flex-col items-center gap-0.5 p-1 text-center hover:bg-sunken sm:min-h-24 sm:items-stretch"
GRID = "card overflow-hidden max-sm:-mx-[12px]"
NUMBER = "mx-auto flex size-8 max-w-full items-center justify-center rounded-full tabular-nums"


class MonthState(Reading, rx.State):
    view: MonthView = MonthView()


@page("/calendar-month", title="Month", state=MonthState, query=month)
def month_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        paper_head(view.frame),
        page_title(t("Calendar")),
        calendar_tabs("month", view),
        filters("/calendar-month", view, view.begins),
        turning("/calendar-month", view, t("The month before"), t("The month after"), t("This month")),
        el.div(_table(view), class_name=GRID),
        calendar_ways(view.frame),
        place="calendar",
    )


def _table(view: Any) -> Any:
    return el.table(
        el.caption(view.title, class_name="sr-only"),
        el.thead(el.tr(each(view.weekdays, lambda day: el.th(day, scope="col", key=day, class_name="py-1 text-sm")))),
        el.tbody(each(view.weeks, lambda week: _week(view, week))),
        class_name="w-full table-fixed border-collapse",
    )


def _week(view: Any, week: Any) -> Any:
    return el.tr(each(week.cells, lambda day: _day(view, day)), key=week.on)


def _day(view: Any, day: Any) -> Any:
    number = show(day.is_today, f"{NUMBER} bg-primary font-bold text-on-primary", NUMBER)
    planned = tn("{n} planned", "{n} planned", day.total)
    return el.td(
        link(
            to("/calendar", begins=day.on, kind=view.kind, person=view.person),
            el.span(day.number, aria_hidden="true", class_name=number),
            el.span(day.words, ", ", planned, class_name="sr-only"),
            show(
                day.total,
                el.span(
                    day.total,
                    aria_hidden="true",
                    class_name="rounded-full bg-tint px-2 text-sm text-primary sm:hidden print:hidden",
                ),
            ),
            el.span(each(day.listed, _line), aria_hidden="true", class_name="hidden sm:block print:block"),
            show(
                day.more,
                el.span(
                    t("and {n} more", n=day.more),
                    aria_hidden="true",
                    class_name="hidden text-sm text-muted sm:block print:block",
                ),
            ),
            class_name=show(day.is_of_month, DAY, f"{DAY} text-muted"),
        ),
        key=day.on,
        class_name="border border-line p-0 align-top",
    )


def _line(item: Any) -> Any:
    look = "block truncate rounded bg-tint px-1 text-start text-sm"
    return el.span(item.title, key=item.key, class_name=show(item.is_cancelled, f"{look} line-through", look))
