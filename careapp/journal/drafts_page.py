"""/drafts: what I have begun, and what I can still bring back."""

from typing import Any

import reflex as rx

from careapp.journal.composing import drafts
from careapp.journal.operations import delete_update, publish_draft, restore_update
from careapp.journal.views import DraftsView
from careapp.pwa.send import action_button
from careapp.ui.avatar import avatar
from careapp.ui.buttons import button_link
from careapp.ui.card import actions, page_title, section_title
from careapp.ui.el import each, el, show
from careapp.ui.empty import empty
from careapp.ui.facts import small_facts
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t, tn, when


class DraftsState(Reading, rx.State):
    view: DraftsView = DraftsView()


@page("/drafts", title="Drafts", state=DraftsState, query=drafts)
def drafts_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/journal"), t("Journal")),
        page_title(t("Drafts and deleted updates")),
        show(view.is_empty, _nothing(view.frame)),
        show(view.drafts, _list(t("Drafts"), each(view.drafts, _draft))),
        show(view.deleted, _list(t("Deleted"), each(view.deleted, _deleted))),
        place="journal",
    )


def _list(title: Any, cards: Any) -> Any:
    return el.section(section_title(title), el.ul(cards, class_name="flex flex-col gap-4"))


def _draft(draft: Any) -> Any:
    return el.li(
        _excerpt(draft.excerpt, t("Without words yet")),
        small_facts(
            (draft.is_visit, t("After an appointment")),
            (True, when(draft.saved_at)),
            (draft.photo_count != 0, tn("{n} photo or video", "{n} photos or videos", draft.photo_count)),
            (True, said(draft.audience_words)),
        ),
        actions(
            show(
                draft.is_visit,
                button_link(t("Go on writing"), to("/visit-outcome", update=draft.id), "secondary"),
                button_link(t("Go on writing"), to("/write", update=draft.id), "secondary"),
            ),
            action_button(
                t("Post"),
                publish_draft,
                {"update_id": draft.id},
                t("Post this draft as it is? It will be seen by: {audience}.", audience=said(draft.audience_words)),
                class_name="button button-quiet px-3",
            ),
            action_button(
                t("Delete"),
                delete_update,
                {"update_id": draft.id},
                t("Delete this draft? It can be brought back for {days} days.", days=draft.restore_days),
                class_name="button button-quiet px-3",
            ),
        ),
        key=draft.id,
        class_name="card p-4",
    )


def _deleted(update: Any) -> Any:
    return el.li(
        el.div(
            avatar(update.author, "sm"),
            el.span(update.author.name, class_name="font-semibold"),
            class_name="mb-2 flex items-center gap-2.5",
        ),
        _excerpt(update.excerpt, t("Without words")),
        el.p(
            t("Deleted"),
            " ",
            when(update.deleted_at),
            " · ",
            t("can be brought back until"),
            " ",
            when(update.until, "day"),
            class_name="text-sm text-muted",
        ),
        actions(
            action_button(
                t("Bring it back"), restore_update, {"update_id": update.id}, class_name="button button-secondary"
            )
        ),
        key=update.id,
        class_name="card p-4",
    )


def _excerpt(words: Any, without: Any) -> Any:
    return show(words, el.p(words, dir="auto", class_name="prose-words"), el.p(without, class_name="text-muted italic"))


def _nothing(frame: Any) -> Any:
    return empty(
        "letter",
        t("No drafts, and nothing deleted. What you keep for later will stand here."),
        show(frame.can_write, button_link(t("Write an update"), to("/write"))),
    )
