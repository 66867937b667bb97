"""The ladder: exactly these messages at exactly these moments, and any other is a failure."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlmodel import Session, col

from careapp import clock, db, jobs
from careapp.access import Role, enter
from careapp.adapters.webpush import Answer, Fate
from careapp.errors import Invalid, NotAllowed
from careapp.ids import new_id
from careapp.models import (
    Account,
    Alert,
    AlertEntry,
    AuditEntry,
    Channel,
    Delivery,
    Ending,
    Job,
    Member,
    MemberGrant,
    Notice,
    NoticeSettings,
    Responder,
    Site,
)
from careapp.notify.parcels import LEASE
from careapp.perform import Asked, do
from careapp.settings import settings
from careapp.sites.frame import MOST_SITES, frame
from careapp.sos import audit, ladder
from careapp.sos.climb import climb
from careapp.sos.ladder import LIFE, STANDARD, Whom, next_due, step_to_take
from tests.cast import START, Cast, add_site
from tests.sos_night import ACCEPTED, ALL, GONE, Night, turn

pytestmark = pytest.mark.usefixtures("mail_is_set_up")

FIRST = [(0, "tom", "tom-laptop"), (0, "tom", "tom-phone")]
SECOND = [(60, "rose", "email"), (60, "tom", "email"), (60, "tom", "tom-laptop"), (60, "tom", "tom-phone")]


def third(at: int) -> list[tuple[int, str, str]]:
    """Everyone, by every way that leads to them."""
    return [
        (at, "cole", "email"),
        (at, "ida", "email"),
        (at, "ida", "ida-phone"),
        (at, "rose", "email"),
        (at, "tom", "email"),
        (at, "tom", "tom-laptop"),
        (at, "tom", "tom-phone"),
    ]


@pytest.fixture
def night(stored_site: Cast) -> Night:
    """Tom has two devices, Ida one, and Maya, who calls, one of her own."""
    night = Night(stored_site)
    for who, name in (("tom", "tom-phone"), ("tom", "tom-laptop"), ("ida", "ida-phone"), ("maya", "maya-phone")):
        night.device(who, name)
    return night


def test_the_standard_ladder_is_said_in_its_steps() -> None:
    assert [(step.after.total_seconds(), step.whom, step.channels) for step in STANDARD] == [
        (0, Whom.CIRCLE, (Channel.PUSH,)),
        (60, Whom.CIRCLE, (Channel.PUSH, Channel.EMAIL)),
        (120, Whom.EVERYONE, tuple(Channel)),
    ]
    alert, at, steps = Alert(created_at=START), START, []
    while at < START + LIFE:
        steps.append((int((at - START).total_seconds()), step_to_take(STANDARD, len(steps)).whom))
        at = next_due(alert, STANDARD, len(steps), at)
    everyone = [(at, Whom.EVERYONE) for at in range(180, 24 * 3600, 300)]
    assert steps == [(0, Whom.CIRCLE), (60, Whom.CIRCLE), *everyone]
    assert at == START + LIFE


@pytest.mark.both_databases
def test_the_standard_ladder_climbs_until_its_life_is_over(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ladder, "LIFE", timedelta(seconds=1000))
    raised = night.call()

    assert night.forward(0) == FIRST
    assert night.forward(59) == []
    assert night.forward(1) == SECOND
    assert night.forward(119) == []
    assert night.forward(1) == third(180)
    assert night.forward(299) == []
    assert night.forward(1) == third(480)
    ends = [(1000, who, where) for _, who, where in third(0)]
    assert night.forward(3600) == [*third(780), *sorted([*ends, (1000, "maya", "email"), (1000, "maya", "maya-phone")])]
    ended = night.alert(raised)
    assert (ended.ending, ended.ended_at) == (Ending.EXPIRED, START + timedelta(seconds=1000))
    assert night.forward(24 * 3600) == []


@pytest.mark.parametrize("answer", ["on_my_way", "can_call"])
def test_an_answer_stops_it_and_only_the_caller_hears_of_it(night: Night, answer: str) -> None:
    raised = night.call()
    night.forward(20)

    night.ask("tom", "answer_alert", alert_id=raised, answer=answer)

    over = [(24 * 3600, who, where) for who, where in (("maya", "maya-phone"), *[each[1:] for each in FIRST])]
    assert night.forward(24 * 3600) == [(20, "maya", "maya-phone"), *over]
    assert night.alert(raised).ending == Ending.EXPIRED


@pytest.mark.parametrize(
    ("is_drill", "title", "body"),
    [
        (False, "SOS from Maya Lind is over", "This SOS ended after 24 hours without an all-clear."),
        (True, "Drill: SOS from Maya Lind is over", "Drill only: it ended after 24 hours without an all-clear."),
    ],
)
def test_one_that_ends_by_itself_says_so_and_the_record_calls_it_no_all_clear(
    night: Night, is_drill: bool, title: str, body: str
) -> None:
    raised = night.call(is_drill=is_drill)
    night.ask("tom", "answer_alert", alert_id=raised, answer="on_my_way")
    night.forward(3600)
    night.words.clear()

    night.forward(24 * 3600)

    assert {(words.title, words.body, words.actions) for words in night.words} == {(title, body, ())}
    messages = night.board(alert_id=raised).messages
    assert [each.end_words for each in messages] == ["", "", "the end", "the end", "the end"]


def test_who_can_not_does_not_stop_it(night: Night) -> None:
    raised = night.call()
    night.forward(20)

    night.ask("tom", "answer_alert", alert_id=raised, answer="cannot")

    assert night.forward(40) == [(20, "maya", "maya-phone"), *SECOND]


def test_the_only_yes_taken_back_starts_it_again_at_once(night: Night) -> None:
    raised = night.call()
    night.forward(20)
    night.ask("tom", "answer_alert", alert_id=raised, answer="on_my_way", minutes=5)
    night.forward(280)

    night.ask("tom", "answer_alert", alert_id=raised, answer="cannot")

    again = [(300, who, where) for _, who, where in SECOND]
    assert night.forward(119) == sorted([(300, "maya", "maya-phone"), *again])
    assert night.forward(1) == third(420)


def test_an_answer_that_arrives_late_moves_no_arrival(night: Night) -> None:
    raised = night.call()
    night.forward(12 * 60)
    night.words.clear()

    night.ask("tom", "answer_alert", age=10 * 60, alert_id=raised, answer="on_my_way", minutes=15)

    tom = night.board(alert_id=raised).people[0]
    assert tom.arrives_at == night.now + timedelta(minutes=5)
    assert tom.seen_at == night.now - timedelta(minutes=10)
    night.forward(0)
    assert night.words[0].body == "In about 5 minutes"


def test_one_of_two_taken_back_leaves_it_stopped(night: Night) -> None:
    raised = night.call()
    night.ask("tom", "answer_alert", alert_id=raised, answer="on_my_way")
    night.ask("ida", "answer_alert", alert_id=raised, answer="can_call")
    night.forward(10)

    night.ask("tom", "answer_alert", alert_id=raised, answer="cannot")

    assert night.forward(3600) == [(10, "maya", "maya-phone")]


def test_the_caller_is_never_called(night: Night) -> None:
    night.call("tom")

    assert night.forward(180) == sorted(
        [
            *((at, "maya", "maya-phone") for at in (0, 60, 180)),
            *((at, who, "email") for at in (60, 180) for who in ("maya", "rose")),
            *((180, who, where) for who, where in (("cole", "email"), ("ida", "email"), ("ida", "ida-phone"))),
        ]
    )


def test_who_is_on_the_way_without_having_been_told_hears_of_the_end_by_every_way_there_is(night: Night) -> None:
    raised = night.call()
    night.ask("ida", "answer_alert", alert_id=raised, answer="on_my_way")
    night.ask("cole", "mark_alert_seen", alert_id=raised)
    night.forward(100)

    night.ask("maya", "stand_down", alert_id=raised)

    told = [(100, "tom", "tom-laptop"), (100, "tom", "tom-phone")]
    saw = [(100, "cole", "email"), (100, "ida", "email"), (100, "ida", "ida-phone")]
    assert night.forward(600) == sorted(told + saw)


def test_standing_down_tells_everyone_who_was_told_and_nobody_else(night: Night) -> None:
    raised = night.call()
    night.forward(100)

    night.ask("maya", "stand_down", alert_id=raised)
    night.ask("maya", "stand_down", alert_id=raised)

    told = [(100, "rose", "email"), (100, "tom", "email"), (100, "tom", "tom-laptop"), (100, "tom", "tom-phone")]
    assert night.forward(24 * 3600) == told
    assert all("all clear" in words.title.lower() for words in night.words[-8:])


def test_the_all_clear_is_of_use_for_two_days(night: Night) -> None:
    raised = night.call()
    night.forward(10)
    night.ask("maya", "stand_down", alert_id=raised)
    night.answer = lambda parcel: Answer(Fate.LATER, "not reached")
    night.forward(40 * 3600)

    night.answer = lambda parcel: ACCEPTED

    assert {sent[1:] for sent in night.forward(3 * 3600)} == {each[1:] for each in FIRST}


def test_what_is_still_on_its_way_when_it_ends_is_not_sent(night: Night) -> None:
    raised = night.call()
    night.seconds = 1
    night.ask("maya", "stand_down", alert_id=raised)

    assert night.forward(600) == [(1, "tom", "tom-laptop"), (1, "tom", "tom-phone")]
    assert {words.title for words in night.words} == {"All clear from Maya Lind"}
    dropped = night.rows(Delivery, col(Delivery.state) == "dropped")
    assert [row.problem for row in dropped] == ["the alert has ended"] * 2


def test_a_member_removed_between_steps_hears_no_more(night: Night) -> None:
    night.call()
    night.forward(0)

    night.remove("tom")

    assert night.forward(180) == [(60, "rose", "email"), *(sent for sent in third(180) if sent[1] != "tom")]


def test_a_right_taken_away_between_steps_counts_at_once(night: Night) -> None:
    night.call()
    night.forward(0)
    with db.unit_of_work() as session:
        site_id = session.get_one(Alert, night.rows(Alert)[0].id).site_id
        session.add(MemberGrant(member_id=night.member_id("tom"), site_id=site_id, section="sos", level=0))

    assert night.forward(60) == [(60, "rose", "email")]


def test_who_lost_the_right_before_it_was_claimed_gets_nothing(night: Night) -> None:
    night.call()

    night.remove("tom")

    assert night.forward(0) == []


def test_whoever_joins_meanwhile_is_told_by_the_next_step(night: Night) -> None:
    night.remove("ida")
    night.call()
    night.forward(100)
    night.change(Member, night.member_id("ida"), left_at=None)

    assert night.forward(80) == third(180)


def test_when_nothing_leads_to_those_told_first_the_next_step_is_taken_at_once(stored_site: Cast) -> None:
    night = Night(stored_site)
    night.call()

    assert night.forward(0) == [(0, "rose", "email"), (0, "tom", "email")]
    assert night.forward(120) == [(120, who, "email") for who in ("cole", "ida", "rose", "tom")]


def test_without_a_mail_server_nobody_is_waited_for_whom_only_a_letter_would_reach(
    stored_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "smtp_url", "")
    night = Night(stored_site)
    night.device("ida")
    raised = night.call()

    assert night.forward(60) == [(0, "ida", "ida-phone")]
    states = {person.name: person.state for person in night.board(alert_id=raised).people}
    assert states == dict.fromkeys(["Tom Lind", "Rose Lind", "Dr Cole"], "unreached") | {"Ida Berg": "sent"}


def test_after_an_outage_each_is_told_once_by_each_way(night: Night) -> None:
    night.answer = lambda parcel: Answer(Fate.LATER, "not reached")
    raised = night.call()
    night.forward(900)
    assert night.alert(raised).step == 5

    night.answer = lambda parcel: ACCEPTED
    told = night.forward(170)

    assert len({sent[1:] for sent in told}) == len(told) == 7
    states = Counter((row.state, row.problem) for row in night.rows(Delivery))
    assert states[("dropped", "overtaken by the next step")] == states.total() - 7
    assert {person.state for person in night.board(alert_id=raised).people} == {"sent"}


def test_a_circle_of_one_does_not_wait_for_itself(stored_site: Cast) -> None:
    night = Night(stored_site)
    for who in ("tom", "rose"):
        night.remove(who)
    night.call()

    assert night.forward(0) == [(0, "cole", "email"), (0, "ida", "email")]


def test_whoever_is_alone_is_told_so_and_the_ladder_goes_on_for_who_may_still_come(stored_site: Cast) -> None:
    night = Night(stored_site)
    for who in ("tom", "rose", "ida", "cole"):
        night.remove(who)

    raised = night.call()

    assert night.forward(3600) == []
    assert night.alert(raised).next_step_at == night.now + timedelta(seconds=300)


TEXTS = {"whom": "circle", "channels": ["sms"]}  # no way to send them is set up


@pytest.mark.parametrize(("named", "who"), [("tom", "tom"), ("maya", "nobody"), ("", "nobody")])
def test_a_ladder_that_leads_to_nobody_tells_everyone(night: Night, named: str, who: str) -> None:
    named_alone = {"whom": "named", "member_ids": [night.member_id(named or "tom")], "channels": ["push"]}
    own_ladder(night, named_alone if named else TEXTS)
    if who != "nobody":
        night.remove(who)
    night.call()
    left = [sent for sent in third(0) if sent[1] != who]

    assert night.forward(299) == left
    assert night.forward(1) == [(300, *sent[1:]) for sent in left]


def test_all_devices_gone_in_the_night_leaves_mail(night: Night) -> None:
    night.answer = lambda parcel: GONE if parcel.row.channel == "push" else Answer(Fate.ACCEPTED)
    raised = night.call()

    assert night.forward(60) == [(60, "rose", "email"), (60, "tom", "email")]
    board = night.board(alert_id=raised)
    assert (board.nobody_by_push, {person.name: person.state for person in board.people}["Tom Lind"]) == (True, "sent")


@pytest.mark.parametrize("answer", [Answer(Fate.REFUSED, "403"), Answer(Fate.LATER, "not reached"), GONE])
def test_that_no_push_goes_out_is_said_as_soon_as_it_is_known(night: Night, answer: Answer) -> None:
    raised = night.call()
    assert not night.board(alert_id=raised).nobody_by_push

    night.answer = lambda parcel: answer if parcel.row.channel == "push" else ACCEPTED
    night.forward(1)

    assert night.board(alert_id=raised).nobody_by_push


def test_a_first_step_without_push_says_so_although_there_are_devices(night: Night) -> None:
    own_ladder(night, {"whom": "circle", "channels": ["email"]})
    raised = night.call()
    night.forward(1)

    assert night.board(alert_id=raised).nobody_by_push


def test_quiet_hours_and_a_muted_site_do_not_hold_it(night: Night) -> None:
    def close(session: Session, member: Member) -> None:
        member.is_muted = True
        session.add(NoticeSettings(account_id=member.account_id, quiet_from="00:00", quiet_until="23:59"))

    night.everyone(close)
    night.call()

    assert night.forward(60) == [*FIRST, *SECOND]


@pytest.mark.parametrize(
    "before",
    [
        datetime(2026, 3, 29, 0, 59, 30, tzinfo=UTC),  # Europe's clocks go forward at 01:00
        datetime(2026, 10, 25, 0, 59, 30, tzinfo=UTC),  # and back
        datetime(2026, 3, 8, 6, 59, 30, tzinfo=UTC),  # those of New York go forward at 07:00
        datetime(2026, 11, 1, 5, 59, 30, tzinfo=UTC),  # and back at 06:00
    ],
)
def test_summer_time_moves_no_step(stored_site: Cast, before: datetime) -> None:
    night = Night(stored_site, begins=before)
    zone = "America/New_York" if before.hour > 4 else "Europe/Stockholm"
    night.everyone(lambda session, member: setattr(session.get(Account, member.account_id), "time_zone", zone))
    night.device("tom")
    raised = night.call()

    assert {sent.at for sent in night.forward(1000)} == {0, 60, 180, 480, 780}
    night.ask("tom", "answer_alert", alert_id=raised, answer="can_call")
    night.forward(25 * 3600)
    assert night.alert(raised).ended_at == before + LIFE


def own_ladder(night: Night, *steps: dict[str, Any]) -> None:
    night.ask("maya", "set_ladder", steps=list(steps))


def test_a_sites_own_ladder_is_climbed_and_its_last_step_repeated(night: Night) -> None:
    ida = [night.member_id("ida")]
    own_ladder(
        night,
        {"whom": "named", "member_ids": ida, "channels": ["push"], "after_seconds": 500},
        {"whom": "circle", "channels": ["email"], "after_seconds": 30},
    )
    night.call()

    mail = [(at, who, "email") for at in (30, 330) for who in ("rose", "tom")]
    assert night.forward(330) == [(0, "ida", "ida-phone"), *mail]

    night.ask("maya", "reset_ladder")
    assert night.forward(300) == third(630)


@pytest.mark.parametrize("who", ["tom", "ida", "cole"])
def test_only_who_manages_sos_sets_up_the_ladder(night: Night, who: str) -> None:
    with pytest.raises(NotAllowed):
        night.ask(who, "set_ladder", steps=[{"whom": "circle"}])
    with pytest.raises(NotAllowed):
        night.ask(who, "reset_ladder")


def test_a_step_that_names_nobody_is_refused(night: Night) -> None:
    with pytest.raises(Invalid):
        own_ladder(night, {"whom": "named"})


def at_once(*works: Callable[[], object]) -> list[Any]:
    """Have all of them begin at the same moment; what each returned, or was refused with."""
    begin, outcomes = threading.Barrier(len(works)), [None] * len(works)

    def run(n: int) -> None:
        begin.wait()
        try:
            outcomes[n] = works[n]()
        except Exception as error:
            outcomes[n] = error

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def climb_now(night: Night, alert_id: str) -> None:
    with db.unit_of_work() as session:
        climb(session, alert_id)


@pytest.mark.both_databases
def test_two_workers_take_a_step_once(night: Night) -> None:
    raised = night.call()
    night.forward(0)
    night.seconds = 60
    with clock.freeze(night.now):
        outcomes = at_once(*[lambda: climb_now(night, raised)] * 4)

    assert outcomes == [None] * 4
    assert night.forward(0) == SECOND
    assert night.alert(raised).step == 2


def test_a_worker_killed_after_its_step_and_before_settling_repeats_nothing(night: Night) -> None:
    raised = night.call()
    night.forward(0)
    night.seconds = 60
    with clock.freeze(night.now):
        lease = jobs._claim(None)
        climb_now(night, raised)
    assert lease is not None

    assert night.forward(119) == SECOND
    assert night.forward(1) == third(180)


def test_a_worker_killed_before_its_step_delays_it_by_its_lease(night: Night) -> None:
    night.call()
    night.forward(0)
    night.seconds = 60
    with clock.freeze(night.now):
        assert jobs._claim(None) is not None

    late = int(jobs.URGENT_LEASE.total_seconds())
    assert night.forward(29) == []
    night.seconds = 60 + late
    assert night.forward(0) == [(60 + late, who, where) for _, who, where in SECOND]


def test_a_courier_killed_after_sending_and_before_settling_sends_again_with_the_same_tag(night: Night) -> None:
    raised = night.call()
    with clock.freeze(night.now):
        taken = turn(ALL, [], ALL.at_once)
    assert {parcel.row.tag for parcel in taken} == {f"sos-{raised}"}

    assert night.forward(59) == []
    night.seconds = int(LEASE.total_seconds())
    again = night.forward(0)
    assert again == sorted([(60, who, where) for _, who, where in FIRST] + SECOND)


@pytest.mark.both_databases
def test_a_stand_down_that_meets_a_step_leaves_nobody_without_an_all_clear(night: Night) -> None:
    raised = night.call()
    night.forward(60)
    night.seconds = 180
    with clock.freeze(night.now):
        outcomes = at_once(
            lambda: climb_now(night, raised),
            lambda: do(Asked("sos.stand_down", {"alert_id": raised}, new_id(), "rose"), night.cast.credentials("maya")),
            lambda: climb_now(night, raised),
        )
    assert outcomes == [None] * 3

    night.words.clear()
    night.forward(3600)
    told = {row.member_id for row in night.rows(Responder, col(Responder.told_at).is_not(None))}
    clear = [row for row in night.rows(Notice) if not row.words["actions"]]
    assert {row.member_id for row in clear} == told
    assert len(clear) == len(told)
    assert (night.alert(raised).next_step_at, night.alert(raised).ending) == (None, "stood_down")


@pytest.mark.both_databases
def test_answers_at_the_same_moment_all_count(night: Night) -> None:
    raised = night.call()
    night.forward(0)
    said = {"tom": "on_my_way", "ida": "can_call", "cole": "cannot", "rose": "cannot"}

    def answer(who: str) -> Callable[[], object]:
        command = {"alert_id": raised, "answer": said[who]}
        return lambda: do(Asked("sos.answer_alert", command, new_id(), "rose"), night.cast.credentials(who))

    with clock.freeze(night.now):
        outcomes = at_once(*map(answer, said))

    assert outcomes == [None] * 4
    assert {person.state for person in night.board().people} == set(said.values())
    assert night.forward(3600) == [(0, "maya", "maya-phone")] * 4


def test_every_notice_of_a_drill_says_so_first(night: Night) -> None:
    raised = night.call(is_drill=True, words="Only trying")
    night.forward(200)
    night.ask("tom", "answer_alert", alert_id=raised, answer="on_my_way", minutes=5)
    night.ask("ida", "answer_alert", alert_id=raised, answer="can_call")
    night.ask("cole", "answer_alert", alert_id=raised, answer="cannot")
    night.forward(0)
    night.ask("maya", "stand_down", alert_id=raised)
    night.forward(0)

    assert len(night.words) > 30
    for words in night.words:
        assert words.title.startswith("Drill")
        assert words.body.startswith("Drill") or not words.body


def test_a_lock_screen_says_little_and_more_where_it_may(night: Night) -> None:
    night.call(kind="chest_pain", words="Upstairs")
    night.forward(0)
    little, more = night.words[:2]

    assert (little.title, little.body) == (
        "SOS from Maya Lind",
        "Help is needed now. Please open this and answer.",
    )
    assert more.body == "Chest pain. Upstairs"
    night.forward(60)
    assert night.words[-1].title == "SOS from Maya Lind: nobody is coming yet"


def test_the_first_letter_does_not_say_that_nobody_is_coming_yet(stored_site: Cast) -> None:
    night = Night(stored_site)
    night.call()

    night.forward(0)

    assert {words.title for words in night.words} == {"SOS from Maya Lind"}


@pytest.mark.parametrize(
    ("late", "is_drill", "title"),
    [
        (60, False, "SOS from Maya Lind"),
        (40 * 60, False, "SOS from Maya Lind, raised 40 minutes ago"),
        (5 * 3600, False, "SOS from Maya Lind, raised 5 hours ago"),
        (40 * 60, True, "Drill: SOS from Maya Lind, raised 40 minutes ago"),
        (5 * 3600, True, "Drill: SOS from Maya Lind, raised 5 hours ago"),
    ],
)
def test_one_that_arrives_late_says_how_long_ago_it_was_raised(
    night: Night, late: int, is_drill: bool, title: str
) -> None:
    night.call(is_drill=is_drill, age=late)

    night.forward(0)

    assert {words.title for words in night.words} == {title}


def test_one_that_arrives_late_also_says_that_nobody_is_coming_yet(night: Night) -> None:
    night.call(age=40 * 60)
    night.forward(59)
    night.words.clear()

    night.forward(1)

    assert {words.title for words in night.words} == {"SOS from Maya Lind: nobody is coming yet"}
    assert night.words[0].body == "It was raised 41 minutes ago. Please open this and answer."


def test_a_phone_whose_clock_is_slow_raises_it_now(night: Night) -> None:
    night.call(raised_at=(night.now - timedelta(days=1)).isoformat())  # as earlier versions sent it

    night.forward(0)

    assert {words.title for words in night.words} == {"SOS from Maya Lind"}


def test_an_open_sos_shows_on_the_pages_of_everyones_other_sites(night: Night) -> None:
    with db.unit_of_work() as session:
        bill = add_site(session, "bill", {"ida": Role.FAMILY, "sam": Role.COORDINATOR})
        apart = add_site(session, "apart", {"sam": Role.COORDINATOR})
        ids = [
            session.scalars(select(col(Site.id)).where(col(Site.address) == each.address)).one()
            for each in (bill, apart)
        ]

    def counters() -> list[int]:
        night.forward(0)
        return [night.rows(Site, col(Site.id) == site_id)[0].change_counter for site_id in ids]

    def bars(who: str) -> list[str]:
        with db.reading() as session:
            return [each.sos_href for each in frame(session, enter(session, bill.credentials(who), "bill")).sites]

    before, after = counters(), "/alert?site=rose&alert="
    raised = night.call()
    assert counters() == [before[0] + 1, before[1]]
    assert (bars("ida"), bars("sam")) == ([after + raised, ""], ["", ""])

    night.ask("maya", "stand_down", alert_id=raised)
    assert counters() == [before[0] + 2, before[1]]
    assert bars("ida") == ["", ""]
    night.call(is_drill=True)
    assert (counters()[0], bars("ida")) == (before[0] + 2, ["", ""])


def test_of_many_sites_those_with_an_sos_are_named_first(night: Night) -> None:
    with db.unit_of_work() as session:
        for n in range(MOST_SITES + 1):
            last = add_site(session, f"site{n}", {"cole": Role.COORDINATOR, "sam": Role.FAMILY})
    raised: str = do(Asked("sos.raise_alert", {}, new_id(), last.address), last.credentials("sam"))["id"]

    with db.reading() as session:
        sites = frame(session, enter(session, last.credentials("cole"), "site0")).sites

    assert len(sites) == MOST_SITES
    assert [each.sos_href for each in sites if each.sos_href] == [f"/alert?site={last.address}&alert={raised}"]
    assert sites[0].sos_href
    assert [each.href for each in sites[1:3]] == ["/today?site=rose", "/today?site=site0"]


def test_the_watchman_gives_a_lost_ladder_its_step(night: Night) -> None:
    raised = night.call()
    night.forward(0)
    lose_jobs(night)
    assert night.forward(60 + 44) == []
    assert mend(night) == []
    night.forward(2)

    mended = mend(night)

    assert mended == [f"alert {raised}: its next step was 46 s late"]
    assert night.forward(0) == [(106, who, where) for _, who, where in SECOND]
    assert night.forward(120) == third(226)
    assert [row.what for row in night.rows(AlertEntry) if row.what == "mended"] == ["mended"]
    assert [(row.about_id, row.operation) for row in night.rows(AuditEntry, col(AuditEntry.says).contains("late"))] == [
        (raised, "sos.audit")
    ]


def test_the_watchman_finds_an_alert_without_a_next_step(night: Night) -> None:
    raised = night.call()
    night.forward(0)
    lose_jobs(night)
    night.change(Alert, raised, next_step_at=None)

    assert mend(night) == [f"alert {raised}: had no next step"]
    assert night.forward(120) == sorted([(0, who, where) for _, who, where in SECOND] + third(120))


def test_the_watchman_starts_again_when_whoever_was_coming_has_left(night: Night) -> None:
    raised = night.call()
    night.ask("tom", "answer_alert", alert_id=raised, answer="on_my_way")
    night.forward(0)
    night.remove("tom")

    assert mend(night) == [f"alert {raised}: was answered only by people who have left"]
    assert night.forward(0) == [(0, "rose", "email")]


def test_the_watchman_ends_what_should_long_have_ended(night: Night) -> None:
    raised = night.call()
    night.forward(0)
    night.ask("tom", "answer_alert", alert_id=raised, answer="on_my_way")
    lose_jobs(night)
    night.forward(int(LIFE.total_seconds()) + 60)

    assert mend(night) == [f"alert {raised}: was open for longer than a day"]
    assert night.alert(raised).ending == Ending.EXPIRED


def test_the_watchman_frees_a_delivery_that_was_leased_and_forgotten(night: Night) -> None:
    night.call()
    with clock.freeze(night.now):
        taken = turn(ALL, [], ALL.at_once)
    night.change(Delivery, taken[0].id, leased_until=None)

    assert mend(night) == [f"delivery {taken[0].id}: was leased and forgotten"]
    assert len(night.forward(0)) == 1


def test_the_watchman_leaves_alone_what_goes_well(night: Night) -> None:
    for seconds in (0, 60, 180):
        night.call()
        night.forward(seconds)
        assert mend(night) == []


def test_the_watchman_looks_every_minute_by_itself(night: Night) -> None:
    raised = night.call()
    lose_jobs(night)
    with clock.freeze(night.now):
        jobs.begin()

    night.forward(180)

    assert night.alert(raised).step > 1


def mend(night: Night) -> list[str]:
    with clock.freeze(night.now):
        return audit.mend()


def lose_jobs(night: Night) -> None:
    with db.unit_of_work() as session:
        session.execute(delete(Job).where(col(Job.kind) == "sos.climb"))
