"""What came of an appointment, as it stands in a book."""

from typing import Any

from careapp.book.texts import paragraphs, set_out
from careapp.book.words import Wording
from careapp.journal.views import VisitCard
from careapp.said import mark


def visit_in_print(say: Wording, visit: VisitCard | None) -> dict[str, Any] | None:
    """Its heading, and the parts that say something, each with its name."""
    if visit is None:
        return None
    who = say(mark("with {names}"), names=visit.who_went) if visit.who_went else ""
    parts = (
        (mark("Medicines"), set_out(visit.medicines)),
        (mark("Plan"), set_out(visit.plan)),
        (mark("How they are"), paragraphs(say(visit.condition_words)) if visit.condition_words else []),
        (mark("What is next"), [*paragraphs(visit.next_day), *set_out(visit.next_words)]),
        (mark("What we need now"), set_out(visit.needs)),
    )
    return {
        "title": say(mark("After the appointment on {day}"), day=visit.day),
        "under": " · ".join(word for word in (visit.provider, who) if word),
        "parts": [{"name": say(name), "paragraphs": written} for name, written in parts if written],
    }
