"""/write-message: words of support, with photos; also to change what one has written."""

from typing import Any

import reflex as rx

from careapp.journal.writing import TO_THE_END, action_bar, main_text
from careapp.messages.operations import edit_message, post_message
from careapp.messages.queries import message_composer
from careapp.messages.views import MessageComposerView
from careapp.pwa.editing import started_from
from careapp.pwa.keep import keeps_page
from careapp.pwa.picker import photo_picker
from careapp.pwa.send import care_form, field_error
from careapp.pwa.share_in import shared_in
from careapp.ui.banner import banner
from careapp.ui.buttons import QUIET_LINK, submit_button
from careapp.ui.card import page_title
from careapp.ui.el import el, join, link, show
from careapp.ui.fields import form_stack
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import t


class WriteMessageState(Reading, rx.State):
    view: MessageComposerView = MessageComposerView()


@page(
    "/write-message",
    title="Write a message",
    state=WriteMessageState,
    query=message_composer,
    skeleton=plain_skeleton,
)
def write_message_page(view: Any) -> Any:
    return plain_frame(
        back_link(to("/messages"), t("Messages")),
        show(view.message_id != "", _edit(view), _new(view)),
        keeps_page("/words"),
        colour=view.frame.colour,
        sos_of=view.frame,
    )


def _new(view: Any) -> Any:
    form = care_form(
        shared_in(),
        _fields(view),
        action_bar(submit_button(t("Post"))),
        operation=post_message,
        next=to("/messages"),
        draft="message",
        label=t("A message"),
        key="new",
        class_name=TO_THE_END,
    )
    cannot = banner("info", t("You can read the messages here; others write them."))
    lead = t("It is read by {name}, and by everyone on this site.", name=view.frame.called)
    return el.div(page_title(t("Write a message"), lead), show(view.frame.can_write_messages, form, cannot))


def _edit(view: Any) -> Any:
    return el.div(
        page_title(t("Edit your message")),
        care_form(
            started_from(view.version, view.text),
            _fields(view),
            action_bar(submit_button(t("Save"))),
            operation=edit_message,
            fixed={"message_id": view.message_id},
            next=to("/messages"),
            draft=join("message-", view.message_id),
            label=t("A message"),
            key=view.message_id,
            class_name=TO_THE_END,
        ),
    )


def _fields(view: Any) -> Any:
    return form_stack(
        main_text(
            view,
            t("Your message"),
            t("A memory, a wish, or only that you think of them"),
            link(to("/words"), t("What to say"), class_name=QUIET_LINK),
            max_length=10_000,
        ),
        el.div(field_error("photos"), photo_picker(there=view.photos), id="photos"),
    )
