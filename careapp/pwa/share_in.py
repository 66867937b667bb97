"""What other apps hand to this one, on its way into a composer (`assets/js/share_in.js`)."""

from typing import Any

import reflex as rx

from careapp.pwa.part import Part
from careapp.pwa.picker import refusals, usual_limits
from careapp.ui.el import Html, painted_for
from careapp.ui.words import t

_LIBRARY = "$/public/js/share_in.js"
_LOOKS = {
    "notice": "mb-4 rounded-card bg-tint p-4 wrap-anywhere",
    "what": "font-semibold",
    "line": "block font-semibold",
    "row": "mt-2 flex flex-wrap gap-3",
    "button": "button button-secondary",
    "quiet": "button button-quiet",
    "muted": "mb-4 text-muted",
    "primary": "button button-primary w-full",
    "title": "mt-6 mb-3 text-lg",
    "list": "mb-6 flex flex-col gap-3",
    "site": "button button-secondary w-full",
}


class _SharedIn(Part):
    library = _LIBRARY
    tag = "SharedIn"
    text: rx.Var[str]
    photos: rx.Var[str]
    most: rx.Var[int]
    limits: rx.Var[dict[str, int]]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _SharedWaits(Part):
    library = _LIBRARY
    tag = "SharedWaits"
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def shared_in(text: str = "text", photos: str = "photos", most: int = 20) -> Any:
    """In a form: takes what was shared and is named in the address into the field `text` and the picker `photos`, but
    not what cannot be sent, and offers what else waits on this device."""
    if painted_for() is not None:
        return Html("")
    words = {**_words(), **refusals(most), "waits": t("Something you shared waits here:"), "add": t("Put it in")}
    return _SharedIn.create(text=text, photos=photos, most=most, limits=usual_limits(), words=words, looks=_LOOKS)


def shared_waits() -> Any:
    """What was shared and has no place yet: asks for the site, or says what has to be done first."""
    if painted_for() is not None:
        return Html("")
    words = {
        **_words(),
        "looking": t("One moment"),
        "kept": t("It is kept on this device."),
        "which": t("Where shall it go?"),
        "sign_in": t("Please sign in. Then it goes into the update that you write."),
        "to_sign_in": t("Sign in"),
        "offline": t("There is no connection, and this device does not know your sites yet. Open Careapp again later."),
        "gone": t("Nothing that you shared waits here."),
        "nothing": t("There was nothing in it that could be kept."),
        "kind": t("Only photos, videos and text can be shared here. Nothing was kept."),
        "many": t("Many shared things wait already. Please post or discard some first. This one was not kept."),
        "no_room": t("This device has no room left, so nothing was kept."),
        "foreign": t("This came from another website, so nothing was kept."),
        "signed_out": t("You are not signed in on this device, so nothing was kept. Sign in, and share it again."),
        "role": t("On this site you can read and comment; others write. Nothing was kept."),
        "large": t("This is too large to be sent at once, so nothing was kept. Open Careapp and add it there."),
        "full": t("There is no room for it on this server at the moment, so nothing was kept. Please try again later."),
        "broken": t("This could not be read, so nothing was kept. Please try again."),
    }
    return _SharedWaits.create(words=words, looks=_LOOKS)


def left_out(names: Any) -> Any:
    return t("Left out, because it cannot be shown here or is too much: {names}", names=names)


def _words() -> dict[str, Any]:
    return {
        "file": t("1 photo or video"),
        "files": t("{n} photos and videos"),
        "left": left_out("{names}"),
        "discard": t("Discard it"),
    }
