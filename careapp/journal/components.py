"""Updates as they are drawn, on the home page, in the journal and alone: words, photos, and what belongs to them."""

from typing import Any

from careapp.journal.browser import marks_seen
from careapp.journal.comment_parts import COMMENT, comments_link
from careapp.journal.operations import (
    delete_update,
    edit_update,
    edit_visit_outcome,
    pin_update,
    post_update,
    post_visit_outcome,
    unpin_update,
)
from careapp.journal.reaction_parts import reactions, who_reacted
from careapp.journal.said_parts import last_said, room_to_say, waiting_said
from careapp.journal.seen_parts import seen_words, who_has_seen
from careapp.journal.text_parts import text_parts
from careapp.journal.visit_parts import visit_head, visit_parts
from careapp.pwa.bars import in_turn
from careapp.pwa.send import action_button
from careapp.pwa.waiting import waiting_list
from careapp.ui.attached import attached_strip, attached_whole
from careapp.ui.avatar import avatar
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.el import any_of, el, fragment, link, no, show
from careapp.ui.facts import small_facts
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import MENU_LINK, badge
from careapp.ui.sheet import menu
from careapp.ui.words import said, t, when, written_when

ON_PHONES_EDGE_TO_EDGE = "card max-sm:-mx-4 max-sm:rounded-none"
PINNED = "flex items-center gap-1 text-sm font-semibold text-accent-ink"


def update_card(update: Any, level: int = 3) -> Any:
    """One update in a feed, with its last comments and room for another; its author is a heading of `level`."""
    return in_turn(_feed_card, update, level, key=update.id)


def _feed_card(update: Any, level: int) -> Any:
    return el.article(
        _head(update, level),
        _words(update),
        show(any_of(update.is_cut, update.visit.is_cut), _way_in(update, t("Read on"))),
        update_photos(update),
        _waiting_edits(update),
        _answers(update),
        marks_seen(update),
        class_name=ON_PHONES_EDGE_TO_EDGE,
    )


def whole_update(update: Any, reactors: Any, readers: Any) -> Any:
    """One update alone, with every photo, who reacted how and who has seen it; its comments stand under it."""
    return el.article(
        _head(update, 2),
        _words(update),
        show(update.photos, attached_whole(update.photos)),
        _waiting_edits(update),
        show(no(update.is_draft), fragment(reactions(update), who_reacted(update, reactors))),
        who_has_seen(update, readers),
        marks_seen(update),
        class_name=f"{ON_PHONES_EDGE_TO_EDGE} pb-2",
    )


def update_photos(update: Any) -> Any:
    """Its photos and videos, edge to edge; where there are more, a way to them."""
    return show(
        update.photos,
        el.div(
            attached_strip(update.photos, update.more_photos),
            show(update.more_photos, _way_in(update, t("See all photos"))),
        ),
    )


def waiting_updates(**attrs: Any) -> Any:
    """Updates from this device that are not sent yet, or were refused."""
    ground = f"{ON_PHONES_EDGE_TO_EDGE} p-4"
    return fragment(
        waiting_list(post_update, edit_at=to("/write"), ground=ground, **attrs),
        waiting_list(post_visit_outcome, edit_at=to("/visit-outcome"), ground=ground, **attrs),
    )


def _waiting_edits(update: Any) -> Any:
    match = {"update_id": update.id}
    return fragment(
        *[
            waiting_list(operation, match=match, edit_at=_edit_at(update), class_name="px-4 py-2")
            for operation in (edit_update, edit_visit_outcome)
        ]
    )


def _head(update: Any, level: int) -> Any:
    return el.header(
        avatar(update.author),
        el.div(
            show(update.is_pinned, el.p(icon("pin", class_name="size-4!"), t("Pinned"), class_name=PINNED)),
            getattr(el, f"h{level}")(el.bdi(update.author.name), class_name="text-base leading-snug"),
            small_facts(
                (update.relation != "", el.bdi(update.relation)),
                (True, when(update.at)),
                (update.written_at, written_when(update.written_at)),
                (update.is_edited, t("edited")),
                (update.is_draft, t("a draft that only you see")),
                (no(update.is_for_everyone), _audience(update)),
                *([(update.seen_of != 0, seen_words(update))] if level > 2 else []),
            ),
            class_name="min-w-0 flex-1 pt-0.5",
        ),
        show(any_of(update.can_edit, update.can_delete, update.can_pin, update.can_share), _menu(update)),
        class_name="flex items-start gap-3 px-4 pt-4",
    )


def _audience(update: Any) -> Any:
    names = show(update.readers, update.readers, said(update.audience_words))
    return fragment(icon("lock", t("Not everyone sees this"), "me-1 inline size-4! align-[-2px]"), names)


def _menu(update: Any) -> Any:
    return menu(
        t("More about this update"),
        show(
            update.can_edit,
            link(_edit_at(update), icon("edit", class_name="text-muted"), t("Edit"), class_name=MENU_LINK),
        ),
        show(update.can_pin, show(update.is_pinned, _unpin(update), _pin(update))),
        show(
            update.can_share,
            link(
                to("/share", update=update.id),
                icon("share", class_name="text-muted"),
                t("Share by a link"),
                class_name=MENU_LINK,
            ),
        ),
        show(update.can_delete, _delete(update)),
    )


def _edit_at(update: Any) -> Any:
    return show(update.is_visit, to("/visit-outcome", update=update.id), to("/write", update=update.id))


def _pin(update: Any) -> Any:
    face = [icon("pin", class_name="text-muted"), t("Keep on top")]
    return action_button(face, pin_update, {"update_id": update.id}, class_name=MENU_LINK)


def _unpin(update: Any) -> Any:
    face = [icon("pin", class_name="text-muted"), t("No longer on top")]
    return action_button(face, unpin_update, {"update_id": update.id}, class_name=MENU_LINK)


def _delete(update: Any) -> Any:
    return action_button(
        [icon("trash", class_name="text-muted"), t("Delete")],
        delete_update,
        {"update_id": update.id},
        t("Delete this update? It can be brought back for {days} days, from Drafts.", days=update.restore_days),
        next=to("/journal"),
        class_name=MENU_LINK,
    )


def _words(update: Any) -> Any:
    """A milestone first, then the text, then the mood."""
    return fragment(
        show(
            update.milestone,
            el.p(
                icon("star", t("Milestone"), "text-accent-ink"),
                el.span(update.milestone, dir="auto", class_name="min-w-0 flex-1 font-semibold"),
                class_name="mx-4 mt-3 flex items-start gap-2.5 rounded-card bg-accent-soft px-3.5 py-2.5",
            ),
        ),
        show(update.is_visit, visit_head(update.visit)),
        show(update.parts, el.div(text_parts(update.parts), class_name="px-4 pt-3")),
        show(update.is_visit, visit_parts(update.id, update.visit)),
        show(update.mood, el.div(badge(said(update.mood_words), "warm", "smile"), class_name="px-4 pt-3")),
    )


def _way_in(update: Any, words: Any) -> Any:
    return link(to("/update", update=update.id), words, class_name=f"{QUIET_LINK} px-4")


def _answers(update: Any) -> Any:
    """Reactions, the last comments, and room for one more."""
    return show(
        no(update.is_draft),
        el.div(
            reactions(update),
            el.div(
                show(update.comment_total != 0, comments_link(update)),
                show(update.comments, last_said(update.comments)),
                waiting_said(COMMENT, update),
                show(update.can_comment, room_to_say(COMMENT, update)),
                class_name="px-4",
            ),
            class_name="pb-3",
        ),
    )
