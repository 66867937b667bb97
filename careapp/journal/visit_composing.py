"""What telling of an appointment starts from: nothing, an appointment of the calendar, a draft, or an outcome to
correct."""

from typing import Any

from sqlmodel import Session

from careapp.access import Actor, Right, Section, access_update
from careapp.errors import NotFound
from careapp.journal.choices import STATUS_MOODS
from careapp.journal.composing import Composing, begun, choices, new
from careapp.journal.views import VisitComposerView
from careapp.models import Audience, Update, VisitOutcome
from careapp.operation import query
from careapp.schedule.one import AppointmentPage, named_or_next


class VisitComposing(Composing, AppointmentPage):
    pass


@query(section=Section.JOURNAL, right=Right.TAKE_PART)
def visit_composer(session: Session, actor: Actor, params: VisitComposing) -> VisitComposerView:
    """For a new outcome, which is for the family unless its author says otherwise, or with the one that is named."""
    if not params.update:
        started = new(session, actor, Audience.FAMILY)
        known = _known(session, actor, params) if params.appointment else {}
        return VisitComposerView(**vars(started), conditions=choices(STATUS_MOODS, ""), **known)
    update = access_update(session, actor, params.update, Right.WRITE)
    outcome = session.get(VisitOutcome, update.id)
    if outcome is None:
        raise NotFound
    return _started(session, actor, update, outcome)


def _known(session: Session, actor: Actor, params: AppointmentPage) -> dict[str, Any]:
    """What the calendar says already of the appointment that is told of; nothing where it was moved or taken away."""
    picked, is_gone = named_or_next(session, actor, params)
    if is_gone:
        return {}
    day = picked.occurrence.starts_at.date()
    told_of = f"{picked.series.id} {picked.at or ''}".rstrip()
    return {"told_of": told_of, "visited_on": day.isoformat(), "provider": picked.row.provider}


def _started(session: Session, actor: Actor, update: Update, outcome: VisitOutcome) -> VisitComposerView:
    return VisitComposerView(
        **vars(begun(session, actor, update)),
        visited_on=outcome.visited_on.isoformat(),
        provider=outcome.provider,
        who_went=outcome.who_went,
        medicines=outcome.medicines,
        plan=outcome.plan,
        conditions=choices(STATUS_MOODS, outcome.mood),
        next_words=outcome.next_words,
        next_on=outcome.next_on.isoformat() if outcome.next_on else "",
        needs=outcome.needs,
    )
