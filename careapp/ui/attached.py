"""Photos and videos that stand in an update, a message or an appointment: ready, still being prepared, or refused.
An appointment may have documents as well.

Each is anything with the fields of a photo (see `ui/photo.py`), and `is_video`, `duration` ("1:05"), `progress` in
percent, `has_poster`, `is_ready`, `is_waiting`, `is_own` and `refusal_words`; where documents may be, `is_document`,
`file_name` and `own_alt` too.
"""

from typing import Any

from careapp.ui.el import all_of, any_of, each, el, join, no, show
from careapp.ui.icons import icon
from careapp.ui.photo import photo, photos, still
from careapp.ui.video import player
from careapp.ui.words import said, t

ON_TOP = "absolute inset-0 flex flex-col items-center justify-center gap-2 p-4 text-center text-sm"
ON_GROUND = f"{ON_TOP} text-muted"
ON_POSTER = f"{ON_TOP} text-white"
LABEL = "flex max-w-full flex-col items-center gap-2 rounded-card bg-[rgb(12_18_20/0.75)] px-4 py-3"


def attached_strip(pictures: Any, more: Any = "") -> Any:
    """Videos in their whole width, then up to five photos edge to edge; `more` ("+3") says how many are not here."""
    return el.div(
        each(pictures, lambda one: show(one.is_video, _video_tile(one))),
        photos(each(pictures, lambda one: show(one.is_video, None, _photo_tile(one))), more),
        class_name="mt-3 flex flex-col gap-1",
    )


def attached_whole(pictures: Any) -> Any:
    """All of them in their own shape, one under the other, with their originals for who sent them."""
    return el.div(each(pictures, _whole), data_photos="", class_name="mt-3 flex flex-col gap-1")


def attached_tile(picture: Any) -> Any:
    """One, whichever it is."""
    return show(picture.is_video, _video_tile(picture), _photo_tile(picture))


def _whole(picture: Any) -> Any:
    return show(picture.is_document, _document(picture), _whole_picture(picture))


def _document(document: Any) -> Any:
    """Opened by whatever the device reads such files with, never within the page."""
    return el.a(
        icon("file"),
        el.span(
            el.bdi(document.file_name, class_name="wrap-anywhere"),
            show(document.own_alt, el.span(document.own_alt, dir="auto", class_name="block text-small text-muted")),
            class_name="min-w-0",
        ),
        href=join("/media/", document.id, "/original"),
        download=True,
        class_name="card flex min-h-12 items-center gap-3 px-4 py-3",
    )


def _whole_picture(picture: Any) -> Any:
    original = el.a(
        icon("download"),
        t("Download the original"),
        href=join("/media/", picture.id, "/original"),
        download=True,
        class_name="button button-quiet mx-1 self-start px-3",
    )
    can_download = all_of(picture.is_video, picture.is_own, picture.is_ready)
    in_viewer = all_of(picture.is_video, any_of(picture.is_ready, picture.is_waiting))
    return el.div(
        attached_tile(picture),
        show(can_download, original),
        data_film=show(in_viewer, picture.id, ""),
        data_waiting=show(picture.is_waiting, "yes", ""),
        data_own=show(can_download, "yes", ""),
        class_name="flex flex-col",
    )


def _photo_tile(picture: Any) -> Any:
    return show(
        picture.is_ready,
        photo(picture),
        _blank(picture, "image", show(picture.is_waiting, t("This photo is being prepared"), _why_not(picture))),
    )


def _video_tile(video: Any) -> Any:
    preparing = show(video.has_poster, _poster_of_waiting(video), _blank(video, "video", _preparing(video)))
    return show(
        video.is_ready, player(video), show(video.is_waiting, preparing, _blank(video, "video", _why_not(video)))
    )


def _poster_of_waiting(video: Any) -> Any:
    """Its first picture, and how far it has come. A tap does nothing yet."""
    return el.figure(
        *still(video),
        el.figcaption(el.div(icon("video"), _preparing(video), class_name=LABEL), class_name=ON_POSTER),
        class_name="photo",
    )


def _preparing(video: Any) -> Any:
    """Without a figure before it begins, and where nobody knows how long the video is."""
    so_far = el.div(
        t("This video is being prepared: {percent} %", percent=video.progress),
        el.progress(value=video.progress, max=100, aria_hidden="true", class_name="h-2 w-full accent-primary"),
        class_name="flex w-56 max-w-full flex-col items-center gap-2",
    )
    return show(video.progress == 0, t("This video is being prepared"), so_far)


def _why_not(picture: Any) -> Any:
    cannot = show(picture.is_video, t("This video cannot be shown"), t("This photo cannot be shown"))
    return show(picture.refusal_words, said(picture.refusal_words), cannot)


def _blank(picture: Any, sign: str, words: Any) -> Any:
    """Keeps the shape where it is known; the words stand on top of it."""
    shape = show(no(picture.width == 0), join("0 0 ", picture.width, " ", picture.height), "0 0 3 2")
    return el.a(
        el.svg(view_box=shape, aria_hidden="true", class_name="block max-h-[80svh] w-full"),
        el.span(icon(sign), words, class_name=ON_GROUND),
        class_name="photo",
    )
