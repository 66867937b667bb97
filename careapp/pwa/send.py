"""Components that write through the outbox: forms and buttons.

Each has two forms, as everything in `ui`: React (the code in `assets/js`), and HTML while the server paints.
`operation` is the operation's function or its name.
"""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from careapp.pwa.part import Operation, Part, called, given
from careapp.ui.el import Html, el, painted_for
from careapp.ui.words import t


def _answered(answer: rx.Var[dict[str, Any]]) -> tuple[rx.Var[dict[str, Any]]]:
    return (answer,)


class _Form(Part):
    library = "$/public/js/forms.js"
    tag = "CareForm"
    operation: rx.Var[str]
    fixed: rx.Var[dict[str, Any]]
    next: rx.Var[str]
    behind: rx.Var[str]
    draft: rx.Var[str]
    label: rx.Var[str]
    reset_after: rx.Var[bool]
    offline: rx.Var[bool]
    anew: rx.Var[bool]
    action: rx.Var[str]
    words: rx.Var[dict[str, str]]
    on_answer: rx.EventHandler[_answered]


class _FieldError(Part):
    library = "$/public/js/forms.js"
    tag = "FieldError"
    name: rx.Var[str]


class _FormWords(Part):
    library = "$/public/js/forms.js"
    tag = "FormWords"
    note_class: rx.Var[str]


class _Action(Part):
    library = "$/public/js/buttons.js"
    tag = "ActionButton"
    operation: rx.Var[str]
    command: rx.Var[dict[str, Any]]
    site_of: rx.Var[str]
    about: rx.Var[str]
    confirm: rx.Var[str]
    pending: rx.Var[str]
    pressed: rx.Var[bool]
    next: rx.Var[str]
    offline: rx.Var[bool]
    leaves: rx.Var[bool]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]
    on_answer: rx.EventHandler[_answered]


def care_form(
    *children: Any,
    operation: Operation = "",
    fixed: Mapping[str, Any] | None = None,
    next: Any = None,
    behind: Any = None,
    draft: Any = None,
    label: Any = None,
    reset: bool = True,
    offline: bool = True,
    anew: bool = False,
    action: str | None = None,
    **attrs: Any,
) -> Any:
    """A form that becomes one command: its named fields and `fixed`.

    A field says by `data_type` what it is in the command: "number", "json", "list" (checked boxes of one name),
    "optional" (empty is null), "id" (a hidden field: a new id, the same until it is sent); a lone checkbox is true or
    false. `draft` is the key under which every keystroke and picked photo is kept on this device until sent. `next` is
    an address to go to afterwards; {names} in it are filled from the answer, and so in `behind`, the address under
    which one comes back here. `label` is what the waiting list calls it. With `offline=False` it is refused without a
    connection instead of waiting; its files go before it all the same. With `anew`, another `language` in the command
    loads `next` as a new page, in that language. With `action` it is posted to that address (signing in) and the
    answer's "next" is loaded as a new page; its draft is kept for the form there with `reset=False`.
    """
    if painted_for() is not None:
        return el.form(*children, **_inert(action), **attrs)
    words = {
        "offline": t("There is no connection, and this needs one. Nothing you wrote is lost."),
        "failed": t("That did not arrive. Nothing you wrote is lost. Please try again."),
        "done": t("Saved"),
        "waiting": t("Kept on this device. It is sent as soon as there is a connection."),
        "percent": t("Sending, {percent} %"),
    }
    return _Form.create(
        *children,
        operation=called(operation),
        fixed=dict(fixed or {}),
        reset_after=reset,
        offline=offline,
        anew=anew,
        words=words,
        **given(next=next, behind=behind, draft=draft, label=label, action=action),
        **attrs,
    )


def field_error(name: str, **attrs: Any) -> Any:
    """Where the words about the field `name` appear when it is refused."""
    attrs = {"class_name": "mt-1 text-small text-alert", **attrs}
    return Html("") if painted_for() is not None else _FieldError.create(name=name, **attrs)


def form_words(**attrs: Any) -> Any:
    """Where the words about the whole form appear: why it was refused, or that it is saved."""
    attrs = {"class_name": "my-2 text-alert", **attrs}
    return Html("") if painted_for() is not None else _FormWords.create(note_class="my-2 text-muted", **attrs)


def action_button(
    label: Any,
    operation: Operation,
    command: Mapping[str, Any] | None = None,
    confirm: Any = None,
    *,
    pending: Any = None,
    pressed: Any = None,
    next: Any = None,
    offline: bool = True,
    leaves: bool | None = None,
    site: Any = None,
    about: Any = None,
    **attrs: Any,
) -> Any:
    """A button that is one command. `confirm` are the words asked first. `pending` is shown while it is on its way.
    `about` says what it is about, where it is refused later and the button is gone (`refused_list`).

    `pressed` makes it a toggle, which turns at once and turns back when refused. `label` may be any children. `site` is
    the address of another site than the page's. With `leaves` nothing of the site stays on this device afterwards.
    """
    children = label if isinstance(label, list | tuple) else [label]
    if painted_for() is not None:
        return el.button(*children, type="button", aria_pressed=pressed, **attrs)
    words = {
        "yes": t("Yes, do it"),
        "no": t("Keep it"),
        "offline": t("There is no connection, and this needs one."),
        "failed": t("That did not arrive. Please try again."),
    }
    looks = {
        "dialog": "sheet",
        "row": "mt-5 flex flex-col gap-3 sm:flex-row-reverse sm:justify-start",
        "yes": "button button-danger",
        "no": "button button-secondary",
        "refused": "text-small text-alert",
    }
    return _Action.create(
        *children,
        operation=called(operation),
        command=dict(command or {}),
        offline=offline,
        words=words,
        looks=looks,
        **given(confirm=confirm, pending=pending, pressed=pressed, next=next, leaves=leaves, site_of=site, about=about),
        **attrs,
    )


def _inert(action: str | None) -> dict[str, str]:
    """A painted form must not put what someone typed into the address, if it is sent before the script has run."""
    if action is None:
        return {"method": "dialog"}
    return {"method": "post", "action": action, "enc_type": "multipart/form-data"}
