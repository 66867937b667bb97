"""Work after the transaction: at least once, one effect, three lanes, and what recurs."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from careapp import clock, db, jobs
from careapp.jobs import Lane
from careapp.models import Job
from tests.cast import START
from tests.statements import counted_statements

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("data")]


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of work that were done, in order; "slow" and "broken" among them."""
    done: list[str] = []
    monkeypatch.setattr(jobs, "HANDLERS", {})
    monkeypatch.setattr(jobs, "LANES", {})
    monkeypatch.setattr(jobs, "EVERY", {})

    def note(kind: str) -> jobs.Handler:
        return lambda payload: done.append(kind)

    def fail(payload: dict[str, Any]) -> None:
        done.append("broken")
        raise ValueError("no")

    jobs.job("plain")(note("plain"))
    jobs.job("climb", jobs.Lane.URGENT)(note("climb"))
    jobs.job("broken")(fail)
    return done


def ask(kind: str, after: float = 0) -> None:
    with db.unit_of_work() as session:
        jobs.enqueue(session, kind, {}, clock.now() + timedelta(seconds=after))


def rows(kind: str) -> list[Job]:
    with db.reading() as session:
        return list(session.scalars(select(Job).where(col(Job.kind) == kind)))


def waiting(kind: str) -> int:
    with db.reading() as session:
        mine = select(func.count()).select_from(Job).where(col(Job.kind) == kind, col(Job.state) == "waiting")
        return session.execute(mine).scalar_one()


def at(seconds: float) -> Any:
    return clock.freeze(START + timedelta(seconds=seconds))


def test_each_lane_does_its_own_work_and_only_that(done: list[str]) -> None:
    ask("plain")
    ask("climb")

    assert jobs.run_next(Lane.URGENT) is True
    assert jobs.run_next(Lane.URGENT) is False
    assert done == ["climb"]
    assert jobs.run_next(Lane.USUAL) is True
    assert done == ["climb", "plain"]


def test_a_photo_being_prepared_holds_up_no_sos(done: list[str]) -> None:
    begun, finish, climbed = threading.Event(), threading.Event(), threading.Event()

    def prepare(payload: dict[str, Any]) -> None:
        begun.set()
        finish.wait(20)

    jobs.job("photo")(prepare)
    jobs.job("sos", jobs.Lane.URGENT)(lambda payload: climbed.set())
    stopped = threading.Event()
    threads = [threading.Thread(target=jobs.run_until, args=(stopped, lane)) for lane in (Lane.USUAL, Lane.URGENT)]
    for thread in threads:
        thread.start()
    try:
        ask("photo")
        assert begun.wait(10)
        ask("sos")
        assert climbed.wait(10)
        assert not finish.is_set()
    finally:
        finish.set()
        stopped.set()
        jobs.stop_waiting()
        for thread in threads:
            thread.join(20)
    assert not any(thread.is_alive() for thread in threads)


def test_what_falls_due_later_is_done_when_it_does(done: list[str]) -> None:
    with at(0):
        ask("climb", after=60)
        assert jobs.run_next() is False
    with at(59):
        assert jobs.run_next() is False
        assert jobs._idle_seconds(Lane.URGENT) == pytest.approx(1)
    with at(60):
        assert jobs.run_next() is True


def test_recurring_work_has_exactly_one_row_however_often_processes_begin(done: list[str]) -> None:
    jobs.every(60, "audit", jobs.Lane.URGENT)(lambda payload: done.append("audit"))
    with at(0):
        for _ in range(3):
            jobs.begin()
        assert waiting("audit") == 1
        assert jobs.run_next(Lane.URGENT) is True
        assert jobs.run_next(Lane.URGENT) is False
        jobs.begin()
        assert jobs.run_next(Lane.URGENT) is False
    for turn in (1, 2, 3):
        with at(60 * turn):
            assert jobs.run_next() is True
            assert jobs.run_next() is False
    assert done == ["audit"] * 4
    assert len(rows("audit")) == 1


def test_recurring_work_that_fails_is_tried_again_for_ever(done: list[str]) -> None:
    jobs.every(60, "broken")(jobs.HANDLERS["broken"])
    with at(0):
        jobs.begin()
    for turn in range(jobs.ATTEMPTS + 3):
        with at(60 * turn):
            assert jobs.run_next() is True
    (row,) = rows("broken")
    assert (row.state, row.problem) == ("waiting", "ValueError: no")


def test_work_is_given_up_in_the_end_and_says_why(done: list[str]) -> None:
    ask("broken")
    for hour in range(jobs.ATTEMPTS):
        with clock.freeze(clock.now() + timedelta(hours=2 * hour)):
            assert jobs.run_next() is True
    (row,) = rows("broken")
    assert (row.state, row.problem) == ("failed", "ValueError: no")


def test_what_a_dead_process_had_begun_is_done_again_once_its_lease_is_over(done: list[str]) -> None:
    with at(0):
        ask("climb")
        assert jobs._claim(None) is not None
        assert jobs.run_next() is False
    with at(jobs.URGENT_LEASE.total_seconds()):
        assert jobs.run_next() is True
    assert done == ["climb"]


def test_a_process_that_alone_owns_the_file_takes_up_at_once_what_was_left(
    done: list[str], kind_of_database: str
) -> None:
    ask("plain")
    assert jobs._claim(None) is not None

    jobs.begin()

    assert jobs.run_next() is (kind_of_database == "sqlite")


def test_the_slow_one_cannot_settle_what_another_has_taken_over(done: list[str]) -> None:
    with at(0):
        ask("broken")
        slow = jobs._claim(None)
        assert slow
    with at(jobs.LEASE.total_seconds()):
        assert jobs.run_next() is True
        jobs._settle(slow, "")
    (row,) = rows("broken")
    assert (row.state, row.problem) == ("waiting", "ValueError: no")


def test_being_idle_takes_two_statements(done: list[str]) -> None:
    with counted_statements() as statements:
        assert jobs.run_next(Lane.USUAL) is False
        jobs._idle_seconds(Lane.USUAL)

    assert len(statements) == 2


def test_long_work_has_a_lane_of_its_own(done: list[str]) -> None:
    jobs.job("film", jobs.Lane.LONG)(lambda payload: done.append("film"))
    ask("film")

    assert jobs.run_next(Lane.USUAL) is False
    assert jobs.run_next(Lane.URGENT) is False
    assert jobs.run_next(Lane.LONG) is True
    assert done == ["film"]


def test_long_work_that_says_so_is_taken_by_nobody_else(done: list[str]) -> None:
    def film(payload: dict[str, Any]) -> None:
        done.append("film")
        for minute in range(4, 40, 4):
            with at(60 * minute):
                jobs.still_at_it()
                assert jobs.run_next(Lane.LONG) is False

    jobs.job("film", jobs.Lane.LONG)(film)
    with at(0):
        ask("film")
        assert jobs.run_next(Lane.LONG) is True
    assert done == ["film"]
    assert rows("film")[0].state == "done"


def test_a_step_of_long_work_may_take_ten_minutes(done: list[str]) -> None:
    def book(payload: dict[str, Any]) -> None:
        for began in (60, 179, 240):
            with at(began):
                jobs.still_at_it()
            with at(began + 600):
                assert jobs.run_next(Lane.LONG) is False
        done.append("book")

    jobs.job("book", jobs.Lane.LONG)(book)
    with at(0):
        ask("book")
        assert jobs.run_next(Lane.LONG) is True
    assert done == ["book"]


def test_long_work_whose_lease_ran_out_ends_when_another_has_taken_it(done: list[str]) -> None:
    def film(payload: dict[str, Any]) -> None:
        done.append("film")
        if len(done) == 1:
            with at(jobs.LONG_LEASE.total_seconds()):
                assert jobs.run_next(Lane.LONG) is True
                jobs.still_at_it()
                done.append("twice")

    jobs.job("film", jobs.Lane.LONG)(film)
    with at(0):
        ask("film")
        jobs.run_next(Lane.LONG)

    assert done == ["film", "film"]
    assert rows("film")[0].state == "done"


def test_long_work_ends_with_its_process_and_is_taken_up_at_the_next_start(done: list[str]) -> None:
    stopped, begun = threading.Event(), threading.Event()

    def film(payload: dict[str, Any]) -> None:
        begun.set()
        while len(done) == 0:
            jobs.still_at_it()
        done.append("film")

    jobs.job("film", jobs.Lane.LONG)(film)
    thread = threading.Thread(target=jobs.run_until, args=(stopped, Lane.LONG))
    thread.start()
    ask("film")
    assert begun.wait(10)
    stopped.set()
    jobs.stop_waiting()
    thread.join(10)
    assert not thread.is_alive()

    done.append("again")
    with clock.freeze(clock.now() + timedelta(minutes=1)):
        assert jobs.run_next(Lane.LONG) is True
    assert done == ["again", "film"]
