"""What a point of the family meeting has to tap: people to let in, to be called first, to take things on."""

from typing import Any

from careapp.duties.operations import add_responsibility, hand_over
from careapp.helping.kinds import HelpKind
from careapp.helping.operations import ask_for_help
from careapp.pwa.send import action_button, care_form, form_words
from careapp.pwa.share import share_button
from careapp.pwa.unfold import unfold
from careapp.pwa.waiting import waiting_list
from careapp.sites.operations import change_role, invite, set_contact, set_stand_in
from careapp.ui.avatar import avatar
from careapp.ui.buttons import QUIET_LINK, button, button_link, submit_button
from careapp.ui.el import choose, each, el, fragment, join, link, no, show, some
from careapp.ui.fields import form_stack, select_each, text_field
from careapp.ui.places import to
from careapp.ui.rows import badge, qr_code
from careapp.ui.words import said, t

CHIP = (
    "inline-flex min-h-12 items-center gap-2 rounded-full border-[1.5px] border-line bg-surface px-4 font-medium "
    "aria-pressed:border-primary aria-pressed:bg-tint aria-pressed:text-primary"
)
CHIPS = "mt-1 flex flex-wrap gap-2"
NAME = "mt-4 font-semibold"


def something_to_tap(view: Any, point: Any) -> Any:
    return choose(
        point.key,
        {
            "here": _here(view),
            "contact": _contact(view),
            "duties": _duties(view),
            "access": _access(view),
            "help": _help(view),
        },
        fragment(),
    )


def _here(view: Any) -> Any:
    return fragment(
        el.ul(each(view.people, _face), class_name="mt-4 flex flex-wrap gap-2"),
        _all_of_them(view),
        show(some(view.roles), _missing(view)),
    )


def _all_of_them(view: Any) -> Any:
    return show(view.everyone != 0, link(to("/people"), t("All {n} people", n=view.everyone), class_name=QUIET_LINK))


def _face(one: Any) -> Any:
    return el.li(
        avatar(one.face, "sm"),
        el.bdi(one.first_name),
        key=one.member_id,
        class_name="inline-flex min-h-10 items-center gap-2 rounded-full bg-sunken py-1 ps-1 pe-4",
    )


def _missing(view: Any) -> Any:
    """Someone at the table scans the code; someone far away gets the link."""
    names = el.ul(each(view.missing, _invited), class_name="mt-1 flex flex-wrap gap-2")
    first = el.div(
        el.p(t("This code is for the first of them, and works once."), class_name="mt-3 text-sm text-muted"),
        el.div(qr_code(view.qr.path, view.qr.view_box, t("The invitation as a code to scan")), class_name="my-3"),
        share_button(
            t("Share the link"),
            url=view.link,
            title=t("Looking after {name} together", name=view.frame.called),
            class_name="button button-secondary w-full",
        ),
    )
    return fragment(
        show(some(view.missing), el.div(el.p(t("Invited, not here yet"), class_name=NAME), names, first)),
        care_form(
            form_stack(
                text_field("name", t("Who is missing?"), max_length=80, auto_complete="off", id="missing-name"),
                select_each("role", t("As"), view.roles, value="family", id="missing-role"),
                button(t("Make a code to join"), "secondary", type="submit"),
            ),
            form_words(),
            operation=invite,
            offline=False,
            class_name="mt-5",
        ),
    )


def _invited(one: Any) -> Any:
    return el.li(badge(show(one.name, one.name, t("Someone with the link"))), key=one.invitation_id)


def _contact(view: Any) -> Any:
    """Who manages the people here taps them; the others see who it is."""
    chosen = fragment(
        _who(t("Point of contact"), view.frame.contact),
        _who(t("Stands in"), view.frame.stand_in),
    )
    taps = fragment(
        el.p(t("Point of contact"), class_name=NAME),
        el.div(each(view.to_tap, lambda one: _tap(one, set_contact, one.is_contact)), class_name=CHIPS),
        _someone_else(view, set_contact, "member_id", {}, "contact"),
        el.p(t("Stands in"), class_name=NAME),
        el.div(each(view.to_tap, _stand_in), class_name=CHIPS),
        _someone_else(view, set_stand_in, "member_id", {}, "stand-in"),
    )
    return show(view.frame.can_manage_people, taps, chosen)


def _who(what: Any, contact: Any) -> Any:
    return el.p(what, ": ", show(contact.name, contact.name, t("nobody yet")), class_name="mt-3")


def _stand_in(one: Any) -> Any:
    return show(no(one.is_contact), _tap(one, set_stand_in, one.is_stand_in))


def _tap(one: Any, operation: Any, is_chosen: Any) -> Any:
    command = {"member_id": one.member_id}
    return action_button(one.first_name, operation, command, pressed=is_chosen, key=one.member_id, class_name=CHIP)


def _someone_else(view: Any, operation: Any, field: str, fixed: dict[str, Any], key: Any) -> Any:
    """A way to all who are not there to tap."""
    draft = join("kick-off-", view.id, "-who-", key)
    form = care_form(
        select_each(field, t("Who?"), view.others, id=join("who-", key)),
        form_words(),
        submit_button(t("Choose")),
        operation=operation,
        fixed=fixed,
        draft=draft,
        label=t("Family meeting"),
        class_name="mt-2 flex flex-col gap-3",
    )
    return show(some(view.others), unfold(t("Someone else"), form, operation, fixed, draft, class_name=f"mt-2 {CHIP}"))


def _duties(view: Any) -> Any:
    return fragment(
        el.ul(each(view.duties, lambda duty: _duty(view, duty)), class_name="mt-4 flex flex-col gap-4"),
        button_link(t("All responsibilities"), to("/responsibilities"), "quiet", "forward", class_name="mt-3 -ms-3"),
    )


def _duty(view: Any, duty: Any) -> Any:
    title = el.p(said(duty.title), dir="auto", class_name="font-semibold")
    owner = el.p(show(duty.owner, duty.owner, t("nobody yet")), class_name="text-muted")
    return el.li(
        title,
        show(view.can_hand_out, _hand_out(view, duty), owner),
        key=join(duty.kind, duty.id),
    )


def _hand_out(view: Any, duty: Any) -> Any:
    """What is not on the list yet is put there by giving it to someone."""
    there = {"responsibility_id": duty.id, "seen_id": duty.owner_id}
    return fragment(
        el.div(each(duty.people, lambda tap: _give(duty, tap)), class_name=CHIPS),
        show(
            duty.id,
            _someone_else(view, hand_over, "member_id", there, duty.id),
            _someone_else(view, add_responsibility, "owner_id", {"kind": duty.kind}, duty.kind),
        ),
    )


def _give(duty: Any, tap: Any) -> Any:
    there = {"responsibility_id": duty.id, "seen_id": duty.owner_id, "member_id": tap.wanted}
    new = {"kind": duty.kind, "owner_id": tap.member_id}
    more = {"pressed": tap.is_chosen, "about": said(duty.title), "class_name": CHIP}
    return el.span(
        show(
            duty.id,
            action_button(tap.words, hand_over, there, **more),
            action_button(tap.words, add_responsibility, new, **more),
        ),
        key=tap.member_id,
    )


def _access(view: Any) -> Any:
    return fragment(
        el.ul(each(view.people, lambda one: _as_what(view, one)), class_name="mt-4 flex flex-col gap-2"),
        _all_of_them(view),
        button_link(t("Who may do what"), to("/roles"), "secondary", "shield", wide=True, class_name="mt-4"),
    )


def _help(view: Any) -> Any:
    """What is asked for here stands on the list of help at once, for whenever it suits; when and where follow there."""
    form = care_form(
        form_stack(
            text_field("title", t("Something we need"), hint=t("For example: two dinners next week"), max_length=120),
            el.div(submit_button(t("Ask for it")), class_name="flex"),
        ),
        form_words(),
        operation=ask_for_help,
        fixed={"kind": HelpKind.OTHER.value},
        label=t("Help wanted"),
        class_name="mt-4",
    )
    asked = waiting_list(operation=ask_for_help, text="title")
    there = button_link(t("What is asked for"), to("/help-wanted"), "secondary", wide=True, class_name="mt-3")
    return fragment(show(view.frame.can_add_to_schedule, fragment(form, asked)), there)


def _as_what(view: Any, one: Any) -> Any:
    return el.li(
        avatar(one.face, "sm"),
        el.bdi(one.face.name, class_name="min-w-0 flex-1 font-medium"),
        show(
            view.frame.can_manage_people,
            _change_role(view, one),
            el.span(said(one.role_words), class_name="text-sm text-muted"),
        ),
        key=one.member_id,
        class_name="flex min-h-10 flex-wrap items-center gap-3",
    )


def _change_role(view: Any, one: Any) -> Any:
    draft, fixed = join("kick-off-role-", one.member_id), {"member_id": one.member_id}
    form = care_form(
        select_each("role", t("Role"), view.roles, value=one.role, id=join("role-", one.member_id)),
        form_words(),
        submit_button(t("Change the role")),
        operation=change_role,
        fixed=fixed,
        draft=draft,
        offline=False,
        reset=False,
        class_name="flex flex-col gap-3",
    )
    face = [said(one.role_words), el.span(" ", one.face.name, class_name="sr-only")]
    return unfold(face, form, change_role, fixed, draft, class_name=CHIP)
