"""/photos: all photos and videos of a site, by month."""

from typing import Any

import reflex as rx

from careapp.gallery.browser import gallery
from careapp.gallery.queries import photos
from careapp.gallery.views import GalleryView
from careapp.sites.tabs import site_tabs
from careapp.ui.buttons import QUIET_LINK, button_link
from careapp.ui.el import each, el, link, no, show
from careapp.ui.empty import empty
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.paging import back_to_first
from careapp.ui.places import to
from careapp.ui.rows import MENU_LINK
from careapp.ui.sheet import opens, sheet
from careapp.ui.shell import site_frame
from careapp.ui.words import t, tn

MONTHS = "months"


class GalleryState(Reading, rx.State):
    view: GalleryView = GalleryView()


@page("/photos", title="Photos", state=GalleryState, query=photos)
def gallery_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        site_tabs(view.frame, "photos"),
        show(view.is_empty, _nothing(view), _all(view)),
        place="journal",
    )


def _all(view: Any) -> Any:
    return el.div(
        el.header(
            el.h1(t("Photos"), class_name="text-2xl"),
            opens(MONTHS, t("Go to a month"), "quiet", icon_name="calendar", class_name="-me-3"),
            class_name="mb-2 flex min-h-12 flex-wrap items-center justify-between gap-x-4",
        ),
        show(no(view.is_first_page), back_to_first(to("/photos"), t("The newest photos"))),
        gallery(view),
        show(view.frame.is_member, _book()),
        sheet(MONTHS, t("Go to a month"), el.ul(each(view.every_month, _month), class_name="-mx-3")),
    )


def _month(month: Any) -> Any:
    way = link(
        to("/photos", month=month.key),
        el.span(month.name, class_name="flex-1 font-medium"),
        el.span(month.n, aria_hidden="true", class_name="text-sm text-muted tabular-nums"),
        el.span(tn("{n} photo or video", "{n} photos and videos", month.n), class_name="sr-only"),
        data_closes="",
        class_name=MENU_LINK,
    )
    return el.li(way, key=month.key)


def _book() -> Any:
    return el.p(
        link(
            to("/book"),
            icon("download", class_name="icon-sm"),
            t("Make the journal into a book"),
            class_name=f"{QUIET_LINK} gap-2",
        ),
        class_name="mt-6",
    )


def _nothing(view: Any) -> Any:
    words = t("Every photo and video that is shown to you here is kept together on this page.")
    add = button_link(t("Add the first photo"), to("/write", photo="1"), "primary", "camera")
    return el.div(
        el.h1(t("Photos"), class_name="sr-only"),
        show(view.frame.can_write, empty("journal", words, add), empty("journal", words)),
    )
