"""How soon a call for help leaves the house, and how many devices are asked a second, next to a plain loop."""

import asyncio
import base64
import os
import resource
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from pywebpush import webpush
from sqlalchemy import Engine, event, select
from sqlmodel import Session, col

from bench import push_served
from bench.family import TOKEN
from bench.push_endpoint import Endpoint, endpoint
from bench.server import serving
from bench.tables import Rows, Tables, medians
from careapp import background, db
from careapp.access import Role, token_hash
from careapp.ids import new_id
from careapp.models import Account, Channel, Device, Kind, Member, SignIn, Site
from careapp.notify.tell import Action, Telling, Words, tell
from careapp.secret import vapid_private_key
from careapp.settings import settings

CROWDS = {50: 50, 1000: 250}  # devices, and the people who have them
TELLINGS = 60
IDLE_SECONDS = 90
WORDS = Words("An SOS from Maya", "Open Careapp to answer.")
ANSWERS = (Action("on_my_way", "I am on my way"), Action("can_call", "I can call"), Action("cannot", "I cannot"))


def measure(data: Path, runs: int) -> Tables:
    with endpoint(data.parent) as service:
        os.environ["CAREAPP_PUSH_HOSTS"], os.environ["CAREAPP_CONTACT"] = service.url, "care@example.org"
        settings.cache_clear()
        crowds = {devices: _crowd(service, people, devices) for devices, people in CROWDS.items()}
        told = [_asked(service, crowds[devices], devices, runs) for devices in CROWDS]
        first = _first(service, crowds[min(crowds)])
        idle = _idle()
        db.dispose()
        with serving(data) as server:
            served = asyncio.run(push_served.measure(server, service, _name(50), _people(50)))
    return [
        ("From the commit until all devices are asked, against a plain loop over pywebpush; seconds", told),
        (
            f"From the commit to the first push request, {TELLINGS} times while nothing else happens; milliseconds",
            first,
        ),
        (f"The whole background of an idle house, over {IDLE_SECONDS} s; a minute", [idle]),
        ("From the phone's request to the first push request, through the server; milliseconds", served),
    ]


def _asked(service: Endpoint, site_id: str, devices: int, runs: int) -> dict[str, Any]:
    ours = medians(_once(service, site_id, devices) for _ in range(runs))
    loop = statistics.median(_plain_loop(service, site_id, devices) for _ in range(runs))
    row = {"devices": devices, **ours, "a second": devices / (ours["all"] or 1), "plain loop": loop}
    return {**row, "times as fast": loop / (ours["all"] or 1)}


def _once(service: Endpoint, site_id: str, devices: int) -> dict[str, float | None]:
    """Each time with fresh connections, as after hours of silence."""
    with background.working():
        time.sleep(0.5)
        service.times()
        began = time.monotonic()
        _tell(site_id)
        stored = time.monotonic()
        arrived = service.await_messages(devices)
        _settled()
    return {"telling": stored - began, "first": arrived[0] - stored, "all": arrived[-1] - stored}


def _plain_loop(service: Endpoint, site_id: str, devices: int) -> float:
    """As the README of pywebpush does it, with the key read once."""
    with db.reading() as session:
        subscriptions = [
            {"endpoint": device.endpoint, "keys": {"p256dh": device.p256dh, "auth": device.auth}}
            for device in _devices(session, site_id)
        ]
    key, claims = Vapid02(vapid_private_key()), {"sub": "mailto:care@example.org"}
    began = time.monotonic()
    for subscription in subscriptions:
        webpush(subscription, "x" * 700, vapid_private_key=key, vapid_claims=dict(claims), ttl=14400, timeout=10)
    return service.await_messages(devices)[-1] - began


def _first(service: Endpoint, site_id: str) -> Rows:
    took = []
    with db.reading() as session:
        member_ids = _members(session, site_id)[:1]
    with background.working():
        time.sleep(0.5)
        for _ in range(TELLINGS):
            service.times()
            with db.unit_of_work() as session:
                tell(session, site_id, member_ids, _telling())
            stored = time.monotonic()
            took.append((service.await_messages(1)[0] - stored) * 1000)
            time.sleep(0.1)
    took.sort()
    return [{"times": TELLINGS, "p50": took[len(took) // 2], "p99": took[int(len(took) * 0.99)], "most": took[-1]}]


def _idle() -> dict[str, float]:
    """All four threads, with what recurs."""
    with background.working():
        time.sleep(5)
        with _counted() as statements:
            before, began = _processor(), time.monotonic()
            threading.Event().wait(IDLE_SECONDS)
            took, minutes = _processor() - before, (time.monotonic() - began) / 60
    couriers = [name for name in statements if name.startswith(("courier", "letters", "ThreadPool"))]
    return {
        "statements": len(statements) / minutes,
        "of these by couriers": len(couriers) / minutes,
        "processor ms": 1000 * took / minutes,
    }


@contextmanager
def _counted() -> Iterator[list[str]]:
    """The thread that sent each statement."""
    seen: list[str] = []

    def note(*_: Any) -> None:
        seen.append(threading.current_thread().name)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _tell(site_id: str) -> None:
    with db.unit_of_work() as session:
        tell(session, site_id, _members(session, site_id), _telling())


def _telling() -> Telling:
    """Each of its own, so that nothing collapses."""
    path, tag = "/alert?site=rose", new_id()
    return Telling(Kind.SOS, WORDS, path, tag, ANSWERS, timedelta(hours=1), channels=(Channel.PUSH,))


def _settled() -> None:
    """What has arrived is written down a moment later; it must not count for the next."""
    time.sleep(0.5)


def _members(session: Session, site_id: str) -> list[str]:
    return list(session.scalars(select(col(Member.id)).where(col(Member.site_id) == site_id)))


def _devices(session: Session, site_id: str) -> list[Device]:
    mine = select(Device).join(Member, col(Member.account_id) == col(Device.account_id))
    return list(session.scalars(mine.where(col(Member.site_id) == site_id)))


def _crowd(service: Endpoint, people: int, devices: int) -> str:
    """A site whose people have so many devices between them."""
    with db.unit_of_work() as session:
        site = Site(address=_name(devices), name="Looking after Rose")
        session.add(site)
        session.flush()
        for name in _people(devices):
            _person(session, service, site, name, devices // people)
        return site.id


def _name(devices: int) -> str:
    return f"push-{devices}"


def _people(devices: int) -> list[str]:
    return [f"{_name(devices)}-{number}" for number in range(CROWDS[devices])]


def _person(session: Session, service: Endpoint, site: Site, name: str, devices: int) -> None:
    account = Account(email=f"{name}@example.org", name=name)
    sign_in = SignIn(token_hash=token_hash(TOKEN.format(name)), account_id=account.id, device="Phone")
    session.add(account)
    session.flush()
    session.add_all([sign_in, Member(site_id=site.id, account_id=account.id, role=Role.FAMILY, name=name)])
    session.flush()
    session.add_all(_device(service, account.id, sign_in.id) for _ in range(devices))


def _device(service: Endpoint, account_id: str, sign_in_id: str) -> Device:
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    keys = {"p256dh": _base64url(raw), "auth": _base64url(os.urandom(16))}
    return Device(account_id=account_id, sign_in_id=sign_in_id, endpoint=f"{service.url}/push/{new_id()}", **keys)


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
