"""Comments as they are drawn."""

from typing import Any

from careapp.journal.replies import comment, delete_comment, edit_comment
from careapp.journal.said_parts import Saying
from careapp.said import mark
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.el import link, show
from careapp.ui.places import to
from careapp.ui.words import t, tn

COMMENT = Saying(
    key="comment",
    about="update_id",
    one="comment_id",
    say=comment,
    edit=edit_comment,
    delete=delete_comment,
    edits=lambda one: {"comment_id": one.id},
    label=mark("A comment"),
    yours=mark("Your comment"),
    write=mark("Write a comment"),
    send=mark("Send comment"),
    more=mark("More about this comment"),
    sure=mark("Delete this comment? It cannot be brought back."),
)


def comments_link(update: Any) -> Any:
    words = show(
        update.more_comments != 0,
        t("All {n} comments", n=update.comment_total),
        tn("{n} comment", "{n} comments", update.comment_total),
    )
    return link(to("/update", update=update.id), words, class_name=QUIET_LINK)
