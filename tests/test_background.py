"""All that works behind the pages, together: it begins with what was left, and ends when it is told to."""

import threading
import time
from collections.abc import Callable

import pytest

from careapp import background, db, jobs
from careapp.models import Channel
from careapp.notify import bell
from tests.cast import Cast
from tests.push_service import push_service
from tests.statements import counted_statements
from tests.told import House, use


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_jobs_pushes_and_letters_are_done_beside_each_other_until_the_end(
    stored_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Event()
    monkeypatch.setitem(jobs.HANDLERS, "test.done", lambda payload: done.set())
    with push_service() as service:
        use(service, monkeypatch)
        house = House(service)
        house.device("tom")
        told = house.tell("tom")  # what was left from before
        with background.working():
            names = {thread.name for thread in threading.enumerate()}
            assert names >= {"jobs", "urgent-jobs", "courier", "letters"}
            wait_for(lambda: house.delivery(told[0]).state == "sent")
            told += house.tell("tom", channels=(Channel.EMAIL,))
            bell.ring()
            with db.unit_of_work() as session:
                jobs.enqueue(session, "test.done", {})
            assert done.wait(20)
            wait_for(lambda: {house.delivery(each).state for each in told} == {"sent"})
            began = time.monotonic()
        assert time.monotonic() - began < background.PATIENCE_SECONDS
    assert not {thread.name for thread in threading.enumerate()} & set(background.WORK)


def test_an_idle_house_asks_its_database_next_to_nothing(stored_site: Cast) -> None:
    with counted_statements() as statements, background.working():
        wait_for(lambda: len(statements) >= 4)
        before = -1
        while before != len(statements):
            before = len(statements)
            time.sleep(0.5)
        time.sleep(1.5)
        assert len(statements) == before
