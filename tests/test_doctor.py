"""What the doctor says of those who cannot be told anything."""

from datetime import timedelta
from pathlib import Path

import pytest

from careapp import doctor
from careapp.clock import now
from careapp.models import Delivery, Device
from careapp.settings import settings
from tests.cast import Cast
from tests.push_service import PushService
from tests.told import House


@pytest.fixture
def house(stored_site: Cast) -> House:
    return House(PushService("http://127.0.0.1:1"))


def set_to(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"CAREAPP_{name.upper()}", value)
    settings.cache_clear()


def found(look: str) -> dict[str, bool | None]:
    return {finding.about: finding.is_well for finding in getattr(doctor, look)()}


def test_devices_whose_service_refuses_us_want_attention(house: House) -> None:
    device_id = house.device("tom")
    assert found("_refused_devices") == {"push": True}

    house.change(Device, device_id, problem="the push service answered 403 BadJwtToken")

    (finding,) = doctor._refused_devices()
    assert finding.is_well is False
    assert "CAREAPP_CONTACT" in finding.words


def test_a_notice_that_nobody_sends_wants_attention(house: House) -> None:
    house.device("tom")
    (told,) = house.tell("tom")
    assert found("_stuck_deliveries") == {"courier": True}

    house.change(Delivery, told, run_at=now() - timedelta(minutes=6))
    assert found("_stuck_deliveries") == {"courier": None}, "nothing runs here that could send it"

    house.change(Delivery, told, state="leased", leased_until=now() - timedelta(minutes=6), run_at=now())
    assert found("_stuck_deliveries") == {"courier": None}


def test_an_address_that_apple_refuses_wants_attention_where_people_come_from_outside(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found("_push")["push contact"] is None
    set_to(monkeypatch, contact="care@localhost")
    assert found("_push")["push contact"] is False
    set_to(monkeypatch, contact="", url="https://care.example.org")
    assert found("_push")["push contact"] is True


def test_a_push_host_that_means_nothing_wants_attention(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "push hosts" not in found("_push")
    set_to(monkeypatch, push_hosts="127.0.0.1:80")
    assert found("_push")["push hosts"] is False


def test_a_service_for_text_messages_that_cannot_work_wants_attention(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found("_text_messages") == {"SMS": None}
    set_to(monkeypatch, sms_url="json://127.0.0.1/{phone}")
    assert found("_text_messages") == {"SMS": True}
    set_to(monkeypatch, sms_url="json://127.0.0.1/")
    assert found("_text_messages") == {"SMS": False}
