"""/words: what to say, and how to tell what is hard to tell."""

from typing import Any

import reflex as rx

from careapp.journal.operations import comment
from careapp.messages.operations import post_message
from careapp.pwa.keep import keeps_page
from careapp.pwa.send import care_form
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.card import page_title
from careapp.ui.el import all_of, fragment, link, show
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import t
from careapp.words.browser import answered, comment_draft, guide, hard_update, modes
from careapp.words.queries import SayView, words_to_say

TO_GUIDES = f"{QUIET_LINK} mt-8 gap-2"


class WordsState(Reading, rx.State):
    view: SayView = SayView()


@page("/words", title="What to say", state=WordsState, query=words_to_say, skeleton=plain_skeleton)
def words_page(view: Any) -> Any:
    return plain_frame(
        back_link(to("/today"), t("Today")),
        page_title(t("What to say"), t("For when you care and the words do not come.")),
        modes(view, _message(view), _update(view)),
        link(to("/guides"), icon("info", class_name="icon-sm"), t("Guides for families"), class_name=TO_GUIDES),
        keeps_page("/guides"),
        show(view.frame.can_take_on, keeps_page("/help-wanted")),
        show(view.frame.can_write_messages, fragment(keeps_page("/messages"), keeps_page("/write-message"))),
        colour=view.frame.colour,
        sos_of=view.frame,
    )


def _message(view: Any) -> Any:
    """Posted as a comment where it answers an update, else as a message of support."""
    as_comment = care_form(
        guide(view),
        operation=comment,
        fixed={"update_id": answered()},
        next=to("/update", update=answered()),
        draft=comment_draft(),
        label=t("A comment"),
        key="comment",
    )
    as_message = care_form(
        guide(view),
        operation=post_message,
        next=to("/messages"),
        draft=comment_draft(),
        label=t("A message"),
        key="message",
    )
    return show(all_of(answered() != "", view.frame.can_take_part), as_comment, as_message)


def _update(view: Any) -> Any:
    return care_form(hard_update(view), draft="hard-update", key="update")
