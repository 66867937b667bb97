"""The next appointments on the home page."""

from typing import Any

from careapp.schedule.components import appointment_row
from careapp.ui.card import section_title
from careapp.ui.el import each, el, link, show
from careapp.ui.places import to
from careapp.ui.words import t

LOOK = "card divide-y divide-line overflow-hidden"
MORE = "inline-flex min-h-12 items-center font-medium text-primary"


def upcoming_card(upcoming: Any) -> Any:
    return el.section(
        section_title(t("Coming up"), link(to("/calendar"), t("Calendar"), class_name=MORE)),
        show(upcoming.today, _day(t("Today"), upcoming.today)),
        show(upcoming.tomorrow, _day(t("Tomorrow"), upcoming.tomorrow)),
        show(upcoming.more, link(to("/calendar"), t("And more in the calendar"), class_name=MORE)),
    )


def _day(words: Any, items: Any) -> Any:
    return el.div(
        el.h3(words, class_name="mb-2 text-sm font-semibold text-muted"),
        el.ul(each(items, appointment_row), class_name=LOOK),
        class_name="mb-4",
    )
