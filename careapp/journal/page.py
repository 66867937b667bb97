"""/journal: what was told, newest first, like a photo album with words."""

from typing import Any

import reflex as rx

from careapp.journal.components import update_card, waiting_updates
from careapp.journal.queries import journal
from careapp.journal.views import JournalView
from careapp.sites.tabs import site_tabs
from careapp.ui.buttons import QUIET_LINK, button_link
from careapp.ui.card import stack
from careapp.ui.el import all_of, each, el, link, no, show
from careapp.ui.empty import empty
from careapp.ui.page import Reading, page
from careapp.ui.paging import back_to_first, further
from careapp.ui.places import to
from careapp.ui.shell import site_frame
from careapp.ui.words import t, tn


class JournalState(Reading, rx.State):
    view: JournalView = JournalView()


@page("/journal", title="Journal", state=JournalState, query=journal)
def journal_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        _top(view),
        site_tabs(view.frame, "updates"),
        waiting_updates(class_name="mb-4 flex flex-col gap-4"),
        show(view.pinned, _pinned(view.pinned)),
        show(view.is_empty, _nothing(view)),
        show(view.updates, _updates(view)),
        show(all_of(no(view.is_empty), no(view.updates), no(view.pinned)), el.p(t("There is nothing older."))),
        show(view.older, further(to("/journal", before=view.older), t("Older updates"))),
        place="journal",
    )


def _top(view: Any) -> Any:
    return el.header(
        el.h1(t("Journal"), class_name="text-2xl"),
        el.div(
            show(view.draft_count != 0, _drafts(view.draft_count)),
            show(
                view.can_write,
                button_link(t("Write an update"), to("/write"), "secondary", "edit", class_name="max-lg:hidden"),
            ),
            class_name="flex flex-wrap items-center gap-x-4",
        ),
        show(no(view.is_first_page), back_to_first(to("/journal"), t("The newest updates"))),
        class_name="mb-4 flex min-h-12 flex-wrap items-center justify-between gap-x-4",
    )


def _drafts(count: Any) -> Any:
    return link(to("/drafts"), tn("{n} draft", "{n} drafts", count), class_name=QUIET_LINK)


def _pinned(updates: Any) -> Any:
    return el.section(
        el.h2(t("Kept on top"), class_name="sr-only"), stack(each(updates, update_card)), class_name="mb-4"
    )


def _updates(view: Any) -> Any:
    title = show(view.is_first_page, t("Updates"), t("Older updates"))
    return el.section(el.h2(title, class_name="sr-only"), stack(each(view.updates, update_card)))


def _nothing(view: Any) -> Any:
    return show(
        view.can_write,
        empty(
            "journal",
            t("Here the family tells how it goes, in words and photos."),
            button_link(t("Write the first update"), to("/write"), "primary", "edit"),
            example=t("For example: “She slept well, and had porridge with honey for breakfast.”"),
        ),
        empty("journal", t("Nothing has been written yet. New updates will stand here.")),
    )
