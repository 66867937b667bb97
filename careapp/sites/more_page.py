"""/more: ways to everything that is not a place of its own."""

from typing import Any

import reflex as rx

from careapp.pwa.bars import sign_out_button
from careapp.pwa.keep import keeps_page
from careapp.sites.more import MoreView, more
from careapp.ui.card import page_title
from careapp.ui.el import el, show
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import row_link, row_words, rows
from careapp.ui.shell import site_frame
from careapp.ui.words import t


class MoreState(Reading, rx.State):
    view: MoreView = MoreView()


@page("/more", title="More", state=MoreState, query=more)
def more_page(view: Any) -> Any:
    frame = view.frame
    return site_frame(
        frame,
        page_title(t("More")),
        _person(frame),
        _heading(t("Caring together")),
        _together(frame),
        _heading(t("This site")),
        _site(frame),
        _heading(t("You")),
        _you(),
        show(
            frame.is_signed_in,
            sign_out_button(t("Sign out"), class_name="button button-secondary mt-8 w-full"),
        ),
        keeps_page("/words"),
        keeps_page("/guides"),
        place="more",
    )


def _person(frame: Any) -> Any:
    return rows(
        show(frame.can_see_messages, _way("comment", t("Messages"), t("Kind words"), to("/messages"))),
        _way("image", t("Photos"), t("All photos and videos, by month"), to("/photos")),
        show(frame.can_see_profile, _way("heart", t("Wishes and preferences"), frame.called, to("/profile"))),
    )


def _together(frame: Any) -> Any:
    duties = _way("check", t("Responsibilities"), t("Who looks after what"), to("/responsibilities"))
    elsewhere = _way(
        "calendar", t("Calendars elsewhere"), t("In your phone's calendar, and from others"), to("/calendars")
    )
    meeting = _way("people", t("Family meeting"), t("An agenda to follow together"), to("/kick-off"))
    helping = _way("hand", t("Help"), t("What a hand is wanted for"), to("/help-wanted"))
    mine = _way("clock", t("When I can"), t("So that others know whom to ask"), to("/availability"))
    return rows(
        show(frame.can_see_schedule, helping),
        show(frame.can_see_schedule, _way("today", t("On duty"), t("Who is there now and next"), to("/on-duty"))),
        show(frame.can_take_on, mine),
        show(frame.can_see_schedule, elsewhere),
        show(frame.can_see_schedule, duties),
        show(frame.can_see_schedule, meeting),
        _way("message", t("What to say"), t("Words for when they do not come"), to("/words")),
        _way("info", t("Guides for families"), t("Two minutes each, for what nobody teaches."), to("/guides")),
    )


def _site(frame: Any) -> Any:
    book = _way("journal", t("The journal as a book"), t("A PDF to keep or to print"), to("/book"))
    roles = _way("shield", t("Who may do what"), t("The roles and their rights"), to("/roles"))
    return rows(
        show(frame.can_write, _way("edit", t("Drafts and deleted updates"), t("Only yours"), to("/drafts"))),
        show(frame.is_member, book),
        show(frame.is_member, _way("link", t("Open links"), t("What was shared out of this site"), to("/links"))),
        show(frame.can_see_people, roles),
        show(frame.can_raise_sos, _way("warning", t("SOS"), t("Who is told, and drills"), to("/ladder"))),
        show(frame.can_see_site, _way("settings", t("Settings of this site"), frame.site_name, to("/settings"))),
    )


def _you() -> Any:
    return rows(
        _way("lock", t("Your account"), t("Name, password, and where you are signed in"), to("/account")),
        _way("bell", t("Notifications"), t("What you are told, and on which devices"), to("/notifications")),
        _way("globe", t("Your sites"), t("All the places you belong to"), to("/sites")),
        _way("download", t("On your home screen"), t("How to install the app"), to("/install")),
    )


def _heading(words: Any) -> Any:
    return el.h2(words, class_name="mt-8 mb-3 text-lg")


def _way(icon_name: str, title: Any, detail: Any, target: Any) -> Any:
    return row_link(target, icon(icon_name, class_name="size-6 text-primary"), row_words(title, detail))
