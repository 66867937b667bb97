"""/ladder: who is told of an SOS, when, and by which ways; and who could not be reached, before it matters."""

from typing import Any

import reflex as rx

from careapp.pwa.send import action_button, care_form, field_error, form_words
from careapp.sos.browser import PAUSES, for_nobody, ladder_steps, pause
from careapp.sos.components import section
from careapp.sos.operations import reset_ladder, set_ladder
from careapp.sos.queries import ladder
from careapp.sos.views import LadderView
from careapp.ui.avatar import avatar
from careapp.ui.buttons import submit_button
from careapp.ui.card import page_title
from careapp.ui.el import all_of, choose, each, el, no, show
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import badge, row, row_words, rows
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t


class LadderState(Reading, rx.State):
    view: LadderView = LadderView()


@page("/ladder", title="Who is told of an SOS", state=LadderState, query=ladder)
def ladder_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/sos"), t("SOS")),
        page_title(
            t("Who is told of an SOS"), t("It climbs step by step until someone says that they come or can call.")
        ),
        show(view.can_manage, _form(view), _steps(view)),
        _repeats(view),
        show(no(view.has_mail), _no_mail()),
        show(no(view.has_sms), _no_texts()),
        show(all_of(view.can_manage, no(view.is_standard)), _back_to_standard()),
        section(t("How each one can be reached"), rows(each(view.people, _reach))),
        place="more",
    )


def _steps(view: Any) -> Any:
    return el.ol(each(view.steps, _step), class_name="flex flex-col gap-3")


def _step(step: Any) -> Any:
    whom = show(step.whom == "named", step.names, said(step.whom_words))
    return el.li(
        el.p(_after(step), class_name="text-sm font-semibold text-muted"),
        el.p(show(step.is_for_nobody, for_nobody(), whom), class_name="font-medium"),
        el.p(each(step.channels, _way), class_name="mt-1 flex flex-wrap gap-1.5"),
        key=step.position,
        class_name="card p-4",
    )


def _after(step: Any) -> Any:
    later = t("{n} seconds after the step before", n=step.after_seconds)
    known = {seconds: pause(seconds) for seconds in PAUSES}
    return show(step.position == 0, t("At once"), choose(step.after_seconds, known, later))


def _way(way: Any) -> Any:
    return show(way.is_chosen, badge(said(way.words), "own"))


def _form(view: Any) -> Any:
    return care_form(
        ladder_steps(view, _steps(view)),
        field_error("steps"),
        form_words(),
        el.div(submit_button(t("Save")), class_name="mt-4"),
        operation=set_ladder,
        reset=False,
        offline=False,
        label=t("Who is told of an SOS"),
    )


def _repeats(view: Any) -> Any:
    words = t(
        "The last step is repeated every 5 minutes until someone answers, it is stood down, or a day has gone by."
    )
    nobody = t("Where it leads to nobody, everyone is told at once by every way.")
    return el.p(words, " ", nobody, class_name="mt-4 text-muted")


def _no_mail() -> Any:
    words = t("E-mail is not set up on this server: that way reaches nobody until whoever runs it sets it up.")
    return el.p(words, class_name="mt-2 text-muted")


def _no_texts() -> Any:
    words = t("Text messages are not set up on this server: that way reaches nobody until whoever runs it sets one up.")
    return el.p(words, class_name="mt-2 text-muted")


def _back_to_standard() -> Any:
    return action_button(
        t("Back to the standard steps"),
        reset_ladder,
        {},
        t("Put the standard steps in place of these?"),
        offline=False,
        class_name="button button-secondary mt-4",
    )


def _reach(person: Any) -> Any:
    """A gap is a word, not only a colour."""
    return row(
        avatar(person),
        row_words(
            el.bdi(person.name, class_name="wrap-anywhere"),
            el.div(
                show(person.is_in_circle, badge(t("told at once"), "own")),
                show(person.has_push, badge(t("notifications"), "good", "check"), badge(t("no notifications"), "warm")),
                show(person.has_phone, badge(t("phone"), "good", "check"), badge(t("no phone number"), "warm")),
                class_name="mt-1 flex flex-wrap gap-1.5",
            ),
        ),
        key=person.member_id,
    )
