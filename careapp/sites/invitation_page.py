"""/invitation: one invitation to hand over, as a link, a code to scan, or by the phone's own ways of sharing."""

from typing import Any

import reflex as rx

from careapp.pwa.send import action_button
from careapp.pwa.share import copy_button, share_button
from careapp.sites.invitation_view import InvitationCard, invitation_card
from careapp.sites.operations import resend_invitation, revoke_invitation
from careapp.ui.banner import banner
from careapp.ui.card import card, page_title
from careapp.ui.el import el, show
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import qr_code
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t, when


class InvitationState(Reading, rx.State):
    view: InvitationCard = InvitationCard()


@page("/invitation", title="Invitation", state=InvitationState, query=invitation_card)
def invitation_page(view: Any) -> Any:
    one = view.invitation
    return site_frame(
        view.frame,
        back_link(to("/people"), t("People")),
        page_title(show(one.name, one.name, t("An invitation")), said(one.role_words)),
        show(
            view.is_open, lambda: _open(view), lambda: banner("warm", el.p(t("This invitation can no longer be used.")))
        ),
        show(one.can_change, lambda: _changes(one)),
        place="people",
    )


def _open(view: Any) -> Any:
    one = view.invitation
    return card(
        el.p(
            t("One person can join with this link."), " ", t("It is good until"), " ", when(one.expires_at, "day"), "."
        ),
        show(one.email, el.p(_how_sent(view), class_name="mt-1 text-muted")),
        el.div(qr_code(view.qr.path, view.qr.view_box, t("The invitation as a code to scan")), class_name="my-5"),
        el.div(
            share_button(
                t("Share the link"),
                url=one.link,
                title=t("Looking after {name} together", name=view.frame.called),
                class_name="button button-primary flex-1",
            ),
            copy_button(t("Copy"), text=one.link, class_name="button button-secondary flex-1"),
            class_name="flex flex-wrap gap-3",
        ),
        el.p(one.link, class_name="mt-4 break-all text-sm text-muted"),
    )


def _how_sent(view: Any) -> Any:
    email = view.invitation.email
    by_hand = t("It is for {email}. No mail goes out from here: please share this link yourself.", email=email)
    return show(view.has_mail, t("We sent it to {email}.", email=email), by_hand)


def _changes(one: Any) -> Any:
    return el.div(
        action_button(
            t("Ten more days"),
            resend_invitation,
            {"invitation_id": one.invitation_id},
            offline=False,
            class_name="button button-secondary",
        ),
        action_button(
            t("Take it back"),
            revoke_invitation,
            {"invitation_id": one.invitation_id},
            t("Take this invitation back? The link stops working at once."),
            next=to("/people"),
            offline=False,
            class_name="button button-quiet",
        ),
        class_name="mt-5 flex flex-wrap gap-3",
    )
