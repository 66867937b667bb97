"""Whatever happens in whatever order: an SOS is answered, or over, or climbs on, and nobody gets what is not theirs."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, or_, select
from sqlmodel import col

from careapp import clock, db, jobs
from careapp.adapters.webpush import Answer
from careapp.errors import Conflict, NotAllowed
from careapp.models import Alert, Delivery, Device, Ending, Job, Member, MemberGrant, Notice, Responder
from careapp.notify.courier import turn
from careapp.notify.parcels import Parcel
from careapp.sos import audit, ladder
from tests.cast import ROLES, add_site
from tests.sos_night import ACCEPTED, ALL, Night
from tests.tables import put_tables

LIFE = timedelta(minutes=12)
PEOPLE = st.sampled_from(sorted(ROLES))
TAKERS = ("tom", "ida", "cole", "rose")


class Machine(RuleBasedStateMachine):
    """`there` are the members who have not left, `barred` those whose right was taken away. Only Maya raises, so that
    she never leaves."""

    def __init__(self) -> None:
        super().__init__()
        put_tables()
        with db.unit_of_work() as session:
            cast = add_site(session)
        self.night = Night(cast, answer=self.check)
        for who in ("tom", "ida", "maya"):
            self.night.device(who)
        with clock.freeze(self.night.now):
            jobs.begin()
        self.there, self.alerts, self.stood_down = set(ROLES), [], set()
        self.barred: set[str] = set()

    @initialize()
    def first_call(self) -> None:
        self.alerts.append(self.night.call("maya"))

    @rule(is_drill=st.booleans())
    @precondition(lambda self: len(self.alerts) < 2)
    def call(self, is_drill: bool) -> None:
        self.alerts.append(self.night.call("maya", is_drill=is_drill))

    @rule(
        who=st.sampled_from(TAKERS), answer=st.sampled_from(["on_my_way", "can_call", "cannot"]), which=st.integers(0)
    )
    @precondition(lambda self: self.alerts)
    def answer(self, who: str, answer: str, which: int) -> None:
        alert_id = self.alerts[which % len(self.alerts)]
        if who not in self.there:
            return
        try:
            self.night.ask(who, "answer_alert", alert_id=alert_id, answer=answer)
        except Conflict:
            assert self.night.alert(alert_id).ended_at
        except NotAllowed:
            assert who in self.barred

    @rule(who=PEOPLE, which=st.integers(0))
    @precondition(lambda self: self.alerts)
    def stand_down(self, who: str, which: int) -> None:
        alert_id = self.alerts[which % len(self.alerts)]
        if who not in self.there:
            return
        # No two things happen at the very same moment, except to a clock that stands still.
        self.night.seconds += 1
        was_open = self.night.alert(alert_id).ended_at is None
        try:
            self.night.ask(who, "stand_down", alert_id=alert_id)
        except NotAllowed:
            return
        if was_open:
            self.stood_down.add(alert_id)

    @rule(who=st.sampled_from(TAKERS))
    def leave(self, who: str) -> None:
        if who in self.there:
            self.there.discard(who)
            self.night.remove(who)

    @rule(who=st.sampled_from(TAKERS))
    def lose_the_right_or_get_it_back(self, who: str) -> None:
        self.barred ^= {who}
        member_id = self.night.member_id(who)
        with db.unit_of_work() as session:
            if who in self.barred:
                site_id = session.get_one(Member, member_id).site_id
                session.add(MemberGrant(member_id=member_id, site_id=site_id, section="sos", level=0))
            else:
                session.execute(delete(MemberGrant).where(col(MemberGrant.member_id) == member_id))

    @rule(who=PEOPLE)
    def get_a_device(self, who: str) -> None:
        self.night.device(who, f"{who}-{len(self.night.names)}")

    @rule(who=PEOPLE)
    def lose_a_device(self, who: str) -> None:
        with db.unit_of_work() as session:
            for device in session.scalars(select(Device)):
                if device.name.startswith(who):
                    session.delete(device)
                    return

    @rule()
    def crash(self) -> None:
        """A process takes work, and is killed before it has done any."""
        with clock.freeze(self.night.now):
            jobs._claim(None)
            turn(ALL, [], ALL.at_once)

    @rule()
    def crash_after_sending(self) -> None:
        with clock.freeze(self.night.now):
            claimed = jobs._claim(None)
            if claimed:
                jobs._run(claimed)
            for parcel in turn(ALL, [], ALL.at_once):
                self.check(parcel)

    @rule(seconds=st.sampled_from([1, 30, 60, 120, 400]))
    def tick(self, seconds: int) -> None:
        self.night.forward(seconds)

    @invariant()
    def each_alert_is_answered_or_over_or_climbs_on(self) -> None:
        for alert in self.night.rows(Alert):
            assert alert.ended_at or alert.answered_at or alert.next_step_at, alert
            assert not (alert.ended_at and alert.next_step_at)
            assert not (alert.answered_at and alert.next_step_at)

    @invariant()
    def no_device_gets_more_of_one_alert_than_its_steps_and_all_under_one_tag(self) -> None:
        steps = {alert.id: alert.step for alert in self.night.rows(Alert)}
        with db.reading() as session:
            rows = session.execute(select(Notice, Delivery).join(Delivery, col(Delivery.notice_id) == col(Notice.id)))
            calls = [(notice, delivery) for notice, delivery in rows if notice.words["actions"]]
        per_device = Counter((notice.alert_id, delivery.device_id) for notice, delivery in calls if delivery.device_id)
        assert all(n <= steps[alert_id] for (alert_id, _), n in per_device.items()), (per_device, steps)
        assert {(notice.alert_id, notice.tag) for notice, _ in calls} <= {(each, f"sos-{each}") for each in steps}

    def check(self, parcel: Parcel) -> Answer:
        """What is claimed may be sent at that moment."""
        row = parcel.row
        who = row.email.partition("@")[0]
        alert = self.night.alert(row.alert_id)
        assert who in self.there - self.barred
        if row.device_id:
            assert self.night.rows(Device, col(Device.id) == row.device_id)
        if row.words["actions"]:
            assert who != "maya"
            assert alert.ended_at is None
        return ACCEPTED

    def teardown(self) -> None:
        """In the end everything has ended, and everyone who knew of it was told of the end."""
        self.night.forward(int(LIFE.total_seconds()) * 2)
        assert all(alert.ended_at for alert in self.night.rows(Alert))
        assert self.night.rows(Delivery, col(Delivery.state).in_(("waiting", "leased"))) == []
        assert self.night.rows(Job, col(Job.kind) == "sos.climb", col(Job.state).in_(("waiting", "leased"))) == []
        self._all_clears()

    def _all_clears(self) -> None:
        clears = Counter(
            (row.alert_id, row.member_id)
            for row in self.night.rows(Notice, col(Notice.tag).startswith("sos-"))
            if not row.words["actions"]
        )
        assert set(clears.values()) <= {1}
        alerts = self.night.rows(Alert)
        assert {alert.id for alert in alerts if alert.ending == Ending.STOOD_DOWN} == self.stood_down
        ended_by = {alert.id: alert.ended_by_id for alert in alerts}
        know = or_(col(Responder.told_at).is_not(None), col(Responder.answer) != "")
        told = {(row.alert_id, row.member_id) for row in self.night.rows(Responder, know)}
        for alert_id, member_id in told | {(alert.id, alert.raised_by_id) for alert in alerts}:
            if self._is_there(member_id) and member_id != ended_by[alert_id]:
                assert clears[alert_id, member_id] == 1

    def _is_there(self, member_id: str) -> bool:
        return member_id in {self.night.member_id(who) for who in self.there}


def test_whatever_happens(mail_is_set_up: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (ladder, audit):
        monkeypatch.setattr(module, "LIFE", LIFE)
    # What fails is reported as it was found: to make it shorter would take longer than to read it.
    quick: Any = settings(
        max_examples=25,
        stateful_step_count=16,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=(Phase.generate,),
    )
    run_state_machine_as_test(Machine, settings=quick)
