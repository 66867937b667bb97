"""/help-wanted: what a hand is wanted for, day by day; what I have taken on stands on top."""

from typing import Any

import reflex as rx

from careapp.helping.offer_parts import offer_form, offer_row
from careapp.helping.parts import (
    done_row,
    help_tabs,
    kind_icon,
    my_slot,
    open_slot,
    slots_of_day,
    swap_card,
)
from careapp.helping.queries import help_wanted
from careapp.helping.unsent import unsent_help
from careapp.helping.views import HelpWantedView
from careapp.pwa.keep import keeps_page
from careapp.ui.buttons import button_link
from careapp.ui.card import section_title
from careapp.ui.el import each, el, fragment, no, show
from careapp.ui.empty import empty
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import row_link, row_words, rows
from careapp.ui.shell import site_frame
from careapp.ui.words import said, t, tn


class HelpWantedState(Reading, rx.State):
    view: HelpWantedView = HelpWantedView()


@page("/help-wanted", title="Help wanted", state=HelpWantedState, query=help_wanted)
def help_wanted_page(view: Any) -> Any:
    frame = view.frame
    return site_frame(
        frame,
        el.h1(t("Help"), class_name="mb-3 text-2xl"),
        help_tabs("wanted"),
        unsent_help("mt-4"),
        show(frame.can_add_to_schedule, fragment(_ask(), keeps_page("/ask-for-help"))),
        show(view.is_empty, _nothing(frame)),
        show(view.swaps, el.ul(each(view.swaps, swap_card), class_name="mt-4 flex flex-col gap-3")),
        show(view.mine, _mine(view.mine)),
        show(view.days, _open(view), _all_taken(view)),
        show(view.later, _later(view.later)),
        show(view.is_first_page, _offers(view)),
        show(view.requests, _requests(view.requests)),
        show(view.done, _done(view.done)),
        place="calendar",
    )


def _ask() -> Any:
    return button_link(t("Ask for help"), to("/ask-for-help"), "primary", "hand", wide=True, class_name="mt-4")


def _mine(slots: Any) -> Any:
    return el.section(section_title(t("You have taken this on")), slots_of_day(slots, my_slot))


def _open(view: Any) -> Any:
    return el.section(
        section_title(show(view.is_first_page, t("Who can do this?"), t("Later"))),
        el.div(each(view.days, _day), class_name="flex flex-col gap-5"),
    )


def _day(day: Any) -> Any:
    return el.section(
        el.h3(day.day, class_name="mb-2 text-base"),
        slots_of_day(day.slots, open_slot),
        key=day.day,
    )


def _all_taken(view: Any) -> Any:
    """Nothing is open, though there is something."""
    words = el.p(t("Everything is taken care of just now. How good."), class_name="mt-6 text-muted")
    return show(no(view.is_empty), words)


def _later(after: Any) -> Any:
    return el.p(
        button_link(t("Later days"), to("/help-wanted", after=after), "secondary", wide=True), class_name="mt-5"
    )


def _offers(view: Any) -> Any:
    return el.section(
        show(view.offers, section_title(t("Offered"))),
        show(view.offers, slots_of_day(view.offers, lambda offer: offer_row(offer, view))),
        show(view.frame.can_take_on, el.div(offer_form(), class_name="mt-4")),
    )


def _requests(requests: Any) -> Any:
    return el.section(section_title(t("All that is asked for")), rows(each(requests, _request)))


def _request(one: Any) -> Any:
    still = show(one.open != 0, tn("{n} time still open", "{n} times still open", one.open), t("all taken"))
    return row_link(
        to("/help-request", request=one.id),
        kind_icon(one.icon),
        row_words(el.span(said(one.title), dir="auto"), still),
        key=one.id,
    )


def _done(slots: Any) -> Any:
    return el.section(section_title(t("Done, with thanks")), slots_of_day(slots, done_row))


def _nothing(frame: Any) -> Any:
    asks = empty(
        "people",
        t("Many would like to help and do not know with what. Say what would make this week easier."),
        example=t("For example: a ride on Thursday at nine, two dinners, an hour for the dog."),
    )
    waits = empty("people", t("Nothing is asked for just now. What {name} needs will stand here.", name=frame.called))
    return show(frame.can_add_to_schedule, asks, waits)
