"""/message: one message alone, with everything that was answered."""

from typing import Any

import reflex as rx

from careapp.journal.said_parts import all_said, said_form, waiting_said
from careapp.messages.components import whole_message
from careapp.messages.queries import message_page as query
from careapp.messages.reply_parts import REPLY
from careapp.messages.views import MessageView
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.el import el, link, show
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t, tn


class MessageState(Reading, rx.State):
    view: MessageView = MessageView()


@page("/message", title="Message", state=MessageState, query=query)
def message_page(view: Any) -> Any:
    message = view.message
    return site_frame(
        view.frame,
        back_link(to("/messages"), t("Messages")),
        el.h1(t("A message from {name}", name=message.author.name), class_name="sr-only"),
        whole_message(message),
        _replies(view),
        place="journal",
    )


def _replies(view: Any) -> Any:
    message = view.message
    total = tn("{n} reply", "{n} replies", message.reply_total)
    earlier = link(to("/message", message=message.id, before=view.earlier), t("Earlier replies"), class_name=QUIET_LINK)
    return el.section(
        el.h2(show(message.reply_total != 0, total, t("No replies yet")), class_name="mt-6 mb-3 text-lg"),
        show(view.earlier, earlier),
        show(view.replies, all_said(REPLY, view.replies)),
        waiting_said(REPLY, message),
        show(message.can_reply, el.div(said_form(REPLY, message), class_name="mt-4")),
    )
