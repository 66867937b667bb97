"""What the operator is shown of calls for help, and that nobody else is."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlmodel import select

from careapp import clock, db, doctor
from careapp.clock import now
from careapp.models import Alert, Delivery
from careapp.operator_link import operator_link
from careapp.sos import audit
from tests.cast import Cast
from tests.client import Browser
from tests.sos_night import Night


@pytest.fixture
def night(stored_site: Cast) -> Night:
    night = Night(stored_site, begins=now())
    night.device("tom")
    return night


def link(**later: float) -> str:
    """The way to the page, from a link that was made so long ago."""
    with clock.freeze(now() - timedelta(**later)):
        made = urlsplit(operator_link())
    return f"{made.path}?{made.query}"


def test_whoever_holds_the_link_sees_what_is_open_and_no_name(night: Night) -> None:
    raised = night.call(words="She fell down the stairs")
    night.work()

    with Browser() as browser:
        answer = browser.get(link())

    assert answer.status_code == 200
    assert raised in answer.text
    for private in ("Maya", "Tom", "Rose", "stairs", "example.org", "Looking after", "rose"):
        assert private not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("who", ["", "maya", "sam"])
@pytest.mark.parametrize("token", ["", "x", "1.x", "9999999999.x", "9999999999." + "0" * 32, "é.é", "99999999999999.0"])
def test_without_it_there_is_no_such_page(night: Night, who: str, token: str) -> None:
    with Browser(who) as browser:
        answer = browser.get("/admin/health", params={"token": token})
        missing = browser.get("/api/no-such-thing")

    assert (answer.status_code, answer.json()["code"]) == (404, missing.json()["code"])


def test_the_link_holds_for_a_day(night: Night) -> None:
    with Browser() as browser:
        assert browser.get(link(hours=23)).status_code == 200
        assert browser.get(link(hours=25)).status_code == 404


def test_what_stands_still_is_said_and_asks_for_attention(night: Night) -> None:
    raised = night.call()
    night.work()
    night.change(Alert, raised, next_step_at=now() - timedelta(minutes=10))
    with db.unit_of_work() as session:
        for sent in session.scalars(select(Delivery)):
            sent.state, sent.problem, sent.ended_at = "failed", "the push service answered 413", now()

    with Browser() as browser:
        before = browser.get(link())
        audit.mend()
        after = browser.get(link())

    assert (before.status_code, after.status_code) == (503, 200)
    assert "the push service answered 413" in after.text
    assert "its next step was 600 s late" in after.text


def test_the_doctor_prints_it(night: Night) -> None:
    link()
    (finding,) = doctor._health_page()

    assert "/admin/health?token=" in finding.words
