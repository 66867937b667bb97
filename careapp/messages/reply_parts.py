"""Replies to a message as they are drawn."""

from typing import Any

from careapp.journal.said_parts import Saying
from careapp.messages.operations import delete_message, edit_message, reply_to_message
from careapp.said import mark
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.el import link, show
from careapp.ui.places import to
from careapp.ui.words import t, tn

REPLY = Saying(
    key="reply",
    about="message_id",
    one="message_id",
    say=reply_to_message,
    edit=edit_message,
    delete=delete_message,
    edits=lambda one: {"message_id": one.id, "version": one.version},
    label=mark("A reply"),
    yours=mark("Your reply"),
    write=mark("Write a reply"),
    send=mark("Send reply"),
    more=mark("More about this reply"),
    sure=mark("Delete this reply? It cannot be brought back."),
)


def replies_link(message: Any) -> Any:
    words = show(
        message.more_replies != 0,
        t("All {n} replies", n=message.reply_total),
        tn("{n} reply", "{n} replies", message.reply_total),
    )
    return link(to("/message", message=message.id), words, class_name=QUIET_LINK)
