"""Editing what others may be editing as well: which version a form was started from (`assets/js/editing.js`)."""

from typing import Any

import reflex as rx

from careapp.ui.el import Html, painted_for
from careapp.ui.words import t

LOOKS = {
    "notice": "mb-4 rounded-card bg-accent-soft p-4",
    "title": "font-semibold",
    "theirs": "prose-words my-3 max-h-60 overflow-auto border-s-4 border-accent ps-3",
    "row": "flex flex-wrap gap-3",
    "button": "button button-secondary",
}


class _StartedFrom(rx.Component):
    library = "$/public/js/editing.js"
    tag = "StartedFrom"
    version: rx.Var[int]
    theirs: rx.Var[str]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def started_from(version: Any, theirs: Any, changed: Any = None, nothing: Any = None) -> Any:
    """The hidden `version` of a form, and a notice when someone else changed what it edits meanwhile. `changed` says so
    in other words than the usual; `nothing` is what it says now where it has no words."""
    if painted_for() is not None:
        return Html("")
    words = {
        "changed": t("Someone changed this while you were writing. It now says:") if changed is None else changed,
        "nothing": t("Nothing.") if nothing is None else nothing,
        "mine": t("Go on with my text"),
        "theirs": t("Take theirs, without mine"),
    }
    return _StartedFrom.create(version=version, theirs=theirs, words=words, looks=LOOKS)
