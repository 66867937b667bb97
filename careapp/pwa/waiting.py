"""What this device still has to send, as people see it."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from careapp.pwa.part import Operation, Part, called, given
from careapp.ui.el import Html, painted_for
from careapp.ui.words import t


class _Waiting(Part):
    library = "$/public/js/waiting.js"
    tag = "WaitingList"
    operation: rx.Var[str]
    match: rx.Var[dict[str, Any]]
    text: rx.Var[str]
    edit_at: rx.Var[str]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _RefusedBar(Part):
    library = "$/public/js/waiting.js"
    tag = "RefusedBar"
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _Refused(Part):
    library = "$/public/js/waiting.js"
    tag = "RefusedList"
    operations: rx.Var[list[str]]
    match: rx.Var[dict[str, Any]]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def waiting_list(
    operation: Operation = "",
    match: Mapping[str, Any] | None = None,
    text: str = "text",
    edit_at: Any = None,
    ground: str = "rounded-card bg-sunken px-4 py-3",
    **attrs: Any,
) -> Any:
    """What this device still has to send, and what was refused. `match`: only commands with these values.

    `text` names the field of the command that is shown. `edit_at` is the address of the form, when it is elsewhere;
    {names} in it are filled from the command.
    `ground` is what each lies on, as classes.
    """
    if painted_for() is not None:
        return Html("")
    words = {
        "sending": t("Sending"),
        "percent": t("Sending, {percent} %"),
        "waiting": t("Waiting to be sent"),
        "sent": t("Sent"),
        "signin": t("Waiting. Please sign in again to send it."),
        **_refused(),
    }
    looks = {**_looks(ground), "status": "text-small text-muted"}
    return _Waiting.create(
        operation=called(operation),
        match=dict(match or {}),
        text=text,
        words=words,
        looks=looks,
        **given(edit_at=edit_at),
        **attrs,
    )


def refused_bar(**attrs: Any) -> Any:
    """What was refused and stands in no list of the page, with what was written. Every frame has one."""
    if painted_for() is not None:
        return Html("")
    words = {
        "one": t("1 thing from you was not accepted."),
        "many": t("{n} things from you were not accepted."),
        "gone": t("What this belongs to is not here any more. You can still copy your words."),
        **_refused(),
    }
    looks = {
        **_looks("card px-4 py-3"),
        "summary": "flex min-h-12 items-center px-4 font-semibold",
        "list": "mx-auto flex max-h-[60dvh] max-w-xl flex-col gap-3 overflow-y-auto px-4 pb-4",
    }
    return _RefusedBar.create(words=words, looks=looks, **attrs)


def _refused() -> dict[str, Any]:
    return {
        "refused": t("This was not accepted."),
        "again": t("Try again"),
        "lost": t("The file is no longer on this device. Please pick it again."),
        "edit": t("Edit"),
        "discard": t("Discard"),
    }


def _looks(ground: str) -> dict[str, str]:
    return {
        "item": f"{ground} space-y-2",
        "text": "whitespace-pre-wrap wrap-anywhere",
        "pictures": "grid grid-cols-3 gap-1",
        "picture": "aspect-square w-full rounded-field object-cover",
        "blank": "flex aspect-square items-center justify-center rounded-field bg-line p-2 text-center text-small "
        "wrap-anywhere",
        "words": "text-small text-alert",
        "row": "-mx-3 -mb-2 flex flex-wrap gap-1 empty:hidden",
        "button": "button button-quiet px-3",
    }


def refused_list(*operations: Operation, match: Mapping[str, Any] | None = None, **attrs: Any) -> Any:
    """What was tapped without a connection and not accepted later, each until it was read. For every page with a button
    that may be gone by then: somebody else was quicker."""
    if painted_for() is not None:
        return Html("")
    words = {"refused": t("This was not accepted."), "read": t("All right")}
    looks = {
        "item": "rounded-card bg-accent-soft px-4 py-3",
        "about": "text-small wrap-anywhere",
        "words": "font-medium",
        "button": "button button-quiet -ms-3 px-3",
    }
    return _Refused.create(
        operations=[called(operation) for operation in operations],
        match=dict(match or {}),
        words=words,
        looks=looks,
        **attrs,
    )
