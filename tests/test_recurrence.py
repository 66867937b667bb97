"""What a series comes to: against another implementation of RFC 5545, and within bounds whatever was asked."""

import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from careapp import clock
from careapp.errors import Invalid
from careapp.models import Appointment
from careapp.schedule.asking import found_between
from careapp.schedule.commands import AddAppointment, AnswerAppointment, ChangeAppointment, Scope, Scoped
from careapp.schedule.composing import Composing
from careapp.schedule.operations import add_appointment, answer_appointment, change_appointment, delete_appointment
from careapp.schedule.queries import appointment_composer
from careapp.schedule.recurrence import Occurrence, has_occurrence, occurrence_at, occurrences, span
from careapp.schedule.rules import check_rule, parsed
from careapp.schedule.series import SECOND, bound
from careapp.schedule.walls import moment
from tests.cast import START, Cast

# Two in the north, one in the south, one of half an hour, one that gave summer time up, one that never had it.
ZONES = [
    "America/New_York",
    "Europe/Berlin",
    "America/Santiago",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Asia/Kolkata",
]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
HOURS = st.builds(clock_time, st.sampled_from([0, 1, 2, 3, 10, 22, 23]), st.sampled_from([0, 30]))


@dataclass(frozen=True)
class Row:
    starts_at: datetime
    ends_at: datetime
    zone: str = "America/New_York"
    rule: str = ""
    recurrence_at: datetime | None = None


def row(starts_at: str, rule: str = "", minutes: int = 60, zone: str = "America/New_York") -> Row:
    begins = datetime.fromisoformat(starts_at)
    return Row(begins, begins + timedelta(minutes=minutes), zone, rule)


def spoken(found: Sequence[Occurrence[Row]]) -> list[str]:
    return [one.from_utc.isoformat(timespec="minutes") for one in found]


def year(of: int) -> tuple[datetime, datetime]:
    return datetime(of, 1, 1, tzinfo=UTC), datetime(of + 1, 1, 1, tzinfo=UTC)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """What the form makes, and what other calendars send."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 5))}"]
    if frequency == "WEEKLY":
        parts += draw(st.sampled_from([["BYDAY=" + ",".join(draw(st.sets(st.sampled_from(DAYS), min_size=1)))], []]))
        parts += draw(st.sampled_from([["WKST=SU"], ["WKST=MO"], []]))
    if frequency == "MONTHLY":
        week, day = draw(st.sampled_from(["1", "2", "3", "4", "-1"])), draw(st.sampled_from(DAYS))
        parts += draw(st.sampled_from([[f"BYDAY={week}{day}"], ["BYMONTHDAY=31"], ["BYDAY=MO,TU", "BYSETPOS=-1"], []]))
    if frequency == "YEARLY":
        parts += draw(st.sampled_from([["BYMONTH=3,10", "BYDAY=-1SU"], ["BYWEEKNO=20", "BYDAY=MO"], []]))
    parts += draw(st.sampled_from([[], [f"COUNT={draw(st.integers(1, 40))}"], ["UNTIL=20271031T060000Z"]]))
    return ";".join(parts)


@st.composite
def series(draw: st.DrawFn, latest: date = date(2026, 12, 31)) -> Row:
    """It begins on a day of its rule, now and then at the very hour that summer time skips or gives twice."""
    day = draw(st.dates(date(2026, 1, 1), latest))
    hour, minute = draw(st.integers(0, 23)), draw(st.sampled_from([0, 15, 30]))
    length = timedelta(minutes=draw(st.sampled_from([30, 60, 480])))
    zone, rule = draw(st.sampled_from(ZONES)), draw(rules())
    begins = datetime(day.year, day.month, day.day, hour, minute)
    bare = Row(begins, begins + length, zone, rule)
    first = occurrences(bare, (), (), moment(begins, zone), moment(begins, zone) + timedelta(days=4000), 1)
    begins = first[0].starts_at if first else begins
    return Row(begins, begins + length, zone, rule if first else "")


def by_the_other(one: Row, gaps: Collection[datetime], changed: Sequence[Row], span: tuple[datetime, datetime]) -> list:
    """The same question to recurring-ical-events, as moments in UTC."""
    return sorted(at.astimezone(UTC) for at in at_the_others(one, gaps, changed, span))


def at_the_others(
    one: Row, gaps: Collection[datetime], changed: Sequence[Row], span: tuple[datetime, datetime]
) -> list:
    calendar = icalendar.Calendar()
    for each in [one, *changed]:
        event = icalendar.Event()
        event.add("UID", "one")
        event.add("DTSTART", each.starts_at.replace(tzinfo=ZoneInfo(each.zone)))
        event.add("DTEND", each.ends_at.replace(tzinfo=ZoneInfo(each.zone)))
        if each.rule:
            event.add("RRULE", icalendar.vRecur.from_ical(each.rule))
            for gap in sorted(gaps):
                event.add("EXDATE", gap.replace(tzinfo=ZoneInfo(each.zone)))
        if each.recurrence_at:
            event.add("RECURRENCE-ID", each.recurrence_at.replace(tzinfo=ZoneInfo(each.zone)))
        calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(*span)
    return [event["DTSTART"].dt for event in found]


@given(series(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_series_with_gaps_and_changes_is_what_another_implementation_makes_of_it(one: Row, data: st.DataObject):
    asked = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
    plain = [each.at for each in occurrences(one, (), (), *asked, most=800)]
    picked = data.draw(st.lists(st.sampled_from(plain), max_size=6, unique=True)) if plain and one.rule else []
    gaps, others = picked[::2], picked[1::2]
    later = timedelta(hours=data.draw(st.integers(-30, 30)))
    changed = [Row(at + later, at + later + timedelta(hours=1), one.zone, "", at) for at in others]

    found = occurrences(one, gaps, changed, *asked, most=800)

    assert [each.from_utc for each in found] == by_the_other(one, gaps, changed, asked)


@pytest.mark.parametrize("zone", ZONES)
def test_a_daily_visit_has_every_day_of_the_year_once_whatever_summer_time_does(zone: str):
    for hour in (0, 1, 2, 3, 23):
        one = row(f"2026-01-01T{hour:02}:30", "FREQ=DAILY", zone=zone)
        found = occurrences(one, (), (), *year(2026))
        assert [each.from_utc for each in found] == by_the_other(one, (), (), year(2026))


def test_a_visit_at_nine_stays_at_nine_when_summer_ends():
    found = occurrences(row("2026-10-27T09:00", "FREQ=WEEKLY;COUNT=2"), (), (), *year(2026))

    assert spoken(found) == ["2026-10-27T13:00+00:00", "2026-11-03T14:00+00:00"]


def test_an_hour_that_summer_time_skips_is_the_one_after_it_and_one_that_comes_twice_is_the_first():
    skipped = occurrence_at(row("2026-03-08T02:30", minutes=30), datetime(2026, 3, 8, 2, 30))
    twice = occurrence_at(row("2026-11-01T01:30"), datetime(2026, 11, 1, 1, 30))

    assert spoken([skipped, twice]) == ["2026-03-08T07:30+00:00", "2026-11-01T05:30+00:00"]
    assert skipped.until_utc - skipped.from_utc == timedelta(minutes=30)


def test_a_night_until_six_ends_at_six_in_the_longer_night_too():
    found = occurrences(row("2026-10-31T22:00", "FREQ=DAILY;COUNT=2", 480), (), (), *year(2026))

    assert [each.ends_at.hour for each in found] == [6, 6]
    assert [each.until_utc - each.from_utc for each in found] == [timedelta(hours=9), timedelta(hours=8)]


def test_what_was_moved_into_the_span_from_outside_is_in_it_and_what_was_moved_out_is_not():
    weekly = row("2026-06-02T10:00", "FREQ=WEEKLY;BYDAY=TU")
    into = Row(datetime(2026, 6, 10, 9), datetime(2026, 6, 10, 10), recurrence_at=datetime(2026, 7, 7, 10))
    out = Row(datetime(2026, 8, 1, 9), datetime(2026, 8, 1, 10), recurrence_at=datetime(2026, 6, 9, 10))
    june = (datetime(2026, 6, 8, tzinfo=UTC), datetime(2026, 6, 15, tzinfo=UTC))

    found = occurrences(weekly, (), (into, out), *june)

    assert [(each.at, each.of) for each in found] == [(datetime(2026, 7, 7, 10), into)]


def test_what_began_before_the_span_and_still_lasts_is_in_it():
    night = row("2026-06-01T22:00", "FREQ=DAILY", 480)
    morning = (datetime(2026, 6, 10, 7, tzinfo=UTC), datetime(2026, 6, 10, 8, tzinfo=UTC))

    assert [each.at.day for each in occurrences(night, (), (), *morning)] == [9]


REFUSED = {
    "FREQ=SECONDLY": "Nothing can repeat more often than daily.",
    "FREQ=HOURLY;COUNT=3": "Nothing can repeat more often than daily.",
    "FREQ=DAILY;COUNT=1001": "This repeats too often: at most {most} times, then begin anew.",
    "FREQ=DAILY;INTERVAL=100000": "This repeats too often: at most {most} times, then begin anew.",
    "FREQ=DAILY;INTERVAL=0": "This repeats too often: at most {most} times, then begin anew.",
    "FREQ=DAILY;COUNT=3;UNTIL=20300101T000000Z": "It can end on a day or after so many times, not both.",
    "FREQ=DAILY;BYHOUR=9,10": "It can repeat once on a day. Please add another for another hour.",
    "FREQ=WEEKLY;BYDAY=WE": "The first time is not one of the days it repeats on.",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30": "The first time is not one of the days it repeats on.",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30": "The first time is not one of the days it repeats on.",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=TH": "It comes too rarely. Please choose yearly.",
    "FREQ=DAILY;UNTIL=20200101T000000Z": "It ends before it begins.",
    "FREQ=MONTHLY;BYMONTHDAY=99": "The first time is not one of the days it repeats on.",
    "BYDAY=MO": "This way of repeating cannot be read.",
    "nonsense": "This way of repeating cannot be read.",
    "": "This way of repeating cannot be read.",
}


@pytest.mark.parametrize("rule", REFUSED)
def test_a_rule_that_cannot_be_kept_is_refused_in_words_and_at_once(rule: str):
    began = time.process_time()
    starts_at = datetime(2024, 2, 29, 10) if "BYMONTHDAY=29" in rule else datetime(2026, 6, 2, 10)
    with pytest.raises(Invalid) as refused:
        check_rule(rule, starts_at, "America/New_York")

    assert refused.value.fields["rule"] == REFUSED[rule]
    assert time.process_time() - began < 3


@given(st.text(max_size=80) | rules().map(lambda rule: rule.replace("=", ";", 1)) | rules())
@settings(max_examples=200, deadline=None)
def test_whatever_is_written_as_a_rule_is_kept_or_refused_in_words(rule: str):
    with suppress(Invalid):
        check_rule(rule, datetime(2026, 6, 2, 10), "Europe/Berlin")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;COUNT=1000",
    ],
)
def test_a_rule_without_end_that_began_long_ago_and_has_ten_thousand_gaps_is_answered_at_once(rule: str):
    one = Row(datetime(1928, 2, 29, 9), datetime(1928, 2, 29, 10), rule=rule)
    gaps = {datetime(1928, 2, 29, 9) + timedelta(days=days) for days in range(10_000)}
    began = time.process_time()

    for _ in range(20):
        assert len(occurrences(one, gaps, (), *year(2040), most=100)) <= 100
    assert time.process_time() - began < 4


def test_no_more_is_answered_than_asked_for():
    forever = (datetime(2026, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))

    assert len(occurrences(row("2026-06-02T10:00", "FREQ=DAILY"), (), (), *forever, most=7)) == 7


@given(series())
@settings(max_examples=100, deadline=None)
def test_nothing_lies_outside_of_the_span_that_is_kept_for_the_index(one: Row):
    first, last = span(one)
    found = occurrences(one, (), (), datetime(2025, 1, 1, tzinfo=UTC), datetime(2400, 1, 1, tzinfo=UTC), most=200)

    assert found
    assert found[0].from_utc == first
    assert last is None or found[-1].until_utc <= last
    assert (last is None) == (bool(one.rule) and "COUNT" not in one.rule and "UNTIL" not in one.rule)


def test_an_occurrence_is_there_when_the_rule_has_it_and_it_was_not_left_out():
    weekly = row("2026-06-02T10:00", "FREQ=WEEKLY;BYDAY=TU")

    assert has_occurrence(weekly, (), datetime(2027, 6, 8, 10))
    assert not has_occurrence(weekly, (), datetime(2027, 6, 8, 11))
    assert not has_occurrence(weekly, {datetime(2027, 6, 8, 10)}, datetime(2027, 6, 8, 10))


SPAN = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))
WIDE = (datetime(2025, 12, 1, tzinfo=UTC), datetime(2026, 9, 1, tzinfo=UTC))
ONE, MANY = ["this", "comes", "without"], ["all", "following", "no more", "otherwise", "otherwise from on"]


@dataclass
class Kept:
    """A series as a calendar elsewhere would keep it: what it leaves out, and to when what was moved."""

    row: Row
    gaps: set[datetime]
    moved: dict[datetime, datetime]

    def names(self, span: tuple[datetime, datetime] = SPAN) -> list[datetime]:
        """By their rule, as the other implementation says."""
        return sorted(at.replace(tzinfo=None) for at in at_the_others(self.row, (), (), span))

    def shown(self) -> list[datetime]:
        length = self.row.ends_at - self.row.starts_at
        changed = [Row(to, to + length, self.row.zone, "", at) for at, to in self.moved.items() if at not in self.gaps]
        return by_the_other(self.row, self.gaps, changed, SPAN)

    def from_on(self, at: datetime) -> "Kept":
        """What is from a name on, which this one then no longer has."""
        text, count, end = ended(self.row.rule)
        before = sum(name < at for name in self.names())
        rest = f"{text};COUNT={count - before}" if count else f"{text}{end}"
        head = (
            f"{text};COUNT={before}" if count else f"{text};UNTIL={moment(at, self.row.zone) - SECOND:%Y%m%dT%H%M%SZ}"
        )
        length = self.row.ends_at - self.row.starts_at
        later = Kept(
            Row(at, at + length, self.row.zone, rest),
            {gap for gap in self.gaps if gap >= at},
            {name: to for name, to in self.moved.items() if name >= at},
        )
        self.row = replace(self.row, rule=head)
        self.gaps -= later.gaps
        self.moved = {name: to for name, to in self.moved.items() if name < at}
        return later

    def move(self, by: timedelta) -> list["Kept"]:
        """Has all of it then. What no name stands for any more is on its own from now on."""
        starts_at = self.row.starts_at + by
        return self.becomes(moved_rule(self.row.rule, starts_at, by), by)

    def becomes(self, rule: str, by: timedelta = timedelta()) -> list["Kept"]:
        """Has another rule from then on."""
        self.row = Row(self.row.starts_at + by, self.row.ends_at + by, self.row.zone, rule)
        names = set(self.names(WIDE))
        gaps = {gap + by for gap in self.gaps}
        self.gaps = gaps & names
        self.moved = {at + by: to + by if at == to else to for at, to in self.moved.items() if at + by not in gaps}
        lost = self.moved.keys() - names
        length = self.row.ends_at - self.row.starts_at
        return [Kept(Row(to, to + length, self.row.zone), set(), {}) for to in map(self.moved.pop, lost)]


def ended(rule: str) -> tuple[str, int, str]:
    """A rule without its end; how many times; and until when."""
    parts = rule.split(";")
    counts = [int(part[6:]) for part in parts if part.startswith("COUNT=")]
    until = "".join(f";{part}" for part in parts if part.startswith("UNTIL="))
    return ";".join(part for part in parts if not part.startswith(("COUNT=", "UNTIL="))), sum(counts), until


def moved_rule(rule: str, starts_at: datetime, by: timedelta) -> str:
    days = (starts_at.date() - (starts_at - by).date()).days
    parts = dict(part.split("=") for part in rule.split(";"))
    if not days:
        return rule
    if parts["FREQ"] == "MONTHLY" and "BYDAY" in parts:
        parts["BYDAY"] = week_day(starts_at)
    elif "BYDAY" in parts:
        there = {DAYS[(DAYS.index(day) + days) % 7] for day in parts["BYDAY"].split(",")}
        parts["BYDAY"] = ",".join(day for day in DAYS if day in there)
    if "BYMONTHDAY" in parts:
        parts["BYMONTHDAY"] = str(starts_at.day)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def week_day(at: datetime) -> str:
    """The second Tuesday of the month; the fifth is the last."""
    week = (at.day - 1) // 7 + 1
    return f"{week if week < 5 else -1}{DAYS[at.weekday()]}"


def ends_before(one: Row, starts_at: datetime) -> bool:
    until = parsed(one.rule, one.zone).until
    return until is not None and until < moment(starts_at, one.zone)


def rule_of(form: dict[str, Any], starts_at: datetime, zone: str) -> str:
    """What a calendar elsewhere would have for what the form says."""
    frequency = {"monthly_weekday": "MONTHLY"}.get(form["repeats"], form["repeats"].upper())
    parts = [f"FREQ={frequency}", f"INTERVAL={form['every']}"]
    parts += [f"BYDAY={','.join(form['days'])}"] if form["repeats"] == "weekly" else []
    parts += [f"BYMONTHDAY={starts_at.day}"] if form["repeats"] == "monthly" else []
    parts += [f"BYDAY={week_day(starts_at)}"] if form["repeats"] == "monthly_weekday" else []
    parts += [f"COUNT={form['times']}"] if form["times"] else []
    if form["until"]:
        last = datetime.combine(form["until"], clock_time(23, 59, 59))
        parts.append(f"UNTIL={moment(last, zone):%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


@st.composite
def forms(draw: st.DrawFn, on: date) -> dict[str, Any]:
    """Any way of repeating that the form of an appointment has, from this day on."""
    repeats = draw(st.sampled_from(["daily", "weekly", "monthly", "monthly_weekday", "yearly"]))
    days = {DAYS[on.weekday()], *draw(st.sets(st.sampled_from(DAYS), max_size=3))} if repeats == "weekly" else ()
    end = draw(st.sampled_from([{}, {"times": 7}, {"until": on + timedelta(days=60)}]))
    return {
        "repeats": repeats, "every": draw(st.integers(1, 4)), "days": tuple(day for day in DAYS if day in days),
        "times": None, "until": None, **end,
    }  # fmt: skip


class Story:
    """What the family does to one series, and what should become of it."""

    def __init__(self, session: Session, cast: Cast, data: st.DataObject) -> None:
        self.session, self.cast, self.data = session, cast, data
        row = data.draw(st.sampled_from([self.written, self.taken_over]))()
        self.kept = {row.id: Kept(Row(row.starts_at, row.ends_at, row.zone, row.rule), set(), {})}
        self.alone: list[Kept] = []

    def written(self) -> Appointment:
        """With the form; now and then at an hour that summer time skips or gives twice."""
        on, starts = self.data.draw(st.dates(date(2026, 2, 1), date(2026, 3, 31))), self.data.draw(HOURS)
        zone, form = self.data.draw(st.sampled_from(ZONES)), self.data.draw(forms(on))
        ends = (datetime.combine(on, starts) + timedelta(hours=1)).time()
        added = AddAppointment(title="Visit", starts_on=on, starts=starts, ends=ends, zone=zone, **form)
        saved = add_appointment(self.session, self.cast.maya, added)
        return self.session.get_one(Appointment, saved.id)

    def taken_over(self) -> Appointment:
        """By any rule that other calendars send."""
        one = self.data.draw(series(date(2026, 3, 31)).filter(lambda one: one.rule))
        maya = self.cast.maya
        row = Appointment(
            site_id=maya.site_id, author_id=maya.member_id, uid="x", title="Visit", starts_at=one.starts_at,
            ends_at=one.starts_at + timedelta(hours=1), zone=one.zone, rule=one.rule, first_at=START,
        )  # fmt: skip
        bound(row)
        self.session.add(row)
        self.session.flush()
        return row

    def goes_on(self, kinds: list[str]) -> None:
        there = [(id_, at) for id_, kept in self.kept.items() for at in kept.names()[:12] if at not in kept.gaps]
        if not there:
            return
        (id_, at), kind = self.data.draw(st.sampled_from(there)), self.data.draw(st.sampled_from(kinds))
        kept = self.kept[id_]
        named = {"appointment_id": id_, "at": at}
        if kind == "comes":
            answer_appointment(self.session, self.cast.tom, AnswerAppointment(**named))
            kept.moved.setdefault(at, at)
        elif kind == "without":
            delete_appointment(self.session, self.cast.maya, Scoped(**named))
            kept.gaps.add(at)
        elif kind == "no more":
            delete_appointment(self.session, self.cast.maya, Scoped(**named, scope=Scope.FOLLOWING))
            if at == kept.row.starts_at:
                del self.kept[id_]
            else:
                kept.from_on(at)
        elif kind.startswith("otherwise"):
            self.is_rewritten(id_, at, Scope.FOLLOWING if kind.endswith("on") else Scope.ALL)
        else:
            self.is_moved(id_, at, Scope(kind))

    def is_moved(self, id_: str, at: datetime, scope: Scope) -> None:
        kept = self.kept[id_]
        shown = kept.moved.get(at, at)
        by = timedelta(hours=self.data.draw(st.sampled_from([-49, -23, -1, 0, 1, 3, 24, 72])))
        form = self.form(id_, at, shown + by, scope)
        began = (at if scope is Scope.FOLLOWING else kept.row.starts_at) + by
        is_kept = form.repeats == "kept" and began.date() != (began - by).date()
        is_divided = scope is Scope.FOLLOWING and at > kept.row.starts_at
        is_changed = (shown + by).date() != shown.date() or own_rule(form, began) != own_rule(form, began - by)
        is_elsewhere = not is_divided and is_changed and falls_elsewhere(form, began)
        if scope is not Scope.THIS and (is_kept or is_elsewhere or ends_before(kept.row, began)):
            self.is_refused(form)
            return
        saved = change_appointment(self.session, self.cast.maya, form)
        if scope is Scope.THIS:
            kept.moved[at] = shown + by
            return
        if is_divided:
            kept = self.kept[saved.id] = kept.from_on(at)
        self.alone += kept.move(by)

    def is_rewritten(self, id_: str, at: datetime, scope: Scope) -> None:
        """To repeat in another way from now on, and to another end."""
        kept = self.kept[id_]
        shown = kept.moved.get(at, at)
        if shown != at:  # it would all be moved as well
            return
        is_divided = scope is Scope.FOLLOWING and at > kept.row.starts_at
        starts_at = at if is_divided else kept.row.starts_at
        said = self.data.draw(forms(starts_at.date()))
        present = self.form(id_, at, shown, scope)
        if all(getattr(present, name) == value for name, value in said.items()):
            return
        form = present.model_copy(update=said)
        if not is_divided and falls_elsewhere(form, starts_at):
            self.is_refused(form)
            return
        saved = change_appointment(self.session, self.cast.maya, form)
        if is_divided:
            kept = self.kept[saved.id] = kept.from_on(at)
        self.alone += kept.becomes(rule_of(said, starts_at, kept.row.zone))

    def is_refused(self, form: ChangeAppointment) -> None:
        attempt = self.session.begin_nested()
        with pytest.raises(Invalid):
            change_appointment(self.session, self.cast.maya, form)
        attempt.rollback()

    def form(self, id_: str, at: datetime, starts_at: datetime, scope: Scope) -> ChangeAppointment:
        """As it comes filled in, but for the time and for who goes along."""
        view = appointment_composer(self.session, self.cast.maya, Composing(appointment=id_, at=at.isoformat()))
        days = tuple(day.value for day in view.days if day.is_chosen)
        return ChangeAppointment(
            appointment_id=id_, at=at, version=view.version, scope=scope, title=view.title, zone=view.zone,
            starts_on=starts_at.date(), starts=starts_at.time(),
            ends=(starts_at + timedelta(hours=1)).time(), repeats=view.repeats, every=view.every, days=days,
            until=date.fromisoformat(view.until) if view.until else None, times=int(view.times or 0) or None,
        )  # fmt: skip


def own_rule(form: ChangeAppointment, first: datetime) -> str:
    """The rule that begins with the first, without its end, of what repeats by the month or the year."""
    if form.repeats not in ("monthly", "monthly_weekday", "yearly"):
        return ""
    return rule_of({"repeats": form.repeats, "every": form.every or 1, "times": None, "until": None}, first, form.zone)


def falls_elsewhere(form: ChangeAppointment, first: datetime) -> bool:
    """Whether all of a month or year, counted from the first, would leave out the day that the form says."""
    rule = own_rule(form, first)
    return bool(rule) and datetime.combine(form.starts_on, form.starts) not in rrulestr(rule, dtstart=first)


@given(st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_changed_one_the_rest_or_all_is_what_a_calendar_elsewhere_makes_of_it(
    session: Session, rose_site: Cast, data: st.DataObject
) -> None:
    with clock.freeze(START), session.begin_nested() as example:
        story = Story(session, rose_site, data)
        for kinds in (ONE, ONE, MANY, ONE, MANY):
            story.goes_on(kinds)
            session.flush()
            session.expire_all()
            found = [each.one.from_utc for each in found_between(session, rose_site.maya, *SPAN)]
            assert found == sorted(at for kept in [*story.kept.values(), *story.alone] for at in kept.shown())
        example.rollback()
