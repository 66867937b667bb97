"""/visit-outcome: after an appointment, part by part: what was said, what changed, what is next, what is needed."""

from typing import Any

import reflex as rx

from careapp.journal.browser import name_picker
from careapp.journal.operations import edit_visit_outcome, post_visit_outcome
from careapp.journal.queries import visit_composer
from careapp.journal.views import VisitComposerView
from careapp.journal.writing import (
    TO_THE_END,
    action_bar,
    audience,
    end_of_draft,
    kept_audience,
    main_text,
    mood_chips,
    submit_as,
)
from careapp.pwa.editing import started_from
from careapp.pwa.picker import photo_picker
from careapp.pwa.send import care_form, field_error
from careapp.pwa.timely import local_day
from careapp.ui.banner import banner
from careapp.ui.card import page_title
from careapp.ui.el import el, join, show
from careapp.ui.fields import GROUP, form_stack, text_area, text_field
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import t


class VisitOutcomeState(Reading, rx.State):
    view: VisitComposerView = VisitComposerView()


@page(
    "/visit-outcome",
    title="After an appointment",
    state=VisitOutcomeState,
    query=visit_composer,
    skeleton=plain_skeleton,
)
def visit_outcome_page(view: Any) -> Any:
    return plain_frame(
        back_link(to("/journal"), t("Journal")),
        show(view.update_id != "", _edit(view), _new(view)),
        colour=view.frame.colour,
        sos_of=view.frame,
    )


def _new(view: Any) -> Any:
    form = care_form(
        _fields(view, show(view.visited_on != "", view.visited_on, local_day())),
        action_bar(submit_as(t("Post"), "is_draft", False), submit_as(t("Keep as a draft"), "is_draft", True, "quiet")),
        operation=post_visit_outcome,
        next=to("/journal"),
        draft=join("visit", view.told_of),
        label=t("After an appointment"),
        key=join("new", view.told_of),
        class_name=TO_THE_END,
    )
    cannot = banner("info", t("You can read the journal and comment; others write the updates."))
    lead = t("Write what you know, and leave out the rest. One telling spares the family many calls.")
    return el.div(page_title(t("After an appointment"), lead), show(view.can_write, form, cannot))


def _edit(view: Any) -> Any:
    return el.div(
        page_title(show(view.is_draft, t("Go on writing"), t("Edit the update"))),
        care_form(
            started_from(view.version, view.text, nothing=t("Nothing, only photos or a mood.")),
            _fields(view, view.visited_on),
            show(view.is_draft, end_of_draft(view), action_bar(submit_as(t("Save"), "publish", False))),
            operation=edit_visit_outcome,
            fixed={"update_id": view.update_id},
            next=to("/journal"),
            draft=join("visit-", view.update_id),
            label=t("After an appointment"),
            key=view.update_id,
            class_name=TO_THE_END,
        ),
    )


def _fields(view: Any, day: Any) -> Any:
    return el.div(
        form_stack(
            _which(view, day),
            el.div(
                main_text(view, t("What was said?"), t("In your own words: what they found, and how they see it")),
                name_picker(view.people, "field-text"),
            ),
            _changed(view),
            _next(view),
            el.div(field_error("photos"), photo_picker(there=view.photos), id="photos"),
            show(view.is_mine, audience(view), kept_audience(view)),
        ),
    )


def _which(view: Any, day: Any) -> Any:
    return el.div(
        _day("visited_on", t("When was it?"), day),
        text_field(
            "provider",
            t("With whom?"),
            hint=t("For example: Dr Meyer, heart clinic"),
            value=view.provider,
            optional=True,
            max_length=120,
            auto_complete="off",
        ),
        text_field(
            "who_went", t("Who went along?"), value=view.who_went, optional=True, max_length=200, auto_complete="off"
        ),
        class_name="flex flex-col gap-5",
    )


def _changed(view: Any) -> Any:
    medicines = t("What is new, what stops, what changes, and from when")
    return el.section(
        el.h2(t("What changes?"), class_name="text-lg"),
        _part("medicines", t("Medicines"), view.medicines, medicines),
        _part("plan", t("Plan"), view.plan, t("Treatment, exercise, food, what to watch for")),
        mood_chips(t("How is {name} now?", name=view.frame.called), view.conditions, name="condition"),
        class_name=GROUP,
    )


def _next(view: Any) -> Any:
    return el.section(
        el.h2(t("What is next?"), class_name="text-lg"),
        _part("next_words", t("What happens next"), view.next_words, t("For example: Blood test, then we call")),
        text_field(
            "next_on", t("On which day?"), value=view.next_on, type="date", optional=True, class_name="max-w-60"
        ),
        _part("needs", t("What do we need now?"), view.needs, t("For example: Someone who drives on Thursday")),
        class_name=GROUP,
    )


def _day(name: str, label: Any, value: Any, optional: bool = False) -> Any:
    return text_field(name, label, value=value, type="date", optional=optional, class_name="max-w-60")


def _part(name: str, label: Any, value: Any, hint: Any) -> Any:
    more = {"max_length": 2000, "dir": "auto", "class_name": "min-h-20!"}
    return text_area(name, label, hint=hint, value=value, optional=True, rows=2, **more)
