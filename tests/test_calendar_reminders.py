"""Reminders as each member wants them, exactly when and in which words; also of what comes from another calendar."""

from datetime import date, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import Session, col, select

from careapp import clock
from careapp.models import Account, CalendarSource, Job, Kind, Member, Notice
from careapp.notify.choices import SetNoticeSettings, set_notice_settings
from careapp.schedule import reminders
from careapp.schedule.commands import (
    AnswerAppointment,
    CancelAppointment,
    ChooseReminders,
    OneAppointment,
    Scope,
    Scoped,
)
from careapp.schedule.ics_reading import read
from careapp.schedule.operations import (
    answer_appointment,
    cancel_appointment,
    choose_reminders,
    delete_appointment,
    restore_appointment,
)
from careapp.schedule.queries import AppointmentPage, appointment
from tests.calendar_story import at, said, taken_over
from tests.calendar_writing import TWICE_A_WEEK, ZONE, added, changed
from tests.cast import Cast
from tests.notices import with_phones

WHEN = "Dr Meyer: Friday, 20 March 2026, 10:00 AM"
BEGINS = datetime.fromisoformat("2026-03-20T14:00:00+00:00")
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//clinic//EN
BEGIN:VEVENT
UID:scan@clinic
DTSTAMP:20260301T000000Z
DTSTART:20260320T140000Z
DTEND:20260320T150000Z
SUMMARY:{title}
LOCATION:Room 4
END:VEVENT
END:VCALENDAR
"""


def choose(session: Session, cast: Cast, who: str, id_: str, *before: str) -> None:
    choose_reminders(session, cast.actor(who), ChooseReminders(appointment_id=id_, before=before))


def hours(session: Session, who: str) -> list[float]:
    """How long before the twentieth at ten each reminder came."""
    rows = session.exec(
        select(Notice, Member).join(Member).where(Notice.kind == Kind.REMINDERS).order_by(col(Notice.created_at))
    )
    return [(BEGINS - one.created_at) / timedelta(hours=1) for one, member in rows if member.name.startswith(who)]


def test_each_member_is_reminded_as_they_chose_and_the_others_as_is_usual(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20), companion_id=rose_site.tom.member_id)
        choose(session, rose_site, "tom", id_, "10080", "2880", "120")
        choose(session, rose_site, "ida", id_, "60")
    with at(session, days=30):
        assert said(session, Kind.REMINDERS) == {
            "Tom": [
                f"an appointment in a week: {WHEN}",
                f"an appointment in two days: {WHEN}",
                f"an appointment in two hours: {WHEN}",
            ],
            "Maya": [f"an appointment tomorrow: {WHEN}", f"an appointment in an hour: {WHEN}"],
            "Ida": [f"an appointment in an hour: {WHEN}"],
        }
        assert [hours(session, who) for who in ("Tom", "Maya", "Ida")] == [[168, 48, 2], [24, 1], [1]]


def test_who_wants_none_hears_none_and_may_want_some_again(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20))
        choose(session, rose_site, "maya", id_)
        assert appointment(session, rose_site.maya, AppointmentPage(appointment=id_)).reminded == ""
    with at(session, days=18):
        assert said(session, Kind.REMINDERS) == {}
        choose(session, rose_site, "maya", id_, "120")
        choose(session, rose_site, "maya", id_, "120")
        assert appointment(session, rose_site.maya, AppointmentPage(appointment=id_)).reminded == "Two hours before"
    with at(session, days=30):
        assert hours(session, "Maya") == [2]


def test_a_choice_counts_for_each_of_a_series_and_for_the_rest_that_becomes_its_own(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site, "ida")
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK)
        choose(session, rose_site, "ida", id_, "120")
        rest = {**TWICE_A_WEEK, "title": "Dr Berg", "scope": Scope.FOLLOWING}
        changed(session, rose_site, "maya", id_, "2026-03-13T10:00", starts_on=date(2026, 3, 13), **rest)
        changed(session, rose_site, "maya", id_, "2026-03-06T10:00", starts_on=date(2026, 3, 7), title="Moved")
    with at(session, days=30):
        told = [line.removeprefix("an appointment in two hours: ") for line in said(session, Kind.REMINDERS)["Ida"]]
    assert told == [
        "Dr Meyer: Tuesday, 3 March 2026, 10:00 AM",
        "Moved: Saturday, 7 March 2026, 10:00 AM",
        "Dr Meyer: Tuesday, 10 March 2026, 10:00 AM",
        "Dr Berg: Friday, 13 March 2026, 10:00 AM",
        "Dr Berg: Tuesday, 17 March 2026, 10:00 AM",
        "Dr Berg: Friday, 20 March 2026, 10:00 AM",
    ]
    paths = session.exec(
        select(Notice.path).where(Notice.kind == Kind.REMINDERS).order_by(col(Notice.created_at))
    ).all()
    named = parse_qs(urlsplit(paths[1]).query)
    page = AppointmentPage(appointment=named["appointment"][0], at=named["at"][0])
    assert appointment(session, rose_site.ida, page).item.title == "Moved"


def test_what_takes_all_day_reminds_at_nine_of_the_days_before(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site, "maya")
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20), is_all_day=True)
        view = appointment(session, rose_site.maya, AppointmentPage(appointment=id_))
        assert [option.value for option in view.reminders] == ["10080", "2880", "1440"]
        choose(session, rose_site, "maya", id_, "2880", "1440", "60")
    with at(session, days=30):
        rows = session.exec(select(Notice.created_at).where(Notice.kind == Kind.REMINDERS).order_by(Notice.created_at))
        assert [moment.isoformat() for moment in rows] == ["2026-03-18T13:00:00+00:00", "2026-03-19T13:00:00+00:00"]


def test_a_series_without_end_is_reminded_of_a_week_before_each_time(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site, "ida")
    with at(session):
        id_ = added(session, rose_site, repeats="daily")
        choose(session, rose_site, "ida", id_, "10080")
    with at(session, days=4):
        assert len(said(session, Kind.REMINDERS)["Ida"]) == 4
        waiting = select(Job).where(Job.kind == reminders.JOB, Job.state == "waiting")
        assert len(session.exec(waiting).all()) <= 2


def test_what_is_called_off_reminds_nobody_until_it_takes_place_after_all(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site, "maya")
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20))
        cancel_appointment(session, rose_site.maya, CancelAppointment(appointment_id=id_))
    with at(session, days=18):
        assert said(session, Kind.REMINDERS) == {}
        cancel_appointment(session, rose_site.maya, CancelAppointment(appointment_id=id_, is_cancelled=False))
    with at(session, days=30):
        assert hours(session, "Maya") == [1]


def test_what_comes_from_another_calendar_reminds_too_also_when_it_is_moved_or_gone(
    session: Session, rose_site: Cast
) -> None:
    def taken(text: str) -> None:
        taken_over(session, source, read(text, "America/New_York"))
        session.flush()

    with_phones(session, rose_site, "maya")
    source = CalendarSource(
        site_id=rose_site.maya.site_id, member_id=rose_site.maya.member_id, address="https://x.org/c"
    )
    session.add(source)
    session.flush()
    scan = CALENDAR.format(title="Scan").replace("\n", "\r\n")
    with at(session):
        taken(scan)
    with at(session, days=17):
        taken(scan.replace("20260320T14", "20260321T14").replace("20260320T15", "20260321T15"))
    with at(session, days=30):
        where = "Scan: Saturday, 21 March 2026, 10:00 AM · Room 4"
        assert said(session, Kind.REMINDERS) == {
            "Maya": [f"an appointment tomorrow: {where}", f"an appointment in an hour: {where}"]
        }


def test_one_that_was_changed_by_itself_is_reminded_of_when_all_are_moved_called_off_or_brought_back(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site, "ida")
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK)
        choose(session, rose_site, "ida", id_, "120")
        for day in (10, 13, 17):
            friday = {"starts_on": date(2026, 3, day), "place": f"Room {day}"}
            changed(session, rose_site, "maya", id_, f"2026-03-{day}T10:00", **friday)
    with at(session, hours=1):
        # Those of a Friday fit no rule any more and become appointments of their own.
        moved = TWICE_A_WEEK | {"days": ("TU",), "starts": time(15), "ends": time(16), "scope": Scope.ALL}
        changed(session, rose_site, "maya", id_, "2026-03-03T10:00", **moved)
    with at(session, days=12):
        all_ = {"appointment_id": id_, "scope": Scope.ALL}
        told = [line.partition("Dr Meyer: ")[2] for line in said(session, Kind.REMINDERS)["Ida"]]
        assert told == [
            "Tuesday, 3 March 2026, 3:00 PM",
            "Tuesday, 10 March 2026, 3:00 PM · Room 10",
            "Friday, 13 March 2026, 3:00 PM · Room 13",
        ]
        cancel_appointment(session, rose_site.maya, CancelAppointment(**all_))
    with at(session, days=30):
        assert len(said(session, Kind.REMINDERS)["Ida"]) == 3


def test_what_is_brought_back_reminds_again_also_of_what_was_changed_by_itself(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site, "ida")
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK)
        choose(session, rose_site, "ida", id_, "10080", "120")
        changed(session, rose_site, "maya", id_, "2026-03-13T10:00", starts_on=date(2026, 3, 13), place="Room 13")
        delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, scope=Scope.ALL))
    with at(session, days=8):
        assert said(session, Kind.REMINDERS) == {}
        restore_appointment(session, rose_site.maya, OneAppointment(appointment_id=id_))
    with at(session, days=12):
        line = "an appointment in two hours: Dr Meyer: Friday, 13 March 2026, 10:00 AM · Room 13"
        assert line in said(session, Kind.REMINDERS)["Ida"]


@pytest.mark.parametrize("repeats", [{}, TWICE_A_WEEK])
def test_a_reminder_that_is_late_is_not_lost_when_somebody_touches_the_appointment(
    session: Session, rose_site: Cast, repeats: dict[str, object]
) -> None:
    with_phones(session, rose_site, "maya")
    with at(session):
        id_ = added(session, rose_site, **{"starts_on": date(2026, 3, 20), **repeats})
    with at(session, days=17):
        told = len(said(session, Kind.REMINDERS).get("Maya", []))
    with clock.freeze(BEGINS - timedelta(hours=23)):
        named = datetime(2026, 3, 20, 10) if repeats else None
        answer_appointment(session, rose_site.tom, AnswerAppointment(appointment_id=id_, at=named))
    with at(session, days=30):
        assert hours(session, "Maya")[told:] == [24, 1]


def test_a_reminder_that_comes_after_quiet_hours_says_when_and_none_outlives_what_it_says(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site, "maya", "tom")
    session.get_one(Account, rose_site.maya.account_id).time_zone = ZONE
    settings = SetNoticeSettings(quiet_from="22:00", quiet_until="09:30")
    set_notice_settings(session, rose_site.maya, settings)
    with at(session):
        on = {"starts_on": date(2026, 3, 20), "link": "https://meet.example/1"}
        added(session, rose_site, companion_id=rose_site.tom.member_id, **on)
    with at(session, days=30):
        told = said(session, Kind.REMINDERS)
    assert [line.partition(":")[0] for line in told["Tom"]] == [
        "an appointment tomorrow",
        "an appointment in an hour",
        "the video visit begins in 15 minutes",
    ]
    assert told["Maya"][1].startswith("an appointment, Friday, 20 March 2026, 10:00 AM: Dr Meyer")
    rows = session.exec(select(Notice).where(Notice.kind == Kind.REMINDERS)).all()
    assert {one.expires_at for one in rows} == {BEGINS}


@pytest.mark.parametrize(
    ("late", "title"),
    [
        (timedelta(hours=9), "an appointment tomorrow"),
        (timedelta(hours=16), "an appointment, Friday, 20 March 2026, 10:00 AM"),
        (timedelta(hours=23, minutes=10), "an appointment in an hour"),
        (timedelta(hours=23, minutes=40), "an appointment, Friday, 20 March 2026, 10:00 AM"),
    ],
)
def test_a_reminder_that_is_sent_late_says_what_is_true_then(
    session: Session, rose_site: Cast, late: timedelta, title: str
) -> None:
    with_phones(session, rose_site, "maya")
    with at(session):
        added(session, rose_site, starts_on=date(2026, 3, 20))
    with clock.freeze(BEGINS - timedelta(days=1) + late):
        job = session.exec(select(Job).where(Job.kind == reminders.JOB, Job.state == "waiting")).one()
        reminders.remind(session, job.payload)
    assert said(session, Kind.REMINDERS)["Maya"][-1].partition(": ")[0] == title
