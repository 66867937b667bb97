"""Picking a calendar file from the phone (`assets/js/calendar_file.js`)."""

from typing import Any

import reflex as rx

from careapp.pwa.part import Part
from careapp.ui.el import el, painted_for
from careapp.ui.words import t

LOOK = "button button-secondary w-full"


class _CalendarFile(Part):
    library = "$/public/js/calendar_file.js"
    tag = "CalendarFile"
    most: rx.Var[int]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def calendar_file(most: int) -> Any:
    """In a form: a button that picks a file and sends the form with its `name` and `text`, of at most so much."""
    if painted_for() is not None:
        return el.button(t("Choose a calendar file"), type="button", class_name=LOOK)
    words = {
        "pick": t("Choose a calendar file"),
        "too_large": t("This file is too large. Please take the calendar's address instead."),
        "empty": t("There is nothing in this file that can be read."),
    }
    looks = {"button": LOOK, "problem": "mt-2 font-medium text-sm text-alert"}
    return _CalendarFile.create(most=most, words=words, looks=looks)
