"""What the house itself remembers, thrown away once nobody can ask for it any more."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from careapp.clock import now
from careapp.db import unit_of_work
from careapp.jobs import every
from careapp.models import Comment, Job, OpAnswer

# A phone may lie in a drawer with something unsent for half a year, and must not do it twice then.
ANSWERS_KEPT = timedelta(days=180)
DONE_KEPT = timedelta(days=30)
DAY = 24 * 60 * 60


@every(DAY, "tidying.tidy")
def tidy(payload: dict[str, Any]) -> None:
    with unit_of_work() as session:
        forget_old(session)


def forget_old(session: Session) -> None:
    """Answers to old writes, work that is done, and comments that were deleted. What failed stays to be seen."""
    session.execute(delete(OpAnswer).where(col(OpAnswer.created_at) < now() - ANSWERS_KEPT))
    session.execute(delete(Job).where(col(Job.state) == "done", col(Job.run_at) < now() - DONE_KEPT))
    session.execute(delete(Comment).where(col(Comment.deleted_at).is_not(None)))
