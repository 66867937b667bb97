"""What the pages about availability do in the browser (`assets/js/hours.js`, `who_can.js`)."""

from typing import Any

import reflex as rx

from careapp.availability.hours import ALL_DAY_WORDS, AWAY_WORDS
from careapp.pwa.part import Part
from careapp.ui.el import Html, el, painted_for, show
from careapp.ui.words import t

_HOURS = "$/public/js/hours.js"


class _HourWords(Part):
    library = _HOURS
    tag = "HourWords"
    day: rx.Var[str]
    said: rx.Var[str]
    labels: rx.Var[Any]
    words: rx.Var[dict[str, str]]


class _HourTools(Part):
    library = _HOURS
    tag = "HourTools"
    day: rx.Var[str]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _WhoCan(Part):
    library = "$/public/js/who_can.js"
    tag = "WhoCan"
    free: rx.Var[Any]
    clock: rx.Var[str]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def hour_words(day: Any, said: Any, labels: Any, **attrs: Any) -> Any:
    """The hours of a day as they are chosen in the form around; `said` is what they were."""
    if painted_for() is not None:
        return el.span(said, **attrs)
    words = {"all_day": t(ALL_DAY_WORDS), "away": t(AWAY_WORDS)}
    return _HourWords.create(day=day, said=said, labels=labels, words=words, **attrs)


def hour_tools(day: Any = "") -> Any:
    """Buttons for the parts of a day; and for a day of the week, to have the same on others."""
    if painted_for() is not None:
        return Html("")
    words = {
        "parts": t("Parts of the day"),
        "night": t("Night"),
        "night_hours": t("until 6"),
        "morning": t("Morning"),
        "morning_hours": t("6 to 12"),
        "afternoon": t("Afternoon"),
        "afternoon_hours": t("12 to 6"),
        "evening": t("Evening"),
        "evening_hours": t("from 6"),
        "working": t("Same Monday to Friday"),
        "every": t("Same every day"),
    }
    looks = {
        "set": "mb-3 flex flex-col gap-3",
        "parts": "grid grid-cols-2 gap-2 sm:grid-cols-4",
        "part": "flex min-h-14 flex-col items-center justify-center rounded-card border-[1.5px] border-edge bg-surface "
        "px-2 py-1.5 leading-tight aria-pressed:border-primary aria-pressed:bg-tint aria-pressed:text-primary",
        "name": "font-semibold",
        "hours": "text-sm text-muted",
        "others": "order-last flex flex-wrap gap-x-2",
        "same": "button button-quiet px-3",
    }
    return _HourTools.create(day=day, words=words, looks=looks)


def who_can_then(free: Any, zone: Any = "", **attrs: Any) -> Any:
    """In a form with times: the names of those who have said that they can then. Nothing where nobody has said
    anything. `zone` is that of the times, where the form has no field that says it."""
    if painted_for() is not None:
        return Html("")
    words = {
        "then": t("Can then: {names}"),
        "some": t("Can some time that day: {names}"),
        "nobody": t("Nobody has said that they can then."),
    }
    looks = {
        "box": "rounded-card bg-tint px-4 py-3",
        "list": "flex flex-col gap-1",
        "day": "font-semibold",
    }
    return show(free.people, _WhoCan.create(free=free, clock=zone, words=words, looks=looks, **attrs))
