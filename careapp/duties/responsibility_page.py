"""/responsibility: one of them, who has it, and what became of it so far."""

from typing import Any

import reflex as rx

from careapp.duties.operations import close_responsibility, edit_responsibility, give_back, hand_over, take_on
from careapp.duties.parts import duty_icon, holders
from careapp.duties.queries import responsibility
from careapp.duties.views import ResponsibilityView
from careapp.pwa.editing import started_from
from careapp.pwa.send import action_button, care_form, form_words
from careapp.pwa.unfold import unfold
from careapp.pwa.waiting import refused_list, waiting_list
from careapp.ui.banner import banner
from careapp.ui.buttons import submit_button
from careapp.ui.card import card, section_title
from careapp.ui.el import all_of, each, el, fragment, join, no, show
from careapp.ui.fields import form_stack, select_each, text_area, text_field
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import row, rows
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t, when

WIDE = "button button-secondary w-full"
LIST = "flex flex-col gap-3"


class ResponsibilityState(Reading, rx.State):
    view: ResponsibilityView = ResponsibilityView()


@page("/responsibility", title="Responsibility", state=ResponsibilityState, query=responsibility)
def responsibility_page(view: Any) -> Any:
    duty = view.duty
    return site_frame(
        view.frame,
        back_link(to("/responsibilities"), t("Responsibilities")),
        el.header(
            duty_icon(duty.icon),
            el.h1(said(duty.title), dir="auto", class_name="min-w-0 text-2xl wrap-anywhere"),
            class_name="mb-4 flex items-center gap-3",
        ),
        show(view.is_closed, banner("info", t("This is no longer on the list."), class_name="mb-4")),
        card(
            show(duty.words, el.p(duty.words, dir="auto", class_name="prose-words mb-3"), _about(duty)),
            holders(duty),
        ),
        _unsent({"responsibility_id": duty.id}),
        show(no(view.is_closed), _actions(view)),
        _history(view.history),
        place="more",
    )


def _about(duty: Any) -> Any:
    return show(duty.about, el.p(said(duty.about), class_name="mb-3 text-muted"))


def _unsent(named: dict[str, Any]) -> Any:
    """Also where it has changed hands since, or is no longer on the list."""
    return el.div(
        refused_list(take_on, close_responsibility, match=named, class_name=LIST),
        waiting_list(hand_over, match=named, text="note", class_name=LIST),
        waiting_list(give_back, match=named, text="note", class_name=LIST),
        waiting_list(edit_responsibility, match=named, text="words", class_name=LIST),
        class_name="mt-4 flex flex-col gap-3 empty:hidden",
    )


def _actions(view: Any) -> Any:
    duty = view.duty
    return el.div(
        show(duty.can_take, _take(duty, "owner", t("I will do this"), "button button-primary w-full")),
        show(duty.can_stand_in, _take(duty, "stand_in", t("I can stand in"), WIDE)),
        show(all_of(duty.can_give_owner, view.people), _hand_over(view, "owner", duty.owner)),
        show(all_of(duty.can_give_stand_in, view.people), _hand_over(view, "stand_in", duty.stand_in)),
        show(duty.owner.is_me, _give_back(duty, "owner", t("I cannot do this any more"))),
        show(duty.stand_in.is_me, _give_back(duty, "stand_in", t("I cannot stand in any more"))),
        show(duty.can_edit, fragment(_edit(duty), _close(duty))),
        class_name="mt-4 flex flex-col gap-3",
    )


def _take(duty: Any, part: str, words: Any, look: str) -> Any:
    command = {"responsibility_id": duty.id, "part": part}
    return action_button(words, take_on, command, pending=t("Being sent"), about=said(duty.title), class_name=look)


def _hand_over(view: Any, part: str, holder: Any) -> Any:
    """To someone who is told, may say no, and reads the note."""
    duty = view.duty
    ask = show(duty.owner.member_id, t("Hand it over"), t("Ask someone to do this"))
    face = t("Choose who stands in") if part == "stand_in" else ask
    draft = join(f"hand-over-{part}-", duty.id)
    fixed = {"responsibility_id": duty.id, "part": part, "seen_id": holder.member_id}
    form = care_form(
        form_stack(
            select_each("member_id", t("To whom?"), view.people, id=f"{part}-to"),
            text_area(
                "note",
                t("A note"),
                hint=t("What they should know: where things are, what comes next."),
                optional=True,
                rows=3,
                max_length=1000,
                dir="auto",
                id=f"{part}-note",
            ),
            submit_button(t("Hand it over") if part == "owner" else t("Ask them")),
        ),
        form_words(),
        operation=hand_over,
        fixed=fixed,
        draft=draft,
        label=said(duty.title),
        class_name="card p-4",
    )
    named = {"responsibility_id": duty.id, "part": part}
    return unfold(face, form, hand_over, named, draft, class_name=WIDE)


def _give_back(duty: Any, part: str, words: Any) -> Any:
    draft = join(f"give-back-{part}-", duty.id)
    fixed = {"responsibility_id": duty.id, "part": part}
    form = care_form(
        form_stack(
            text_area("note", t("A note"), optional=True, rows=2, max_length=1000, dir="auto", id=f"{part}-back"),
            submit_button(t("Give it back")),
        ),
        form_words(),
        operation=give_back,
        fixed=fixed,
        draft=draft,
        label=said(duty.title),
        class_name="card p-4",
    )
    return unfold(words, form, give_back, fixed, draft, class_name=WIDE)


def _edit(duty: Any) -> Any:
    draft = join("responsibility-", duty.id)
    fixed = {"responsibility_id": duty.id}
    title = show(
        duty.kind,
        el.input(type="hidden", name="title", default_value=""),
        text_field("title", t("What is it?"), value=duty.title, max_length=80, dir="auto", auto_complete="off"),
    )
    form = care_form(
        form_stack(
            title,
            text_area(
                "words",
                t("What belongs to it"),
                hint=t("Numbers, addresses, what comes when."),
                value=duty.words,
                optional=True,
                max_length=1000,
                dir="auto",
            ),
            started_from(duty.version, duty.summary),
            submit_button(t("Save")),
        ),
        form_words(),
        operation=edit_responsibility,
        fixed=fixed,
        draft=draft,
        label=said(duty.title),
        reset=False,
        class_name="card p-4",
    )
    return unfold(t("Say what belongs to it"), form, edit_responsibility, fixed, draft, class_name=WIDE)


def _close(duty: Any) -> Any:
    return action_button(
        t("No longer needed"),
        close_responsibility,
        {"responsibility_id": duty.id},
        t("Take this off the list? What became of it stays written down."),
        about=said(duty.title),
        next=to("/responsibilities"),
        class_name="button button-quiet w-full",
    )


def _history(entries: Any) -> Any:
    return show(entries, el.section(section_title(t("What became of it")), rows(each(entries, _entry))))


def _entry(one: Any) -> Any:
    owner = show(one.owner, one.owner, t("nobody yet"))
    stand_in = show(one.stand_in, one.stand_in, t("no stand-in"))
    return row(
        el.div(
            el.p(el.strong(owner), " · ", stand_in, class_name="leading-snug"),
            show(one.note, el.p(one.note, dir="auto", class_name="prose-words mt-1")),
            el.p(t("by {name}", name=one.by), " · ", when(one.at), class_name="text-sm text-muted"),
            class_name="min-w-0 flex-1",
        ),
        key=one.id,
    )
