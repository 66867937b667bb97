"""/availability: when I can, week by week, and the days on which it is otherwise."""

from typing import Any

import reflex as rx

from careapp.availability.browser import hour_tools, hour_words
from careapp.availability.operations import clear_days, set_days, set_week
from careapp.availability.queries import availability
from careapp.availability.views import AvailabilityView
from careapp.pwa.editing import started_from
from careapp.pwa.send import action_button, care_form, field_error, form_words
from careapp.pwa.timely import local_day, own_zone
from careapp.pwa.times import zone_field
from careapp.pwa.unfold import unfold
from careapp.pwa.waiting import waiting_list
from careapp.ui.buttons import submit_button
from careapp.ui.card import page_title, section_title
from careapp.ui.el import each, el, fragment, show
from careapp.ui.fields import form_stack, text_field
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import row, row_words, rows
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t

HOURS = "mt-3 grid grid-cols-4 gap-1.5 sm:grid-cols-6"
HOUR = "chip justify-center px-1! text-center text-sm tabular-nums"
SUMMARY = "flex min-h-14 cursor-pointer items-center gap-3 px-4 py-2 active:bg-sunken focus-visible:-outline-offset-2"
DRAFT = "other-days"


class AvailabilityState(Reading, rx.State):
    view: AvailabilityView = AvailabilityView()


@page("/availability", title="When I can", state=AvailabilityState, query=availability)
def availability_page(view: Any) -> Any:
    lead = t("Others see at what times you can and at what times not. Nobody sees why.")
    return site_frame(
        view.frame,
        back_link(to("/who-can"), t("Who can when")),
        page_title(t("When I can"), lead),
        _week(view),
        el.section(section_title(t("Days when it is otherwise")), _otherwise(view), _other_days(view)),
        place="calendar",
    )


def _week(view: Any) -> Any:
    changed = t("You changed this on another device in the meantime. It now says:")
    return care_form(
        started_from(view.version, view.summary, changed),
        el.fieldset(
            el.legend(t("A usual week"), class_name="mb-2 text-lg font-semibold"),
            field_error("hours"),
            el.div(
                each(view.days, lambda day: _day(day, view.labels)),
                class_name="card divide-y divide-line overflow-hidden",
            ),
        ),
        zone_field(view),
        form_words(),
        submit_button(t("Save")),
        operation=set_week,
        draft="availability",
        label=t("When I can"),
        reset=False,
        key="week",
        class_name="flex flex-col gap-4",
    )


def _day(day: Any, labels: Any) -> Any:
    """One day open at a time; all of them belong to the form."""
    return el.details(
        el.summary(
            el.span(said(day.words), class_name="w-28 flex-none font-semibold"),
            hour_words(day.key, day.said, labels, class_name="min-w-0 flex-1 text-sm text-muted tabular-nums"),
            icon("down", class_name="icon-sm text-muted transition-transform group-open/day:rotate-180"),
            class_name=SUMMARY,
        ),
        el.div(hour_tools(day.key), _boxes(day.hours), class_name="px-4 pt-1 pb-4"),
        name="day-of-week",
        key=day.key,
        class_name="group/day",
    )


def _boxes(hours: Any) -> Any:
    return el.div(each(hours, _box), role="group", aria_label=t("Hour by hour"), class_name=HOURS)


def _box(hour: Any) -> Any:
    return el.label(
        el.input(
            type="checkbox",
            name="hours",
            value=hour.value,
            default_checked=hour.is_on,
            data_type="list",
            class_name="sr-only",
        ),
        hour.words,
        el.span(" – ", hour.until, class_name="sr-only"),
        key=hour.value,
        class_name=HOUR,
    )


def _otherwise(view: Any) -> Any:
    return fragment(
        waiting_list(set_days, text="", class_name="mb-3 flex flex-col gap-2"),
        show(
            view.otherwise,
            rows(each(view.otherwise, _days)),
            el.p(t("A holiday, a night off, a free afternoon: for these days it takes the place of the usual week.")),
        ),
    )


def _days(one: Any) -> Any:
    hours = show(one.is_away, t("away"), one.said)
    remove = action_button(
        icon("close", t("The usual week counts again on {days}", days=one.words)),
        clear_days,
        {"on": one.on, "last_on": one.last_on},
        class_name="button button-quiet size-12 flex-none rounded-full p-0",
    )
    return row(row_words(one.words, hours), remove, key=one.on)


def _other_days(view: Any) -> Any:
    form = care_form(
        form_stack(
            el.div(
                text_field("on", t("From"), value=local_day(), type="date"),
                text_field("last_on", t("Until"), type="date", optional=True, data_type="optional"),
                class_name="grid gap-4 sm:grid-cols-2",
            ),
            el.fieldset(
                el.legend(t("When can you on these days?"), class_name="font-semibold"),
                el.p(t("Tap nothing if you are away."), class_name="mb-3 text-sm text-muted"),
                field_error("hours"),
                hour_tools(),
                _boxes(view.blank),
            ),
            own_zone("zone", view.zone),
            submit_button(t("Save")),
        ),
        form_words(),
        operation=set_days,
        draft=DRAFT,
        label=t("When I can"),
        class_name="card p-4",
    )
    face = [icon("plus", class_name="icon-sm"), t("Other days")]
    look = "button button-secondary w-full"
    return el.div(unfold(face, form, set_days, {}, DRAFT, class_name=look), class_name="mt-4")
