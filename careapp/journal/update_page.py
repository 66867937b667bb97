"""/update: one update alone, with everything that was said to it."""

from typing import Any

import reflex as rx

from careapp.journal.browser import mentions_seen, name_picker
from careapp.journal.comment_parts import COMMENT
from careapp.journal.components import whole_update
from careapp.journal.queries import update_page as query
from careapp.journal.said_parts import all_said, said_form, waiting_said
from careapp.journal.views import UpdateView
from careapp.pwa.keep import keeps_page
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.el import el, join, link, no, show
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t, tn


class UpdateState(Reading, rx.State):
    view: UpdateView = UpdateView()


@page("/update", title="Update", state=UpdateState, query=query)
def update_page(view: Any) -> Any:
    update = view.update
    return site_frame(
        view.frame,
        mentions_seen(view.update.id, view.names_me),
        back_link(to("/journal"), t("Journal")),
        el.h1(t("An update by {name}", name=update.author.name), class_name="sr-only"),
        whole_update(update, view.reactors, view.seen_by),
        show(no(update.is_draft), _comments(view)),
        place="journal",
    )


def _comments(view: Any) -> Any:
    update = view.update
    title = show(
        update.comment_total != 0, tn("{n} comment", "{n} comments", update.comment_total), t("No comments yet")
    )
    return el.section(
        el.h2(title, class_name="mt-6 mb-3 text-lg"),
        show(view.earlier, _earlier(view)),
        show(view.comments, all_said(COMMENT, view.comments)),
        waiting_said(COMMENT, update),
        show(
            update.can_comment,
            el.div(
                said_form(COMMENT, update),
                name_picker(view.people, join("comment-", update.id)),
                link(join(to("/words"), "#update=", update.id), t("What to say"), class_name=QUIET_LINK),
                keeps_page("/words"),
                class_name="mt-4",
            ),
        ),
    )


def _earlier(view: Any) -> Any:
    target = to("/update", update=view.update.id, before=view.earlier)
    return link(target, t("Earlier comments"), class_name=QUIET_LINK)
