"""The page behind a guest link: plain forms over HTTP, which say little and hold off whoever guesses."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlmodel import col, select

from careapp import clock, db
from careapp.clock import now
from careapp.guests.links import pin_of, secret_of
from careapp.ids import new_id
from careapp.logs import clean
from careapp.models import AuditEntry, GuestLink, HelpSlot
from tests.cast import START, Cast
from tests.client import Browser
from tests.helping import asked, at, slots_of
from tests.test_guests import GERDA, linked


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with clock.freeze(START):
        yield


class Guests(Browser):
    """A phone without an account, which follows where it is led."""

    def __init__(self, secret: str, address: str = "203.0.113.9") -> None:
        super().__init__(address=address)
        self.link = secret

    def opens(self) -> httpx.Response:
        return self.get("/guest", params={"link": self.link})

    def sends(self, step: str, **form: str) -> httpx.Response:
        return self.post(f"/guest/{step}", data={"link": self.link, **form}, follow_redirects=True)


@pytest.fixture
def stored(stored_site: Cast) -> dict[str, str]:
    """A request of Maya's with two times, and a link to it."""
    with db.unit_of_work() as session:
        maya = Cast(session).maya
        request = asked(session, Cast(session), at(1), at(2), words="<b>No</b> fish.", address="Lake Road 3")
        request.hides_address = True
        link = linked(session, maya, request)
        return {
            "link": link.id, "secret": secret_of(link), "pin": pin_of(link), "request": request.id,
            "first": slots_of(session, request)[0].id,
        }  # fmt: skip


def test_a_guest_takes_a_time_sees_it_again_and_lets_it_go_without_a_script(stored: dict[str, str]) -> None:
    phone = Guests(stored["secret"])
    locked = phone.opens()
    assert locked.status_code == 200
    assert not any(word in locked.text for word in ("Maya", "Dinner", "fish", "Rose", stored["request"]))

    opened = phone.sends("pin", pin=stored["pin"])
    assert "&lt;b&gt;No&lt;/b&gt; fish." in opened.text
    assert not any(word in opened.text for word in ("Lake Road", "Lind", "Looking after", "<script"))
    taken = phone.sends("take", slot_id=stored["first"], **GERDA)
    assert "Thank you, Gerda Holm." in taken.text
    assert "Lake Road 3" in phone.opens().text
    assert "Lake Road" not in Guests(stored["secret"]).opens().text  # another device knows nothing of it

    freed = phone.sends("release", why="")
    assert "When can you?" in freed.text
    with db.reading() as session:
        assert session.get_one(HelpSlot, stored["first"]).guest_id is None
        about = select(AuditEntry.says).where(AuditEntry.about_id == stored["request"])
        said = list(session.exec(about.order_by(col(AuditEntry.id))))
    assert said == ["took on some help as a guest", "could not keep what they had taken on as a guest"]


def test_what_is_refused_is_said_beside_its_field_and_what_was_typed_stays(stored: dict[str, str]) -> None:
    phone = Guests(stored["secret"])
    wrong = phone.sends("pin", pin="12")
    assert (wrong.status_code, 'id="wrong-pin-pin"' in wrong.text) == (422, True)
    phone.sends("pin", pin=stored["pin"])

    refused = phone.sends("take", slot_id=stored["first"], name="Gerda", contact="over the fence")
    assert refused.status_code == 422
    assert "Please write a phone number or an e-mail address." in refused.text
    assert 'value="over the fence"' in refused.text
    assert phone.sends("take", **GERDA).status_code == 422  # no time was chosen
    assert "Thank you, Gerda Holm. Your message has arrived." in phone.sends("write", words="Call me.", **GERDA).text
    assert phone.sends("take", slot_id=stored["first"], **GERDA).status_code == 409


def test_no_answer_is_stored_indexed_framed_or_followed_by_other_websites(stored: dict[str, str]) -> None:
    phone = Guests(stored["secret"])
    answers = [phone.opens(), phone.post("/guest/pin", data={"link": phone.link, "pin": stored["pin"]}), phone.opens()]

    for answer in answers:
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "same-origin"  # the forms say to us where they come from
        assert "noindex" in answer.headers["X-Robots-Tag"]
        policy = answer.headers["Content-Security-Policy"]
        assert ("script-src" in policy, "default-src 'none'" in policy, "form-action 'self'" in policy) == (
            *(False, True, True),
        )
    cookie = answers[1].headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Path=/"))
    elsewhere = phone.post("/guest/pin", data={"link": phone.link}, headers={"Origin": "https://evil.example"})
    assert elsewhere.status_code == 403


def test_every_link_that_leads_nowhere_is_answered_with_the_same_bytes(stored: dict[str, str]) -> None:
    with db.unit_of_work() as session:
        session.get_one(GuestLink, stored["link"]).revoked_at = now()
    tried = ["", "x", stored["secret"], stored["link"], f"{new_id()}.{'0' * 32}", "é" * 500]

    answers = [Guests(link).opens() for link in tried] + [Guests(link).sends("pin", pin="123456") for link in tried]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert Guests(stored["secret"]).sends("elsewhere").content == answers[0].content


def test_whoever_tries_pins_has_to_wait_and_a_right_one_costs_nothing(stored: dict[str, str]) -> None:
    phone = Guests(stored["secret"])
    for _ in range(7):
        assert phone.sends("pin", pin=stored["pin"]).status_code == 200
    wrong = [Guests(stored["secret"]).sends("pin", pin="x").status_code for _ in range(6)]
    assert wrong == [422] * 5 + [429]
    assert phone.sends("pin", pin=stored["pin"]).status_code == 429
    assert Guests(stored["secret"], "203.0.113.77").sends("pin", pin=stored["pin"]).status_code == 200

    with clock.freeze(START + timedelta(minutes=15)):
        assert phone.sends("pin", pin=stored["pin"]).status_code == 200


def test_a_link_whose_pin_was_wrong_twenty_times_is_locked_for_everyone_until_tomorrow(stored: dict[str, str]) -> None:
    for n in range(20):
        Guests(stored["secret"], f"203.0.113.{n}").sends("pin", pin="x")
    locked = Guests(stored["secret"], "198.51.100.1").sends("pin", pin=stored["pin"])
    assert (locked.status_code, "locked until tomorrow" in locked.text) == (429, True)

    with clock.freeze(START + timedelta(days=1)):
        assert Guests(stored["secret"]).sends("pin", pin=stored["pin"]).status_code == 200


def test_what_guests_do_is_no_way_for_programs(stored: dict[str, str]) -> None:
    for name in ("enter_pin", "take_as_guest", "release_as_guest", "write_as_guest"):
        assert Browser("maya").write(f"guests.{name}", {"link": stored["secret"]}, site=None).status_code == 404


def test_neither_secret_nor_pin_is_stored_or_logged(stored: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        phone = Guests(stored["secret"])
        phone.sends("pin", pin=stored["pin"])
    proof = stored["secret"].split(".")[1]

    logged = "".join(record.getMessage() for record in caplog.records if record.name != "httpx")
    assert proof not in logged
    assert stored["pin"] not in logged
    assert proof not in clean(f"GET /guest?link={stored['secret']} HTTP/1.1")
    with db.reading() as session:
        rows = str(session.execute(GuestLink.__table__.select()).all())  # type: ignore[attr-defined]
    assert proof not in rows
    assert stored["pin"] not in rows
