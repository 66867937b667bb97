"""What came of an appointment, as it is drawn within its update."""

from typing import Any

from careapp.journal.text_parts import text_parts
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.el import all_of, any_of, el, fragment, link, show
from careapp.ui.facts import small_facts
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.words import said, t

TERM = "text-sm font-semibold text-muted"
NEXT = "mt-2 flex items-start gap-2.5 rounded-card bg-tint px-3.5 py-2.5"
NEEDED = "mt-2 flex items-start gap-2.5 rounded-card bg-accent-soft px-3.5 py-2.5"


def visit_head(visit: Any) -> Any:
    """Which appointment it was, above what was said there."""
    return el.div(
        icon("calendar", class_name="mt-0.5 text-primary"),
        el.div(
            el.p(t("After the appointment on {day}", day=visit.day), class_name="font-semibold leading-snug"),
            small_facts(
                (visit.provider != "", el.bdi(visit.provider)),
                (visit.who_went != "", t("with {names}", names=visit.who_went)),
            ),
            class_name="min-w-0 flex-1",
        ),
        class_name="mx-4 mt-3 flex items-start gap-2.5",
    )


def visit_parts(update_id: Any, visit: Any) -> Any:
    """What changed, what is next and what is needed now, each with its name."""
    changed = [
        _part(t("Medicines"), visit.medicines),
        _part(t("Plan"), visit.plan),
        show(visit.condition_words, _row(t("How they are"), said(visit.condition_words))),
    ]
    return el.dl(*changed, _next(update_id, visit), _needed(update_id, visit), class_name="px-4 pt-1 empty:hidden")


def _part(name: Any, parts: Any) -> Any:
    return show(parts, _row(name, text_parts(parts)))


def _row(name: Any, value: Any) -> Any:
    return el.div(el.dt(name, class_name=TERM), el.dd(value), class_name="pt-2")


def _next(update_id: Any, visit: Any) -> Any:
    onto_calendar = _lead(t("Add an appointment"), to("/edit-appointment", visit=update_id))
    words = fragment(
        show(visit.next_day, el.p(visit.next_day, class_name="font-semibold")),
        show(visit.next_words, text_parts(visit.next_words)),
        show(all_of(visit.can_plan, visit.is_ahead), onto_calendar),
    )
    return show(any_of(visit.next_day != "", visit.next_words), _marked("clock", t("What is next"), words, NEXT))


def _needed(update_id: Any, visit: Any) -> Any:
    words = fragment(
        text_parts(visit.needs),
        show(visit.can_plan, _lead(t("Ask for help"), to("/ask-for-help", visit=update_id))),
    )
    return show(visit.needs, _marked("people", t("What we need now"), words, NEEDED))


def _lead(words: Any, address: Any) -> Any:
    return link(address, words, class_name=QUIET_LINK)


def _marked(sign: str, name: Any, value: Any, look: str) -> Any:
    """A row that must not be overlooked."""
    return el.div(
        el.dt(icon(sign, class_name="mt-0.5 icon-sm text-primary"), el.span(name, class_name="sr-only")),
        el.dd(el.p(name, aria_hidden="true", class_name=TERM), value, class_name="min-w-0 flex-1"),
        class_name=look,
    )
