"""/links: the links that are open, for the coordinator all that lead out of the site, for a member their own."""

from typing import Any

import reflex as rx

from careapp.sharing.parts import link_row
from careapp.sharing.queries import links
from careapp.sharing.views import LinksView
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.card import page_title
from careapp.ui.el import each, el, link, show
from careapp.ui.empty import empty
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t


class LinksState(Reading, rx.State):
    view: LinksView = LinksView()


@page("/links", title="Open links", state=LinksState, query=links)
def links_page(view: Any) -> Any:
    everyones = t("Each shows one update or photo of this site to whoever has it, until it runs out or is taken back.")
    own = t("The links that you made, or that show what you wrote. Each works until it runs out or is taken back.")
    return site_frame(
        view.frame,
        back_link(to("/more"), t("More")),
        page_title(t("Open links"), show(view.sees_all, everyones, own)),
        show(view.links, el.ul(each(view.links, _row), class_name="flex flex-col gap-3")),
        show(view.is_empty, lambda: _none()),
        show(view.older, link(to("/links", before=view.older), t("Older links"), class_name=QUIET_LINK)),
        place="more",
    )


def _row(one: Any) -> Any:
    return link_row(one, shows_what=True)


def _none() -> Any:
    return empty("journal", t("No link is open. An update can be shared from the three dots beside it."))
