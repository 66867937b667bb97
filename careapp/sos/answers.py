"""The three answers to an SOS: large, one tap each, and how long it takes to come in the same tap."""

from typing import Any

from careapp.models import Answer
from careapp.pwa.send import action_button
from careapp.pwa.waiting import waiting_list
from careapp.sos.operations import answer_alert
from careapp.sos.words import ANSWER_WORDS
from careapp.ui.el import all_of, each, el, fragment, join, show
from careapp.ui.icons import icon
from careapp.ui.places import param
from careapp.ui.words import t

SIGNS = {Answer.ON_MY_WAY: "check", Answer.CAN_CALL: "phone", Answer.CANNOT: "close"}
BIG = "button w-full min-h-20 justify-start! gap-4! px-5! text-start! text-xl"
SMALL = "button w-full min-h-14 justify-start! gap-3! text-start! button-secondary"
MINUTES = "button button-secondary min-h-14 min-w-12 flex-1 px-0"
IN_A_ROW = "-mx-1 flex flex-wrap gap-1"
CHOSEN = "border-primary! bg-tint text-primary!"
ASKED_FOR = "order-first rounded-card outline-4 outline-offset-4 outline-primary outline-solid"


def answer_buttons(view: Any) -> Any:
    """Opened by a notification's link that names an answer, that one comes first and stands out."""
    return el.section(
        el.h2(t("What can you do?"), class_name="mb-3 text-lg"),
        el.div(*(_big(view, answer) for answer in Answer), class_name="flex flex-col gap-4"),
        _on_its_way(view),
    )


def my_answer(view: Any) -> Any:
    """What one has answered, and how to change it."""
    return el.section(
        el.h2(t("Your answer"), class_name="mb-3 text-lg"),
        el.div(*(_changed(view, answer) for answer in Answer), class_name="flex flex-col gap-3"),
        _on_its_way(view),
        class_name="mt-8",
    )


def _big(view: Any, answer: Answer) -> Any:
    look = f"{BIG} {'button-primary' if answer is Answer.ON_MY_WAY else 'button-secondary'}"
    button = action_button(_face(answer), answer_alert, _command(view, answer), pending=t("Sending"), class_name=look)
    inside = [button, _minutes(view)] if answer is Answer.ON_MY_WAY else [button]
    return el.div(*inside, class_name=show(param("answer") == answer.value, ASKED_FOR, ""), data_answer=answer.value)


def _changed(view: Any, answer: Answer) -> Any:
    is_mine = view.my_answer == answer.value
    face = [*_face(answer), show(is_mine, el.span("· ", t("your answer"), class_name="text-sm font-medium"))]
    button = action_button(
        face,
        answer_alert,
        _command(view, answer),
        pending=t("Sending"),
        class_name=show(is_mine, f"{SMALL} {CHOSEN}", SMALL),
    )
    more = [show(is_mine, _minutes(view))] if answer is Answer.ON_MY_WAY else []
    return el.div(button, *more, data_answer=answer.value)


def _minutes(view: Any) -> Any:
    """Answers that one is on the way, and says how long it takes."""
    name = t("On my way, there in so many minutes")
    return el.div(
        el.p(t("or say in how many minutes:"), aria_hidden="true", class_name="mt-2 mb-1"),
        el.div(each(view.minutes, lambda n: _in(view, n)), role="group", aria_label=name, class_name=IN_A_ROW),
    )


def _in(view: Any, n: Any) -> Any:
    is_chosen = all_of(view.my_answer == Answer.ON_MY_WAY.value, view.my_minutes == n)
    return action_button(
        [el.span(n, class_name="tabular-nums"), el.span(" ", t("minutes"), class_name="sr-only")],
        answer_alert,
        {**_command(view, Answer.ON_MY_WAY), "minutes": n},
        key=join("in-", n),
        class_name=show(is_chosen, f"{MINUTES} {CHOSEN}", MINUTES),
    )


def _face(answer: Answer) -> list[Any]:
    return [icon(SIGNS[answer]), el.span(t(ANSWER_WORDS[answer]), class_name="min-w-0 flex-1")]


def _command(view: Any, answer: Answer) -> dict[str, Any]:
    return {"alert_id": view.id, "answer": answer.value}


def _on_its_way(view: Any) -> Any:
    """An answer that was given without a connection."""
    return fragment(
        waiting_list(answer_alert, {"alert_id": view.id}, text="", class_name="mt-3 flex flex-col gap-2"),
    )
