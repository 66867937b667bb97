"""/sites: all the places one belongs to."""

from typing import Any

import reflex as rx

from careapp.pwa.send import action_button
from careapp.sites.my_sites import MySites, my_sites
from careapp.sites.operations import restore_site
from careapp.ui.avatar import avatar
from careapp.ui.buttons import button_link
from careapp.ui.card import page_title, section_title
from careapp.ui.el import each, el, join, link, show, some
from careapp.ui.empty import empty
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.rows import badge, row, row_link, row_words, rows
from careapp.ui.shell import plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import said, t, tn, when


class SitesState(Reading, rx.State):
    view: MySites = MySites()


@page("/sites", title="Your sites", state=SitesState, query=my_sites, skeleton=plain_skeleton)
def sites_page(view: Any) -> Any:
    return plain_frame(
        page_title(t("Your sites")),
        show(view.is_empty, _nowhere, rows(each(view.sites, _site))),
        show(some(view.asked), _part(t("Where you have asked to join"), each(view.asked, _asked))),
        show(some(view.deleted), _part(t("Deleted sites"), each(view.deleted, _deleted))),
        button_link(t("Start a site"), "/start", "secondary", "plus", wide=True, class_name="mt-6"),
        end=link("/account", icon("settings", t("Your account")), class_name="button button-quiet size-12 p-0"),
    )


def _nowhere() -> Any:
    return empty("people", t("You belong to no site yet. Start one, or open the invitation that you were sent."))


def _site(site: Any) -> Any:
    return row_link(
        site.href,
        avatar(site.person),
        row_words(site.name, said(site.role_words)),
        show(site.has_unseen, badge(tn("{n} new", "{n} new", site.unseen), "warm")),
        show(site.cover_id, _cover(site.cover_id)),
        key=site.site,
    )


def _cover(media_id: Any) -> Any:
    return el.img(
        src=join("/media/", media_id, "/320"),
        alt="",
        loading="lazy",
        class_name="h-12 w-18 flex-none rounded-field bg-sunken object-cover",
    )


def _asked(site: Any) -> Any:
    return row(row_words(site.name, when(site.asked_at)), key=site.site)


def _deleted(site: Any) -> Any:
    return row(
        row_words(site.name, t("Can be brought back until"), " ", when(site.until, "day")),
        action_button(
            t("Bring back"), restore_site, {"site_id": site.site_id}, offline=False, class_name="button button-quiet"
        ),
        key=site.site_id,
    )


def _part(title: Any, listed: Any) -> Any:
    return el.div(section_title(title), rows(listed))
