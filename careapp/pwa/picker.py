"""Picking photos, videos and documents: seen at once, kept on the device at once, sent before the command of it."""

from typing import Any

import reflex as rx

from careapp.pwa.part import Part, given
from careapp.pwa.send import field_error
from careapp.settings import settings
from careapp.ui.el import el, painted_for
from careapp.ui.words import t


class _Photos(Part):
    library = "$/public/js/photos.js"
    tag = "PhotoPicker"
    name: rx.Var[str]
    most: rx.Var[int]
    is_single: rx.Var[bool]
    takes_documents: rx.Var[bool]
    limits: rx.Var[dict[str, int]]
    there: rx.Var[list[Any]]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def photo_picker(
    name: str = "photos",
    label: Any = None,
    most: int = 20,
    there: Any = None,
    single: bool = False,
    documents: bool = False,
    **attrs: Any,
) -> Any:
    """Pick photos and videos, see them at once, put them in order, describe them.

    In the command they are `name: [{"media_id", "alt"}]`; their files are sent before it. `there` are those of what is
    edited, each with `id`, `alt`, `own_alt`, `is_ready`, `is_video` and `has_poster`. With `single` it is one photo,
    and no video: its id, "" when it was taken away, null when nothing was changed. With `documents`, PDFs as well.
    """
    usual = t("Add photos, videos or PDFs") if documents else t("Add photos or videos")
    label = usual if label is None else label
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
        "describe_document": t("What this document is"),
        "video": t("Video"),
        "saving": t("Being kept, {percent} %"),
        "remove": t("Take away"),
        "earlier": t("Move earlier"),
        "later": t("Move later"),
        **refusals(most),
        "half": t("{name} was not kept as a whole. Please pick it again."),
        "no_room": t("This device has no room left to keep {name}."),
    }
    return _Photos.create(
        name=name,
        most=1 if single else most,
        is_single=single,
        takes_documents=documents,
        limits=usual_limits(),
        words=words,
        looks=looks,
        **given(there=there),
        **attrs,
    )


def refusals(most: int) -> dict[str, Any]:
    """Why a file cannot be sent, as `assets/js/pick.js` finds out."""
    return {
        "too_many": t("At most {most} photos and videos go in here.", most=most),
        "too_large": t("{name} is too large to send: at most {most} MB."),
        "too_long": t("{name} is longer than {minutes} minutes. Please cut it, and send the part that matters."),
        "no_video": t("{name} is a video. Please choose a photo."),
        "no_photo": t("{name} is neither a photo nor a video that can be shown here."),
        "no_room_there": t("There is no room left on this site for {name}. Please tell your coordinator."),
    }


def photo_field(name: str, label: Any, there: Any) -> Any:
    """One photo or none, and what was found wrong with it."""
    return el.div(field_error(name), photo_picker(name, label, there=there, single=True))


def usual_limits() -> dict[str, int]:
    """Until the server has said how it is now."""
    own = settings()
    return {
        "photo_bytes": own.max_photo_bytes,
        "video_bytes": own.max_video_bytes,
        "video_minutes": own.max_video_minutes,
        "room": own.max_site_bytes,
    }
