"""Calendars of others: what they say is what we keep, or the line is named; and what we write reads back the same."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careapp.models import Appointment
from careapp.schedule.ics import Item, written
from careapp.schedule.ics_reading import MOST_EVENTS, Calendar, read
from careapp.schedule.recurrence import span
from careapp.schedule.walls import moment

SAMPLES = Path(os.environ.get("CAREAPP_SAMPLES", "../shared/data")) / "ics"
HERE = "America/New_York"
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "UTC")
# For each sample: its appointments, and the lines that are refused.
SAID = {
    "Germany.ics": (159, []),
    "alarm_etar_notification.ics": (1, []),
    "alarm_recurring_and_acknowledged_at_2024_11_27_16_27.ics": (1, []),
    "big_bad_calendar.ics": (0, list(range(2, 42, 2))),
    "bom_calendar.ics": (0, [1]),
    "calendar_with_unicode.ics": (0, [1]),
    "fuzz_testcase_invalid_month.ics": (0, [1]),
    "issue_104_broken_calendar.ics": (1, [13]),
    "issue_165_missing_event.ics": (1, []),
    "issue_173_only_modifications_error.ics": (677, []),
    "issue_18_cancel_status.ics": (2, []),
    "issue_223_thunderbird.ics": (3, []),
    "issue_27_t1.ics": (1, []),
    "issue_28_rrule_with_UTC_endinginZ.ics": (5, []),
    "issue_48_dst.ics": (13, []),
    "issue_836_do_not_quote_tzid.ics": (1, []),
    "machbar_16_feb_2019.ics": (64, []),
    "rdate_hackerpublicradio.ics": (12, []),
    "recurring_events_moved.ics": (5, []),
    "x_location.ics": (1, []),
    "x_wr_timezone_simple_events_issue_59.ics": (2, []),
}

needs_samples = pytest.mark.skipif(not SAMPLES.exists(), reason="the sample calendars are not here")


def sample(name: str) -> Calendar:
    return read((SAMPLES / name).read_text(encoding="utf-8"), HERE)


def of(*lines: str) -> Calendar:
    return read("\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT", "END:VCALENDAR"]), HERE)


@needs_samples
def test_every_sample_is_taken_over_with_all_it_holds_or_refused_by_its_lines() -> None:
    assert {path.name for path in SAMPLES.glob("*.ics")} <= set(SAID)
    found = {name: sample(name) for name in SAID}

    assert {name: (len(one.entries), [each.line for each in one.refused]) for name, one in found.items()} == SAID


@needs_samples
@pytest.mark.parametrize("name", [name for name, (many, _) in SAID.items() if many])
def test_each_appointment_of_a_sample_begins_ends_and_is_called_as_the_file_says(name: str) -> None:
    theirs = [
        event
        for one in icalendar.Calendar.from_ical((SAMPLES / name).read_bytes().replace(b"\nX\r", b"\n\r"), multiple=True)
        for event in one.walk("VEVENT")
        if "RDATE" not in event
    ]
    found = {(one.texts.title, one.starts_at, one.zone, one.ends_at - one.starts_at) for one in sample(name).entries}
    moments = {
        (title, starts if is_day else moment(starts, zone).replace(tzinfo=None), length)
        for title, starts, zone, length in found
        for is_day in (True, False)
    }
    for event in theirs:
        starts = event["DTSTART"].dt
        is_day = not isinstance(starts, datetime)
        ends = event["DTEND"].dt if "DTEND" in event else event.end
        length = ends - starts if ends != starts or not is_day else timedelta(days=1)
        at = datetime(starts.year, starts.month, starts.day) if is_day else _utc(event)
        assert (" ".join(str(event.get("SUMMARY", "")).split()), at, length) in moments


def _utc(event: icalendar.Event) -> datetime:
    zone = event["DTSTART"].params.get("TZID", "")
    at = event["DTSTART"].dt
    if at.tzinfo is None or zone.startswith("GMT "):
        at = at.replace(tzinfo=ZoneInfo({"Eastern Standard Time": HERE}.get(zone, "Europe/Berlin")))
    return at.astimezone(UTC).replace(tzinfo=None)


@needs_samples
def test_a_series_keeps_what_it_leaves_out_and_what_was_moved_or_cancelled() -> None:
    moved = sample("recurring_events_moved.ics").entries
    left_out = sample("issue_27_t1.ics").entries[0]
    cancelled = sample("issue_18_cancel_status.ics").entries
    bins = sample("issue_28_rrule_with_UTC_endinginZ.ics").entries

    assert [one.recurrence_at for one in moved[:2]] == [None, datetime(2019, 3, 19, 4)]
    assert moved[1].texts.title == "test7 - edited"
    assert left_out.gaps == {datetime(2020, 4, 27, 14)}, "the file says it in UTC, of a series in Berlin"
    assert [one.is_cancelled for one in cancelled] == [False, True]
    assert [one.recurrence_at for one in bins if one.recurrence_at] == [
        datetime(2020, 4, 16), datetime(2020, 5, 28), datetime(2020, 9, 3),
    ]  # fmt: skip
    assert bins[0].rule.startswith("FREQ=WEEKLY;UNTIL=20200917")


@needs_samples
def test_zones_are_known_by_windows_names_and_by_how_outlook_describes_them() -> None:
    zone = sample("issue_165_missing_event.ics").entries[0].zone
    summer, winter = datetime(2026, 7, 1, 12), datetime(2026, 1, 1, 12)

    assert sample("issue_836_do_not_quote_tzid.ics").entries[0].zone == "America/New_York"
    assert [moment(at, zone).hour for at in (summer, winter)] == [10, 11]
    assert of("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260101T090000").entries[0].zone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["SUMMARY:No time"], 2),
        (["DTSTART:20261345T090000"], 4),
        (["DTSTART:20260101T090000", "DTEND:20251231T090000"], 5),
        (["DTSTART:20260101T090000", "DTEND;VALUE=DATE:20260102"], 5),
        (["DTSTART:20260101T090000", "DURATION:P1Z"], 5),
        (["DTSTART:20260101T090000", "", "", "nonsense"], 7),
        (["DTSTART;TZID=Mars/Olympus:20260101T090000"], 4),
        (["DTSTART:20260101T090000", "RRULE:FREQ=SECONDLY"], 5),
        (["DTSTART:20260101T090000", "RRULE:FREQ=HOURLY;COUNT=3"], 5),
        (["DTSTART:20260101T090000", "RRULE:FREQ=DAILY;BYHOUR=1,2,3"], 5),
        (["DTSTART:20260101T090000", "RRULE:FREQ=DAILY;COUNT=100000"], 5),
        (["DTSTART:20260101T090000", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], 5),
        (["DTSTART:20260101T090000", "RRULE:%n;BYMONTH="], 5),
        (["DTSTART:20260101T090000", "EXRULE:FREQ=DAILY"], 5),
        (["DTSTART:20260101T090000", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260101T090000"], 5),
        (["DTSTART:20260101T090000", "EXDATE:" + ",".join(["20260101T090000"] * 10_000)], 5),
        (["DTSTART:20260101T090000", "DESCRIPTION:" + "x" * 10_001], 5),
        (["DTSTART:20260101T090000", "DTSTART:20260102T090000"], 5),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_by_its_line(lines: list[str], line: int) -> None:
    found = of(*lines)

    assert (found.entries, [each.line for each in found.refused]) == ((), [line])
    assert all(each.words for each in found.refused)


def test_a_series_is_refused_whole_when_one_of_its_exceptions_cannot_be_read() -> None:
    series = ["DTSTART:20260101T090000", "RRULE:FREQ=DAILY", "END:VEVENT", "BEGIN:VEVENT", "UID:1"]
    found = of(*series, "RECURRENCE-ID:20260102T090000", "DTSTART:tomorrow")

    assert (found.entries, [each.line for each in found.refused]) == ((), [2, 10])


def test_too_many_appointments_and_endless_zones_do_not_stall_anything() -> None:
    many = "BEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n" * (MOST_EVENTS + 1)
    zone = (
        "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
        "RRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = "BEGIN:VEVENT\nDTSTART;TZID=X:20260101T090000\nEND:VEVENT\n"

    dates = ",".join(
        f"2026{day:%m%dT%H%M%S}" for day in (datetime(2026, 1, 1) + timedelta(hours=n) for n in range(900))
    )
    dated = "".join(f"BEGIN:VEVENT\nUID:{n}\nDTSTART:20260101T093000\nRDATE:{dates}\nEND:VEVENT\n" for n in range(3))

    assert [each.line for each in read(f"BEGIN:VCALENDAR\n{many}END:VCALENDAR", HERE).refused] == [1]
    too_many = read(f"BEGIN:VCALENDAR\n{dated}END:VCALENDAR", HERE)
    assert (too_many.entries, [each.words.params for each in too_many.refused]) == ((), [{"most": MOST_EVENTS}])
    assert [each.line for each in read(f"BEGIN:VCALENDAR\n{zone}{event}END:VCALENDAR", HERE).refused] == [12]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.integers(0, 5000), st.integers(0, 60))
def test_nothing_that_is_in_a_file_stops_the_reading(junk: str, at: int, gone: int) -> None:
    whole = written(
        "Rose", [Item(appointment(datetime(2026, 3, 1, 9), 60, ZONES[0], "FREQ=DAILY", False), "1")]
    ).decode()
    at = at % len(whole)

    found = read(whole[:at] + junk + whole[at + gone :], HERE)

    assert found.entries or found.refused


def appointment(
    starts_at: datetime, minutes: int, zone: str, rule: str, is_all_day: bool, **more: object
) -> Appointment:
    if is_all_day:
        starts_at, minutes = starts_at.replace(hour=0, minute=0), 1440
    row = Appointment(
        site_id="s", author_id="m", uid="1", zone=zone, rule=rule, is_all_day=is_all_day, starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes), first_at=datetime(2026, 1, 1, tzinfo=UTC), **more,
    )  # fmt: skip
    row.first_at, row.last_at = span(row)
    return row


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120).map(str.strip)
WALL = st.datetimes(datetime(2015, 1, 1), datetime(2035, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0))
RULES = st.sampled_from(("", "FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=DAILY;COUNT=9", "FREQ=DAILY;UNTIL=20360101"))


@settings(max_examples=200, deadline=None)
@given(WALL, st.integers(0, 3000), st.sampled_from(ZONES), RULES, st.booleans(), TEXT, TEXT, st.integers(1, 300))
def test_what_is_written_reads_back_the_same_by_the_library_and_by_us(
    starts_at: datetime, minutes: int, zone: str, rule: str, is_all_day: bool, title: str, words: str, days: int
) -> None:
    row = appointment(starts_at, minutes, zone, rule, is_all_day, title=title, place=words, sequence=days)
    at = row.starts_at + timedelta(days=days)
    moved = appointment(at + timedelta(hours=1), 30, ZONES[1], "", is_all_day, recurrence_at=at, title=words)
    gaps = [row.starts_at + timedelta(days=days + 1)] if rule else []
    items = [Item(row, "1", gaps=gaps, words=words), *([Item(moved, "1", series=row)] if rule else [])]

    raw = written("Rose", items)
    theirs = icalendar.Calendar.from_ical(raw).walk("VEVENT")[0]
    ours = read(raw.decode(), zone)

    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert (str(theirs["SUMMARY"]), str(theirs.get("LOCATION", ""))) == (title, words)
    assert theirs.start == (row.starts_at.date() if is_all_day else row.starts_at.replace(tzinfo=ZoneInfo(zone)))
    assert (theirs["SEQUENCE"], theirs["UID"]) == (days, "1")
    assert ours.refused == ()
    first, *others = ours.entries
    assert (first.starts_at, first.ends_at, first.is_all_day) == (row.starts_at, row.ends_at, is_all_day)
    assert is_all_day or rule or moment(first.starts_at, first.zone) == moment(row.starts_at, zone)
    assert first.gaps == set(gaps)
    assert [(one.recurrence_at, one.starts_at) for one in others] == ([(at, moved.starts_at)] if rule else [])


def test_zones_are_described_as_they_are_at_every_change_of_clocks() -> None:
    for zone in ZONES[:-1]:
        raw = written("Rose", [Item(appointment(datetime(2026, 3, 1, 9), 60, zone, "", False), "1")])
        described = icalendar.Calendar.from_ical(raw).walk("VTIMEZONE")[0].to_tz()
        at = datetime(2025, 1, 1, tzinfo=UTC)
        while at.year < 2028:
            assert at.astimezone(described).utcoffset() == at.astimezone(ZoneInfo(zone)).utcoffset(), (zone, at)
            at += timedelta(minutes=90)


def test_busy_says_nothing_but_when() -> None:
    row = appointment(datetime(2026, 3, 1, 9), 60, HERE, "", False, title="Dr Cole", place="Clinic", kind="doctor")
    raw = written("Rose", [Item(row, "1", busy="Busy", words="Secret", alarms=[timedelta(hours=1)])]).decode()

    assert "SUMMARY:Busy" in raw
    assert not any(word in raw for word in ("Cole", "Clinic", "doctor", "Secret", "VALARM"))


def test_what_is_cancelled_says_so_and_rings_no_more() -> None:
    row = appointment(datetime(2026, 3, 1, 9), 60, HERE, "", False, cancelled_at=datetime(2026, 1, 1, tzinfo=UTC))
    raw = written("Rose", [Item(row, "1", alarms=[timedelta(hours=1)])])

    assert icalendar.Calendar.from_ical(raw).walk("VEVENT")[0]["STATUS"] == "CANCELLED"
    assert b"VALARM" not in raw
