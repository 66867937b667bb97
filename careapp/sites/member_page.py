"""/member: one member, what they may do, and what may be done about them. /me: oneself as the others see one."""

from typing import Any

import reflex as rx

from careapp.pwa.picker import photo_field
from careapp.pwa.send import action_button, care_form, form_words
from careapp.sites.me import Me, me
from careapp.sites.member_view import MemberView, member
from careapp.sites.operations import (
    change_role,
    edit_membership,
    hand_over,
    leave,
    remove_member,
    set_contact,
    set_member_right,
    set_stand_in,
)
from careapp.ui.avatar import avatar
from careapp.ui.buttons import button_link, outside_link, submit_button
from careapp.ui.card import card, page_title, section_title
from careapp.ui.el import each, el, show
from careapp.ui.fields import form_stack, phone_field, select_each, text_field
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import badge, row, row_words, rows
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t, when


class MemberState(Reading, rx.State):
    view: MemberView = MemberView()


class MeState(Reading, rx.State):
    view: Me = Me()


@page("/member", title="Member", state=MemberState, query=member)
def member_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/people"), t("People")),
        _who(view),
        show(view.is_me, lambda: button_link(t("Change how the others see me"), to("/me"), "secondary", "edit")),
        section_title(t("What they may do")),
        rows(each(view.rights, lambda cell: _right(cell, view.person.member_id))),
        show(view.can_change_role, lambda: _role(view)),
        _duties(view),
        place="people",
    )


@page("/me", title="How the others see me", state=MeState, query=me)
def me_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/people"), t("People")),
        page_title(t("How the others see me")),
        card(
            care_form(
                form_stack(
                    photo_field("photo_media_id", t("Choose a photo of me"), view.photo),
                    text_field("name", t("Name"), value=view.name, auto_complete="name"),
                    text_field("relation", t("What I am to them"), value=view.relation, optional=True),
                    phone_field("phone", t("Telephone"), value=view.phone, optional=True),
                    submit_button(t("Save")),
                ),
                form_words(),
                operation=edit_membership,
                reset=False,
                next=to("/people"),
            )
        ),
        place="people",
    )


def _who(view: Any) -> Any:
    person = view.person
    return el.header(
        avatar(person, "xl"),
        el.h1(person.name, class_name="mt-3 text-2xl"),
        el.p(said(person.role_words), show(person.relation, el.span(" · ", person.relation)), class_name="text-muted"),
        show(person.is_contact, badge(t("Point of contact"), "own")),
        show(person.is_stand_in, badge(t("Stands in"))),
        el.p(t("Here since"), " ", when(view.joined_at, "day"), class_name="mt-1 text-sm text-muted"),
        show(view.email, el.p(view.email, class_name="text-sm text-muted")),
        show(
            person.call_href,
            lambda: el.div(
                outside_link(t("Call"), person.call_href, "primary", "phone"),
                outside_link(t("Message"), person.message_href, "secondary", "message"),
                class_name="mt-4 flex gap-3",
            ),
        ),
        class_name="mb-4 flex flex-col items-center text-center",
    )


def _right(cell: Any, member_id: Any) -> Any:
    return row(
        row_words(said(cell.section_words), said(cell.words)),
        show(cell.is_own, badge(t("Own rule"), "warm")),
        show(cell.can_change, lambda: _right_form(cell, member_id)),
        key=cell.section,
        class_name="flex-wrap",
    )


def _right_form(cell: Any, member_id: Any) -> Any:
    """A disclosure, because twelve open lists would hide what holds today."""
    return el.details(
        el.summary(t("Change"), class_name="button button-quiet"),
        care_form(
            each(cell.options, lambda option: right_choice(option)),
            form_words(),
            submit_button(t("Save")),
            operation=set_member_right,
            fixed={"member_id": member_id, "section": cell.section},
            offline=False,
            reset=False,
            class_name="mt-2 grid gap-3",
        ),
        class_name="w-full",
    )


def right_choice(option: Any) -> Any:
    """One answer of the table, as a large radio."""
    return el.label(
        el.input(type="radio", name="right", value=option.value, default_checked=option.is_chosen, class_name="tick"),
        el.span(said(option.words)),
        key=option.value,
        class_name="choice",
    )


def _role(view: Any) -> Any:
    return el.div(
        section_title(t("Role")),
        card(
            el.p(said(view.role_about), class_name="mb-4 text-muted"),
            care_form(
                select_each("role", t("Role"), view.roles, value=view.role),
                form_words(),
                submit_button(t("Change the role")),
                operation=change_role,
                fixed={"member_id": view.person.member_id},
                offline=False,
                reset=False,
                class_name="grid gap-4",
            ),
        ),
    )


def _duties(view: Any) -> Any:
    """What may be done about this member; each asks first where it cannot simply be undone."""
    member_id = {"member_id": view.person.member_id}
    name = view.person.name
    return el.div(
        show(view.can_make_contact, lambda: _act(t("Make point of contact"), set_contact, member_id)),
        show(view.can_make_stand_in, lambda: _act(t("Let them stand in"), set_stand_in, member_id)),
        show(view.can_end_stand_in, lambda: _act(t("End standing in"), set_stand_in, {"member_id": ""})),
        show(
            view.can_hand_over,
            lambda: _act(
                t("Hand the site over to {name}", name=name),
                hand_over,
                member_id,
                t("{name} becomes coordinator, and you stay as co-caregiver.", name=name),
            ),
        ),
        show(
            view.can_remove,
            lambda: _act(
                t("Remove {name}", name=name),
                remove_member,
                member_id,
                t("Remove {name}? What they wrote stays. Their devices lose their copy.", name=name),
                next_page=to("/people"),
            ),
        ),
        show(
            view.can_leave,
            lambda: _act(
                t("Leave this site"),
                leave,
                {},
                t("Leave? What you wrote stays, under your name."),
                next_page="/sites",
                leaves=True,
            ),
        ),
        class_name="mt-8 grid gap-2",
    )


def _act(
    label: Any,
    operation: Any,
    command: dict[str, Any],
    confirm: Any = None,
    next_page: Any = None,
    leaves: bool | None = None,
) -> Any:
    return action_button(
        label,
        operation,
        command,
        confirm,
        next=next_page,
        leaves=leaves,
        offline=False,
        class_name="button button-secondary w-full",
    )
