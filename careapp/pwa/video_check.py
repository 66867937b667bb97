"""Trying camera, microphone and speaker (`assets/js/video_check.js`)."""

from typing import Any

import reflex as rx

from careapp.pwa.part import Part
from careapp.ui.el import el, painted_for
from careapp.ui.words import t

FIRST, SECOND = "button button-primary w-full", "button button-secondary w-full"
LOOKS = {
    "section": "card mb-4 flex flex-col gap-3 p-4",
    "title": "text-lg",
    "picture": "aspect-[4/3] w-full -scale-x-100 rounded-card bg-sunken object-cover",
    "results": "flex flex-col gap-2 empty:hidden",
    "meter": "h-4 w-full",
    "good": "font-medium text-success",
    "bad": "font-medium",
    "first": FIRST,
    "second": SECOND,
    "row": "flex gap-3",
}


class _VideoCheck(Part):
    library = "$/public/js/video_check.js"
    tag = "VideoCheck"
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def video_check() -> Any:
    """Asks for the camera only when its button is pressed. Nothing is recorded or sent."""
    if painted_for() is not None:
        return el.div(el.button(t("Try camera and microphone"), type="button", class_name=FIRST))
    return _VideoCheck.create(words={**_seen(), **_refused(), **_heard()}, looks=LOOKS)


def _seen() -> dict[str, Any]:
    return {
        "see": t("Can you be seen and heard?"),
        "begin": t("Try camera and microphone"),
        "again": t("Try again"),
        "stop": t("Switch them off again"),
        "picture": t("What your camera sees"),
        "level": t("How loud it is"),
        "camera": t("Your camera works."),
        "speak": t("Please say something: the bar should move."),
        "heard": t("Your microphone works."),
    }


def _refused() -> dict[str, Any]:
    return {
        "refused": t(
            "This browser does not let Careapp use the camera and the microphone. Tap the sign before the address on "
            "top, or open the settings of this website, allow both, and try again."
        ),
        "missing": t(
            "No camera and no microphone were found. If they are plugged in, pull the plug and put it in again."
        ),
        "no_camera": t("No camera was found. You can be heard, but not seen."),
        "no_microphone": t("No microphone was found. You can be seen, but not heard."),
        "taken": t("Another app is using the camera or the microphone. Please close it and try again."),
        "unable": t("This browser cannot use a camera. Please open the video visit in another one."),
        "unknown": t("That did not work. Please close other apps that use the camera and try again."),
    }


def _heard() -> dict[str, Any]:
    return {
        "hear": t("Can you hear?"),
        "play": t("Play three tones"),
        "did": t("Did you hear them?"),
        "yes": t("Yes"),
        "no": t("No"),
        "sound": t("Your speaker works."),
        "silent": t("Please turn up the volume, see that no headphones are connected, and play them again."),
        "no_sound": t("This browser does not play sounds. Please try another one."),
    }
