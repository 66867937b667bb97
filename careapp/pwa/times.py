"""When something is to be: a day or several, with their hours, and whether they come again (`assets/js/times.js`)."""

from typing import Any

import reflex as rx

from careapp.pwa.part import Part
from careapp.pwa.send import field_error
from careapp.pwa.timely import own_zone
from careapp.ui.el import el, fragment, painted_for, show
from careapp.ui.fields import select_each
from careapp.ui.words import t

TIMES = "flex min-w-0 flex-col gap-4"
LOOKS = {
    "set": "flex min-w-0 flex-col gap-4",
    "legend": "mb-2 font-semibold",
    "chips": "flex flex-wrap gap-2",
    "chip": "chip",
    "day": "chip min-w-12 justify-center px-2!",
    "row": "flex flex-col gap-3 rounded-card bg-sunken p-3",
    "hours": "grid grid-cols-2 gap-3",
    "label": "block min-w-0",
    "name": "mb-1 block text-sm font-medium",
    "field": "field min-w-0",
    "remove": "button button-quiet self-start px-3",
    "another": "button button-secondary self-start",
    "again": "flex flex-col gap-3",
}

ZONE_LOOKS = {
    "label": "mb-1.5 block font-semibold",
    "field": "field",
    "summary": "flex min-h-12 items-center font-medium text-primary",
}


class _Times(Part):
    library = "$/public/js/times.js"
    tag = "Times"
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]
    is_timed: rx.Var[bool]
    first: rx.Var[dict[str, str]]


class _ZoneField(Part):
    library = "$/public/js/zones.js"
    tag = "ZoneField"
    name: rx.Var[str]
    given: rx.Var[str]
    zones: rx.Var[Any]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def times(view: Any, is_timed: bool = False, first: dict[str, Any] | None = None, zone_id: Any = "field-zone") -> Any:
    """The fields `times`, `repeat` and `zone` of a form, for a view with what `zone_choices` answers. `is_timed`: each
    day has its hours, and "whenever it suits" is no answer. `first`: the `on`, `starts` and `ends` to begin with."""
    if painted_for() is not None:
        return el.div(_painted(is_timed), zone_field(view, zone_id), class_name=TIMES)
    words = {
        "legend": t("When?"),
        "at_a_time": t("On a day"),
        "whenever": t("Whenever it suits"),
        "time": t("Time {n}"),
        "on": t("Day"),
        "starts": t("From") if is_timed else t("From (optional)"),
        "ends": t("Until") if is_timed else t("Until (optional)"),
        "another": t("Another day"),
        "remove": t("Take this day off"),
        "again": t("Does it come again?"),
        "once": t("No, once"),
        "day": t("Every day"),
        "week": t("Every week"),
        "two_weeks": t("Every second week"),
        "month": t("Every month"),
        "days": t("On which days?"),
        "until": t("Until when?"),
    }
    return el.div(
        field_error("times"),
        field_error("repeat"),
        _Times.create(words=words, looks=LOOKS, is_timed=is_timed, first=first or {}),
        zone_field(view, zone_id),
        class_name=TIMES,
    )


def zone_field(view: Any, id: Any = "field-zone") -> Any:
    """By which clock the times of a form are meant, for a view with what `zone_choices` answers: asked of those who
    live by another; everyone may choose any place."""
    label = t("Times are as the clock shows them in")
    if painted_for() is not None:
        choice = select_each("zone", label, view.zones, value=view.zone, id=id)
        return show(view.has_zones, choice, own_zone("zone", view.zone))
    words = {"label": label, "here": t("Times are as the clock shows them in {place}"), "others": t("Another place")}
    chosen = _ZoneField.create(given=view.zone, zones=view.zones, words=words, looks=ZONE_LOOKS, id=id)
    return fragment(field_error("zone"), chosen)


def own_zone_field(view: Any) -> Any:
    """By which clock one lives oneself, for a view with `time_zone` and `zones`: the account's, else the device's."""
    name, label = "time_zone", t("Time zone")
    hint = el.p(t("Quiet hours, reminders and summaries go by this clock."), class_name="mt-1 text-sm text-muted")
    if painted_for() is not None:
        return el.div(select_each(name, label, view.zones, value=view.time_zone), hint)
    words = {"label": label, "others": t("Another place")}
    given = {"given": view.time_zone, "zones": view.zones, "words": words, "looks": ZONE_LOOKS}
    return el.div(field_error(name), _ZoneField.create(name=name, id=f"field-{name}", **given), hint)


def _painted(is_timed: bool) -> Any:
    """With as many fields as there will be, as what is typed into the paint is carried over field by field."""
    hidden = [el.input(type="hidden", name=name, value="") for name in ("times", "repeat", "suits")]
    chip = [
        el.label(el.input(type="radio", value="", class_name="sr-only"), words, class_name=LOOKS["chip"])
        for words in (t("On a day"), t("Whenever it suits"))
    ]
    fields = [el.input(type=kind, class_name=LOOKS["field"]) for kind in ("date", "time", "time")]
    return el.fieldset(
        el.legend(t("When?"), class_name=LOOKS["legend"]),
        *hidden,
        *([] if is_timed else [el.div(*chip, class_name=LOOKS["chips"])]),
        el.div(*fields, class_name=LOOKS["row"]),
        class_name=LOOKS["set"],
    )
