"""Web push: spoken as the standards say, only to push services, and never to this network."""

import asyncio
import base64
import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from careapp import clock
from careapp.adapters import push_hosts, webpush
from careapp.adapters.push_hosts import is_known, is_public, strange
from careapp.adapters.vapid import Signature, contact, contact_problem
from careapp.adapters.webpush import Answer, Fate, Push, Sender, answer_for, seconds_until
from careapp.secret import vapid_public_key
from careapp.settings import settings
from tests.cast import START
from tests.push_service import PushService, push_service
from tests.told import use


@pytest.fixture
def service(data: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with push_service() as service:
        use(service, monkeypatch)
        yield service


Set = Callable[..., None]


@pytest.fixture
def set_to(nowhere: Any, monkeypatch: pytest.MonkeyPatch) -> Set:
    def change(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(f"CAREAPP_{name.upper()}", value)
        settings.cache_clear()

    return change


def message(service: PushService, device: str = "phone", **more: Any) -> Push:
    told = service.subscribe(device)
    return Push(**told, **{"payload": b"hello", "ttl": 60, "topic": "a" * 32, **more})


def send(*pushes: Push) -> list[Answer]:
    async def all_of_them() -> list[Answer]:
        async with Sender() as sender:
            return await asyncio.gather(*(sender.send(push) for push in pushes))

    return asyncio.run(all_of_them())


def test_what_is_sent_can_be_read_by_the_device_alone(service: PushService) -> None:
    push = message(service, payload="Rose ❤️ שלום".encode(), is_urgent=True, ttl=14400)

    assert send(push) == [Answer(Fate.ACCEPTED)]

    (arrived,) = service.messages
    assert arrived.text == "Rose ❤️ שלום"
    assert (arrived.headers["ttl"], arrived.headers["urgency"]) == ("14400", "high")
    assert arrived.headers["topic"] == "a" * 32
    assert arrived.headers["content-encoding"] == "aes128gcm"
    assert service.refused == []


def test_it_is_signed_for_this_service_for_half_a_day_with_an_address(service: PushService) -> None:
    with clock.freeze(START):
        send(message(service))

    (arrived,) = service.messages
    assert arrived.claims == {
        "aud": service.url,
        "sub": "mailto:care@example.org",
        "exp": int((START + timedelta(hours=12)).timestamp()),
    }
    assert f"k={vapid_public_key()}" in arrived.headers["authorization"]


def test_a_signature_is_kept_while_it_holds_and_made_anew_before_it_ends(service: PushService) -> None:
    signature = Signature()
    with clock.freeze(START):
        first = signature.header("https://fcm.googleapis.com/a")
        other = signature.header("https://updates.push.services.mozilla.com/a")
    with clock.freeze(START + timedelta(hours=10)):
        assert signature.header("https://fcm.googleapis.com/b") == first != other
    with clock.freeze(START + timedelta(hours=11, minutes=1)):
        renewed = signature.header("https://fcm.googleapis.com/b")
    with clock.freeze(START - timedelta(days=30)):
        set_back = signature.header("https://fcm.googleapis.com/b")
    expiries = [_claims(each["Authorization"])["exp"] for each in (first, renewed, set_back)]
    assert expiries[1] - expiries[0] == 11 * 3600 + 60
    assert expiries[2] < expiries[0]


def test_connections_are_kept(service: PushService) -> None:
    async def one_after_another() -> None:
        async with Sender() as sender:
            for number in range(5):
                await sender.send(message(service, f"phone-{number}"))

    asyncio.run(one_after_another())
    assert len(service.messages) == 5
    assert service.connections == 1


def test_many_go_at_once(service: PushService) -> None:
    gate = threading.Event()
    service.answers("*", 201, gate=gate)
    pushes = [message(service, f"phone-{number}") for number in range(20)]
    watcher = threading.Thread(target=lambda: (_wait_for(lambda: len(service.asked) == 20), gate.set()))
    watcher.start()
    assert send(*pushes) == [Answer(Fate.ACCEPTED)] * 20
    watcher.join()


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        (200, Fate.ACCEPTED),
        (201, Fate.ACCEPTED),
        (204, Fate.WRONG),
        (301, Fate.WRONG),
        (400, Fate.WRONG),
        (401, Fate.REFUSED),
        (403, Fate.REFUSED),
        (404, Fate.GONE),
        (410, Fate.GONE),
        (413, Fate.TOO_LARGE),
        (418, Fate.WRONG),
        (429, Fate.LATER),
        (500, Fate.LATER),
        (503, Fate.LATER),
        (599, Fate.LATER),
    ],
)
def test_every_answer_has_its_meaning(status: int, fate: Fate) -> None:
    assert answer_for(status).fate is fate
    assert (answer_for(status).problem == "") is (fate is Fate.ACCEPTED)


def test_retry_after_is_seconds_or_a_date(service: PushService) -> None:
    with clock.freeze(START):
        assert seconds_until("120") == 120
        assert seconds_until(format_datetime(START + timedelta(minutes=5), usegmt=True)) == 300
        assert seconds_until(format_datetime(START - timedelta(minutes=5), usegmt=True)) == 0
        for nonsense in ("", "soon", "-3", "1.5e", "²"):
            assert seconds_until(nonsense) == 0
        assert seconds_until("9" * 30) == webpush.LONGEST_PAUSE
    service.answers("phone", 429, headers={"Retry-After": "7"})
    assert send(message(service))[0].retry_after == 7


def test_a_redirect_is_not_followed(service: PushService) -> None:
    with push_service() as inside:
        for status in (301, 302, 303, 307, 308):
            service.answers("phone", status, headers={"Location": f"{inside.url}/push/phone"})
            assert send(message(service))[0].fate is Fate.WRONG
    assert inside.asked == []


def test_a_long_reply_is_not_read(service: PushService) -> None:
    service.answers("phone", 400, body=b"x" * 5_000_000)
    (answer,) = send(message(service))
    assert answer.fate is Fate.WRONG
    assert len(answer.problem) < 300


def test_what_a_service_says_cannot_hide_signs_in_the_record(service: PushService) -> None:
    service.answers("phone", 403, body=b"no\x00\x1b[31m\r\nway\xff")
    assert send(message(service))[0].problem == "the push service answered 403 no[31mway\ufffd"


def test_no_patience_for_a_service_that_says_nothing(service: PushService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpush, "READ_SECONDS", 0.2)
    service.answers("phone", 201, gate=threading.Event())
    (answer,) = send(message(service))
    assert answer.fate is Fate.LATER
    assert "Timeout" in answer.problem


def test_a_service_that_is_not_there_is_asked_later(service: PushService, monkeypatch: pytest.MonkeyPatch) -> None:
    with push_service() as gone:
        use(gone, monkeypatch)
        push = message(gone)
    assert send(push)[0].fate is Fate.LATER


def test_keys_that_are_none_end_there(service: PushService) -> None:
    push = message(service)
    broken = Push(push.endpoint, "A" * 87, push.auth, b"hello", 60, "a")
    assert send(broken)[0].fate is Fate.WRONG
    assert service.asked == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/x",
        "https://jmt17.google.com/fcm/send/x",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/x",
        "https://api.push.apple.com:443/x",
        "https://wns2-by3p.notify.windows.com/w/?token=x",
        "https://push.example.org/x",
        "https://a.push.example.net/x",
        "http://127.0.0.1:8190/x",
    ],
)
def test_these_are_push_services(set_to: Set, endpoint: str) -> None:
    set_to(push_hosts="push.example.org, *.push.example.net http://127.0.0.1:8190/")
    assert is_known(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com/x",
        "https://push.apple.com/x",
        "https://evilpush.apple.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://user@fcm.googleapis.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://localhost/x",
        "http://127.0.0.1:8191/x",
        "https://127.0.0.1:8190/x",
        "http://127.0.0.1:8190@evil.example/x",
        "http://push.example.org/x",
        "https://push.example.org:8443/x",
        "https://x.push.example.org/x",
        "https://fcm.googleapis.com\uff0eevil.example/x",
        "https://fcm.googleapis.com:99999/x",
        "file:///etc/passwd",
        "//fcm.googleapis.com/x",
        "fcm.googleapis.com",
        "",
    ],
)
def test_these_are_none(set_to: Set, endpoint: str) -> None:
    set_to(push_hosts="push.example.org, *.push.example.net http://127.0.0.1:8190/")
    assert not is_known(endpoint)
    assert send(Push(endpoint, "", "", b"x", 1, "a"))[0].fate is Fate.WRONG


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("64:ff9b::808:808", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:7f00:1::", False),
        ("ff02::1", False),
    ],
)
def test_only_the_open_internet_is_public(address: str, expected: bool) -> None:
    assert is_public(address) is expected


def test_a_known_name_that_leads_into_this_network_is_not_connected_to(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever answers for the name, the address is looked at on the way to it."""
    told = service.subscribe("phone")
    port = int(service.url.rpartition(":")[2])
    monkeypatch.setattr(push_hosts, "KNOWN", ("localhost",))
    monkeypatch.setattr(webpush.push_hosts, "is_known", lambda endpoint: True)
    endpoint = f"http://localhost:{port}/push/phone"

    (answer,) = send(Push(endpoint, told["p256dh"], told["auth"], b"x", 1, "a"))
    assert answer.fate is Fate.LATER
    assert service.asked == []

    monkeypatch.setenv("CAREAPP_PUSH_HOSTS", f"http://localhost:{port}")
    settings.cache_clear()
    send(Push(endpoint, told["p256dh"], told["auth"], b"x", 1, "a"))
    assert service.asked == ["/push/phone"]


def test_through_a_proxy_the_proxy_looks_the_name_up(service: PushService, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy on this machine may be spoken to, and gets the name as it is."""
    monkeypatch.setenv("HTTPS_PROXY", service.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    told = service.subscribe("phone")

    (answer,) = send(Push("https://fcm.googleapis.com/x", told["p256dh"], told["auth"], b"x", 1, "a"))

    assert answer.fate is Fate.LATER  # this proxy refuses
    assert service.connections > 0


@pytest.mark.parametrize("listed", ["ftp://x", "127.0.0.1:80", "https://", "a/b"])
def test_an_entry_that_means_nothing_is_noticed(listed: str) -> None:
    assert strange(f"push.example.org {listed}") == [listed.rstrip("/")]


@pytest.mark.parametrize(
    ("set_up", "said", "is_fine"),
    [
        ({"contact": "care@example.org"}, "mailto:care@example.org", True),
        ({"contact": "mailto:care@example.org"}, "mailto:care@example.org", True),
        ({"contact": "https://care.example.org/about"}, "https://care.example.org/about", True),
        ({"mail_from": "Careapp <care@example.org>"}, "mailto:care@example.org", True),
        ({"url": "https://care.example.org"}, "https://care.example.org", True),
        ({}, "mailto:careapp@localhost", False),
        ({"contact": "care@localhost"}, "mailto:care@localhost", False),
        ({"contact": "care@care.local"}, "mailto:care@care.local", False),
        ({"contact": "Care <care@example.org>"}, "mailto:Care <care@example.org>", False),
        ({"contact": "care"}, "mailto:care", False),
        ({"contact": "https://192.168.1.1"}, "https://192.168.1.1", False),
        ({"url": "http://192.168.1.20:8000"}, "mailto:careapp@192.168.1.20", False),
    ],
)
def test_the_contact_is_what_the_operator_set_and_is_looked_at(
    set_to: Set, set_up: dict[str, str], said: str, is_fine: bool
) -> None:
    set_to(**set_up)
    assert contact() == said
    assert (contact_problem() == "") is is_fine


def _claims(authorization: str) -> Any:
    part = authorization.partition("t=")[2].split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def _wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(2000):
        if condition():
            return
        threading.Event().wait(0.005)
