"""What else can be done with the calendar, below it; and what stands on top of it on paper."""

from typing import Any

from careapp.ui.buttons import button
from careapp.ui.el import el, link, show
from careapp.ui.places import to
from careapp.ui.words import t

LINK = "inline-flex min-h-12 items-center font-medium text-primary underline-offset-4 hover:underline"


def calendar_ways(frame: Any) -> Any:
    return el.div(
        button(t("Print"), "secondary", data_prints=""),
        link(to("/calendars"), t("In your own calendar"), class_name=LINK),
        show(frame.can_take_on, link(to("/taken-away"), t("Taken off the calendar"), class_name=LINK)),
        class_name="mt-8 flex flex-wrap items-center gap-x-6 gap-y-2 print:hidden",
    )


def paper_head(frame: Any) -> Any:
    """On paper nothing else says whose calendar it is."""
    return el.p(frame.person.name, class_name="hidden text-lg font-semibold print:block")
