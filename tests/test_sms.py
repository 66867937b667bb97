"""Text messages: handed to the service that the operator set, and never to a number as somebody wrote it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from careapp.adapters import sms
from careapp.models import Channel
from careapp.notify.courier import SMS, carry
from careapp.settings import settings
from tests.cast import Cast
from tests.push_service import push_service
from tests.sms_service import Service, sms_service
from tests.told import House


@pytest.fixture
def service(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with sms_service() as service:
        monkeypatch.setenv("CAREAPP_SMS_URL", service.url)
        settings.cache_clear()
        yield service


def test_a_message_is_handed_over(service: Service) -> None:
    sms.deliver("+1 (212) 555-0100", "Rose needs help\nhttps://care.example.org/alert")

    ((path, said),) = service.taken
    assert path == "/+12125550100"
    assert said["message"] == "Rose needs help\nhttps://care.example.org/alert"


def test_no_number_can_change_where_it_is_sent(service: Service) -> None:
    sms.deliver("+1@evil.example/?to=x&#/../555", "Hello")

    assert [path for path, _ in service.taken] == ["/+1555"]


def test_what_no_service_takes_was_not_sent(service: Service) -> None:
    service.status = 500
    with pytest.raises(sms.NotSent):
        sms.deliver("+12125550100", "Hello")


def test_one_service_that_takes_it_is_enough(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREAPP_SMS_URL", f"json://127.0.0.1:1/{{phone}} {service.url}")
    settings.cache_clear()

    sms.deliver("+12125550100", "Hello")

    assert len(service.taken) == 1


@pytest.mark.parametrize(
    ("url", "is_fine"),
    [
        ("", True),
        ("json://127.0.0.1/{phone}", True),
        ("twilio://AC0123456789abcdef0123456789abcdef:0123456789abcdef0123456789abcdef@12125550100/{phone}", True),
        ("json://127.0.0.1/", False),
        ("nothing://{phone}", False),
        ("json://127.0.0.1/{phone} {phone}", False),
    ],
)
def test_what_cannot_be_used_is_said_without_its_secrets(
    data: Path, monkeypatch: pytest.MonkeyPatch, url: str, is_fine: bool
) -> None:
    monkeypatch.setenv("CAREAPP_SMS_URL", url)
    settings.cache_clear()

    assert (sms.problem() == "") is is_fine
    assert "127.0.0.1" not in sms.problem()


def test_a_call_for_help_goes_out_short_and_with_a_link(service: Service, stored_site: Cast) -> None:
    with push_service() as push:
        house = House(push)
        house.change_phone("tom", "+1 212 555 0100")
        (told,) = house.tell("tom", channels=(Channel.SMS,))
    assert carry(SMS) == 1

    ((path, said),) = service.taken
    assert path == "/+12125550100"
    assert said["message"] == "Rose needs help\nhttp://localhost:8000/alert?site=rose&alert=1"
    assert house.delivery(told).state == "sent"


def test_what_is_not_taken_is_tried_again(service: Service, stored_site: Cast) -> None:
    service.status = 503
    with push_service() as push:
        house = House(push)
        house.change_phone("tom", "+1 212 555 0100")
        (told,) = house.tell("tom", channels=(Channel.SMS,))
    carry(SMS)

    assert (house.delivery(told).state, house.delivery(told).problem) == ("waiting", "not sent: NotSent")
