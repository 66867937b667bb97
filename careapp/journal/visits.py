"""What came of an appointment: posted and edited as an update with its parts."""

from datetime import date, timedelta

from sqlmodel import Session

from careapp.access import Actor, Right, Section
from careapp.clock import now
from careapp.errors import Invalid, NotFound
from careapp.journal.updates import Saved, edit_update, post_update
from careapp.journal.visit_commands import EditVisitOutcome, Outcome, PostVisitOutcome
from careapp.models import VisitOutcome
from careapp.operation import operation
from careapp.said import Said

FIRST_YEAR = 1900
A_DAY = timedelta(days=1)


@operation(section=Section.JOURNAL, right=Right.WRITE, says="told the outcome of an appointment")
def post_visit_outcome(session: Session, actor: Actor, command: PostVisitOutcome) -> Saved:
    """Put the outcome of an appointment into the journal, or keep it as a draft."""
    visited_on, next_on = _days(command)
    saved = post_update(session, actor, command)
    outcome = VisitOutcome(update_id=saved.id, site_id=actor.site_id, visited_on=visited_on)
    _write(session, outcome, command, visited_on, next_on)
    return saved


@operation(section=Section.JOURNAL, right=Right.TAKE_PART, says="edited the outcome of an appointment")
def edit_visit_outcome(session: Session, actor: Actor, command: EditVisitOutcome) -> Saved:
    """Change it as `edit_update` does; raises NotFound for an update that tells of no appointment."""
    visited_on, next_on = _days(command)
    saved = edit_update(session, actor, command)
    outcome = session.get(VisitOutcome, saved.id)
    if outcome is None:
        raise NotFound
    _write(session, outcome, command, visited_on, next_on)
    return saved


def _days(command: Outcome) -> tuple[date, date | None]:
    visited_on = date.fromisoformat(command.visited_on)
    next_on = date.fromisoformat(command.next_on) if command.next_on else None
    if not date(FIRST_YEAR, 1, 1) <= visited_on <= now().date() + A_DAY:
        raise Invalid(fields={"visited_on": Said("An appointment that is over was today or before.")})
    if next_on and next_on < visited_on:
        raise Invalid(fields={"next_on": Said("What is next comes after the appointment.")})
    return visited_on, next_on


def _write(session: Session, outcome: VisitOutcome, command: Outcome, visited_on: date, next_on: date | None) -> None:
    outcome.visited_on, outcome.next_on = visited_on, next_on
    outcome.provider, outcome.who_went = command.provider, command.who_went
    outcome.medicines, outcome.plan = command.medicines, command.plan
    outcome.mood = command.condition
    outcome.next_words, outcome.needs = command.next_words, command.needs
    session.add(outcome)
    session.flush()
