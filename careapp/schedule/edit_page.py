"""/edit-appointment: write down what is planned, or change it: one time, the rest, or all of a series."""

from typing import Any

import reflex as rx

from careapp.availability.browser import who_can_then
from careapp.journal.writing import TO_THE_END, action_bar
from careapp.pwa.editing import started_from
from careapp.pwa.picker import photo_picker
from careapp.pwa.send import care_form, field_error
from careapp.pwa.times import zone_field
from careapp.schedule.operations import add_appointment, change_appointment
from careapp.schedule.queries import appointment_composer
from careapp.schedule.views import ComposerView
from careapp.ui.banner import banner
from careapp.ui.buttons import QUIET_LINK, submit_button
from careapp.ui.card import page_title
from careapp.ui.el import each, el, join, link, show
from careapp.ui.fields import GROUP, checkbox, choice_cards, form_stack, select_each, text_area, text_field
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import said, t

WHOLE_FORM = f"group/form {TO_THE_END}"
LEGEND = "float-left text-lg font-semibold"
TIMED = "grid grid-cols-2 gap-3 group-has-[[name=is_all_day]:checked]/form:hidden"
REPEATING = "flex flex-col gap-5 group-has-[[name=repeats]_[value='']:checked]/form:hidden"
WEEKLY = "hidden group-has-[[name=repeats]_[value=weekly]:checked]/form:block"
NOT_FOR_ONE = "group-has-[[name=scope][value=this]:checked]/form:hidden"


class EditAppointmentState(Reading, rx.State):
    view: ComposerView = ComposerView()


@page(
    "/edit-appointment",
    title="An appointment",
    state=EditAppointmentState,
    query=appointment_composer,
    skeleton=plain_skeleton,
)
def edit_appointment_page(view: Any) -> Any:
    return plain_frame(
        back_link(to("/calendar"), t("Calendar")),
        show(view.id != "", _edit(view), _new(view)),
        colour=view.frame.colour,
        sos_of=view.frame,
    )


def _new(view: Any) -> Any:
    form = care_form(
        _fields(view),
        action_bar(submit_button(t("Save"))),
        operation=add_appointment,
        next=to("/calendar"),
        draft=join("appointment", view.visit),
        label=t("An appointment"),
        key=join("new", view.visit),
        class_name=WHOLE_FORM,
    )
    cannot = banner("info", t("You can read the calendar; others write in it."))
    return el.div(page_title(t("Add an appointment")), show(view.frame.can_add_to_schedule, form, cannot))


def _edit(view: Any) -> Any:
    changed = t("Someone changed this appointment while you were writing. It now says:")
    return el.div(
        page_title(t("Change the appointment")),
        care_form(
            show(view.is_gone, _gone(view), started_from(view.version, view.summary, changed)),
            show(view.follows, _followed(view)),
            show(view.is_series, _scope()),
            _fields(view),
            action_bar(submit_button(t("Save"))),
            operation=change_appointment,
            fixed={"appointment_id": view.id, "at": view.at},
            next=to("/calendar"),
            draft=join("appointment-", view.id, view.at),
            label=t("An appointment"),
            key=view.id + view.at,
            class_name=WHOLE_FORM,
        ),
    )


def _gone(view: Any) -> Any:
    """Its text can still be read and copied; the server refuses to put it anywhere else."""
    following = el.div(
        t("The next one is:"),
        el.blockquote(view.summary, dir="auto", class_name="prose-words my-3 border-s-4 border-accent ps-3"),
        link(
            to("/edit-appointment", appointment=view.id, at=view.next), t("Change the next one"), class_name=QUIET_LINK
        ),
        class_name="mt-2",
    )
    return el.div(
        banner(
            "warm",
            el.p(t("This time was moved or taken away in the meantime. Your text is kept.")),
            show(view.next, following),
            class_name="mb-6",
        ),
        el.input(type="hidden", name="version", value=view.version, data_type="number"),
        role="alert",
    )


def _followed(view: Any) -> Any:
    words = t(
        "This comes from {name} and follows what changes there, until you change its words or its time here.",
        name=view.follows,
    )
    return banner("info", words, class_name="mb-6")


def _scope() -> Any:
    cards = choice_cards(
        "scope",
        t("What do you want to change?"),
        [
            ("this", t("Only this one"), None),
            ("following", t("This and all after it"), None),
            ("all", t("All of them"), None),
        ],
        value="this",
    )
    return el.div(cards, class_name="mb-6")


def _fields(view: Any) -> Any:
    return form_stack(
        text_field(
            "title", t("What is it?"), hint=t("For example: Heart check-up"), value=view.title, max_length=200,
            dir="auto", auto_complete="off",
        ),
        select_each("kind", t("Kind"), view.kinds, value=view.kind),
        _when(view),
        _repeating(view),
        _where(view),
        select_each("companion_id", t("Who goes along?"), view.people, value=view.companion_id),
        _prepared(view),
        el.div(field_error("photos"), photo_picker(there=view.photos, documents=True), id="photos"),
    )  # fmt: skip


def _when(view: Any) -> Any:
    several = el.details(
        el.summary(t("It lasts several days"), class_name="flex min-h-12 items-center font-medium text-primary"),
        _day("last_on", t("Last day"), view.last_on),
        open=view.last_on != "",
    )
    return el.fieldset(
        el.legend(t("When?"), class_name=LEGEND),
        el.div(class_name="clear-both"),
        text_field("starts_on", t("Day"), value=view.starts_on, type="date", class_name="max-w-60"),
        checkbox("is_all_day", t("It takes all day"), checked=view.is_all_day),
        el.div(
            _time("starts", t("From"), view.starts),
            _time("ends", t("Until"), view.ends, optional=True),
            class_name=TIMED,
        ),
        zone_field(view),
        several,
        who_can_then(view.free, view.zone, class_name="empty:hidden"),
        class_name=GROUP,
    )


def _repeating(view: Any) -> Any:
    return el.fieldset(
        el.legend(t("Does it repeat?"), class_name=LEGEND),
        el.div(class_name="clear-both"),
        select_each("repeats", t("How often?"), view.ways, value=view.repeats),
        el.div(
            el.div(_weekdays(view), class_name=WEEKLY),
            text_field(
                "every", t("Every how many days, weeks, months or years?"), hint=t("1 is each, 2 is every other"),
                value=view.every, type="number", min="1", max="400", input_mode="numeric", data_type="number",
                class_name="max-w-32",
            ),
            _day("until", t("Until which day?"), view.until),
            text_field(
                "times", t("Or how many times?"), value=view.times, type="number", min="1", max="1000",
                input_mode="numeric", data_type="number", optional=True, class_name="max-w-32",
            ),
            class_name=REPEATING,
        ),
        field_error("rule", class_name="text-sm font-medium text-alert"),
        class_name=f"{GROUP} {NOT_FOR_ONE}",
    )  # fmt: skip


def _weekdays(view: Any) -> Any:
    return el.fieldset(
        el.legend(t("On which days?"), class_name="font-semibold"),
        el.div(each(view.days, _weekday), class_name="mt-2 flex flex-wrap gap-2"),
    )


def _weekday(day: Any) -> Any:
    return el.label(
        el.input(
            type="checkbox",
            name="days",
            value=day.value,
            default_checked=day.is_chosen,
            data_type="list",
            class_name="sr-only",
        ),
        said(day.words),
        key=day.value,
        class_name="chip",
    )


def _where(view: Any) -> Any:
    return el.fieldset(
        el.legend(t("Where, and with whom?"), class_name=LEGEND),
        el.div(class_name="clear-both"),
        text_field(
            "provider", t("With whom?"), hint=t("For example: Dr Meyer, heart clinic"), value=view.provider,
            optional=True, max_length=120, auto_complete="off",
        ),
        text_field(
            "place", t("Address"), hint=t("Street and town lead to the map."), value=view.place, optional=True,
            max_length=300, auto_complete="off", dir="auto",
        ),
        text_field(
            "link", t("Link of a video visit"), hint=t("The button to join shows 15 minutes before."), value=view.link,
            optional=True, type="url", max_length=1000, auto_complete="off",
        ),
        class_name=GROUP,
    )  # fmt: skip


def _prepared(view: Any) -> Any:
    return el.fieldset(
        el.legend(t("What to think of"), class_name=LEGEND),
        el.div(class_name="clear-both"),
        _text("bring", t("To bring along"), view.bring, t("For example: The list of medicines, the insurance card")),
        _text("questions", t("Questions to ask"), view.questions, t("One a line")),
        _text("notes", t("Notes"), view.notes, t("How to get in, where to park")),
        class_name=GROUP,
    )


def _text(name: str, label: Any, value: Any, hint: Any) -> Any:
    more = {"dir": "auto", "class_name": "min-h-20!"}
    return text_area(name, label, hint=hint, value=value, optional=True, rows=2, **more)


def _day(name: str, label: Any, value: Any) -> Any:
    return text_field(name, label, value=value, type="date", optional=True, data_type="optional", class_name="max-w-60")


def _time(name: str, label: Any, value: Any, optional: bool = False) -> Any:
    """Asked for unless it takes all day, which the server sees."""
    more = {"type": "time", "data_type": "optional", "required": False}
    return text_field(name, label, value=value, optional=optional, **more)
