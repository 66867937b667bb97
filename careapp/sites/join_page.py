"""/join: an invitation, and the one button that takes it. /invited: for those who have only heard of theirs."""

from typing import Any

import reflex as rx

from careapp.accounts.sign_in_page import WAY, register_form
from careapp.pwa.send import care_form, form_words
from careapp.sites.operations import join as join_site
from careapp.sites.visits import InvitationView, invitation
from careapp.ui.avatar import avatar
from careapp.ui.banner import banner
from careapp.ui.buttons import button_link, submit_button
from careapp.ui.card import card, card_title, page_title
from careapp.ui.el import el, join, link, show
from careapp.ui.fields import form_stack, phone_field, text_field
from careapp.ui.page import Reading, page, static_page
from careapp.ui.places import here_address
from careapp.ui.shell import plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import said, t


class JoinState(Reading, rx.State):
    view: InvitationView = InvitationView()


@page("/join", title="You are invited", state=JoinState, query=invitation, skeleton=plain_skeleton)
def join_page(view: Any) -> Any:
    return plain_frame(
        show(view.is_open, lambda: _open(view), lambda: _closed(view)),
        colour=view.colour,
    )


def _open(view: Any) -> Any:
    return el.div(
        el.header(
            avatar(view.person, "xl"),
            el.h1(t("{inviter} invites you", inviter=view.inviter), class_name="mt-4 text-2xl text-balance"),
            el.p(t("to look after {name} together", name=view.person.name), class_name="text-lg text-muted"),
            class_name="flex flex-col items-center text-center",
        ),
        card(
            card_title(t("You join as: {role}", role=said(view.role_words))),
            el.p(said(view.role_about), class_name="mt-1 text-muted"),
            class_name="my-6",
        ),
        show(view.is_member, lambda: _here_already(view), lambda: _way_in(view)),
    )


def _way_in(view: Any) -> Any:
    return show(view.is_signed_in, lambda: _join_form(view), lambda: _account_first())


def _join_form(view: Any) -> Any:
    return care_form(
        form_stack(
            text_field("name", t("Your name"), value=view.name, auto_complete="name"),
            text_field(
                "relation", t("What you are to them"), optional=True, hint=t("For example: daughter, neighbour")
            ),
            phone_field("phone", t("Telephone"), optional=True, hint=t("So that the others can reach you.")),
            submit_button(t("Join")),
        ),
        form_words(),
        operation=join_site,
        fixed={"invitation": view.secret},
        next="/welcome?site={site}",
        offline=False,
    )


def _account_first() -> Any:
    return el.div(
        el.h2(t("First, how you sign in next time"), class_name="mb-4 text-lg"),
        register_form(here_address()),
        link(
            join("/sign-in?next=", here_address(encoded=True)), t("I have an account already"), class_name=f"mt-6 {WAY}"
        ),
    )


def _here_already(view: Any) -> Any:
    return el.div(
        el.p(t("You already belong here."), class_name="mb-4"),
        button_link(t("Go to the site"), join("/today?site=", view.site), wide=True),
    )


def _closed(view: Any) -> Any:
    return el.div(
        page_title(t("This invitation cannot be used")),
        banner("warm", el.p(said(view.words))),
        show(view.inviter, el.p(t("{inviter} sent it.", inviter=view.inviter), class_name="mt-4 text-muted")),
        show(
            view.is_member,
            lambda: el.div(_here_already(view), class_name="mt-6"),
            button_link(t("To the start page"), "/", "secondary", wide=True, class_name="mt-6"),
        ),
    )


@static_page("/invited", title="I was invited")
def invited_page() -> Any:
    return plain_frame(
        page_title(t("I was invited"), t("Open the link in the message that you were sent, or scan the code.")),
        el.p(t("An invitation is for one person, and lasts 10 days. Ask for a new one when yours has run out.")),
        el.p(t("Joined before on another device? Then sign in.")),
        button_link(t("Sign in"), "/sign-in", "secondary", wide=True, class_name="mt-6"),
    )
