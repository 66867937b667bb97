"""What the journal's forms do in the browser beyond a form's own work (`assets/js/writing.js`)."""

from typing import Any

import reflex as rx

from careapp.ui.el import Html, each, el, join, painted_for, show
from careapp.ui.words import t

_LIBRARY = "$/public/js/writing.js"


class _StartedFrom(rx.Component):
    library = _LIBRARY
    tag = "StartedFrom"
    version: rx.Var[int]
    theirs: rx.Var[str]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _Inserting(rx.Component):
    library = _LIBRARY
    tag = "Inserting"
    into: rx.Var[str]


class _PhotosAtOnce(rx.Component):
    library = _LIBRARY
    tag = "PhotosAtOnce"
    within: rx.Var[str]


class _Unseen(rx.Component):
    library = "$/public/js/seen_by.js"
    tag = "Unseen"
    update: rx.Var[str]


class _MentionsSeen(rx.Component):
    library = _LIBRARY
    tag = "MentionsSeen"
    update: rx.Var[str]
    is_new: rx.Var[bool]


def started_from(version: Any, theirs: Any, changed: Any = None) -> Any:
    """The hidden `version` of a form that edits an update, and a notice when someone else changed it meanwhile. Of what
    else than an update is edited, `changed` says that."""
    if painted_for() is not None:
        return Html("")
    words = {
        "changed": t("Someone changed this update while you were writing. It now says:")
        if changed is None
        else changed,
        "nothing": t("Nothing, only photos or a mood."),
        "mine": t("Go on with my text"),
        "theirs": t("Take theirs, without mine"),
    }
    looks = {
        "notice": "mb-4 rounded-card bg-accent-soft p-4",
        "title": "font-semibold",
        "theirs": "prose-words my-3 max-h-60 overflow-auto border-s-4 border-accent ps-3",
        "row": "flex flex-wrap gap-3",
        "button": "button button-secondary",
    }
    return _StartedFrom.create(version=version, theirs=theirs, words=words, looks=looks)


def marks_seen(update: Any) -> Any:
    """In the card of an update that its reader has not seen: tells the server once they have."""
    if painted_for() is not None:
        return show(update.is_new, el.span(data_unseen=update.id, hidden=True))
    return show(update.is_new, _Unseen.create(update=update.id))


def name_picker(people: Any, into: Any) -> Any:
    """Names that a tap puts into the text of the field `into`, so that these members are told."""
    names = each(people, _name)
    look = "mt-1 flex gap-2 overflow-x-auto py-1"
    named = {"role": "group", "aria_label": t("Name someone, so that they are told")}
    if painted_for() is not None:
        return show(people, el.div(names, class_name=look, **named))
    group = _Inserting.create(names, into=into, class_name=look, custom_attrs={"role": "group", **_aria(named)})
    return show(people, group)


def photos_at_once(within: str) -> Any:
    """For who came to add a photo: opens the choice of photos inside the element with this id."""
    return Html("") if painted_for() is not None else _PhotosAtOnce.create(within=within)


def local_day() -> Any:
    """Today, where the device is, as a date field writes it; nothing while painting, as only forms ask for it."""
    if painted_for() is not None:
        return ""
    made = rx.vars.VarData(imports={_LIBRARY: ["localDay"]})
    return rx.Var("localDay()", _var_type=str, _var_data=made).to(str)


def mentions_seen(update: Any, is_new: Any) -> Any:
    """Opening an update is having seen that one is named there."""
    return Html("") if painted_for() is not None else _MentionsSeen.create(update=update, is_new=is_new)


def _name(person: Any) -> Any:
    return el.button(
        join("@", person.mention),
        type="button",
        data_inserts=join("@", person.mention, " "),
        key=person.member_id,
        class_name="inline-flex min-h-12 flex-none items-center rounded-full bg-sunken px-4 text-sm font-medium",
    )


def _aria(named: dict[str, Any]) -> dict[str, Any]:
    return {"aria-label": named["aria_label"]}
