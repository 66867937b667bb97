"""What the house remembers does not grow for ever."""

from datetime import timedelta

from sqlmodel import Session, select

from careapp.clock import now
from careapp.journal.commands import OneComment
from careapp.journal.replies import delete_comment
from careapp.models import Comment, Job, Mention, OpAnswer
from careapp.tidying.jobs import ANSWERS_KEPT, DONE_KEPT, forget_old
from tests.cast import Cast
from tests.journal_writing import post, reply

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


def test_a_deleted_comment_is_erased_with_its_mentions(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)
    kept, gone = (
        reply(session, rose_site.ida, update_id, text) for text in ("Soup is coming.", "@Maya Lind, oh dear.")
    )
    assert len(session.exec(select(Mention.id)).all()) == 1
    delete_comment(session, rose_site.ida, OneComment(comment_id=gone))

    forget_old(session)

    assert session.exec(select(Comment.id)).all() == [kept]
    assert session.exec(select(Mention.id)).all() == []
