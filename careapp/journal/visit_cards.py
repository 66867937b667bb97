"""What came of an appointment, as shown with its update."""

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_update
from careapp.catalogue import spoken_date
from careapp.clock import now
from careapp.errors import NotFound
from careapp.journal.choices import STATUS_MOODS
from careapp.journal.text import beginning, parts
from careapp.journal.views import VisitCard
from careapp.models import VisitOutcome

IN_LISTS = 400


def visits_of(session: Session, actor: Actor, update_ids: Collection[str], is_whole: bool) -> dict[str, VisitCard]:
    """By update id, for those updates that tell of an appointment; one statement."""
    statement = select(VisitOutcome).where(col(VisitOutcome.update_id).in_(update_ids))
    return {row.update_id: _card(actor, row, is_whole) for row in session.scalars(statement)}


def outcome_of(session: Session, actor: Actor, update_id: str) -> VisitOutcome:
    """What was told of an appointment, for what follows from it."""
    outcome = session.get(VisitOutcome, access_update(session, actor, update_id).id)
    if outcome is None:
        raise NotFound
    return outcome


def _card(actor: Actor, row: VisitOutcome, is_whole: bool) -> VisitCard:
    shown = {
        name: getattr(row, name) if is_whole else beginning(getattr(row, name), IN_LISTS)
        for name in ("medicines", "plan", "next_words", "needs")
    }
    return VisitCard(
        day=spoken_date(row.visited_on, actor.language),
        provider=row.provider,
        who_went=row.who_went,
        condition_words=STATUS_MOODS.get(row.mood, ""),
        next_day=spoken_date(row.next_on, actor.language) if row.next_on else "",
        is_ahead=row.next_on is not None and row.next_on >= now().date(),
        can_plan=bool(actor.member_id) and actor.may(Section.SCHEDULE, Right.WRITE),
        is_cut=any(len(text) < len(getattr(row, name)) for name, text in shown.items()),
        **{name: parts(text) for name, text in shown.items()},
    )
