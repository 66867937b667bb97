"""/more: ways to everything that is not a place of its own."""

from typing import Any

import reflex as rx

from careapp.pwa.bars import sign_out_button
from careapp.pwa.keep import keeps_page
from careapp.sites.more import MoreView, more
from careapp.ui.card import page_title
from careapp.ui.el import el, show, to
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.rows import row_link, row_words, rows
from careapp.ui.shell import site_frame
from careapp.ui.words import t


class MoreState(Reading, rx.State):
    view: MoreView = MoreView()


@page("/more", title="More", state=MoreState, query=more)
def more_page(view: Any) -> Any:
    frame = view.frame
    return site_frame(
        frame,
        page_title(t("More")),
        rows(
            _way("message", t("What to say"), t("Words for when they do not come"), to("/words")),
            show(frame.can_see_profile, _way("heart", t("Wishes and preferences"), frame.called, to("/profile"))),
            show(frame.is_member, _way("journal", t("The journal as a book"), t("A PDF to keep or to print"), to("/book"))),
            show(frame.can_write, _way("edit", t("Drafts and deleted updates"), t("Only yours"), to("/drafts"))),
            show(
                frame.can_see_people,
                _way("people", t("Who may do what"), t("The roles and their rights"), to("/roles")),
            ),
            show(frame.can_raise_sos, _way("bell", t("SOS"), t("Who is told, and drills"), to("/ladder"))),
            show(frame.can_see_site, _way("settings", t("Settings of this site"), frame.site_name, to("/settings"))),
        ),
        el.h2(t("You"), class_name="mt-8 mb-3 text-lg"),
        rows(
            _way("lock", t("Your account"), t("Name, password, and where you are signed in"), to("/account")),
            _way("bell", t("Notifications"), t("What you are told, and on which devices"), to("/notifications")),
            _way("globe", t("Your sites"), t("All the places you belong to"), to("/sites")),
            _way("download", t("On your home screen"), t("How to install the app"), to("/install")),
        ),
        show(
            frame.is_signed_in,
            sign_out_button(t("Sign out"), class_name="button button-secondary mt-8 w-full"),
        ),
        keeps_page("/words"),
        place="more",
    )


def _way(icon_name: str, title: Any, detail: Any, target: Any) -> Any:
    return row_link(target, icon(icon_name, class_name="size-6 text-primary"), row_words(title, detail))
