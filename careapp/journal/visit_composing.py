"""What telling of an appointment starts from: nothing, a draft, or an outcome to correct."""

from sqlmodel import Session

from careapp.access import Actor, Right, Section, access_update
from careapp.errors import NotFound
from careapp.journal.choices import STATUS_MOODS
from careapp.journal.composing import Composing, begun, choices, new
from careapp.journal.views import VisitComposerView
from careapp.models import Audience, Update, VisitOutcome
from careapp.operation import query


@query(section=Section.JOURNAL, right=Right.TAKE_PART)
def visit_composer(session: Session, actor: Actor, params: Composing) -> VisitComposerView:
    """For a new outcome, which is for the family unless its author says otherwise, or with the one that is named."""
    if not params.update:
        started = new(session, actor, Audience.FAMILY)
        return VisitComposerView(**vars(started), conditions=choices(STATUS_MOODS, ""))
    update = access_update(session, actor, params.update, Right.WRITE)
    outcome = session.get(VisitOutcome, update.id)
    if outcome is None:
        raise NotFound
    return _started(session, actor, update, outcome)


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
