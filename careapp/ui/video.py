"""A video in its place: its poster until it is played, then the browser's own player (`assets/js/video.js`)."""

from typing import Any

import reflex as rx

from careapp.ui.el import el, join, painted_for
from careapp.ui.icons import icon
from careapp.ui.photo import still
from careapp.ui.words import t


class _Player(rx.Component):
    library = "$/public/js/video.js"
    tag = "Player"
    src: rx.Var[str]
    poster: rx.Var[str]
    label: rx.Var[str]
    wide: rx.Var[int]
    high: rx.Var[int]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def player(video: Any) -> Any:
    """Nothing of the video itself is loaded before somebody plays it. It has what a photo has, and a `duration`."""
    label = join(video.alt, ", ", video.duration)
    cover = [
        *still(video),
        el.span(icon("play", class_name="size-8!"), aria_hidden="true", class_name="video-play"),
        el.span(video.duration, aria_hidden="true", class_name="video-length"),
    ]
    if painted_for() is not None:
        return el.button(*cover, type="button", aria_label=t("Play: {label}", label=label), class_name="photo video")
    return _Player.create(
        *cover,
        src=join("/media/", video.id, "/video"),
        poster=join("/media/", video.id, "/960"),
        label=label,
        wide=video.width,
        high=video.height,
        words={
            "play": t("Play: {label}", label=label),
            "failed": t("The video could not be loaded. Please try again when there is a connection."),
        },
        looks={"closed": "photo video", "open": "video-open", "failed": "px-4 py-2 text-small text-alert"},
    )
