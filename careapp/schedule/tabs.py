"""The ways to look at what is ahead."""

from typing import Any

from careapp.ui.el import el, link, show
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import tab, tabs
from careapp.ui.words import t


def calendar_tabs(current: str, view: Any) -> Any:
    """Stands on top of the calendar's pages; `current` is agenda, week or month. What it is narrowed to stays so."""
    only = {"kind": view.kind, "person": view.person}
    return tabs(
        t("Ways to look at the calendar"),
        tab(to("/calendar", **only), t("Agenda"), current == "agenda"),
        tab(to("/calendar-week", **only), t("Week"), current == "week"),
        tab(to("/calendar-month", **only), t("Month"), current == "month"),
        tab(to("/help-wanted"), t("Help")),
        tab(to("/on-duty"), t("On duty")),
        tab(to("/who-can"), t("Who can")),
    )


def turning(route: str, view: Any, before: Any, after: Any, now: Any) -> Any:
    """The way to what lies before and after, with what is shown between."""
    look = "button button-quiet size-12 rounded-full p-0 print:hidden"
    only = {"kind": view.kind, "person": view.person}
    return el.div(
        link(to(route, begins=view.before, **only), icon("previous", before), class_name=look),
        el.h2(view.title, class_name="min-w-0 flex-1 text-center text-lg"),
        link(to(route, begins=view.after, **only), icon("forward", after), class_name=look),
        show(view.is_this, None, link(to(route, **only), now, class_name="button button-quiet px-3 print:hidden")),
        class_name="mb-3 flex flex-wrap items-center gap-1",
    )
