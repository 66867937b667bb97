"""Where one can go: the places of a site, and what can be added."""

from typing import Any

from careapp.pwa.keep import keeps_page
from careapp.ui.avatar import avatar
from careapp.ui.el import el, fragment, link, show
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import MENU_LINK
from careapp.ui.sheet import opening, sheet
from careapp.ui.words import t, tn

WRITE_PAGE = "/write"
STATUS_PAGE = "/status"
ADD_SHEET = "add"
SITES_SHEET = "sites"
WITHOUT_ADDING = ("more", "sos")


def bottom_bar(place: str, frame: Any = None) -> Any:
    """The places of the site: along the bottom of a phone, down the side of a desktop; bare without `frame`."""
    calendar = _place("calendar", t("Calendar"), to("/calendar"), place)
    people = _place("people", t("People"), to("/people"), place, *_waiting(frame))
    return el.nav(
        *([add_button(frame, place)] if frame is not None else []),
        el.div(
            _place("today", t("Today"), to("/today"), place),
            _place("journal", t("Journal"), to("/journal"), place),
            show(frame.can_see_schedule, calendar) if frame is not None else calendar,
            show(frame.can_see_people, people) if frame is not None else people,
            _place("more", t("More"), to("/more"), place),
            class_name="frame-places",
        ),
        aria_label=t("Pages of this site"),
        data_chrome="",
        class_name="frame-nav",
    )


def add_button(frame: Any, place: str) -> Any:
    """The round button, only for who may add something; on some pages it would lie over what one came for."""
    return show(
        frame.can_add,
        el.button(
            icon("plus"),
            el.span(t("Add"), class_name="sr-only lg:not-sr-only"),
            type="button",
            **opening(ADD_SHEET),
            class_name="frame-add max-lg:hidden" if place in WITHOUT_ADDING else "frame-add",
        ),
    )


def add_sheet(frame: Any) -> Any:
    """What may be added, each with a picture and a word. News are written where there is no connection too."""
    written = show(frame.can_write, keeps_page(WRITE_PAGE)), show(frame.can_set_status, keeps_page(STATUS_PAGE))
    return fragment(*written, _add_sheet(frame))


def _add_sheet(frame: Any) -> Any:
    return sheet(
        ADD_SHEET,
        t("What would you like to add?"),
        el.div(
            show(frame.can_write, _addition("edit", t("Update"), t("How it goes, in your words"), to(WRITE_PAGE))),
            show(
                frame.can_write, _addition("camera", t("Photo"), t("A picture says a lot"), to(WRITE_PAGE, photo="1"))
            ),
            show(
                frame.can_write,
                _addition("check", t("After an appointment"), t("What was said, what is next"), to("/visit-outcome")),
            ),
            show(
                frame.can_add_to_schedule,
                _addition("hand", t("Ask for help"), t("Who can lend a hand is told"), to("/ask-for-help")),
            ),
            show(
                frame.can_add_to_schedule,
                _addition("calendar", t("Appointment"), t("When, where, and who goes along"), to("/edit-appointment")),
            ),
            show(
                frame.can_write_messages,
                _addition("heart", t("Message"), t("A few kind words"), to("/write-message")),
            ),
            show(frame.can_set_status, _addition("smile", t("Status"), t("Where and how just now"), to(STATUS_PAGE))),
            _addition("message", t("What to say"), t("Words for when they do not come"), to("/words")),
            class_name="-mx-3 grid gap-1 pb-2",
        ),
    )


def site_switch(frame: Any) -> Any:
    """The person's face and name on top; a tap shows the member's other sites."""
    return el.button(
        avatar(frame.person),
        el.span(frame.person.name, class_name="truncate text-lg font-semibold"),
        icon("down", class_name="icon-sm text-muted"),
        type="button",
        **opening(SITES_SHEET),
        class_name="flex min-h-12 min-w-0 items-center gap-3 rounded-card pe-2 text-start",
    )


def site_row(other: Any) -> Any:
    """One of the member's sites: `person`, `name`, `href` ("/today?site=…") and `is_current`."""
    return link(
        other.href,
        avatar(other.person),
        el.span(other.name, class_name="min-w-0 flex-1 font-medium"),
        show(other.is_current, icon("check", t("You are here"), "text-primary")),
        key=other.href,
        data_closes="",
        class_name=MENU_LINK,
    )


def _place(name: str, words: Any, target: Any, current: str, *sign: Any) -> Any:
    here = {"aria_current": "page"} if name == current else {}
    return link(target, icon(name), el.span(words), *sign, class_name="frame-place", **here)


def _waiting(frame: Any) -> list[Any]:
    """How many ask to join, as a number on the place where they are answered."""
    if frame is None:
        return []
    number = el.span(
        frame.waiting_requests,
        el.span(" ", tn("person asks to join", "people ask to join", frame.waiting_requests), class_name="sr-only"),
        class_name="frame-sign",
    )
    return [show(frame.waiting_requests, number)]


def _addition(icon_name: str, words: Any, detail: Any, target: Any) -> Any:
    return link(
        target,
        el.span(
            icon(icon_name),
            class_name="flex size-12 flex-none items-center justify-center rounded-full bg-tint text-primary",
        ),
        el.span(
            el.span(words, class_name="block font-semibold"), el.span(detail, class_name="block text-sm text-muted")
        ),
        data_closes="",
        class_name=MENU_LINK,
    )
