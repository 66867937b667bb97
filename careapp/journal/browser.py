"""What the journal's forms do in the browser beyond a form's own work (`assets/js/writing.js`)."""

from typing import Any

import reflex as rx

from careapp.ui.el import Html, each, el, join, painted_for, show
from careapp.ui.words import t

_LIBRARY = "$/public/js/writing.js"


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
