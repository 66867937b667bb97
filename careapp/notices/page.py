"""/notifications: on which devices one is told, of what, and when."""

from typing import Any

import reflex as rx

from careapp.notices.components import device, digest_and_night, kind_row, muted_site, this_device
from careapp.notify.queries import notices_page
from careapp.notify.views import NoticesView
from careapp.pwa.push import confirm_arrival, follow_notices
from careapp.ui.card import card, page_title, section_title
from careapp.ui.el import each, el, fragment, show
from careapp.ui.page import Reading, page
from careapp.ui.rows import rows
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import said, t


class NotificationsState(Reading, rx.State):
    view: NoticesView = NoticesView()


@page("/notifications", title="Notifications", state=NotificationsState, query=notices_page, skeleton=plain_skeleton)
def notifications_page(view: Any) -> Any:
    return plain_frame(
        follow_notices(NotificationsState.load),
        back_link("/account", t("Your account")),
        page_title(t("Notifications")),
        confirm_arrival(note="mb-4 rounded-card bg-success-soft p-4 font-medium"),
        this_device(view),
        show(view.has_devices, lambda: _devices(view)),
        section_title(t("What you are told")),
        el.p(
            t("An SOS comes through quiet hours, and from a site that you have silenced."),
            class_name="-mt-2 mb-3 text-muted",
        ),
        rows(each(view.kinds, kind_row)),
        each(view.channels, _note),
        section_title(t("When and how")),
        card(digest_and_night(view)),
        show(view.has_sites, lambda: _sites(view)),
    )


def _devices(view: Any) -> Any:
    return fragment(section_title(t("Your devices")), rows(each(view.devices, device)))


def _sites(view: Any) -> Any:
    return fragment(section_title(t("Your sites")), rows(each(view.sites, muted_site)))


def _note(channel: Any) -> Any:
    words = fragment(said(channel.title), ": ", said(channel.note))
    return show(channel.note, el.p(words, class_name="mt-2 px-1 text-sm text-muted", key=channel.channel))
