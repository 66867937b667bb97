"""What the house remembers does not grow for ever."""

from datetime import timedelta

from sqlmodel import Session, select

from careapp.clock import now
from careapp.models import Job, OpAnswer
from careapp.tidying.jobs import ANSWERS_KEPT, DONE_KEPT, forget_old

AN_HOUR = timedelta(hours=1)


def test_old_answers_and_work_that_is_done_are_forgotten(session: Session) -> None:
    for name, age in {"old": ANSWERS_KEPT + AN_HOUR, "young": ANSWERS_KEPT - AN_HOUR}.items():
        session.add(OpAnswer(op_id=name, account_id="a", body_hash="", answer=None, created_at=now() - age))
    for name, state, age in (
        ("old", "done", DONE_KEPT + AN_HOUR),
        ("young", "done", DONE_KEPT - AN_HOUR),
        ("failed", "failed", DONE_KEPT + AN_HOUR),
        ("waiting", "waiting", DONE_KEPT + AN_HOUR),
    ):
        session.add(Job(id=name, kind="x", payload={}, state=state, run_at=now() - age))
    session.flush()

    forget_old(session)

    assert [row.op_id for row in session.execute(select(OpAnswer)).scalars()] == ["young"]
    assert {row.id for row in session.execute(select(Job)).scalars()} == {"young", "failed", "waiting"}
