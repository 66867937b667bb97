"""An update as text alone, for where there is no card, as behind a shared link. What came of an appointment is written
out with its parts, in the marks that people write with."""

from collections.abc import Iterator

from sqlmodel import Session

from careapp.catalogue import spoken_date, translate
from careapp.journal.choices import STATUS_MOODS
from careapp.models import Update, VisitOutcome
from careapp.said import mark

APART = "\n\n"


def whole_text(session: Session, update: Update, language: str) -> str:
    """What the update says; one statement."""
    outcome = session.get(VisitOutcome, update.id)
    return _written_out(update.text, outcome, language) if outcome else update.text


def names_of_parts(session: Session, update: Update, language: str) -> tuple[str, ...]:
    """What the update says beside its text, each by its name; one statement."""
    outcome = session.get(VisitOutcome, update.id)
    return tuple(_said(outcome, language)) if outcome else ()


def _written_out(text: str, outcome: VisitOutcome, language: str) -> str:
    parts = [_beginning(outcome, language), text, *_parts(outcome, language)]
    return APART.join(part for part in parts if part)


def _beginning(outcome: VisitOutcome, language: str) -> str:
    day = spoken_date(outcome.visited_on, language)
    first = translate(language, mark("After the appointment on {day}"), day=day)
    went = translate(language, mark("with {names}"), names=outcome.who_went) if outcome.who_went else ""
    under = " · ".join(part for part in (outcome.provider, went) if part)
    return f"**{first}**\n{under}".rstrip()


def _parts(outcome: VisitOutcome, language: str) -> Iterator[str]:
    for name, said in _said(outcome, language).items():
        yield f"**{name}**\n{said}"


def _said(outcome: VisitOutcome, language: str) -> dict[str, str]:
    condition = STATUS_MOODS.get(outcome.mood, "")
    next_day = spoken_date(outcome.next_on, language) if outcome.next_on else ""
    named = {
        mark("Medicines"): outcome.medicines,
        mark("Plan"): outcome.plan,
        mark("How they are"): translate(language, condition) if condition else "",
        mark("What is next"): "\n".join(part for part in (next_day, outcome.next_words) if part),
        mark("What we need now"): outcome.needs,
    }
    return {translate(language, name): said for name, said in named.items() if said}
