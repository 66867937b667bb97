"""/today: the person first, then what waits for me, then the newest updates."""

from typing import Any

import reflex as rx

from careapp.helping.today_card import help_card
from careapp.journal.components import update_card, waiting_updates
from careapp.journal.replies import mark_mentions_seen
from careapp.notices.components import notice_invitation
from careapp.pwa.keep import keeps_page
from careapp.pwa.send import action_button
from careapp.schedule.today_card import upcoming_card
from careapp.shifts.today_card import duty_card
from careapp.today.components import history, person_card
from careapp.today.news_card import news_card
from careapp.today.queries import today
from careapp.today.views import TodayView
from careapp.ui.avatar import avatar
from careapp.ui.buttons import QUIET_LINK, button_link
from careapp.ui.card import section_title, stack
from careapp.ui.el import all_of, any_of, choose, each, el, fragment, link, no, show
from careapp.ui.empty import empty
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.photo import cover
from careapp.ui.places import to
from careapp.ui.rows import row_link, row_words, rows
from careapp.ui.shell import contacts, site_frame
from careapp.ui.words import said, t, when


class TodayState(Reading, rx.State):
    view: TodayView = TodayView()


@page("/today", title="Today", state=TodayState, query=today)
def today_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        each(view.cover, _cover),
        person_card(view),
        show(view.duty.is_any, lambda: duty_card(view.duty)),
        show(view.upcoming.is_any, lambda: upcoming_card(view.upcoming)),
        show(view.news.is_any, lambda: news_card(view.news)),
        show(view.help.is_any, lambda: help_card(view.help)),
        show(no(view.updates), _first_steps(view)),
        show(any_of(view.mentions, view.requests), _for_me(view)),
        _news(view),
        show(view.updates, _first_steps(view)),
        show(view.history, history(view.history)),
        show(view.frame.is_member, notice_invitation),
        el.div(contacts(view.frame), class_name="mt-8 lg:hidden"),
        show(view.frame.can_see_schedule, lambda: keeps_page("/calendar")),
        place="today",
    )


def _cover(picture: Any) -> Any:
    return el.div(cover(picture), key=picture.id, class_name="mb-4")


def _first_steps(view: Any) -> Any:
    return show(view.hints, el.section(section_title(t("Start here")), rows(each(view.hints, _hint))))


def _hint(hint: Any) -> Any:
    """Each first step leads to where it is taken."""
    return choose(
        hint.key,
        {
            "status": _step("smile", to("/status"), hint),
            "update": _step("edit", to("/write"), hint),
            "invite": _step("add_person", to("/people"), hint),
            "profile": _step("heart", to("/profile"), hint),
            "phone": _step("phone", to("/account"), hint),
        },
    )


def _step(icon_name: str, target: Any, hint: Any) -> Any:
    return row_link(target, icon(icon_name, class_name="text-primary"), row_words(said(hint.words)))


def _for_me(view: Any) -> Any:
    seen = action_button(t("I have seen these"), mark_mentions_seen, {}, class_name="button button-quiet -me-3")
    return el.section(
        section_title(t("For you"), show(view.mentions, seen)),
        rows(each(view.requests, _request), each(view.mentions, _mention)),
    )


def _mention(one: Any) -> Any:
    named = show(
        one.is_comment,
        t("{name} named you in a comment", name=one.by.name),
        t("{name} named you in an update", name=one.by.name),
    )
    return row_link(to("/update", update=one.update_id), avatar(one.by), row_words(named, _small(one.excerpt, one.at)))


def _request(one: Any) -> Any:
    asks = t("{name} would like to join", name=one.face.name)
    return row_link(to("/people"), avatar(one.face), row_words(asks, _small(one.words, one.at)))


def _small(words: Any, at: Any) -> Any:
    return fragment(show(words, el.p(words, dir="auto", class_name="line-clamp-2")), when(at))


def _news(view: Any) -> Any:
    return el.section(
        section_title(t("Newest updates"), _write(view.frame)),
        stack(
            waiting_updates(class_name="flex flex-col gap-4"),
            each(view.updates, update_card),
        ),
        show(
            view.updates,
            link(to("/journal"), t("All of the journal"), icon("forward", class_name="icon-sm"), class_name=WAY_ON),
        ),
        show(all_of(no(view.updates), no(view.hints)), _nothing(view.frame)),
    )


WAY_ON = f"{QUIET_LINK} mt-3 gap-1"


def _write(frame: Any) -> Any:
    return show(
        frame.can_write, button_link(t("Write"), to("/write"), "quiet", "edit", class_name="-me-3 max-lg:hidden")
    )


def _nothing(frame: Any) -> Any:
    words = t("Nothing has been written yet. The first update will stand here.")
    return empty("journal", words, show(frame.can_write, button_link(t("Write an update"), to("/write"))))
