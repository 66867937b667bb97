"""/calendars: the schedule in one's own calendar, and other calendars in the schedule."""

from typing import Any

import reflex as rx

from careapp.feeds.how import how_to
from careapp.feeds.operations import add_calendar_address, add_calendar_file, make_feed
from careapp.feeds.parts import feed_card, source_card
from careapp.feeds.queries import calendars
from careapp.feeds.sources import MOST_CHARACTERS
from careapp.feeds.views import CalendarsView
from careapp.pwa.calendar_file import calendar_file
from careapp.pwa.send import care_form, form_words
from careapp.ui.banner import banner
from careapp.ui.buttons import button, submit_button
from careapp.ui.card import card, card_title, page_title, section_title
from careapp.ui.el import each, el, join, no, show
from careapp.ui.fields import chips, form_stack, text_field
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t

LIST = "flex flex-col gap-3"


class CalendarsState(Reading, rx.State):
    view: CalendarsView = CalendarsView()


@page("/calendars", title="Calendars elsewhere", state=CalendarsState, query=calendars)
def calendars_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/more"), t("More")),
        page_title(t("Calendars elsewhere")),
        _own(view),
        show(view.can_add, lambda: _theirs(view)),
        place="more",
    )


def _own(view: Any) -> Any:
    return el.section(
        section_title(t("In your own calendar")),
        el.p(t("Your phone's calendar can follow this one by a secret address. What changes here changes there, too.")),
        show(no(view.is_https), _http()),
        show(view.feeds, el.ul(each(view.feeds, feed_card), class_name=f"mt-4 {LIST}")),
        show(view.feeds, how_to()),
        _make(view),
    )


def _http() -> Any:
    words = t(
        "This installation has no https address. Google and Outlook cannot reach it, and many phones refuse such "
        "calendars. Whoever runs it can give it one."
    )
    return banner("warm", el.p(words), class_name="mt-4")


def _make(view: Any) -> Any:
    choices = [
        ("all", t("Everything")),
        ("mine", t("What I go along to")),
        ("busy", t("Only when someone is busy")),
    ]
    return care_form(
        form_stack(
            show(
                view.may_see_all,
                lambda: chips("scope", t("What shall be in it?"), choices, value="all"),
                lambda: el.p(
                    t("It shows when someone is busy, without words, and what you have taken on."),
                    class_name="text-muted",
                ),
            ),
            show(
                view.feeds,
                lambda: button(t("Make another address"), "secondary", type="submit", wide=True),
                lambda: submit_button(t("Make my address")),
            ),
        ),
        form_words(),
        operation=make_feed,
        next=join(to("/calendars"), "&made={feed_id}"),
        offline=False,
        class_name="mt-5",
    )


def _theirs(view: Any) -> Any:
    return el.section(
        section_title(t("From other calendars")),
        el.p(t("Take over what a clinic, a club or an app gives out. You see first what is in it."), class_name="mb-4"),
        show(view.sources, el.ul(each(view.sources, source_card), class_name=f"mb-4 {LIST}")),
        el.div(_by_address(), _by_file(), class_name=LIST),
    )


def _by_address() -> Any:
    return card(
        card_title(t("By its address"), level=3),
        el.p(t("It is looked at again every hour, so that changes arrive here."), class_name="mt-1 mb-4 text-muted"),
        care_form(
            form_stack(
                text_field(
                    "address",
                    t("Address of the calendar"),
                    type="url",
                    input_mode="url",
                    auto_capitalize="none",
                    auto_complete="off",
                    max_length=2000,
                ),
                button(t("Look at it"), "secondary", type="submit", wide=True),
            ),
            form_words(),
            operation=add_calendar_address,
            next=join(to("/import-calendar"), "&source={source_id}"),
            offline=False,
        ),
    )


def _by_file() -> Any:
    return card(
        card_title(t("By a file"), level=3),
        el.p(
            t("Its name ends in .ics. It is taken over once; the same file in a newer form brings its changes."),
            class_name="mt-1 mb-4 text-muted",
        ),
        care_form(
            calendar_file(MOST_CHARACTERS),
            form_words(),
            operation=add_calendar_file,
            next=join(to("/import-calendar"), "&source={source_id}"),
            offline=False,
        ),
    )
