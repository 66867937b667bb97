"""What each can do about an appointment for themselves: say whether they come, and when to be reminded."""

from typing import Any

from careapp.pwa.send import action_button, care_form, form_words
from careapp.schedule.components import who
from careapp.schedule.operations import answer_appointment, choose_reminders
from careapp.ui.buttons import submit_button
from careapp.ui.el import each, el, fragment, show
from careapp.ui.icons import icon
from careapp.ui.places import param
from careapp.ui.words import said, t

ASKED_FOR = "rounded-card outline-4 outline-offset-4 outline-primary outline-solid"


def along(view: Any) -> Any:
    """Opened by a notification's link that names an answer, that one stands out."""
    item = view.item
    ask = fragment(
        el.p(t("Do you come along?"), class_name="font-semibold"),
        _answer(item, "comes", t("Yes, I come"), "primary"),
        _answer(item, "cannot_come", t("No, I can't"), "secondary"),
    )
    mine = show(item.has_agreed, _answer(item, "cannot_come", t("I cannot go along after all"), "secondary"), ask)
    others = show(item.has_agreed, None, el.p(t("No answer yet"), class_name="text-sm text-muted"))
    open_to = _answer(item, "comes", t("I go along"), "primary")
    answers = show(item.has_companion, show(item.is_mine, mine, others), open_to)
    return el.div(who(item), show(view.can_go_along, answers), class_name="flex flex-col items-start gap-3")


def _answer(item: Any, key: str, words: Any, look: str) -> Any:
    button = action_button(
        words,
        answer_appointment,
        {"appointment_id": item.id, "at": item.at, "comes": key == "comes"},
        pending=t("Being sent"),
        about=item.title,
        class_name=f"button button-{look} w-full",
    )
    return el.div(button, class_name=show(param("answer") == key, f"w-full {ASKED_FOR}", "w-full"))


def reminders(view: Any) -> Any:
    """Each for themselves, and for all of a series."""
    form = care_form(
        el.fieldset(
            el.legend(t("When do you want to be reminded?"), class_name="mb-2 font-semibold"),
            el.div(each(view.reminders, _reminder), class_name="flex flex-wrap gap-2"),
        ),
        show(view.is_series, el.p(t("This counts for all of the series."), class_name="text-sm text-muted")),
        form_words(),
        submit_button(t("Save")),
        operation=choose_reminders,
        fixed={"appointment_id": view.item.id},
        reset=False,
        label=t("Reminders"),
        class_name="flex flex-col gap-4 pb-2",
    )
    return el.details(
        el.summary(
            icon("bell", class_name="icon-sm text-muted"),
            el.span(t("Reminders"), ": ", show(view.reminded, view.reminded, t("none"))),
            class_name="flex min-h-12 items-center gap-3 py-3 font-medium text-primary",
        ),
        form,
        key=view.item.id + view.reminded,
        class_name="card mt-4 px-4 print:hidden",
    )


def _reminder(option: Any) -> Any:
    box = el.input(
        type="checkbox",
        name="before",
        value=option.value,
        default_checked=option.is_chosen,
        data_type="list",
        class_name="sr-only",
    )
    return el.label(box, said(option.words), key=option.value, class_name="chip")
