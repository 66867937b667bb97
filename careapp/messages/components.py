"""Messages as they are drawn, on the wall and alone: words, photos, thanks, and what was answered."""

from typing import Any

from careapp.journal.components import ON_PHONES_EDGE_TO_EDGE
from careapp.journal.said_parts import last_said, room_to_say, waiting_said
from careapp.journal.text_parts import text_parts
from careapp.messages.operations import delete_message, edit_message, post_message, thank_for_message
from careapp.messages.reply_parts import REPLY, replies_link
from careapp.pwa.bars import in_turn
from careapp.pwa.send import action_button
from careapp.pwa.waiting import waiting_list
from careapp.ui.attached import attached_strip, attached_whole
from careapp.ui.avatar import avatar
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.el import any_of, el, link, no, show
from careapp.ui.facts import small_facts
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import MENU_LINK
from careapp.ui.sheet import menu
from careapp.ui.words import t, when, written_when

THANKS = (
    "inline-flex min-h-12 items-center gap-2 rounded-full border-[1.5px] border-line px-4 font-medium active:scale-95 "
    "aria-pressed:border-primary aria-pressed:bg-tint aria-pressed:text-primary"
)


def message_card(message: Any) -> Any:
    """One message on the wall, with its last replies and room for another."""
    return in_turn(_wall_card, message, key=message.id)


def whole_message(message: Any) -> Any:
    """One message alone, with every photo; its replies stand under it."""
    return el.article(
        _head(message, 2),
        _words(message),
        show(message.photos, attached_whole(message.photos)),
        _waiting_edits(message),
        _thanks(message),
        class_name=f"{ON_PHONES_EDGE_TO_EDGE} pb-3",
    )


def waiting_messages(**attrs: Any) -> Any:
    """Messages from this device that are not sent yet, or were refused."""
    ground = f"{ON_PHONES_EDGE_TO_EDGE} p-4"
    return waiting_list(post_message, edit_at=to("/write-message"), ground=ground, **attrs)


def _wall_card(message: Any) -> Any:
    return el.article(
        _head(message, 3),
        _words(message),
        show(message.is_cut, _way_in(message, t("Read on"))),
        _photos(message),
        _waiting_edits(message),
        _thanks(message),
        el.div(
            show(message.reply_total != 0, replies_link(message)),
            show(message.replies, last_said(message.replies)),
            waiting_said(REPLY, message),
            show(message.can_reply, room_to_say(REPLY, message)),
            class_name="px-4 pb-3",
        ),
        class_name=ON_PHONES_EDGE_TO_EDGE,
    )


def _head(message: Any, level: int) -> Any:
    return el.header(
        avatar(message.author),
        el.div(
            getattr(el, f"h{level}")(el.bdi(message.author.name), class_name="text-base leading-snug"),
            small_facts(
                (message.relation != "", el.bdi(message.relation)),
                (True, when(message.at)),
                (message.written_at, written_when(message.written_at)),
                (message.is_edited, t("edited")),
            ),
            class_name="min-w-0 flex-1 pt-0.5",
        ),
        show(any_of(message.can_edit, message.can_delete), _menu(message)),
        class_name="flex items-start gap-3 px-4 pt-4",
    )


def _menu(message: Any) -> Any:
    edit = link(
        to("/write-message", message=message.id),
        icon("edit", class_name="text-muted"),
        t("Edit"),
        class_name=MENU_LINK,
    )
    delete = action_button(
        [icon("trash", class_name="text-muted"), t("Delete")],
        delete_message,
        {"message_id": message.id},
        t("Delete this message, with what was answered? It cannot be brought back."),
        next=to("/messages"),
        class_name=MENU_LINK,
    )
    return menu(t("More about this message"), show(message.can_edit, edit), show(message.can_delete, delete))


def _words(message: Any) -> Any:
    return show(message.parts, el.div(text_parts(message.parts), class_name="px-4 pt-3"))


def _photos(message: Any) -> Any:
    more = show(message.more_photos, _way_in(message, t("See all photos")))
    return show(message.photos, el.div(attached_strip(message.photos, message.more_photos), more))


def _waiting_edits(message: Any) -> Any:
    match, edit_at = {"message_id": message.id}, to("/write-message", message=message.id)
    return waiting_list(edit_message, match=match, edit_at=edit_at, class_name="px-4 py-2")


def _thanks(message: Any) -> Any:
    """One tap gives thanks or takes them back; the author sees from whom they come."""
    button = action_button(
        [icon("heart", class_name="icon-sm"), t("Thank you")],
        thank_for_message,
        {"message_id": message.id, "is_thanked": no(message.has_thanked)},
        pressed=message.has_thanked,
        class_name=THANKS,
    )
    from_whom = el.p(t("Thanks from {names}", names=message.thanked_by), class_name="text-sm text-muted")
    return el.div(
        show(message.can_thank, button),
        show(message.thanks_total != 0, from_whom),
        class_name="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-3 empty:hidden",
    )


def _way_in(message: Any, words: Any) -> Any:
    return link(to("/message", message=message.id), words, class_name=f"{QUIET_LINK} px-4")
