"""Components that write through the outbox: forms, buttons, and what waits to be sent.

Each has two forms, as everything in `ui`: React (the code in `assets/js`), and HTML while the server paints.
`operation` is the operation's function or its name.
"""

from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx

from careapp.operation import name_of
from careapp.pwa.part import Part
from careapp.settings import settings
from careapp.ui.el import Html, el, painted_for
from careapp.ui.words import t

Operation = str | Callable[..., Any]


def _answered(answer: rx.Var[dict[str, Any]]) -> tuple[rx.Var[dict[str, Any]]]:
    return (answer,)


class _Form(Part):
    library = "$/public/js/forms.js"
    tag = "CareForm"
    operation: rx.Var[str]
    fixed: rx.Var[dict[str, Any]]
    next: rx.Var[str]
    draft: rx.Var[str]
    label: rx.Var[str]
    reset_after: rx.Var[bool]
    offline: rx.Var[bool]
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
    confirm: rx.Var[str]
    pending: rx.Var[str]
    pressed: rx.Var[bool]
    next: rx.Var[str]
    offline: rx.Var[bool]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]
    on_answer: rx.EventHandler[_answered]


class _Photos(Part):
    library = "$/public/js/photos.js"
    tag = "PhotoPicker"
    name: rx.Var[str]
    most: rx.Var[int]
    is_single: rx.Var[bool]
    limits: rx.Var[dict[str, int]]
    there: rx.Var[list[Any]]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _Waiting(Part):
    library = "$/public/js/waiting.js"
    tag = "WaitingList"
    operation: rx.Var[str]
    match: rx.Var[dict[str, Any]]
    text: rx.Var[str]
    edit_at: rx.Var[str]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def care_form(
    *children: Any,
    operation: Operation = "",
    fixed: Mapping[str, Any] | None = None,
    next: Any = None,
    draft: Any = None,
    label: Any = None,
    reset: bool = True,
    offline: bool = True,
    action: str | None = None,
    **attrs: Any,
) -> Any:
    """A form that becomes one command: its named fields and `fixed`.

    A field says by `data_type` what it is in the command: "number", "json", "list" (checked boxes of one name),
    "optional" (empty is null); a lone checkbox is true or false. `draft` is the key under which every keystroke
    and picked photo is kept on this device until sent. `next` is an address to go to afterwards; {names} in it are
    filled from the answer. `label` is what the waiting list calls it. With `offline=False` it is refused without a
    connection instead of waiting. With `action` it is posted to that address (signing in) and the answer's "next"
    is loaded as a new page.
    """
    if painted_for() is not None:
        return el.form(*children, **_inert(action), **attrs)
    words = {
        "offline": t("There is no connection, and this needs one. Nothing you wrote is lost."),
        "failed": t("That did not arrive. Nothing you wrote is lost. Please try again."),
        "done": t("Saved"),
        "waiting": t("Kept on this device. It is sent as soon as there is a connection."),
    }
    return _Form.create(
        *children,
        operation=_name(operation),
        fixed=dict(fixed or {}),
        reset_after=reset,
        offline=offline,
        words=words,
        **_given(next=next, draft=draft, label=label, action=action),
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
    site: Any = None,
    **attrs: Any,
) -> Any:
    """A button that is one command. `confirm` are the words asked first. `pending` is shown while it is on its way.

    `pressed` makes it a toggle, which turns at once and turns back when refused. `label` may be any children. `site` is
    the address of another site than the page's.
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
        operation=_name(operation),
        command=dict(command or {}),
        offline=offline,
        words=words,
        looks=looks,
        **_given(confirm=confirm, pending=pending, pressed=pressed, next=next, site_of=site),
        **attrs,
    )


def photo_picker(
    name: str = "photos",
    label: Any = None,
    most: int = 20,
    there: Any = None,
    single: bool = False,
    **attrs: Any,
) -> Any:
    """Pick photos and videos, see them at once, put them in order, describe them.

    In the command they are `name: [{"media_id", "alt"}]`; their files are sent before it. `there` are those of what is
    edited, each with `id`, `alt`, `own_alt`, `is_ready`, `is_video` and `has_poster`. With `single` it is one photo,
    and no video: its id, "" when it was taken away, null when nothing was changed.
    """
    label = t("Add photos or videos") if label is None else label
    looks = {
        "button": "button button-secondary",
        "list": "mt-3 grid grid-cols-2 gap-3 sm:grid-cols-3",
        "tile": "relative flex flex-col gap-1",
        "picture": "aspect-square w-full rounded-field bg-sunken object-cover",
        "blank": "flex aspect-square w-full items-center justify-center break-all rounded-field bg-sunken p-3 "
        "text-center text-small text-muted",
        "alt": "field text-small",
        "mark": "absolute start-2 top-2 rounded-full bg-veil px-2.5 py-0.5 text-small font-semibold text-white",
        "row": "flex justify-between",
        "small": "button button-quiet size-12 p-0",
        "problem": "mt-2 text-small text-alert",
    }
    if painted_for() is not None:
        return el.div(el.span(label, class_name=looks["button"]), **attrs)
    words = {
        "label": label,
        "describe": t("What is in this picture"),
        "describe_video": t("What is in this video"),
        "video": t("Video"),
        "saving": t("Being kept, {percent} %"),
        "remove": t("Take away"),
        "earlier": t("Move earlier"),
        "later": t("Move later"),
        "too_many": t("At most {most} photos and videos go in here.", most=most),
        "too_large": t("{name} is too large to send: at most {most} MB."),
        "too_long": t("{name} is longer than {minutes} minutes. Please cut it, and send the part that matters."),
        "no_video": t("{name} is a video. Please choose a photo."),
        "no_photo": t("{name} is neither a photo nor a video that can be shown here."),
        "no_room_there": t("There is no room left on this site for {name}. Please tell your coordinator."),
        "half": t("{name} was not kept as a whole. Please pick it again."),
        "no_room": t("This device has no room left to keep {name}."),
    }
    return _Photos.create(
        name=name,
        most=1 if single else most,
        is_single=single,
        limits=_usual_limits(),
        words=words,
        looks=looks,
        **_given(there=there),
        **attrs,
    )


def _usual_limits() -> dict[str, int]:
    """Until the server has said how it is now."""
    own = settings()
    return {
        "photo_bytes": own.max_photo_bytes,
        "video_bytes": own.max_video_bytes,
        "video_minutes": own.max_video_minutes,
        "room": own.max_site_bytes,
    }


def waiting_list(
    operation: Operation = "",
    match: Mapping[str, Any] | None = None,
    text: str = "text",
    edit_at: Any = None,
    ground: str = "rounded-card bg-sunken px-4 py-3",
    **attrs: Any,
) -> Any:
    """What this device still has to send, and what was refused. `match`: only commands with these values.

    `text` names the field of the command that is shown. `edit_at` is the address of the form, when it is elsewhere.
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
        "refused": t("This was not accepted."),
        "again": t("Try again"),
        "lost": t("The file is no longer on this device. Please pick it again."),
        "edit": t("Edit"),
        "discard": t("Discard"),
    }
    looks = {
        "item": f"{ground} space-y-2",
        "text": "whitespace-pre-wrap wrap-anywhere",
        "pictures": "grid grid-cols-3 gap-1",
        "picture": "aspect-square w-full rounded-field object-cover",
        "blank": "flex aspect-square items-center justify-center rounded-field bg-line p-2 text-center text-small "
        "wrap-anywhere",
        "status": "text-small text-muted",
        "words": "text-small text-alert",
        "row": "-mx-3 -mb-2 flex flex-wrap gap-1 empty:hidden",
        "button": "button button-quiet px-3",
    }
    return _Waiting.create(
        operation=_name(operation),
        match=dict(match or {}),
        text=text,
        words=words,
        looks=looks,
        **_given(edit_at=edit_at),
        **attrs,
    )


def _name(operation: Operation) -> str:
    return operation if isinstance(operation, str) else name_of(operation)


def _given(**props: Any) -> dict[str, Any]:
    return {name: value for name, value in props.items() if value is not None}


def _inert(action: str | None) -> dict[str, str]:
    """A painted form must not put what someone typed into the address, if it is sent before the script has run."""
    if action is None:
        return {"method": "dialog"}
    return {"method": "post", "action": action, "enc_type": "multipart/form-data"}
