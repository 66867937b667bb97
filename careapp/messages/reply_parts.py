"""Replies to a message as they are drawn: what was said, what waits to be sent, and room for one more."""

from typing import Any

from careapp.journal.comment_parts import SMALL_ACTION
from careapp.journal.text_parts import text_parts
from careapp.messages.operations import delete_message, edit_message, reply_to_message
from careapp.pwa.send import action_button, care_form, field_error, form_words
from careapp.pwa.unfold import unfold
from careapp.pwa.waiting import waiting_list
from careapp.ui.avatar import avatar
from careapp.ui.buttons import icon_button, submit_button
from careapp.ui.el import all_of, el, fragment, join, no, show
from careapp.ui.icons import icon
from careapp.ui.rows import MENU_LINK
from careapp.ui.sheet import menu
from careapp.ui.words import t, when


def reply_row(one: Any) -> Any:
    """What someone answered. Its author changes it below it; who keeps order here takes it away by a menu."""
    own = el.div(
        _edit(one),
        show(one.can_delete, _delete(one, t("Delete"), f"{SMALL_ACTION} text-primary")),
        class_name="flex flex-wrap items-start gap-x-4 ps-1",
    )
    face = fragment(icon("trash", class_name="text-muted"), t("Delete"))
    others = menu(t("More about this reply"), _delete(one, face, MENU_LINK))
    is_others = all_of(one.can_delete, no(one.can_edit))
    return el.li(
        _said(one, show(one.can_edit, own)),
        show(is_others, others),
        id=join("said-", one.id),
        key=one.id,
        class_name="flex items-start gap-1",
    )


def last_reply(one: Any) -> Any:
    """The same on the wall, without ways to change it."""
    return el.li(_said(one), key=one.id)


def reply_form(message: Any, **attrs: Any) -> Any:
    """Room for a reply; half-written it stays on this device, one draft for each message."""
    field_id = join("reply-", message.id)
    return care_form(
        el.label(t("Your reply"), html_for=field_id, class_name="sr-only"),
        el.div(
            el.textarea(
                id=field_id,
                name="text",
                rows="1",
                required=True,
                dir="auto",
                max_length=10_000,
                placeholder=t("Write a reply"),
                class_name="field min-h-12! min-w-0 rounded-[24px] py-2.5 resize-none!",
            ),
            icon_button("send", t("Send reply"), type="submit", class_name="flex-none"),
            class_name="flex items-end gap-1",
        ),
        field_error("text"),
        form_words(),
        operation=reply_to_message,
        fixed={"message_id": message.id},
        draft=field_id,
        label=t("A reply"),
        **attrs,
    )


def room_for_reply(message: Any) -> Any:
    """Looks like the field that it becomes when it is touched."""
    return unfold(
        t("Write a reply"),
        reply_form(message, class_name="mt-2"),
        operation=reply_to_message,
        fixed={"message_id": message.id},
        draft=join("reply-", message.id),
        class_name="field mt-2 min-h-12 w-full rounded-[24px] py-2.5 text-start text-muted",
    )


def waiting_replies(message: Any) -> Any:
    """Replies from this device that are not sent yet."""
    match = {"message_id": message.id}
    return waiting_list(reply_to_message, match=match, class_name="flex flex-col gap-2 py-2 ps-[42px]")


def _said(one: Any, *below: Any) -> Any:
    edited = el.span(" · ", t("edited"), class_name="text-muted")
    bubble = el.div(
        el.p(
            el.bdi(one.author.name, class_name="font-semibold"),
            " ",
            when(one.at, class_name="text-muted"),
            show(one.is_edited, edited),
            class_name="text-sm",
        ),
        text_parts(one.parts),
        class_name="rounded-card rounded-ss-[4px] bg-sunken px-3.5 py-2",
    )
    return el.div(
        avatar(one.author, "sm"),
        el.div(bubble, *below, class_name="min-w-0 flex-1"),
        class_name="flex min-w-0 flex-1 items-start gap-2.5",
    )


def _edit(one: Any) -> Any:
    field_id = join("edit-", one.id)
    words = el.textarea(
        id=field_id, name="text", default_value=one.text, rows="2", required=True, dir="auto", class_name="field"
    )
    return el.details(
        el.summary(t("Edit"), class_name=f"{SMALL_ACTION} text-primary"),
        care_form(
            el.label(t("Your reply"), html_for=field_id, class_name="sr-only"),
            words,
            field_error("text"),
            form_words(),
            el.div(submit_button(t("Save")), class_name="mt-2"),
            operation=edit_message,
            fixed={"message_id": one.id, "version": one.version},
            draft=field_id,
            label=t("A reply"),
            reset=False,
            class_name="pb-2",
        ),
        key=join(one.id, one.text),
        class_name="open:w-full",
    )


def _delete(one: Any, face: Any, look: str) -> Any:
    sure = t("Delete this reply? It cannot be brought back.")
    return action_button(face, delete_message, {"message_id": one.id}, sure, class_name=look)
