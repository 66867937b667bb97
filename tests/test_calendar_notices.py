"""Changes of the calendar reach those they concern, once, in words that say what changed; reminders come in time."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

import careapp.schedule.jobs  # noqa: F401
from careapp import clock, db
from careapp.jobs import Lane, run_next
from careapp.models import Account, Channel, Kind, Notice
from careapp.notify.choices import choose
from careapp.schedule.commands import AnswerAppointment, CancelAppointment, OneAppointment, Scope, Scoped
from careapp.schedule.operations import (
    answer_appointment,
    cancel_appointment,
    delete_appointment,
    restore_appointment,
)
from tests.calendar_story import at, buttons, said
from tests.calendar_writing import TWICE_A_WEEK, added, changed
from tests.cast import START, Cast, add_account, add_site
from tests.notices import with_phones


def test_several_edits_within_two_minutes_are_one_message_from_old_to_new(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20), companion_id=rose_site.tom.member_id)
    with at(session, hours=1):
        usual = {"starts_on": date(2026, 3, 20), "companion_id": rose_site.tom.member_id}
        changed(session, rose_site, "rose", id_, **usual | {"starts": time(11), "ends": time(12)})
    with at(session, hours=1, minutes=1):
        changed(
            session, rose_site, "rose", id_, **usual | {"starts": time(12), "ends": time(13)}, place="Main Street 1"
        )
        assert said(session) == {}
    with at(session, hours=1, minutes=3):
        line = (
            "an appointment was changed: Dr Meyer: Friday, 20 March 2026, 10:00 AM → Friday, 20 March 2026, 12:00 PM"
            " · Place: no place → Main Street 1"
        )
        assert said(session) == {"Maya": [line], "Tom": [line]}


def test_what_is_told_of_two_times_of_a_series_stands_beside_each_other(session: Session, rose_site: Cast) -> None:
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK)
    with at(session, minutes=30):
        with_phones(session, rose_site, "maya")
    with at(session, hours=1):
        cancel_appointment(session, rose_site.rose, CancelAppointment(appointment_id=id_, at=datetime(2026, 3, 10, 10)))
        changed(session, rose_site, "rose", id_, "2026-03-13T10:00", starts_on=date(2026, 3, 14))
        changed(session, rose_site, "rose", id_, "2026-03-03T10:00", **TWICE_A_WEEK, place="Room 4", scope=Scope.ALL)
    with at(session, hours=2):
        tags = session.exec(select(Notice.tag)).all()
        assert (len(tags), len(set(tags))) == (3, 3)
        assert max(len(tag) for tag in tags) <= 64


def test_who_goes_along_answers_from_a_notice_of_one_time_and_never_for_a_series_unseen(
    session: Session, rose_site: Cast
) -> None:
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK)
    with at(session, minutes=30):
        with_phones(session, rose_site, "tom")
    tom = {"companion_id": rose_site.tom.member_id}
    with at(session, hours=1):
        changed(session, rose_site, "rose", id_, "2026-03-03T10:00", **TWICE_A_WEEK, **tom, scope=Scope.ALL)
    with at(session, hours=2):
        friday = {"starts_on": date(2026, 3, 6), "starts": time(12), "ends": time(13)}
        changed(session, rose_site, "rose", id_, "2026-03-06T10:00", **friday, **tom)
    with at(session, hours=3):
        assert buttons(session) == {"Tom": ["", "comes cannot_come"]}


def test_what_is_changed_back_is_no_news_and_neither_are_notes(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20))
    with at(session, hours=1):
        changed(session, rose_site, "rose", id_, starts_on=date(2026, 3, 21), notes="Second floor")
        changed(session, rose_site, "rose", id_, starts_on=date(2026, 3, 20), notes="Second floor")
    with at(session, hours=2):
        assert said(session) == {}


def test_what_is_new_is_told_when_it_is_within_two_days(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        added(session, rose_site, "tom", companion_id=rose_site.ida.member_id)
        added(session, rose_site, "tom", title="Later", starts_on=date(2026, 3, 9))
    with at(session, minutes=5):
        line = "a new appointment: Dr Meyer: Tuesday, 3 March 2026, 10:00 AM · Goes along: Ida Berg"
        assert said(session) == {"Maya": [line], "Ida": [line]}


def test_whoever_chose_the_kind_hears_too_and_whoever_may_not_see_the_calendar_does_not(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site)
    choose(session, rose_site.cole.account_id, Kind.SCHEDULE, Channel.PUSH, is_on=True)
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20))
    with at(session, hours=1):
        cancel_appointment(session, rose_site.maya, CancelAppointment(appointment_id=id_))
    with at(session, hours=2):
        line = "an appointment was cancelled: Dr Meyer: Friday, 20 March 2026, 10:00 AM"
        assert said(session) == {"Dr": [line]}


def test_who_goes_along_is_told_and_who_no_longer_does(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK)
        answer_appointment(session, rose_site.ida, AnswerAppointment(appointment_id=id_, at=datetime(2026, 3, 17, 10)))
    with at(session, hours=1):
        assert said(session)["Maya"] == [
            "an appointment was changed: Dr Meyer: Tuesday, 17 March 2026, 10:00 AM · Goes along: nobody yet → Ida Berg"
        ]
        changed(
            session, rose_site, "maya", id_, "2026-03-17T10:00", starts_on=date(2026, 3, 17),
            companion_id=rose_site.tom.member_id,
        )  # fmt: skip
    with at(session, hours=2):
        assert said(session)["Ida"][-1] == said(session)["Tom"][-1]
        assert said(session)["Tom"][-1].endswith("Goes along: Ida Berg → Tom Lind")


def test_what_is_taken_away_is_told_as_cancelled_and_reminds_nobody(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20), companion_id=rose_site.tom.member_id)
    with at(session, hours=1):
        delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, scope=Scope.ALL))
    with at(session, days=30):
        assert [line.partition(":")[0] for line in said(session)["Tom"]] == ["an appointment was cancelled"]
        assert said(session, Kind.REMINDERS) == {}


def test_what_is_brought_back_in_time_was_never_gone_and_later_takes_place_after_all(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site, "tom")
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20), companion_id=rose_site.tom.member_id)
    back = OneAppointment(appointment_id=id_)
    with at(session, hours=1):
        delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_))
        restore_appointment(session, rose_site.maya, back)
    with at(session, hours=2):
        assert said(session) == {}
        delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_))
    with at(session, hours=3):
        restore_appointment(session, rose_site.maya, back)
    with at(session, days=30):
        assert [line.partition(":")[0] for line in said(session)["Tom"]] == [
            "an appointment was cancelled",
            "an appointment takes place after all",
        ]
        assert len(said(session, Kind.REMINDERS)["Tom"]) == 2


def test_reminders_come_a_day_and_an_hour_before_each_of_a_series_and_once(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        added(session, rose_site, **TWICE_A_WEEK | {"until": date(2026, 3, 6)}, companion_id=rose_site.tom.member_id)
    with at(session, days=30):
        told = said(session, Kind.REMINDERS)
    assert [line.partition(":")[0] for line in told["Tom"]] == [
        "an appointment tomorrow",
        "an appointment in an hour",
    ] * 2
    assert told["Tom"] == told["Maya"]
    assert told["Tom"][1] == "an appointment in an hour: Dr Meyer: Tuesday, 3 March 2026, 10:00 AM"
    rows = session.exec(select(Notice.created_at).where(Notice.kind == Kind.REMINDERS).distinct())
    begins = datetime.fromisoformat("2026-03-03T15:00:00+00:00")
    assert sorted(rows.all())[:2] == [begins - timedelta(days=1), begins - timedelta(hours=1)]


def test_a_reminder_follows_what_was_moved_and_is_not_sent_for_what_was_left_out(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site, "maya")
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK)
        changed(
            session,
            rose_site,
            "maya",
            id_,
            "2026-03-06T10:00",
            starts_on=date(2026, 3, 8),
            starts=time(15),
            ends=time(16),
        )
        delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, at=datetime(2026, 3, 10, 10)))
    with at(session, days=12):
        hours = [line.rpartition("Dr Meyer: ")[2] for line in said(session, Kind.REMINDERS)["Maya"] if "hour" in line]
    assert hours == [
        "Tuesday, 3 March 2026, 10:00 AM",
        "Sunday, 8 March 2026, 3:00 PM",
        "Friday, 13 March 2026, 10:00 AM",
    ]


def test_a_video_visit_reminds_when_it_can_be_joined_and_a_whole_day_on_the_morning_before(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site, "maya")
    with at(session):
        added(session, rose_site, kind="telemedicine", link="https://meet.example.org/rose")
        added(session, rose_site, title="Birthday", is_all_day=True, starts_on=date(2026, 3, 5))
    with at(session, days=12):
        told = [line.partition(":")[0] for line in said(session, Kind.REMINDERS)["Maya"]]
    assert told == [
        "an appointment tomorrow",
        "an appointment in an hour",
        "the video visit begins in 15 minutes",
        "an appointment tomorrow",
    ]


def test_each_is_told_in_their_own_language(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site, "maya")
    session.get_one(Account, rose_site.maya.account_id).language = "es"
    with at(session):
        added(session, rose_site, "tom")
    with at(session, minutes=5):
        assert "3 de marzo" in said(session)["Maya"][0]


def only(told: dict[str, list[str]], who: str) -> list[str]:
    return [line.partition(":")[0] for line in told.get(who, [])]


def test_what_was_changed_by_itself_and_then_moved_with_all_was_not_cancelled(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site)
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK, companion_id=rose_site.tom.member_id)
    with at(session, hours=1):
        friday = {"starts_on": date(2026, 3, 6), "companion_id": rose_site.tom.member_id}
        changed(session, rose_site, "rose", id_, "2026-03-06T10:00", **friday, place="Room 4")
        changed(
            session, rose_site, "rose", id_, "2026-03-10T10:00", **friday | {"starts_on": date(2026, 3, 10)}, place="5"
        )
        answer_appointment(
            session, rose_site.tom, AnswerAppointment(appointment_id=id_, at=datetime(2026, 3, 13, 10), comes=False)
        )
        moved = TWICE_A_WEEK | {"starts": time(11), "ends": time(12), "companion_id": rose_site.tom.member_id}
        rest = {"scope": Scope.FOLLOWING, "starts_on": date(2026, 3, 10), "starts": time(10), "ends": time(11)}
        changed(session, rose_site, "rose", id_, "2026-03-10T10:00", **TWICE_A_WEEK | rest, title="Dr Berg")
        changed(session, rose_site, "rose", id_, "2026-03-03T10:00", **moved, scope=Scope.ALL)
    with at(session, hours=2):
        assert set(only(said(session), "Maya")) == {"an appointment was changed", "nobody goes along yet"}
        assert "an appointment was cancelled" not in only(said(session), "Tom")
        assert any(
            "Friday, 6 March 2026, 10:00 AM → Friday, 6 March 2026, 11:00 AM · Place: no place → Room 4" in line
            for line in said(session)["Maya"]
        )


def test_what_no_longer_fits_the_rule_is_changed_and_not_cancelled(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK)
    with at(session, hours=1):
        changed(session, rose_site, "rose", id_, "2026-03-06T10:00", starts_on=date(2026, 3, 6), place="Room 4")
        tuesdays = TWICE_A_WEEK | {"days": ("TU",)}
        changed(session, rose_site, "rose", id_, "2026-03-03T10:00", **tuesdays, scope=Scope.ALL)
    with at(session, hours=2):
        assert (
            "an appointment was changed: Dr Meyer: Friday, 6 March 2026, 10:00 AM · Place: no place → Room 4"
            in said(session)["Maya"]
        )
        assert "an appointment was cancelled" not in only(said(session), "Maya")


def test_a_change_of_all_and_then_of_the_rest_from_the_next_on_is_no_cancellation(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site)
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK)
    with at(session, days=3):
        changed(
            session,
            rose_site,
            "rose",
            id_,
            "2026-03-06T10:00",
            **TWICE_A_WEEK | {"starts_on": date(2026, 3, 6)},
            place="5",
            scope=Scope.ALL,
        )
        rest = TWICE_A_WEEK | {"starts_on": date(2026, 3, 6), "starts": time(11), "ends": time(12)}
        changed(session, rose_site, "rose", id_, "2026-03-06T10:00", **rest, place="5", scope=Scope.FOLLOWING)
    with at(session, days=3, hours=1):
        assert said(session)["Maya"] == [
            "an appointment was changed: Dr Meyer: Friday, 6 March 2026, 10:00 AM → Friday, 6 March 2026, 11:00 AM"
            " · Place: no place → 5"
        ]


def test_the_last_one_that_was_changed_by_itself_stays_when_the_rest_is_changed_from_it_on(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site)
    last = {"starts_on": date(2026, 3, 20), "starts": time(15), "ends": time(16)}
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK)
        changed(session, rose_site, "maya", id_, "2026-03-20T10:00", **last)
    with at(session, hours=1):
        changed(
            session, rose_site, "rose", id_, "2026-03-20T10:00", **TWICE_A_WEEK | last, place="5", scope=Scope.FOLLOWING
        )
    with at(session, hours=2):
        assert said(session)["Maya"] == [
            "an appointment was changed: Dr Meyer: Friday, 20 March 2026, 3:00 PM · Place: no place → 5"
        ]


def test_two_who_change_it_at_the_same_time_both_hear_what_became_of_it(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20), companion_id=rose_site.tom.member_id)
    with at(session, hours=1):
        usual = {"starts_on": date(2026, 3, 20), "companion_id": rose_site.tom.member_id}
        changed(session, rose_site, "maya", id_, **usual | {"starts": time(11), "ends": time(12)})
        changed(session, rose_site, "tom", id_, **usual | {"starts": time(12), "ends": time(13)})
    with at(session, hours=2):
        assert said(session)["Maya"] == said(session)["Tom"]


def test_each_reads_the_time_there_and_on_their_own_clock(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    for who, zone in (
        ("maya", "America/New_York"),
        ("tom", "Europe/London"),
        ("ida", "Asia/Tokyo"),
        ("cole", "Mars/X"),
    ):
        session.get_one(Account, rose_site.actor(who).account_id).time_zone = zone
        choose(session, rose_site.actor(who).account_id, Kind.SCHEDULE, Channel.PUSH, is_on=True)
    with at(session):
        id_ = added(session, rose_site, "rose", companion_id=rose_site.tom.member_id)
    with at(session, days=30):
        assert {
            who: lines[0].partition("Dr Meyer: ")[2].partition(" · ")[0] for who, lines in said(session).items()
        } == {
            "Maya": "Tuesday, 3 March 2026, 10:00 AM",
            "Tom": "Tuesday, 3 March 2026, 10:00 AM in New York (3:00 PM where you are)",
            "Ida": "Tuesday, 3 March 2026, 10:00 AM in New York (Wednesday, 4 March 2026, 12:00 AM where you are)",
            "Dr": "Tuesday, 3 March 2026, 10:00 AM",
        }
        assert said(session, Kind.REMINDERS)["Tom"] == [
            "an appointment tomorrow: Dr Meyer: Tuesday, 3 March 2026, 10:00 AM in New York (3:00 PM where you are)",
            "an appointment in an hour: Dr Meyer: Tuesday, 3 March 2026, 10:00 AM in New York (3:00 PM where you are)",
        ]
        assert id_


def test_another_zone_alone_is_told_by_its_place_and_what_takes_longer_until_when(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site, "maya")
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20))
    with at(session, hours=1):
        changed(session, rose_site, "rose", id_, starts_on=date(2026, 3, 20), zone="America/Chicago")
    with at(session, hours=2):
        ends = {"ends": time(13), "zone": "America/Chicago"}
        changed(session, rose_site, "rose", id_, starts_on=date(2026, 3, 20), **ends)
    with at(session, hours=3):
        changed(session, rose_site, "rose", id_, starts_on=date(2026, 3, 20), is_all_day=True, **ends)
    with at(session, hours=4):
        more = {"is_all_day": True, "last_on": date(2026, 3, 22)}
        changed(session, rose_site, "rose", id_, starts_on=date(2026, 3, 20), **more | ends)
    with at(session, hours=5):
        told = [
            line.partition("Dr Meyer: ")[2].replace("Friday, 20 March 2026", "Friday") for line in said(session)["Maya"]
        ]
        assert told == [
            "Friday, 10:00 AM in New York → Friday, 10:00 AM in Chicago",
            "Friday, 10:00 AM – 11:00 AM → Friday, 10:00 AM – 1:00 PM",
            "Friday, 10:00 AM – 1:00 PM → Friday",
            "Friday → Friday – Sunday, 22 March 2026",
        ]


def test_another_rule_is_told_in_words(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site, "maya")
    with at(session):
        id_ = added(session, rose_site, starts_on=date(2026, 3, 20))
    friday = {"starts_on": date(2026, 3, 20), "repeats": "weekly"}
    with at(session, hours=1):
        changed(session, rose_site, "rose", id_, **friday, days=("FR",))
    with at(session, hours=2):
        changed(session, rose_site, "rose", id_, **friday, days=("MO", "FR"), times=4, scope=Scope.ALL)
    with at(session, hours=3):
        rest = friday | {"starts_on": date(2026, 3, 23), "days": ("MO", "FR"), "times": 4, "place": "Room 4"}
        changed(session, rose_site, "rose", id_, "2026-03-23T10:00", **rest, scope=Scope.FOLLOWING)
    with at(session, hours=4):
        delete_appointment(session, rose_site.rose, Scoped(appointment_id=id_, scope=Scope.ALL))
    with at(session, hours=5):
        assert [line.partition(" · ")[2] for line in said(session)["Maya"]] == [
            "Repeats: once → every week, Friday",
            "Repeats: every week, Friday → every week, Monday, Friday, 4 times",
            "Place: no place → Room 4",
            "every week, Monday, Friday, 1 times · Goes along: nobody yet",
        ]


@pytest.mark.parametrize("kind_of_database", ["postgresql"], indirect=True)
def test_what_is_changed_while_earlier_news_falls_due_is_told(data: Path) -> None:
    """On PostgreSQL another process may take up the news before the change is stored."""
    with clock.freeze(START), db.unit_of_work() as session:
        add_account(session, "sam")
        cast = add_site(session)
        with_phones(session, cast, "maya")
        id_ = added(session, cast, "rose")
    with clock.freeze(START + timedelta(minutes=3)):
        with db.unit_of_work() as session:
            changed(session, Cast(session), "rose", id_, starts=time(12), ends=time(13))
            _elsewhere_all_is_done()
        _elsewhere_all_is_done()
    with db.reading() as session:
        assert said(session)["Maya"] == [
            "a new appointment: Dr Meyer: Tuesday, 3 March 2026, 12:00 PM · Goes along: nobody yet"
        ]


def _elsewhere_all_is_done() -> None:
    while run_next(Lane.USUAL):
        pass
