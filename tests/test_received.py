"""What a device says of itself: that a notice is on its screen."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import col, select

from careapp import db
from careapp.clock import now
from careapp.ids import new_id
from careapp.models import Account, Device, Kind, SignIn, Site
from careapp.notify.courier import carry
from tests.cast import Cast
from tests.client import Browser
from tests.push_service import PushService, push_service
from tests.told import House, use


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as service:
        yield service


@pytest.fixture
def house(service: PushService, stored_site: Cast, monkeypatch: pytest.MonkeyPatch) -> House:
    use(service, monkeypatch)
    monkeypatch.delenv("CAREAPP_URL")
    db.settings.cache_clear()
    return House(service)


def change_counter() -> int:
    with db.reading() as session:
        return session.exec(select(Site.change_counter).where(col(Site.address) == "rose")).one()


def test_what_was_pushed_holds_all_that_the_worker_needs_to_say_so(house: House) -> None:
    device_id = house.device("tom")
    (told,) = house.tell("tom")
    carry()
    before = change_counter()
    data = house.service.messages[0].notification["data"]
    worker = Browser()

    for _ in range(2):
        answer = worker.post("/api/received", json={"delivery": data["delivery"], "proof": data["proof"]})
        assert (answer.status_code, answer.content) == (204, b"")

    assert data["delivery"] == told
    assert house.delivery(told).reached_at is not None
    assert house.get(Device, device_id).reached_at is not None
    assert change_counter() == before + 1


@pytest.mark.parametrize(
    ("who", "idle_days", "is_kept_alive"), [("tom", 89, True), ("tom", 91, False), ("ida", 89, False), ("", 89, False)]
)
def test_it_keeps_only_the_session_alive_that_it_came_with(
    house: House, who: str, idle_days: int, is_kept_alive: bool
) -> None:
    house.device("tom")
    house.tell("tom")
    carry()
    data = house.service.messages[0].notification["data"]
    before = now() - timedelta(days=idle_days)
    with db.unit_of_work() as session:
        tom = session.exec(select(Account).where(col(Account.email) == "tom@example.org")).one()
        session.exec(select(SignIn).where(col(SignIn.account_id) == tom.id)).one().seen_at = before

    answer = Browser(who).post("/api/received", json={"delivery": data["delivery"], "proof": data["proof"]})

    assert answer.status_code == 204
    with db.reading() as session:
        seen_at = session.exec(select(SignIn.seen_at).where(col(SignIn.account_id) == tom.id)).one()
    assert (seen_at > before) == is_kept_alive


def test_other_notices_stir_no_page(house: House) -> None:
    house.device("tom")
    house.tell("tom", kind=Kind.UPDATES)
    carry()
    before = change_counter()
    data = house.service.messages[0].notification["data"]
    Browser().post("/api/received", json={"delivery": data["delivery"], "proof": data["proof"]})

    assert change_counter() == before


@pytest.mark.parametrize("proof", ["", "x" * 32, "é", "0" * 32])
def test_nobody_else_can_say_so(house: House, proof: str) -> None:
    house.device("tom")
    (told,) = house.tell("tom")
    carry()

    wrong = Browser("ida").post("/api/received", json={"delivery": told, "proof": proof})
    missing = Browser("ida").post("/api/received", json={"delivery": new_id(), "proof": proof})

    assert wrong.status_code == missing.status_code == 404
    assert wrong.content == missing.content
    assert house.delivery(told).reached_at is None


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"nonsense", b"null", b'{"delivery": 1}', b"[" * 999, b" " * 2000 + b"{}"]
)
def test_nonsense_is_refused(house: House, body: bytes) -> None:
    assert Browser().post("/api/received", content=body).status_code == 422


def test_other_websites_cannot_say_so(house: House) -> None:
    answer = Browser().post("/api/received", json={}, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403


def test_it_has_no_other_door(house: House) -> None:
    house.device("tom")
    (told,) = house.tell("tom")
    assert Browser("tom").write("notify.mark_received", {"delivery": told, "proof": "x"}).status_code == 404
