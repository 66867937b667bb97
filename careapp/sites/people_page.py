"""/people: who belongs here, whom to call, who asks, and who is still to come."""

from typing import Any

import reflex as rx

from careapp.pwa.send import action_button, care_form, form_words
from careapp.sites.operations import approve_request, decline_request, invite
from careapp.sites.people_view import PeopleView, people
from careapp.ui.avatar import avatar
from careapp.ui.banner import banner
from careapp.ui.buttons import button_link, submit_button
from careapp.ui.card import card, page_title, section_title
from careapp.ui.el import each, el, join, link, show, some
from careapp.ui.fields import email_field, form_stack, select_each, text_field
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.places import here, to
from careapp.ui.rows import badge, row_link, row_words, rows
from careapp.ui.sheet import opens, sheet
from careapp.ui.shell import site_frame
from careapp.ui.words import said, t, tn, when

INVITE_SHEET = "invite"
ROUND = "button button-quiet size-12 rounded-full p-0"


class PeopleState(Reading, rx.State):
    view: PeopleView = PeopleView()


@page("/people", title="People", state=PeopleState, query=people)
def people_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        page_title(t("People"), tn("{n} person", "{n} people", view.count)),
        show(view.wants_number, _wants_number),
        show(some(view.requests), lambda: _requests(view)),
        show(
            view.can_invite, lambda: opens(INVITE_SHEET, t("Invite someone"), "primary", class_name="w-full sm:w-auto")
        ),
        each(view.groups, _group),
        show(some(view.invitations), lambda: _invitations(view)),
        show(view.can_invite, lambda: _invite_sheet(view)),
        place="people",
    )


def _wants_number() -> Any:
    return banner(
        "warm",
        el.p(t("The others look for your number here. Please add it, so that they can call you.")),
        button_link(t("Add my number"), to("/me"), "secondary", class_name="mt-3"),
        class_name="mb-5",
    )


def _group(group: Any) -> Any:
    return el.div(section_title(said(group.words)), rows(each(group.people, _person)), key=group.role)


def _person(person: Any) -> Any:
    return el.li(
        link(
            to("/member", member=person.member_id),
            avatar(person),
            row_words(
                person.name,
                show(person.relation, el.span(person.relation, class_name="me-2")),
                show(person.is_contact, badge(t("Point of contact"), "own")),
                show(person.is_stand_in, badge(t("Stands in"))),
            ),
            class_name="flex min-h-14 min-w-0 flex-1 items-center gap-3 px-4 py-2.5",
        ),
        show(
            person.call_href,
            lambda: el.span(
                el.a(
                    icon("message"),
                    href=person.message_href,
                    aria_label=t("Message {name}", name=person.name),
                    class_name=ROUND,
                ),
                el.a(
                    icon("phone"),
                    href=person.call_href,
                    aria_label=t("Call {name}", name=person.name),
                    class_name=ROUND,
                ),
                class_name="flex flex-none pe-2",
            ),
        ),
        key=person.member_id,
        class_name="flex items-center",
    )


def _requests(view: Any) -> Any:
    return el.div(
        section_title(t("Who asks to join")),
        el.div(each(view.requests, lambda request: _request(request, view)), class_name="mb-6 grid gap-4"),
    )


def _request(request: Any, view: Any) -> Any:
    return card(
        el.div(
            avatar(request.face),
            row_words(request.face.name, request.email, " · ", when(request.asked_at)),
            class_name="flex items-center gap-3",
        ),
        show(request.words, el.p(request.words, class_name="prose-words mt-3")),
        care_form(
            select_each("role", t("Let them in as"), view.roles, value="friend"),
            form_words(),
            submit_button(t("Let them in")),
            operation=approve_request,
            fixed={"request_id": request.request_id},
            class_name="mt-4 grid gap-4",
            offline=False,
        ),
        action_button(
            t("Decline"),
            decline_request,
            {"request_id": request.request_id},
            t("Decline? They are told kindly, and may ask again after 30 days."),
            offline=False,
            class_name="button button-quiet mt-2 w-full sm:w-auto",
        ),
        key=request.request_id,
    )


def _invitations(view: Any) -> Any:
    return el.div(section_title(t("Invited, not here yet")), rows(each(view.invitations, _invitation)))


def _invitation(one: Any) -> Any:
    return row_link(
        to("/invitation", invitation=one.invitation_id),
        row_words(
            show(one.name, one.name, show(one.email, one.email, t("Someone with the link"))),
            said(one.role_words),
            " · ",
            show(one.is_expired, t("has run out"), el.span(t("until"), " ", when(one.expires_at, "day"))),
        ),
        key=one.invitation_id,
    )


def _invite_sheet(view: Any) -> Any:
    return sheet(
        INVITE_SHEET,
        t("Invite someone"),
        care_form(
            form_stack(
                select_each("role", t("As"), view.roles, value="family"),
                text_field("name", t("Who is it for?"), optional=True, hint=t("So that you know which link is whose.")),
                email_field("email", t("E-mail address"), optional=True, hint=_mail_hint(view)),
                submit_button(t("Make the invitation")),
            ),
            form_words(),
            operation=invite,
            next=join("/invitation?site=", here(), "&invitation={invitation_id}"),
            offline=False,
        ),
    )


def _mail_hint(view: Any) -> Any:
    by_hand = t("No mail goes out from here: you share the link yourself.")
    return show(view.has_mail, t("We also send the link there."), by_hand)
