"""The gallery in the browser, where it grows as one scrolls (`assets/js/gallery.js`)."""

from typing import Any

import reflex as rx

from careapp.gallery.looks import LOOKS
from careapp.gallery.views import Month
from careapp.pwa.part import Part
from careapp.ui.el import each, el, join, painted_for, show
from careapp.ui.paging import further
from careapp.ui.places import to
from careapp.ui.words import t


class _Gallery(Part):
    library = "$/public/js/gallery.js"
    tag = "Gallery"
    months: rx.Var[list[Month]]
    older: rx.Var[str]
    total: rx.Var[int]
    is_whole: rx.Var[bool]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def gallery(view: Any) -> Any:
    """Every month that is here, and a way to what is older."""
    if painted_for() is not None:
        return _painted(view)
    words = {
        "more": t("Older photos"),
        "loading": t("Loading"),
        "failed": t("The older photos could not be fetched. Please try again."),
        "shown": t("{n} photos and videos are on the page."),
        "video": t("Video, {length}"),
    }
    return _Gallery.create(
        months=view.months, older=view.older, total=view.total, is_whole=view.is_first_page, words=words, looks=LOOKS
    )


def _painted(view: Any) -> Any:
    older = further(to("/photos", before=view.older), t("Older photos"))
    return el.div(
        el.div(each(view.months, _month), data_photos=""),
        show(view.older, older),
    )


def _month(month: Any) -> Any:
    return el.section(
        el.h2(month.name, class_name=LOOKS["title"]),
        el.ul(each(month.items, _tile), class_name=LOOKS["tiles"]),
        class_name=LOOKS["month"],
    )


def _tile(item: Any) -> Any:
    length = el.span(
        el.span(t("Video, {length}", length=item.length), class_name="sr-only"),
        el.span("▶ ", item.length, aria_hidden="true"),
        class_name=LOOKS["length"],
    )
    return el.li(
        el.a(
            el.img(
                src=join("/media/", item.id, "/320"),
                alt=item.alt,
                loading="lazy",
                decoding="async",
                class_name=LOOKS["image"],
            ),
            show(item.is_video, length),
            href=join("/media/", item.id, "/2048"),
            data_photo=item.id,
            data_video=show(item.is_video, "yes", ""),
            data_own=show(item.is_mine, "yes", ""),
            data_who=item.who,
            data_at=item.at.isoformat(),
            data_to=item.to,
            class_name=LOOKS["tile"],
        )
    )
