"""All that works behind the pages, together: it begins with what was left, and ends when it is told to."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from careapp import background, db, features, jobs
from careapp.models import Channel
from careapp.notify import bell, courier
from careapp.shifts.reminding import REMIND
from tests.cast import Cast
from tests.mailbox import mail_server
from tests.push_service import push_service
from tests.sms_service import sms_service
from tests.statements import counted_statements
from tests.told import House, use

features.load()


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
    with push_service() as service, mail_server() as box:
        monkeypatch.setenv("CAREAPP_SMTP_URL", box.url)
        use(service, monkeypatch)
        house = House(service)
        house.device("tom")
        told = house.tell("tom")  # what was left from before
        with background.working():
            names = {thread.name for thread in threading.enumerate()}
            assert names >= {"jobs", "urgent-jobs", "book-jobs", "courier", "letters", "text-messages"}
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


def test_a_mail_server_that_does_not_answer_holds_up_no_text_message(
    stored_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with push_service() as push, sms_service() as texts, silent_server() as (url, callers):
        monkeypatch.setenv("CAREAPP_SMTP_URL", url)
        monkeypatch.setenv("CAREAPP_SMS_URL", texts.url)
        use(push, monkeypatch)
        house = House(push)
        house.change_phone("tom", "+1 212 555 0100")
        letters = [house.tell("tom", tag=f"alert-{n}", channels=(Channel.EMAIL,))[0] for n in range(20)]
        with background.working():
            wait_for(lambda: len(callers) == courier.EMAIL.at_once)
            (text,) = house.tell("tom", channels=(Channel.SMS,))
            bell.ring()
            wait_for(lambda: house.delivery(text).state == "sent")
            assert {house.delivery(each).state for each in letters} == {"leased", "waiting"}
            for caller in callers:
                caller.close()


@pytest.mark.parametrize("hanging", [{"notify.send_mail"}, {"feeds.look", "feeds.follow"}, {"sites.erase_site"}])
def test_what_waits_for_another_machine_holds_up_nothing_else(
    stored_site: Cast, monkeypatch: pytest.MonkeyPatch, hanging: set[str]
) -> None:
    done, may_end = set[str](), threading.Event()
    others = {"notify.send_mail", "feeds.look", "media.make_variants", "media.prepare_video", REMIND} - hanging
    for kind in hanging:
        monkeypatch.setitem(jobs.HANDLERS, kind, lambda payload: may_end.wait(30))
    for kind in others:
        monkeypatch.setitem(jobs.HANDLERS, kind, lambda payload, kind=kind: done.add(kind))
    with background.working():
        with db.unit_of_work() as session:
            for kind in (*sorted(hanging) * 20, *others):
                jobs.enqueue(session, kind, {})
        wait_for(lambda: done == others)
        may_end.set()


def test_two_photos_are_prepared_at_once(stored_site: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    together = threading.Barrier(3)
    monkeypatch.setitem(jobs.HANDLERS, "media.make_variants", lambda payload: together.wait(20))
    with background.working():
        with db.unit_of_work() as session:
            for _ in range(2):
                jobs.enqueue(session, "media.make_variants", {})
        together.wait(20)


@contextmanager
def silent_server() -> Iterator[tuple[str, list[socket.socket]]]:
    """It takes every call and says nothing; the first eight that called."""
    callers: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()

        def answer() -> None:
            while len(callers) < courier.EMAIL.at_once:
                callers.append(server.accept()[0])

        threading.Thread(target=answer, daemon=True).start()
        yield f"smtp://127.0.0.1:{address[1]}", callers


def test_an_idle_house_asks_its_database_next_to_nothing(stored_site: Cast) -> None:
    with counted_statements() as statements, background.working():
        wait_for(lambda: len(statements) >= 4)
        before = -1
        while before != len(statements):
            before = len(statements)
            time.sleep(0.5)
        time.sleep(1.5)
        assert len(statements) == before
