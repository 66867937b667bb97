"""The courier: to every device at least once, nothing to who lost the right, and never silently stuck."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from careapp import db
from careapp.adapters.webpush import Answer, Fate
from careapp.clock import now
from careapp.models import (
    Account,
    Alert,
    Channel,
    Delivery,
    Device,
    Kind,
    Member,
    MemberGrant,
    Notice,
    NoticeSettings,
    SignIn,
    Site,
)
from careapp.notify import bell, courier
from careapp.notify.courier import EMAIL, PUSH, SMS, Round, carry, turn
from careapp.notify.parcels import LEASE, MOST_ATTEMPTS, Parcel
from careapp.notify.sending import Outcome, outcome
from careapp.notify.words import Words
from careapp.settings import settings
from tests.cast import Cast
from tests.mailbox import mail_server
from tests.push_service import PushService, push_service
from tests.statements import counted_statements
from tests.told import House, at, later, use

pytestmark = pytest.mark.both_databases


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as service:
        yield service


@pytest.fixture
def house(service: PushService, stored_site: Cast, monkeypatch: pytest.MonkeyPatch) -> House:
    use(service, monkeypatch)
    return House(service)


def claim(room: int = 100, of: Round = PUSH) -> list[Parcel]:
    return turn(of, [], room)


def sent(parcel: Parcel) -> Outcome:
    return outcome(parcel, Answer(Fate.ACCEPTED))


def test_every_device_gets_it_once(house: House) -> None:
    house.device("tom"), house.device("tom", "tom-laptop"), house.device("ida")
    told = house.tell("tom") + house.tell("ida")

    assert carry() == 3
    assert carry() == 0

    assert sorted(message.device for message in house.service.messages) == ["ida-phone", "tom-laptop", "tom-phone"]
    assert house.service.refused == []
    assert {house.delivery(each).state for each in told} == {"sent"}
    assert house.get(Device, house.devices["ida-phone"]).sent_at is not None


def test_sent_is_not_reached(house: House) -> None:
    house.device("tom")
    (told,) = house.tell("tom")
    carry()

    delivery = house.delivery(told)
    assert (delivery.sent_at is not None, delivery.reached_at) == (True, None)
    assert house.get(Device, house.devices["tom-phone"]).reached_at is None


def test_two_couriers_never_carry_the_same(house: House) -> None:
    for name in ("tom", "ida", "maya", "cole"):
        house.device(name)
        house.tell(name)
    found: list[list[str]] = [[], []]
    both = threading.Barrier(2)

    def work(mine: list[str]) -> None:
        both.wait()
        while parcels := claim(room=1):
            mine.extend(parcel.id for parcel in parcels)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    everything = found[0] + found[1]
    assert len(everything) == len(set(everything)) == 4


def test_killed_after_sending_and_before_settling_it_is_sent_again_and_takes_the_same_place(house: House) -> None:
    house.device("tom")
    with at(minutes=0):
        (told,) = house.tell("tom")
        assert len(claim()) == 1
        house.service.asked.append("sent, and then the process was killed")
        assert claim() == []
    with at(seconds=LEASE.total_seconds() - 1):
        assert claim() == []
    with at(seconds=LEASE.total_seconds()):
        assert carry() == 1
    assert house.delivery(told).state == "sent"
    assert house.delivery(told).attempts == 2


def test_what_is_sent_twice_has_the_same_topic_and_tag_and_delivery(house: House) -> None:
    house.device("tom")
    with at(minutes=0):
        (told,) = house.tell("tom")
        carry()
    house.change(Delivery, told, state="leased", leased_until=later(seconds=60))
    with at(minutes=2):
        carry()
    first, second = house.service.messages
    assert first.headers["topic"] == second.headers["topic"]
    assert first.notification["tag"] == second.notification["tag"] == "alert-1"
    assert first.notification["data"] == second.notification["data"]


def test_who_was_too_slow_cannot_settle(house: House) -> None:
    house.device("tom")
    with at(minutes=0):
        (told,) = house.tell("tom")
        (slow,) = claim()
    with at(minutes=2):
        (quick,) = claim()
        turn(PUSH, [outcome(slow, Answer(Fate.WRONG, "too slow"))], 0)
        assert house.delivery(told).state == "leased"
        turn(PUSH, [sent(quick)], 0)
        turn(PUSH, [outcome(slow, Answer(Fate.WRONG, "too slow"))], 0)
    assert (house.delivery(told).state, house.delivery(told).problem) == ("sent", "")


def test_a_process_that_alone_owns_the_file_takes_up_at_once_what_was_left(house: House, kind_of_database: str) -> None:
    house.device("tom")
    house.tell("tom")
    claim()

    courier.begin()

    assert len(claim()) == (1 if kind_of_database == "sqlite" else 0)


def test_the_urgent_goes_first_and_has_places_of_its_own(house: House) -> None:
    house.device("tom"), house.device("ida")
    few = Round((Channel.PUSH,), at_once=4, kept_for_urgent=2)
    with at(minutes=0):
        for number in range(6):
            house.tell("tom", kind=Kind.UPDATES, tag=f"update-{number}")
        held = turn(few, [], few.at_once)
        assert len(held) == 2
        (urgent,) = house.tell("ida")
        assert [parcel.id for parcel in turn(few, [], 2)] == [urgent]


def _leave(house: House) -> None:
    house.change(Member, house.member_id("tom"), left_at=now())


def _site_deleted(house: House) -> None:
    with db.unit_of_work() as session:
        session.scalars(select(Site).where(col(Site.address) == "rose")).one().deleted_at = now()


def _sign_out(house: House) -> None:
    device = house.get(Device, house.devices["tom-phone"])
    house.change(SignIn, device.sign_in_id, ended_at=now())


def _hand_on(house: House) -> None:
    """Someone else signed in on that phone."""
    with db.unit_of_work() as session:
        other = session.scalars(select(SignIn).join(Account).where(col(Account.email) == "ida@example.org")).one()
        device = session.get_one(Device, house.devices["tom-phone"])
        device.account_id, device.sign_in_id = other.account_id, other.id


def _take_away_device(house: House) -> None:
    with db.unit_of_work() as session:
        session.delete(session.get_one(Device, house.devices["tom-phone"]))


def _take_right(house: House) -> None:
    with db.unit_of_work() as session:
        tom = house.member(session, "tom")
        session.add(MemberGrant(member_id=tom.id, site_id=tom.site_id, section="sos", level=1))


def _end(house: House) -> None:
    with db.unit_of_work() as session:
        session.scalars(select(Alert)).one().ended_at = now()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_leave, "no longer a member"),
        (_site_deleted, "the site is gone"),
        (_sign_out, "signed out"),
        (_hand_on, "the device is gone"),
        (_take_away_device, "the device is gone"),
        (_take_right, "no longer allowed"),
        (_end, "the alert has ended"),
    ],
)
def test_nobody_gets_it_who_lost_the_right_before_it_was_claimed(house: House, change: object, why: str) -> None:
    house.device("tom")
    with at(minutes=0):
        (told,) = house.tell("tom", alert_id=house.raise_alert("maya"))
    site_id = house.get(Notice, house.delivery(told).notice_id).site_id
    before = house.get(Site, site_id).change_counter
    with at(minutes=1):
        change(house)  # type: ignore[operator]
        assert carry() == 0

    assert house.get(Site, site_id).change_counter > before  # the board says so
    delivery = house.delivery(told)
    assert (delivery.state, delivery.problem, delivery.ended_at) == ("dropped", why, later(minutes=1))
    assert house.service.asked == []


def test_what_came_too_late_is_not_sent(house: House) -> None:
    house.device("tom")
    with at(minutes=0):
        (told,) = house.tell("tom", expires_at=later(minutes=5))
    with at(minutes=5):
        assert carry() == 0
    assert (house.delivery(told).state, house.delivery(told).problem) == ("dropped", "came too late")


def test_the_all_clear_is_sent_after_the_end(house: House) -> None:
    house.device("tom")
    with at(minutes=0):
        alert = house.raise_alert("maya")
    with at(minutes=1):
        house.change(Alert, alert, ended_at=now())
        house.tell("tom", alert_id=alert)
        assert carry() == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_its_service_knows_no_more_is_forgotten(house: House, status: int) -> None:
    house.device("tom"), house.device("tom", "tom-laptop")
    house.service.answers("tom-phone", status)
    gone, fine = house.tell("tom")
    later_one = house.tell("tom", tag="another", run_at=now() + timedelta(hours=1))

    carry()

    assert house.get(Device, house.devices["tom-phone"]) is None
    assert {house.delivery(each).state for each in (gone, fine)} == {"failed", "sent"}
    assert sorted(house.delivery(each).state for each in later_one) == ["dropped", "waiting"]


def test_a_device_that_moved_while_its_old_address_was_asked_gets_it_at_the_new_one(house: House) -> None:
    house.device("tom")
    (told,) = house.tell("tom")
    (parcel,) = claim()
    fresh = house.service.subscribe("tom-new")
    house.change(Device, house.devices["tom-phone"], **fresh)

    turn(PUSH, [outcome(parcel, Answer(Fate.GONE, "the push service answered 410"))], 0)

    assert house.get(Device, house.devices["tom-phone"]) is not None
    assert carry() == 1
    assert house.service.to("tom-new") != []
    assert house.delivery(told).state == "sent"


@pytest.mark.parametrize("status", [401, 403])
def test_a_service_that_refuses_us_costs_nobody_a_device(house: House, status: int) -> None:
    house.device("tom")
    house.service.answers("tom-phone", status, body=b"BadJwtToken\x00")
    (told,) = house.tell("tom")
    carry()

    device = house.get(Device, house.devices["tom-phone"])
    assert device.problem == f"the push service answered {status} BadJwtToken"
    assert house.delivery(told).state == "failed"


def test_what_is_too_large_is_shortened_once(house: House) -> None:
    house.device("tom")
    house.service.answers("tom-phone", 413, times=1)
    (told,) = house.tell("tom")
    carry()

    (message,) = house.service.messages
    assert message.notification["title"] == "Rose needs help"
    assert message.notification["actions"] == []
    assert house.delivery(told).state == "sent"

    house.service.answers("tom-phone", 413)
    (told,) = house.tell("tom", tag="again")
    before = len(house.service.asked)
    carry()
    assert len(house.service.asked) == before + 2
    assert house.delivery(told).state == "failed"


def test_a_busy_service_is_asked_again_when_it_said(house: House) -> None:
    house.device("tom")
    house.service.answers("tom-phone", 429, times=1, headers={"Retry-After": "120"})
    with at(minutes=0):
        (told,) = house.tell("tom")
        carry()
        assert later(seconds=120) <= house.delivery(told).run_at <= later(seconds=145)
    with at(seconds=119):
        assert carry() == 0
    with at(seconds=145):
        assert carry() == 1
    assert house.delivery(told).state == "sent"


def test_a_call_for_help_is_tried_again_soon_and_more_and_more_rarely(house: House) -> None:
    house.device("tom")
    house.service.answers("tom-phone", 503)
    seconds, pauses = 0.0, []
    with at(minutes=0):
        (told,) = house.tell("tom")
    for _ in range(6):
        with at(seconds=seconds):
            assert carry() == 1
            pauses.append((house.delivery(told).run_at - now()).total_seconds())
        seconds += pauses[-1]
    for pause, usual in zip(pauses, (5, 15, 30, 60, 60, 60), strict=True):
        assert usual * 0.8 <= pause <= usual * 1.2
    house.service.works("tom-phone")
    with at(seconds=seconds):
        assert carry() == 1
    assert house.delivery(told).state == "sent"
    assert house.get(Device, house.devices["tom-phone"]).problem == ""


def test_an_all_clear_survives_an_outage_of_an_hour(house: House) -> None:
    house.device("tom")
    house.service.answers("tom-phone", 503)
    seconds = 0.0
    with at(minutes=0):
        (told,) = house.tell("tom", expires_at=later(hours=4))
    while seconds < 3600:
        with at(seconds=seconds):
            assert carry() == 1
            seconds += (house.delivery(told).run_at - now()).total_seconds()
    house.service.works("tom-phone")
    with at(seconds=seconds):
        assert carry() == 1
    assert house.delivery(told).state == "sent"
    assert seconds < 3600 + 1.2 * 300


@pytest.mark.parametrize(("hours", "longest"), [(4, 300), (48, 7200)])
def test_what_calls_for_help_has_attempts_left_as_long_as_it_is_of_use(
    house: House, hours: int, longest: float
) -> None:
    house.device("tom")
    with at(minutes=0):
        house.tell("tom", expires_at=later(hours=hours))
        (parcel,) = claim()
    seconds = 0.0
    while True:
        with at(seconds=seconds):
            became = outcome(parcel, Answer(Fate.LATER, "away"))
        if became.run_at is None:
            break
        seconds = (became.run_at - later()).total_seconds()
        parcel = replace(parcel, attempts=parcel.attempts + 1)
    assert seconds > timedelta(hours=hours).total_seconds() - 1.2 * longest
    assert parcel.attempts <= MOST_ATTEMPTS


def test_who_cannot_be_reached_in_time_ends_as_failed(house: House) -> None:
    house.device("tom")
    house.service.answers("tom-phone", 500)
    with at(minutes=0):
        (told,) = house.tell("tom", kind=Kind.UPDATES, expires_at=later(seconds=20))
        carry()
    assert (house.delivery(told).state, house.delivery(told).problem) == ("failed", "the push service answered 500")


def test_who_dies_of_a_delivery_again_and_again_does_not_get_it_for_ever(house: House) -> None:
    house.device("tom")
    with at(minutes=0):
        (told,) = house.tell("tom")
    for number in range(MOST_ATTEMPTS):
        with at(minutes=2 * number):
            assert len(claim()) == 1
    with at(minutes=2 * MOST_ATTEMPTS):
        assert claim() == []
    assert house.delivery(told).state == "failed"


def test_a_cut_connection_is_tried_again_at_once_and_then_later(house: House) -> None:
    house.device("tom")
    house.service.answers("tom-phone", 0, times=1)
    (told,) = house.tell("tom")
    carry()
    assert house.delivery(told).state == "sent"

    house.service.answers("tom-phone", 0)
    (told,) = house.tell("tom", tag="again")
    carry()
    assert house.delivery(told).state == "waiting"
    assert "not reached" in house.delivery(told).problem


def test_a_service_that_hangs_has_room_for_a_call_for_help(house: House) -> None:
    gate, stopped = threading.Event(), threading.Event()
    house.device("tom"), house.device("ida")
    house.service.answers("tom-phone", 201, gate=gate)
    held = [house.tell("tom", kind=Kind.UPDATES, tag=f"update-{number}")[0] for number in range(64)]
    thread = threading.Thread(target=courier.run_until, args=(stopped, PUSH))
    thread.start()
    try:
        wait_for(lambda: len(house.service.asked) >= 64)
        wait_for(lambda: all(house.delivery(each).state == "leased" for each in held))
        wait_for(lambda: len(house.service.asked) >= 32)
        (urgent,) = house.tell("ida")
        bell.ring()
        wait_for(lambda: house.delivery(urgent).state == "sent", seconds=3)
    finally:
        gate.set()
        stopped.set()
        bell.ring()
        thread.join(30)


def test_one_slow_device_holds_up_no_other(house: House) -> None:
    gate = threading.Event()
    house.device("tom"), house.device("ida")
    house.service.answers("tom-phone", 201, gate=gate)
    stopped = threading.Event()
    thread = threading.Thread(target=courier.run_until, args=(stopped, PUSH))
    thread.start()
    try:
        (slow,) = house.tell("tom")
        bell.ring()
        wait_for(lambda: house.service.asked == ["/push/tom-phone"])
        (quick,) = house.tell("ida")
        bell.ring()
        wait_for(lambda: house.delivery(quick).state == "sent")
        assert house.delivery(slow).state == "leased"
        gate.set()
        wait_for(lambda: house.delivery(slow).state == "sent")
    finally:
        gate.set()
        stopped.set()
        bell.ring()
        thread.join(20)
    assert not thread.is_alive()


def test_what_is_told_by_a_commit_is_on_its_way_at_once_and_the_idle_courier_sleeps(house: House) -> None:
    house.device("tom")
    stopped = threading.Event()
    with counted_statements() as statements:
        thread = threading.Thread(target=courier.run_until, args=(stopped, PUSH))
        thread.start()
        wait_for(lambda: len(statements) == 2)
        time.sleep(0.5)
        assert len(statements) == 2
    try:
        house.tell("tom")
        bell.ring()
        wait_for(lambda: house.service.messages != [], seconds=3)
    finally:
        stopped.set()
        bell.ring()
        thread.join(20)
    assert not thread.is_alive()


def test_whatever_goes_wrong_the_courier_goes_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """First it cannot begin, then it cannot look into the database, then what it sent cannot be settled."""
    house.device("tom")
    broken = {"begin": 1, "turn": 1, "settle": 1}

    def failing(name: str, really: object) -> object:
        def act(*args: object, **more: object) -> object:
            if broken[name] and (name != "settle" or args[1]):
                broken[name] -= 1
                raise RuntimeError(name)
            return really(*args, **more)  # type: ignore[operator]

        return act

    monkeypatch.setattr(courier, "RETRY_SECONDS", 0.05)
    monkeypatch.setattr(courier, "Sender", failing("begin", courier.Sender))
    monkeypatch.setattr(courier, "turn", failing("turn", courier.turn))
    monkeypatch.setattr(courier, "settle", failing("settle", courier.settle))
    (told,) = house.tell("tom")
    stopped = threading.Event()
    thread = threading.Thread(target=courier.run_until, args=(stopped, PUSH))
    thread.start()
    try:
        wait_for(lambda: house.delivery(told).state == "sent")
    finally:
        stopped.set()
        bell.ring()
        thread.join(20)
    assert broken == {"begin": 0, "turn": 0, "settle": 0}
    assert len(house.service.messages) == 1


def test_what_falls_due_later_wakes_the_courier_by_itself(house: House) -> None:
    house.device("tom")
    house.tell("tom", run_at=now() + timedelta(seconds=1))
    stopped = threading.Event()
    thread = threading.Thread(target=courier.run_until, args=(stopped, PUSH))
    thread.start()
    try:
        wait_for(lambda: house.service.messages != [])
    finally:
        stopped.set()
        bell.ring()
        thread.join(20)


def test_the_board_of_an_sos_looks_again_when_something_was_sent(house: House) -> None:
    house.device("tom")
    house.tell("tom", alert_id=house.raise_alert("maya"))
    before = change_counter()
    carry()
    assert change_counter() == before + 1

    house.tell("tom", kind=Kind.UPDATES, tag="update")
    carry()
    assert change_counter() == before + 1


def test_the_right_words_are_pushed_in_the_readers_language(house: House) -> None:
    house.device("tom")
    house.tell("tom", alert_id="")
    carry()
    (message,) = house.service.messages
    said = message.json
    notification = said["notification"]
    assert said["web_push"] == 8030
    assert (notification["title"], notification["body"]) == ("Rose needs help", "Open Careapp")
    assert notification["navigate"] == "https://care.example.org/alert?site=rose&alert=1"
    assert [action["action"] for action in notification["actions"]] == ["on_my_way", "can_call", "cannot"]
    assert notification["actions"][0]["navigate"].endswith("/alert?site=rose&alert=1&answer=on_my_way")
    assert notification["data"]["site"] == "rose"
    assert said["app_badge"] == int(notification["app_badge"]) >= 0
    assert message.headers["urgency"] == "high"
    assert int(message.headers["ttl"]) == 4 * 3600
    assert len(message.headers["topic"]) == 32


def test_that_an_sos_is_over_waits_at_the_service_for_a_phone_that_was_off_for_a_day(house: House) -> None:
    house.device("tom")
    house.tell("tom", actions=())
    carry()
    (message,) = house.service.messages
    assert int(message.headers["ttl"]) > 23 * 3600


def test_a_reader_who_allows_it_is_told_more_on_the_lock_screen(house: House) -> None:
    house.device("tom")
    with db.unit_of_work() as session:
        session.add(NoticeSettings(account_id=house.member(session, "tom").account_id, says_more=True))
    house.tell("tom")
    carry()
    (message,) = house.service.messages
    assert (message.notification["title"], message.notification["body"]) == ("Rose has fallen", "Tom: by the stairs")


@pytest.mark.parametrize(("length", "actions"), [(40, 3), (400, 0)])
def test_what_is_pushed_is_never_larger_than_three_kilobytes(house: House, length: int, actions: int) -> None:
    house.device("tom")
    house.tell("tom", words=Words("🧡" * 300, "🧡" * 900), path="/alert?site=rose&about=" + "x" * length)
    carry()
    (message,) = house.service.messages
    assert len(message.text.encode()) <= 3000
    assert message.notification["title"].startswith("🧡")
    assert len(message.notification["actions"]) == actions


def test_letters_have_a_round_of_their_own(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.device("tom")
    with mail_server() as box:
        monkeypatch.setattr(settings(), "smtp_url", box.url)
        (told,) = house.tell("tom", channels=(Channel.EMAIL,))
        assert (carry(PUSH), carry(SMS), carry(EMAIL)) == (0, 0, 1)

    assert house.delivery(told).state == "sent"
    ((to, letter),) = box.taken
    assert to == ["tom@example.org"]
    assert letter["Message-ID"] == f"<{told}@care.example.org>"


@pytest.mark.parametrize(
    ("way", "why"), [(EMAIL, "no mail server is set up"), (SMS, "no service for text messages is set up")]
)
def test_what_was_promised_by_a_way_that_is_gone_is_not_called_sent(house: House, way: Round, why: str) -> None:
    (told,) = house.tell("tom", channels=way.channels)
    assert carry(way) == 1
    assert (house.delivery(told).state, house.delivery(told).problem) == ("failed", why)


def test_claiming_many_takes_as_many_statements_as_claiming_one(house: House) -> None:
    for name in ("tom", "ida", "maya", "cole"):
        house.device(name)
    house.tell("tom")
    with counted_statements() as one:
        first = claim()
    for name in ("ida", "maya", "cole"):
        house.tell(name)
    with counted_statements() as many:
        turn(PUSH, [sent(parcel) for parcel in first], 0)
        assert len(claim()) == 3
    assert len(many) <= len(one) + 2


def change_counter() -> int:
    with db.reading() as session:
        return session.scalars(select(col(Site.change_counter)).where(col(Site.address) == "rose")).one()


def wait_for(condition: object, seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.01)


def test_no_notice_is_left_behind(house: House) -> None:
    """Every delivery has an end or a next attempt, whatever the service says."""
    house.device("tom")
    for number, status in enumerate((200, 204, 301, 302, 400, 402, 404, 413, 429, 500, 503, 0)):
        house.service.answers("tom-phone", status)
        if not house.get(Device, house.devices["tom-phone"]):
            house.device("tom")
        house.tell("tom", tag=f"tag-{number}")
        carry()
        house.service.works("tom-phone")
    with db.reading() as session:
        stuck = select(func.count()).select_from(Delivery).where(col(Delivery.state) == "leased")
        assert session.execute(stuck).scalar_one() == 0
        assert session.execute(select(func.count()).select_from(Notice)).scalar_one() == 12
