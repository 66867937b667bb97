"""On duty: who is there now and next, where nobody is, and what is handed over in between."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from pydantic import ValidationError
from sqlmodel import Session, col, select

from careapp import clock
from careapp.access import Right, Role, Section
from careapp.availability.who import TimePage, who_can
from careapp.errors import Conflict, Invalid, NotAllowed, NotFound
from careapp.helping.commands import Repeat, SlotTime
from careapp.models import Account, Channel, Handover, Job, Kind, Member, Notice, RoleGrant, Shift
from careapp.notify.choices import SetNoticeSettings, choose, set_notice_settings
from careapp.notify.words import Spoken, spoken
from careapp.shifts.commands import (
    CancelShift,
    ChangeShift,
    EditHandover,
    OneHandover,
    OneShift,
    PlanShifts,
    ReleaseShift,
    Scope,
    WriteHandover,
)
from careapp.shifts.duty import DutyPage, duty_today, on_duty
from careapp.shifts.forms import HandOverPage, PlanPage, hand_over_form, planning
from careapp.shifts.history import PAGE, HistoryPage, handovers
from careapp.shifts.operations import (
    cancel_shift,
    change_shift,
    confirm_handover,
    edit_handover,
    plan_shifts,
    release_shift,
    take_shift,
    write_handover,
)
from careapp.shifts.reminding import REMIND, remind
from careapp.shifts.views import HandoverCard, OnDutyView
from careapp.sites.people import Leave, leave
from tests.cast import START, Cast
from tests.notices import told, with_phones
from tests.statements import counted_statements
from tests.test_feed import _plan

MONDAY = START.date()  # 2 March 2026, nine o'clock
NEW_YORK = "America/New_York"


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with clock.freeze(START):
        yield


def planned(
    session: Session, cast: Cast, name: str = "", days: int = 0, hours: str = "20-8", by: str = "maya", **more: object
) -> Shift:
    """So many days from now, from an hour until another, for someone or for nobody."""
    starts, _, ends = hours.partition("-")
    at = SlotTime(on=MONDAY + timedelta(days=days), starts=time(int(starts)), ends=time(int(ends)))
    said = {"times": [at], "zone": "UTC", "member_id": cast.actor(name).member_id if name else ""} | more
    made = plan_shifts(session, cast.actor(by), PlanShifts(**said))  # type: ignore[arg-type]
    return session.get_one(Shift, made.id)


def duty(session: Session, cast: Cast, name: str = "maya", begins: str = "") -> OnDutyView:
    return on_duty(session, cast.actor(name), DutyPage(begins=begins))


def lines(view: OnDutyView) -> list[str]:
    """Each line of the days ahead: who, and from when until when; "-" for a time between at which nobody is there."""
    return [
        f"{one.holder.name.split()[0] if one.has_holder else 'nobody' if one.id else '-'} {one.starts}-{one.ends}"
        for day in view.days
        for one in day.shifts
    ]


def written(session: Session, cast: Cast, name: str, shift: Shift | None = None, **more: str) -> Handover:
    said = {"medicines": "Ramipril 5 mg at eight", "shift_id": shift.id if shift else ""} | more
    made = write_handover(session, cast.actor(name), WriteHandover(**said))
    return session.get_one(Handover, made.id)


def notes(session: Session, cast: Cast, name: str) -> list[HandoverCard]:
    return list(handovers(session, cast.actor(name), HistoryPage()).handovers)


def test_a_night_ends_on_the_next_morning_and_stands_with_who_is_there(session: Session, rose_site: Cast) -> None:
    night = planned(session, rose_site, "tom")
    assert (night.ends_at, night.until_at) == (datetime(2026, 3, 3, 8), datetime(2026, 3, 3, 8, tzinfo=UTC))
    (day,) = duty(session, rose_site, "ida").days
    (card,) = day.shifts
    assert (day.day, card.clock, card.holder.name) == ("Monday, 2 March", "8:00 PM – 8:00 AM", "Tom Lind")


def test_what_repeats_weekly_is_planned_in_one_go(session: Session, rose_site: Cast) -> None:
    every_week = Repeat(every="week", days=["MO", "WE"], until=MONDAY + timedelta(days=13))
    planned(session, rose_site, "tom", repeat=every_week)
    assert [one.on for day in duty(session, rose_site).days for one in day.shifts if one.id] == [
        "2026-03-02",
        "2026-03-04",
        "2026-03-09",
        "2026-03-11",
    ]
    assert told(session) == {}


def test_the_same_hour_twice_is_a_whole_day_and_round(session: Session, rose_site: Cast) -> None:
    shift = planned(session, rose_site, "tom", 1, "8-8")
    assert shift.until_at - shift.begins_at == timedelta(hours=24)


@pytest.mark.parametrize(
    ("times", "field"),
    [
        ([], "times"),
        ([SlotTime(on=MONDAY, starts=time(20))], "times"),
        ([SlotTime(on=MONDAY - timedelta(days=1), starts=time(8), ends=time(20))], "times"),
        ([SlotTime(on=MONDAY, starts=time(6), ends=time(8))], "times"),
        (
            [SlotTime(on=MONDAY, starts=time(20), ends=time(8)), SlotTime(on=MONDAY, starts=time(22), ends=time(23))],
            "times",
        ),
    ],
)
def test_times_that_cannot_be_are_refused(session: Session, rose_site: Cast, times: list[SlotTime], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        plan_shifts(session, rose_site.maya, PlanShifts(times=times, zone="UTC"))
    assert set(refused.value.fields) == {field}


def test_a_zone_that_is_none_and_words_that_are_none_are_refused(session: Session, rose_site: Cast) -> None:
    with pytest.raises(Invalid):
        planned(session, rose_site, zone="Mars/Base")
    with pytest.raises(Invalid) as refused:
        written(session, rose_site, "maya", medicines=" ")
    assert set(refused.value.fields) == {"words"}
    with pytest.raises(ValidationError):
        WriteHandover(mood="furious")


def test_two_people_may_be_there_at_once_and_nobody_twice(session: Session, rose_site: Cast) -> None:
    planned(session, rose_site, "tom")
    planned(session, rose_site, "ida", hours="7-21", days=1)
    with pytest.raises(Invalid) as refused:
        planned(session, rose_site, "tom", hours="7-9", days=1)
    assert set(refused.value.fields) == {"member_id"}

    planned(session, rose_site, "tom", hours="8-9", days=1)  # one after the other is not twice
    assert lines(duty(session, rose_site)) == ["Tom 20:00-08:00", "Ida 07:00-21:00", "Tom 08:00-09:00"]


@pytest.mark.parametrize(("on", "hours"), [(date(2026, 3, 7), 11), (date(2026, 10, 31), 13)])
def test_a_night_in_which_the_clocks_change_is_an_hour_shorter_or_longer(
    session: Session, rose_site: Cast, on: date, hours: int
) -> None:
    night = planned(session, rose_site, "tom", (on - MONDAY).days, zone=NEW_YORK)
    assert night.until_at - night.begins_at == timedelta(hours=hours)


def test_an_hour_that_summer_time_skips_is_no_time_on_duty(session: Session, rose_site: Cast) -> None:
    with pytest.raises(Invalid, match=r".*") as refused:
        planned(session, rose_site, "tom", 6, "2-3", zone=NEW_YORK)
    assert "clocks change" in refused.value.fields["times"]


def test_a_reader_elsewhere_sees_their_own_clock_beside(session: Session, rose_site: Cast) -> None:
    planned(session, rose_site, "tom", zone=NEW_YORK)
    session.get_one(Account, rose_site.ida.account_id).time_zone = "Europe/Berlin"
    session.flush()
    (card,) = duty(session, rose_site, "ida").days[0].shifts
    assert (card.clock, card.elsewhere) == ("8:00 PM – 8:00 AM", "2:00\u202fAM – 2:00\u202fPM")


def test_gaps_between_times_on_duty_show_and_those_without_anyone_are_counted(
    session: Session, rose_site: Cast
) -> None:
    planned(session, rose_site, "tom")
    planned(session, rose_site, "ida", 1, "8-14")
    planned(session, rose_site, "", 1, "20-8")
    view = duty(session, rose_site)
    assert lines(view) == ["Tom 20:00-08:00", "Ida 08:00-14:00", "- 14:00-20:00", "nobody 20:00-08:00"]
    assert view.gaps == 2
    assert [one.can_fill for day in view.days for one in day.shifts] == [False, False, True, False]


@pytest.mark.both_databases
def test_two_people_cannot_take_one(session: Session, rose_site: Cast) -> None:
    shift = planned(session, rose_site)
    take_shift(session, rose_site.ida, OneShift(shift_id=shift.id))
    take_shift(session, rose_site.ida, OneShift(shift_id=shift.id))
    with pytest.raises(Conflict) as refused:
        take_shift(session, rose_site.tom, OneShift(shift_id=shift.id))
    assert "quicker" in str(refused.value.words)
    assert lines(duty(session, rose_site)) == ["Ida 20:00-08:00"]


def test_who_takes_one_is_not_twice_at_the_same_time_either(session: Session, rose_site: Cast) -> None:
    planned(session, rose_site, "ida")
    shift = planned(session, rose_site, hours="22-23")
    with pytest.raises(Invalid):
        take_shift(session, rose_site.ida, OneShift(shift_id=shift.id))


def test_whoever_leaves_leaves_a_gap_that_another_can_take(session: Session, rose_site: Cast) -> None:
    shift = planned(session, rose_site, "tom")
    leave(session, rose_site.tom, Leave())
    (card,) = duty(session, rose_site, "ida").days[0].shifts
    assert (card.has_holder, card.left, card.can_take) == (False, "Tom Lind", True)
    take_shift(session, rose_site.ida, OneShift(shift_id=shift.id))
    assert lines(duty(session, rose_site)) == ["Ida 20:00-08:00"]


def test_who_is_planned_in_is_told_and_who_planned_hears_that_they_cannot(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    shift = planned(session, rose_site, "tom")
    release_shift(session, rose_site.tom, ReleaseShift(shift_id=shift.id, note="I am ill."))
    take_shift(session, rose_site.ida, OneShift(shift_id=shift.id))
    cancel_shift(session, rose_site.maya, CancelShift(shift_id=shift.id))
    assert told(session, Kind.SCHEDULE) == {
        "Tom": ["Looking after Rose: you are on duty"],
        "Maya": ["Looking after Rose: nobody is on duty", "Looking after Rose: someone is on duty"],
        "Ida": ["Looking after Rose: a time on duty was called off"],
    }
    assert duty(session, rose_site).days == ()
    with pytest.raises(Conflict):
        take_shift(session, rose_site.tom, OneShift(shift_id=shift.id))


def changed(session: Session, cast: Cast, by: str, shift: Shift, version: int = 1, **more: object) -> None:
    said = {"on": MONDAY, "starts": time(21), "ends": time(9), "member_id": cast.actor("tom").member_id} | more
    change_shift(session, cast.actor(by), ChangeShift(shift_id=shift.id, version=version, **said))  # type: ignore[arg-type]
    session.refresh(shift)


@pytest.mark.both_databases
def test_what_another_changed_is_not_overwritten_unseen(session: Session, rose_site: Cast) -> None:
    shift = planned(session, rose_site, "tom")
    changed(session, rose_site, "maya", shift)
    with pytest.raises(Conflict) as refused:
        changed(session, rose_site, "tom", shift, starts=time(22))
    assert refused.value.params["theirs"] == "Monday, 2 March, 9:00 PM – 9:00 AM · Tom Lind"
    changed(session, rose_site, "tom", shift, 2, starts=time(22))
    assert lines(duty(session, rose_site)) == ["Tom 22:00-09:00"]


def test_this_and_all_after_it_move_together_and_those_before_stay(session: Session, rose_site: Cast) -> None:
    planned(session, rose_site, "tom", repeat=Repeat(every="week", until=MONDAY + timedelta(days=21)))
    second = session.exec(select(Shift).order_by(Shift.begins_at)).all()[1]
    tuesday = MONDAY + timedelta(days=8)
    changed(session, rose_site, "maya", second, on=tuesday, scope=Scope.FOLLOWING, member_id="")
    rows = session.exec(select(Shift).order_by(Shift.begins_at)).all()
    assert [(f"{one.starts_at:%d %H}", one.member_id is None) for one in rows] == [
        ("02 20", False),
        ("10 21", True),
        ("17 21", True),
        ("24 21", True),
    ]
    cancel_shift(session, rose_site.maya, CancelShift(shift_id=rows[2].id, scope=Scope.FOLLOWING))
    assert [one.cancelled_at is None for one in rows] == [True, True, False, False]
    with pytest.raises(Conflict):
        changed(session, rose_site, "maya", rows[3])


def every_week(session: Session, cast: Cast) -> list[Shift]:
    """Three of Tom's, the last of which Ida has taken over; whoever is told from now on has a phone."""
    planned(session, cast, "tom", repeat=Repeat(every="week", until=MONDAY + timedelta(days=14)))
    rows = list(session.exec(select(Shift).order_by(Shift.begins_at)).all())
    release_shift(session, cast.tom, ReleaseShift(shift_id=rows[2].id))
    take_shift(session, cast.ida, OneShift(shift_id=rows[2].id))
    with_phones(session, cast)
    return rows


def holders(session: Session, rows: list[Shift]) -> list[str]:
    return [(session.get_one(Member, one.member_id).name if one.member_id else "-").split()[0] for one in rows]


def test_this_and_all_after_it_leave_to_others_what_is_theirs(session: Session, rose_site: Cast) -> None:
    rows = every_week(session, rose_site)
    hours = {"starts": time(20), "ends": time(8)}
    changed(session, rose_site, "maya", rows[0], scope=Scope.FOLLOWING, member_id="", **hours)
    assert holders(session, rows) == ["-", "-", "Ida"]
    assert told(session, Kind.SCHEDULE) == {"Tom": ["Looking after Rose: a time on duty has changed"]}
    assert rows[2].version == 3


def test_who_has_one_of_those_that_move_or_end_is_told(session: Session, rose_site: Cast) -> None:
    rows = every_week(session, rose_site)
    changed(session, rose_site, "maya", rows[0], scope=Scope.FOLLOWING)
    assert holders(session, rows) == ["Tom", "Tom", "Ida"]
    assert [one.starts_at.hour for one in rows] == [21, 21, 21]
    cancel_shift(session, rose_site.maya, CancelShift(shift_id=rows[0].id, scope=Scope.FOLLOWING))
    both = ["Looking after Rose: a time on duty has changed", "Looking after Rose: a time on duty was called off"]
    assert told(session, Kind.SCHEDULE) == {"Tom": both, "Ida": both}


def test_nobody_is_moved_to_where_they_are_on_duty_already(session: Session, rose_site: Cast) -> None:
    rows = every_week(session, rose_site)
    planned(session, rose_site, "ida", 15, "8-9")
    with pytest.raises(Invalid) as refused:
        changed(session, rose_site, "maya", rows[0], scope=Scope.FOLLOWING)
    assert "Ida Berg" in str(refused.value.fields["member_id"].params)


def test_who_only_has_one_of_them_changes_and_ends_no_other(session: Session, rose_site: Cast) -> None:
    rows = every_week(session, rose_site)
    changed(session, rose_site, "tom", rows[0], scope=Scope.FOLLOWING)
    assert [one.starts_at.hour for one in rows] == [21, 21, 20]
    cancel_shift(session, rose_site.tom, CancelShift(shift_id=rows[0].id, scope=Scope.FOLLOWING))
    assert [one.cancelled_at is None for one in rows] == [False, False, True]


def test_a_friend_takes_and_lets_go_but_plans_nothing(session: Session, rose_site: Cast) -> None:
    with pytest.raises(NotAllowed):
        planning(session, rose_site.ida, PlanPage())
    shift = planned(session, rose_site, "ida")
    with pytest.raises(NotAllowed):
        changed(session, rose_site, "ida", shift)
    with pytest.raises(NotAllowed):
        cancel_shift(session, rose_site.cole, CancelShift(shift_id=shift.id))
    (card,) = duty(session, rose_site, "ida").days[0].shifts
    assert (card.can_release, card.can_change) == (True, False)


def test_the_home_page_says_who_is_there_and_who_comes_next(session: Session, rose_site: Cast) -> None:
    assert not duty_today(session, rose_site.ida).is_any
    planned(session, rose_site, "tom", hours="8-20")
    planned(session, rose_site, "ida")
    with clock.freeze(START + timedelta(hours=1)):
        first, second = duty_today(session, rose_site.ida).near
    assert (first.holder.name, first.until, second.holder.name) == ("Tom Lind", "8:00 PM", "Ida Berg")
    # The next one from when the one before began, so that a page that stays open turns by itself.
    assert (first.next_from < first.begins_at, second.next_from) == (True, first.begins_at)


def test_who_goes_off_duty_hands_over_and_the_next_one_is_told_and_takes_over(
    session: Session, rose_site: Cast
) -> None:
    shift = planned(session, rose_site, "tom", hours="10-20")
    planned(session, rose_site, "ida")
    planned(session, rose_site, "cole", 1, "8-20")
    with_phones(session, rose_site)
    with clock.freeze(START + timedelta(hours=11)):
        assert duty(session, rose_site, "tom").mine == shift.id
        note = written(session, rose_site, "tom", shift, mood="steady", food="Soup, half a plate")
        assert told(session, Kind.SCHEDULE) == {"Ida": ["Looking after Rose: something is handed over to you"]}
        (card,) = duty(session, rose_site, "ida").open
        assert (card.mood_words, card.food, card.can_confirm) == ("Steady", "Soup, half a plate", True)
        assert duty_today(session, rose_site.ida).waiting == 1
        assert duty_today(session, rose_site.tom).waiting == 0

        confirm_handover(session, rose_site.ida, OneHandover(handover_id=note.id))
        confirm_handover(session, rose_site.ida, OneHandover(handover_id=note.id))
        assert told(session, Kind.SCHEDULE)["Tom"] == ["Looking after Rose: your note was read"]
        view = duty(session, rose_site, "tom")
        assert (view.open, [one.confirmed_by for one in view.read]) == ((), ["Ida Berg"])
        with pytest.raises(Conflict):
            confirm_handover(session, rose_site.maya, OneHandover(handover_id=note.id))
        with pytest.raises(Conflict):
            edit_handover(session, rose_site.tom, EditHandover(handover_id=note.id, version=1, words="More"))


def test_nobody_takes_over_from_themselves(session: Session, rose_site: Cast) -> None:
    note = written(session, rose_site, "tom")
    with pytest.raises(Conflict):
        confirm_handover(session, rose_site.tom, OneHandover(handover_id=note.id))


def test_a_note_is_changed_by_who_wrote_it_and_not_unseen(session: Session, rose_site: Cast) -> None:
    note = written(session, rose_site, "tom")
    edit_handover(session, rose_site.tom, EditHandover(handover_id=note.id, version=1, words="She slept well."))
    with pytest.raises(Conflict):
        edit_handover(session, rose_site.tom, EditHandover(handover_id=note.id, version=1, words="Other"))
    with pytest.raises(NotFound):
        edit_handover(session, rose_site.maya, EditHandover(handover_id=note.id, version=2, words="Other"))
    form = hand_over_form(session, rose_site.tom, HandOverPage(handover=note.id))
    assert (form.words, form.medicines, form.version, form.can_write) == ("She slept well.", "", 2, True)


def test_a_friend_reads_what_is_handed_over_only_around_their_own_time_on_duty(
    session: Session, rose_site: Cast
) -> None:
    written(session, rose_site, "tom")
    assert [len(notes(session, rose_site, name)) for name in ("maya", "cole", "ida")] == [1, 1, 0]
    with pytest.raises(NotAllowed):
        written(session, rose_site, "ida")

    shift = planned(session, rose_site, "ida")
    assert len(notes(session, rose_site, "ida")) == 1
    release_shift(session, rose_site.ida, ReleaseShift(shift_id=shift.id))
    assert notes(session, rose_site, "ida") == []

    planned(session, rose_site, "ida", 9)
    assert notes(session, rose_site, "ida") == []
    with clock.freeze(START + timedelta(days=9)):
        assert notes(session, rose_site, "ida") == []


def test_who_may_not_see_the_schedule_sees_nobody_on_duty(session: Session, rose_site: Cast) -> None:
    planned(session, rose_site, "tom")
    session.add(RoleGrant(site_id=rose_site.maya.site_id, role=Role.FRIEND, section=Section.SCHEDULE, level=Right.NONE))
    session.flush()
    assert not duty_today(session, rose_site.ida).is_any


def test_what_nobody_has_read_stays_in_sight_however_much_newer_is_read(session: Session, rose_site: Cast) -> None:
    waiting = written(session, rose_site, "tom")
    for n in range(14):
        with clock.freeze(START + timedelta(hours=n + 1)):
            newer = written(session, rose_site, "tom", words=f"Note {n}")
            confirm_handover(session, rose_site.maya, OneHandover(handover_id=newer.id))
    with clock.freeze(START + timedelta(days=1)):
        view = duty(session, rose_site)
    assert [one.id for one in view.open] == [waiting.id]
    assert [one.words for one in view.read] == ["Note 13", "Note 12", "Note 11"]


def test_what_was_handed_over_is_turned_page_by_page(session: Session, rose_site: Cast) -> None:
    for n in range(PAGE + 2):
        with clock.freeze(START + timedelta(minutes=n)):
            written(session, rose_site, "tom", words=f"Note {n}")
    first = handovers(session, rose_site.maya, HistoryPage())
    rest = handovers(session, rose_site.maya, HistoryPage(after=first.later))
    assert [one.words for one in (first.handovers[0], *rest.handovers)] == ["Note 21", "Note 1", "Note 0"]
    assert (len(first.handovers), rest.later) == (PAGE, "")


def test_who_is_on_duty_cannot_do_something_else_meanwhile(session: Session, rose_site: Cast) -> None:
    planned(session, rose_site, "tom", 3, "8-20")
    view = who_can(session, rose_site.maya, TimePage(on="2026-03-05", at="15:00"))
    assert [one.face.name for one in view.cannot] == ["Tom Lind"]


@pytest.mark.parametrize("look", ["duty", "history", "today", "plan"])
def test_much_takes_as_many_statements_as_little(session: Session, rose_site: Cast, look: str) -> None:
    shift = planned(session, rose_site, "tom")
    written(session, rose_site, "tom", shift)
    maya = rose_site.maya
    looks = {
        "duty": lambda: on_duty(session, maya, DutyPage()),
        "history": lambda: handovers(session, maya, HistoryPage()),
        "today": lambda: duty_today(session, maya),
        "plan": lambda: planning(session, maya, PlanPage(shift=shift.id)),
    }

    def statements() -> int:
        session.expire_all()
        with counted_statements() as seen:
            looks[look]()
        return len(seen)

    before = statements()
    for n, name in enumerate(("ida", "cole", "rose"), 1):
        more = planned(session, rose_site, name, n, repeat=Repeat(every="day", until=MONDAY + timedelta(days=12)))
        written(session, rose_site, "maya", more)
    assert statements() == before


def test_what_was_handed_over_is_read_by_its_index(session: Session, rose_site: Cast) -> None:
    from careapp.shifts.cards import handover_rows

    newest = handover_rows(rose_site.maya).order_by(Handover.created_at.desc(), Handover.id.desc()).limit(PAGE)  # type: ignore[attr-defined]
    plan = _plan(session, newest)
    assert "ix_handover_newest" in plan
    assert "TEMP B-TREE" not in plan


def test_a_notice_says_when_it_is_there_and_on_each_readers_own_clock(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site, "tom", "ida")
    session.get_one(Account, rose_site.tom.account_id).time_zone = "Asia/Tokyo"
    shift = planned(session, rose_site, "tom", hours="20-8", zone="Europe/Berlin")
    changed(session, rose_site, "maya", shift, member_id=rose_site.ida.member_id)
    said = {name: [words.body for words in told_] for name, told_ in spoken_to(session).items()}
    old, new = "Monday, 2 March, 8:00 PM – 8:00 AM", "Monday, 2 March, 9:00 PM – 9:00 AM"
    own = "in Berlin (Tuesday, 3 March 2026, {}:00 AM where you are)"
    assert said == {
        "Tom": [f"{old} {own.format(4)}", f"{old} {own.format(4)} → {new} {own.format(5)}"],
        "Ida": [f"{old} → {new}"],
    }
    with clock.freeze(START):
        assert planning(session, rose_site.tom, PlanPage()).zone == "Asia/Tokyo"


def spoken_to(session: Session) -> dict[str, list[Spoken]]:
    rows = session.exec(select(Notice, Member).join(Member).order_by(col(Notice.created_at), col(Notice.id)))
    found: dict[str, list[Spoken]] = {}
    for notice, member in rows:
        found.setdefault(member.name.split()[0], []).append(spoken(notice.words, "en", says_more=True))
    return found


def reminded(session: Session, until: timedelta) -> dict[str, list[str]]:
    """What everyone was reminded of by then, each of it tried twice."""
    due = select(Job).where(Job.kind == REMIND, Job.state == "waiting", col(Job.run_at) <= START + until)
    for job in session.exec(due.order_by(col(Job.run_at))).all():
        job.state = "done"
        with clock.freeze(job.run_at):
            remind(session, job.payload)
            remind(session, job.payload)
    return told(session, Kind.REMINDERS)


def test_who_is_on_duty_is_reminded_a_day_and_an_hour_before_and_once(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    first = planned(session, rose_site, "tom", 3)
    planned(session, rose_site, "ida", 4)
    off = planned(session, rose_site, "ida", 5)
    planned(session, rose_site, "", 6)
    changed(session, rose_site, "maya", first, on=MONDAY + timedelta(days=3), starts=time(22))
    cancel_shift(session, rose_site.maya, CancelShift(shift_id=off.id))
    both = ["Looking after Rose: you are on duty tomorrow", "Looking after Rose: you are on duty in an hour"]
    assert reminded(session, timedelta(days=9)) == {"Tom": both, "Ida": both}
    rows = session.exec(select(Notice.created_at).where(Notice.kind == Kind.REMINDERS).order_by(Notice.created_at))
    assert rows.first() == datetime(2026, 3, 4, 22, tzinfo=UTC)
    assert spoken_to(session)["Tom"][-1].title == "On duty: Thursday, 5 March, 10:00 PM – 9:00 AM"


def test_a_reminder_of_duty_that_comes_late_or_after_quiet_hours_says_when(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    set_notice_settings(session, rose_site.tom, SetNoticeSettings(quiet_from="21:00", quiet_until="07:00"))
    planned(session, rose_site, "tom", 2, "22-6")
    night = "Looking after Rose: you are on duty, Wednesday, 4 March, 10:00 PM – 6:00 AM"
    assert reminded(session, timedelta(days=9)) == {"Tom": [night, night]}

    planned(session, rose_site, "ida", 4, "22-6")
    (late, _) = session.exec(select(Job).where(Job.kind == REMIND, Job.state == "waiting").order_by(Job.run_at)).all()  # type: ignore[arg-type]
    with clock.freeze(datetime(2026, 3, 6, 7, tzinfo=UTC)):
        remind(session, late.payload)
    assert told(session, Kind.REMINDERS)["Ida"] == [night.replace("Wednesday, 4", "Friday, 6")]


def test_who_takes_a_time_on_duty_late_is_reminded_and_who_let_it_go_or_wants_none_is_not(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site)
    shift, other = planned(session, rose_site, "tom", 3), planned(session, rose_site, "cole", 4)
    choose(session, rose_site.cole.account_id, Kind.REMINDERS, Channel.PUSH, is_on=False)
    release_shift(session, rose_site.tom, ReleaseShift(shift_id=shift.id))
    assert reminded(session, timedelta(days=2, hours=12)) == {}
    take_shift(session, rose_site.ida, OneShift(shift_id=shift.id))
    assert reminded(session, timedelta(days=9)) == {"Ida": ["Looking after Rose: you are on duty in an hour"]}
    assert other.member_id
