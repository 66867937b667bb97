"""One's devices, and what one wants to be told: kept, shown, and given up."""

from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from sqlmodel import Session, col, select

from careapp import clock, db
from careapp.access import Actor
from careapp.accounts import sign_ins
from careapp.errors import Invalid, NotFound
from careapp.ids import new_id
from careapp.models import (
    Account,
    Channel,
    Delivery,
    DeliveryState,
    Device,
    Kind,
    Member,
    Notice,
    NoticeSettings,
    SignIn,
    Site,
)
from careapp.notify import devices
from careapp.notify.choices import (
    ChooseNotice,
    MuteSite,
    SetNoticeSettings,
    choose_notice,
    mute_site,
    set_notice_settings,
)
from careapp.notify.devices import ConfirmDevice, OneDevice, Replacement, Subscription, proof_of
from careapp.notify.queries import notices_page
from careapp.notify.receipts import MarkReceived, mark_received
from careapp.notify.tell import tell
from careapp.notify.views import NoticesView
from careapp.operation import Params
from careapp.secret import vapid_public_key
from tests.cast import START, Cast, add_site
from tests.client import Browser
from tests.notices import EMAIL, HELP, NEWS, PUSH, add_device, waiting
from tests.push_keys import POINT, SECRET, SUBSCRIPTION, subscription
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("mail_is_set_up")


def shown(session: Session, actor: Actor) -> NoticesView:
    return notices_page(session, actor, Params())


def register(session: Session, actor: Actor, of: str = "phone", **more: str) -> devices.Registered:
    return devices.register_device(session, actor, Subscription(**subscription(of, **more)))


# Devices


@pytest.mark.both_databases
def test_a_device_is_added_once_however_often_the_app_starts(session: Session, rose_site: Cast) -> None:
    first = register(session, rose_site.tom, name="Firefox, Linux")
    again = register(session, rose_site.tom)

    assert first == again
    (card,) = shown(session, rose_site.tom).devices
    assert (card.id, card.name, card.is_this, card.was_reached, card.is_confirmed) == (
        first.device_id,
        "Firefox, Linux",
        True,
        False,
        False,
    )


def test_people_see_their_own_devices_alone_and_the_one_in_their_hand_first(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    elsewhere = SignIn(token_hash="x", account_id=tom.account_id)
    session.add(elsewhere)
    session.flush()
    add_device(session, Actor(account_id=tom.account_id, sign_in_id=elsewhere.id), "tablet")
    add_device(session, tom, "phone")
    add_device(session, rose_site.ida, "hers")

    assert [(card.name, card.is_this) for card in shown(session, tom).devices] == [("phone", True), ("tablet", False)]


def test_a_browser_that_someone_else_used_starts_anew_with_who_is_signed_in_now(
    session: Session, rose_site: Cast
) -> None:
    toms = register(session, rose_site.tom)
    session.get_one(Device, toms.device_id).confirmed_at = START
    tell(session, rose_site.tom.site_id, [rose_site.tom.member_id], NEWS)

    idas = register(session, rose_site.ida)

    assert idas.device_id != toms.device_id and not idas.is_confirmed
    assert not shown(session, rose_site.tom).has_devices
    (delivery,) = waiting(session)
    session.refresh(delivery)
    assert (delivery.state, delivery.device_id) == (DeliveryState.DROPPED, None)


def test_knowing_the_address_of_a_device_is_not_enough_to_take_it(session: Session, rose_site: Cast) -> None:
    register(session, rose_site.tom)

    with pytest.raises(Invalid):
        register(session, rose_site.ida, auth=SECRET[::-1])
    assert shown(session, rose_site.tom).has_devices


def test_a_renewed_subscription_is_the_same_device_with_what_is_on_its_way(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    before = register(session, tom)
    session.get_one(Device, before.device_id).confirmed_at = START
    tell(session, tom.site_id, [tom.member_id], NEWS)

    old = subscription("phone")["endpoint"]
    renewed = Replacement(old_endpoint=old, **subscription("new"))
    for _ in range(2):
        assert devices.replace_device(session, tom, renewed) == devices.Registered(before.device_id, is_confirmed=True)

    assert session.get_one(Device, before.device_id).endpoint.endswith("/new")
    assert [delivery.device_id for delivery in waiting(session)] == [before.device_id]


def test_a_renewed_subscription_takes_over_nobody_elses_device(session: Session, rose_site: Cast) -> None:
    toms = register(session, rose_site.tom)
    old = subscription("phone")["endpoint"]

    idas = devices.replace_device(session, rose_site.ida, Replacement(old_endpoint=old, **subscription("new")))

    assert idas.device_id != toms.device_id
    assert session.get_one(Device, toms.device_id).endpoint == old


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "ftp://push.example.org/x"},
        {"endpoint": "/x"},
        {"endpoint": "https://push.example.org/" + "x" * 1000},
        {"p256dh": POINT[:-2]},
        {"p256dh": "not base64 at all"},
        {"auth": SECRET + "AA"},
        {"auth": ""},
        {"name": "x" * 121},
    ],
)
def test_what_no_browser_says_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Subscription(**{**SUBSCRIPTION, **wrong})


def test_nobody_keeps_more_than_twenty_devices_and_the_silent_ones_go(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    ids = []
    for n in range(20):
        with clock.freeze(START + timedelta(days=n)):
            ids.append(register(session, tom, f"device{n}").device_id)
    session.get_one(Device, ids[0]).reached_at = START + timedelta(days=50)

    with clock.freeze(START + timedelta(days=60)):
        newest = register(session, tom, "newest").device_id

    kept = {card.id for card in shown(session, tom).devices}
    assert kept == {*ids, newest} - {ids[1]}


def test_who_takes_a_device_away_is_sent_nothing_there_not_even_what_was_waiting(
    session: Session, rose_site: Cast
) -> None:
    tom = rose_site.tom
    device_id = register(session, tom).device_id
    tell(session, tom.site_id, [tom.member_id], NEWS)
    fence = waiting(session)[0].fence

    devices.remove_device(session, tom, OneDevice(device_id=device_id))

    (delivery,) = waiting(session)
    session.refresh(delivery)
    assert (delivery.state, delivery.fence) == (DeliveryState.DROPPED, fence + 1)
    assert tell(session, tom.site_id, [tom.member_id], NEWS) == []


def test_nobody_takes_away_or_tests_anothers_device(session: Session, rose_site: Cast) -> None:
    device_id = register(session, rose_site.tom).device_id

    for act in (devices.remove_device, devices.test_device):
        with pytest.raises(NotFound):
            act(session, rose_site.ida, OneDevice(device_id=device_id))


# Signing out


def test_signing_out_ends_what_is_sent_to_that_device_and_to_no_other(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        tom = session.exec(select(Account).where(Account.email == "tom@example.org")).one()
        other = SignIn(token_hash="other", account_id=tom.id)
        session.add(other)
        session.flush()
        add_device(session, Actor(account_id=tom.id, sign_in_id=other.id), "tablet")
    browser = Browser("tom")
    assert browser.write("notify.register_device", subscription("phone"), site=None).status_code == 200

    assert browser.submit("sign-out").status_code in (200, 303)

    with db.reading() as session:
        assert [device.name for device in session.exec(select(Device))] == ["tablet"]


def test_ending_another_sign_in_ends_its_device(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    add_device(session, tom)
    add_device(session, rose_site.ida)

    sign_ins.end(session, tom.account_id, but=tom.sign_in_id)
    assert shown(session, tom).has_devices

    sign_ins.end(session, tom.account_id)
    assert [device.account_id for device in session.exec(select(Device))] == [rose_site.ida.account_id]


# A test that must be answered


def test_a_device_counts_as_confirmed_only_when_its_test_is_answered(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    device_id = register(session, tom).device_id
    account = session.get_one(Account, tom.account_id)
    account.time_zone = "UTC"
    set_notice_settings(session, tom, SetNoticeSettings(quiet_from="00:00", quiet_until="23:59"))

    with clock.freeze(START):
        sent = devices.test_device(session, tom, OneDevice(device_id=device_id))
    delivery = session.get_one(Delivery, sent.delivery_id)
    notice = session.get_one(Notice, delivery.notice_id)
    assert (notice.kind, delivery.channel, delivery.is_urgent) == (Kind.TEST, PUSH, True)
    assert delivery.run_at <= clock.now()
    assert notice.path == f"/notifications?confirm={sent.delivery_id}&proof={proof_of(sent.delivery_id)}"

    mark_received(session, Actor(), MarkReceived(delivery=sent.delivery_id, proof=proof_of(sent.delivery_id)))
    (card,) = shown(session, tom).devices
    assert (card.was_reached, card.is_confirmed) == (True, False)

    answer = ConfirmDevice(delivery=sent.delivery_id, proof=proof_of(sent.delivery_id))
    for _ in range(2):
        devices.confirm_device(session, tom, answer)
    assert shown(session, tom).devices[0].is_confirmed
    assert register(session, tom).is_confirmed


def test_a_test_is_answered_by_whoever_was_sent_it_and_by_nothing_made_up(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    device_id = register(session, tom).device_id
    sent = devices.test_device(session, tom, OneDevice(device_id=device_id)).delivery_id
    tell(session, tom.site_id, [tom.member_id], NEWS)
    news = next(each.id for each in waiting(session) if each.id != sent)

    wrong = [
        (rose_site.ida, sent, proof_of(sent)),
        (tom, sent, proof_of(news)),
        (tom, sent, "é"),
        (tom, news, proof_of(news)),
        (tom, new_id(), proof_of(sent)),
    ]
    for actor, delivery, proof in wrong:
        with pytest.raises(NotFound):
            devices.confirm_device(session, actor, ConfirmDevice(delivery=delivery, proof=proof))
    assert not shown(session, tom).devices[0].is_confirmed


# What is said to have arrived


def test_only_the_device_itself_can_say_that_it_was_reached(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    add_device(session, tom)
    tell(session, tom.site_id, [tom.member_id], NEWS)
    (delivery,) = waiting(session)

    with pytest.raises(NotFound):
        mark_received(session, Actor(), MarkReceived(delivery=delivery.id, proof=proof_of(new_id())))
    with pytest.raises(NotFound):
        mark_received(session, Actor(), MarkReceived(delivery=new_id(), proof=proof_of(delivery.id)))
    assert delivery.reached_at is None

    receipt = MarkReceived(delivery=delivery.id, proof=proof_of(delivery.id))
    with clock.freeze(START):
        mark_received(session, Actor(), receipt)
    with clock.freeze(START + timedelta(hours=1)):
        mark_received(session, Actor(), receipt)

    assert delivery.reached_at == START
    assert shown(session, tom).devices[0].reached_at == START + timedelta(hours=1)


def test_the_sender_of_an_sos_sees_at_once_whom_it_has_reached(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    add_device(session, tom)
    for telling, moves in ((NEWS, 0), (HELP, 1)):
        (notice,) = tell(session, tom.site_id, [tom.member_id], telling)
        delivery = session.exec(select(Delivery).where(Delivery.notice_id == notice.id, Delivery.channel == PUSH)).one()
        before = _counter(session, tom)
        for _ in range(2):
            mark_received(session, Actor(), MarkReceived(delivery=delivery.id, proof=proof_of(delivery.id)))
        assert _counter(session, tom) - before == moves


def _counter(session: Session, actor: Actor) -> int:
    return session.exec(select(Site.change_counter).where(Site.id == actor.site_id)).one()


# Choices


def cells(view: NoticesView) -> dict[tuple[str, str], bool]:
    return {(choice.kind, choice.channel): choice.is_on for row in view.kinds for choice in row.choices}


@pytest.mark.both_databases
def test_until_one_chooses_everything_comes_by_push_and_an_sos_by_all_there_is(
    session: Session, rose_site: Cast
) -> None:
    view = shown(session, rose_site.tom)

    assert [row.kind for row in view.kinds] == [kind for kind in Kind if kind is not Kind.TEST]
    standard = {kind: {PUSH} for kind in Kind} | {Kind.SOS: {PUSH, EMAIL}, Kind.SCHEDULE: set()}
    assert all(is_on == (channel in standard[kind]) for (kind, channel), is_on in cells(view).items())

    for is_on in (True, False, True):
        choose_notice(session, rose_site.tom, ChooseNotice(kind=Kind.UPDATES, channel=EMAIL, is_on=is_on))
        assert cells(shown(session, rose_site.tom))[Kind.UPDATES, EMAIL] is is_on
    assert not cells(shown(session, rose_site.ida))[Kind.UPDATES, EMAIL]


def test_who_has_switched_off_every_way_for_an_sos_is_told_so(session: Session, rose_site: Cast) -> None:
    def note() -> tuple[bool, str]:
        (row,) = [row for row in shown(session, rose_site.tom).kinds if row.kind == Kind.SOS]
        return row.is_silent, row.note

    assert note() == (False, "")
    for channel in Channel:
        choose_notice(session, rose_site.tom, ChooseNotice(kind=Kind.SOS, channel=channel, is_on=False))

    assert note() == (True, "No SOS reaches you now. Please choose at least one way.")


def test_of_the_schedule_it_shows_what_one_hears_and_one_tap_asks_for_all_of_it(
    session: Session, rose_site: Cast
) -> None:
    def push(actor: Actor) -> tuple[bool, str]:
        (row,) = [row for row in shown(session, actor).kinds if row.kind == Kind.SCHEDULE]
        return cells(shown(session, actor))[Kind.SCHEDULE, PUSH], row.note.partition(",")[0]

    tom = rose_site.tom
    assert push(tom) == (False, "You hear of what concerns you")

    for is_on, note in ((True, "You hear of every change."), (False, "You hear of none")):
        choose_notice(session, tom, ChooseNotice(kind=Kind.SCHEDULE, channel=PUSH, is_on=is_on))
        assert push(tom) == (is_on, note)

    assert push(rose_site.maya) == (True, "You hear of what concerns you")

    choose_notice(session, rose_site.cole, ChooseNotice(kind=Kind.SCHEDULE, channel=EMAIL, is_on=True))
    assert push(rose_site.cole) == (True, "You hear of every change.")


def test_whether_tests_arrive_is_not_chosen() -> None:
    with pytest.raises(ValidationError):
        ChooseNotice(kind=Kind.TEST, channel=Channel.PUSH, is_on=False)


def test_settings_change_only_in_what_is_said(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    set_notice_settings(session, tom, SetNoticeSettings(quiet_from="22:00", quiet_until="07:30", digest="weekly"))
    set_notice_settings(session, tom, SetNoticeSettings(says_more=True))

    view = shown(session, tom)
    assert (view.quiet_from, view.quiet_until, view.has_quiet, view.says_more, view.digest) == (
        "22:00",
        "07:30",
        True,
        True,
        "weekly",
    )
    assert [choice.value for choice in view.digests if choice.is_chosen] == ["weekly"]

    set_notice_settings(session, tom, SetNoticeSettings(quiet_from="", quiet_until=""))
    assert not shown(session, tom).has_quiet


@pytest.mark.parametrize("wrong", [{"quiet_from": "25:00"}, {"quiet_from": "7"}, {"digest": "hourly"}])
def test_what_is_no_time_or_no_rhythm_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SetNoticeSettings(**wrong)


def test_quiet_hours_have_two_ends(session: Session, rose_site: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        set_notice_settings(session, rose_site.tom, SetNoticeSettings(quiet_from="22:00"))

    assert set(refusal.value.fields) == {"quiet_until"}


def test_a_site_is_muted_for_oneself_alone(session: Session, rose_site: Cast) -> None:
    mute_site(session, rose_site.tom, MuteSite(is_muted=True))

    assert [site.is_muted for site in shown(session, rose_site.tom).sites] == [True]
    assert [site.is_muted for site in shown(session, rose_site.ida).sites] == [False]
    assert session.exec(select(Member.id).where(col(Member.is_muted))).all() == [rose_site.tom.member_id]


# The page


def test_the_page_shows_where_one_belongs_and_what_a_browser_subscribes_with(session: Session, rose_site: Cast) -> None:
    add_site(session, "ben")
    session.get_one(Member, rose_site.tom.member_id).left_at = START

    view = shown(session, rose_site.anyone("tom"))

    assert [site.site for site in view.sites] == ["ben"]
    assert view.vapid_public_key == vapid_public_key()
    assert (view.email, view.is_email_confirmed, view.has_phone) == ("tom@example.org", False, False)


def test_looking_at_the_page_costs_the_same_whatever_there_is(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    with counted_statements() as few:
        shown(session, tom)
    for n in range(5):
        add_device(session, tom, f"device{n}")
        add_site(session, f"site{n}")
    session.add(NoticeSettings(account_id=tom.account_id, says_more=True))
    session.flush()
    session.expire_all()

    with counted_statements() as many:
        shown(session, tom)

    assert len(many) <= max(len(few), 5)
