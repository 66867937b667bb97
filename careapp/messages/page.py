"""/messages: the wall, where everyone leaves words of support for the person and those who care."""

from typing import Any

import reflex as rx

from careapp.messages.components import message_card, waiting_messages
from careapp.messages.queries import wall
from careapp.messages.views import WallView
from careapp.pwa.keep import keeps_page
from careapp.sites.tabs import site_tabs
from careapp.ui.buttons import QUIET_LINK, button_link
from careapp.ui.card import stack
from careapp.ui.el import all_of, each, el, fragment, link, no, show
from careapp.ui.empty import empty
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.paging import back_to_first, further
from careapp.ui.places import to
from careapp.ui.shell import site_frame
from careapp.ui.words import t

ROOM = "field mb-4 flex min-h-14 items-center gap-3 rounded-[28px] text-muted"


class WallState(Reading, rx.State):
    view: WallView = WallView()


@page("/messages", title="Messages", state=WallState, query=wall)
def wall_page(view: Any) -> Any:
    frame = view.frame
    return site_frame(
        frame,
        _top(view),
        site_tabs(frame, "messages"),
        show(all_of(frame.can_write_messages, view.messages), _room(frame)),
        show(frame.can_write_messages, fragment(keeps_page("/write-message"), keeps_page("/words"))),
        waiting_messages(class_name="mb-4 flex flex-col gap-4"),
        show(view.is_empty, _nothing(frame)),
        show(view.messages, _messages(view)),
        show(all_of(no(view.is_empty), no(view.messages)), el.p(t("There is nothing older."))),
        show(view.older, further(to("/messages", before=view.older), t("Older messages"))),
        place="journal",
    )


def _top(view: Any) -> Any:
    return el.header(
        el.h1(t("Messages"), class_name="text-2xl"),
        show(no(view.is_first_page), back_to_first(to("/messages"), t("The newest messages"))),
        class_name="mb-4 flex min-h-12 flex-wrap items-center justify-between gap-x-4",
    )


def _room(frame: Any) -> Any:
    """Looks like the beginning of what it leads to."""
    words = el.span(t("Write to {name} and the family", name=frame.called), class_name="min-w-0 flex-1")
    return link(to("/write-message"), icon("heart"), words, class_name=ROOM)


def _messages(view: Any) -> Any:
    title = show(view.is_first_page, t("Messages of support"), t("Older messages"))
    return el.section(el.h2(title, class_name="sr-only"), stack(each(view.messages, message_card)))


def _nothing(frame: Any) -> Any:
    return show(
        frame.can_write_messages,
        empty(
            "letter",
            t("A few words do more than one thinks. They are read on good days and on hard ones."),
            button_link(t("Write the first message"), to("/write-message"), "primary", "heart"),
            link(to("/words"), t("Find the words"), class_name=QUIET_LINK),
            example=t("For example: “I keep thinking of our walks by the lake. No need to answer.”"),
        ),
        empty("letter", t("No messages yet. What people write to {name} will stand here.", name=frame.called)),
    )
