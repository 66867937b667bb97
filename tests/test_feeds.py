"""The schedule in calendars elsewhere, and theirs in it: who gets what, what changes, and what comes back."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from sqlmodel import Session, select

from careapp import clock, db
from careapp.access import Actor, Role
from careapp.adapters.fetch import Fetched
from careapp.clock import now
from careapp.errors import Conflict, Invalid, NotAllowed, NotFound
from careapp.feeds import jobs as feed_jobs
from careapp.feeds.addresses import address_of, secret_of
from careapp.feeds.calendars import MadeFeed, calendars
from careapp.feeds.commands import MakeFeed, RevokeFeed, make_feed, revoke_feed
from careapp.feeds.feed import WhichFeed, feed
from careapp.feeds.preview import WhichSource, preview
from careapp.feeds.sources import (
    AddCalendarAddress,
    AddCalendarFile,
    OneSource,
    add_calendar_address,
    add_calendar_file,
    remove_source,
)
from careapp.jobs import run_next
from careapp.logs import clean
from careapp.models import (
    Account,
    Appointment,
    AppointmentAnswer,
    AppointmentGap,
    CalendarFeed,
    CalendarSource,
    HelpRequest,
    HelpSlot,
    Job,
    Member,
    Notice,
    RoleGrant,
    Site,
)
from careapp.schedule import telling
from careapp.schedule.commands import AnswerAppointment, ChooseReminders
from careapp.schedule.ics_reading import read
from careapp.schedule.operations import answer_appointment, choose_reminders
from careapp.schedule.recurrence import span
from careapp.sites.people import ChangeRole, RemoveMember, change_role, remove_member
from tests import calendar_story as story
from tests.calendar_story import taken_over
from tests.cast import START, Cast
from tests.client import Browser
from tests.notices import with_phones
from tests.statements import counted_statements

ZONE = "Europe/Berlin"
NINE = datetime(2026, 3, 10, 9)


@pytest.fixture(autouse=True)
def spring() -> Iterator[None]:
    with clock.freeze(START):
        yield


def planned(session: Session, by: Actor, title: str = "Dr Cole", at: datetime = NINE, **more: Any) -> Appointment:
    row = Appointment(
        site_id=by.site_id, author_id=by.member_id, title=title, starts_at=at, ends_at=at + timedelta(hours=1),
        **{"uid": f"{title}-{at:%d%H}", "zone": ZONE, "first_at": now(), **more},
    )  # fmt: skip
    row.first_at, row.last_at = span(row)
    session.add(row)
    session.flush()
    return row


def made(session: Session, by: Actor, scope: str = "all") -> CalendarFeed:
    return session.get_one(CalendarFeed, make_feed(session, by, MakeFeed(scope=scope)).feed_id)


def raw(session: Session, one: CalendarFeed) -> str:
    session.flush()
    return feed(session, Actor(), WhichFeed(secret=secret_of(one))).content


def events(session: Session, one: CalendarFeed) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(raw(session, one)).walk("VEVENT")


def titles(session: Session, one: CalendarFeed) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(session, one)]


def test_everything_is_what_the_schedule_holds_with_its_exceptions(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    series = planned(session, tom, "Therapy", rule="FREQ=WEEKLY", companion_id=tom.member_id, bring="Shoes")
    planned(session, tom, "Therapy, later", NINE + timedelta(days=7, hours=2), series_id=series.id, uid=series.uid,
            recurrence_at=NINE + timedelta(days=7))  # fmt: skip
    session.add(AppointmentGap(appointment_id=series.id, at=NINE + timedelta(days=14)))
    planned(session, tom, "Off", cancelled_at=now(), sequence=3)
    planned(session, tom, "Gone", deleted_at=now())
    planned(session, tom, "Long ago", datetime(2025, 11, 1, 9))

    found = {str(event["SUMMARY"]): event for event in events(session, made(session, tom))}

    assert set(found) == {"Therapy", "Therapy, later", "Off"}
    weekly, later, off = found["Therapy"], found["Therapy, later"], found["Off"]
    assert weekly["EXDATE"].dts[0].dt.replace(tzinfo=None) == NINE + timedelta(days=14)
    assert later["RECURRENCE-ID"].dt.replace(tzinfo=None) == NINE + timedelta(days=7)
    assert weekly["UID"] == later["UID"] == "Therapy-1009"
    assert (off["STATUS"], off["SEQUENCE"]) == ("CANCELLED", 3)
    assert "To bring: Shoes" in weekly["DESCRIPTION"]
    assert "Goes along: Tom" in weekly["DESCRIPTION"]
    assert f"appointment={series.id}" in weekly["URL"]
    assert [alarm.get("TRIGGER").dt for alarm in weekly.walk("VALARM")] == [timedelta(days=-1), timedelta(hours=-1)]


def test_a_changed_time_goes_from_every_calendar_when_it_or_its_series_is_taken_away(
    session: Session, rose_site: Cast
) -> None:
    tom = rose_site.tom
    series, gone = (
        planned(session, tom, title, rule="FREQ=WEEKLY", companion_id=tom.member_id) for title in ("Therapy", "Gone")
    )
    for day, whole in ((7, series), (14, series), (7, gone)):
        planned(session, tom, f"{whole.title}, later", NINE + timedelta(days=day, hours=2), series_id=whole.id,
                recurrence_at=NINE + timedelta(days=day), companion_id=tom.member_id)  # fmt: skip
    session.add(AppointmentGap(appointment_id=series.id, at=NINE + timedelta(days=7)))
    gone.deleted_at = now()

    for scope in ("all", "mine"):
        later = [one for one in events(session, made(session, tom, scope)) if one["SUMMARY"] != "Therapy"]
        assert [one["RECURRENCE-ID"].dt.replace(tzinfo=None) for one in later] == [NINE + timedelta(days=14)]


def test_who_chose_when_to_be_reminded_is_so_by_their_own_calendar_too(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    series = planned(session, tom, "Therapy", rule="FREQ=WEEKLY", companion_id=tom.member_id)
    choose_reminders(session, tom, ChooseReminders(appointment_id=series.id, before=("2880", "120")))
    (event,) = events(session, made(session, tom))

    assert [alarm.get("TRIGGER").dt for alarm in event.walk("VALARM")] == [timedelta(days=-2), timedelta(hours=-2)]


def test_mine_is_what_i_go_along_to_and_nothing_that_another_took_over(session: Session, rose_site: Cast) -> None:
    tom, maya = rose_site.tom, rose_site.maya
    planned(session, maya, "Hers", companion_id=maya.member_id)
    planned(session, maya, "Mine", companion_id=tom.member_id)
    said = planned(session, maya, "Said yes")
    series = planned(session, maya, "Series", rule="FREQ=DAILY", companion_id=tom.member_id)
    others = planned(session, maya, "Others", rule="FREQ=DAILY", companion_id=maya.member_id)
    days = [NINE + timedelta(days=day) for day in range(5)]
    planned(session, maya, "Series, Maya's", days[1], series_id=series.id, recurrence_at=days[1],
            companion_id=maya.member_id)  # fmt: skip
    planned(session, maya, "Others, mine", days[2], series_id=others.id, recurrence_at=days[2],
            companion_id=tom.member_id)  # fmt: skip
    for row, at in ((said, NINE), (others, days[3])):
        session.add(AppointmentAnswer(appointment_id=row.id, member_id=tom.member_id, at=at, comes=True))

    found = events(session, made(session, tom, "mine"))

    assert sorted(str(one["SUMMARY"]) for one in found) == ["Mine", "Others", "Others, mine", "Said yes", "Series"]
    left_out = next(one for one in found if one["SUMMARY"] == "Series")["EXDATE"].dts
    assert [one.dt.replace(tzinfo=None) for one in left_out] == [days[1]]
    alone = next(one for one in found if one["SUMMARY"] == "Others")
    assert (alone.start.replace(tzinfo=None), "RRULE" in alone, "RECURRENCE-ID" in alone) == (days[3], False, False)
    assert len({str(one["UID"]) for one in found}) == 5


def test_calendars_elsewhere_notice_that_one_of_a_series_is_no_longer_theirs(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    series = planned(session, tom, "Therapy", rule="FREQ=WEEKLY", companion_id=tom.member_id)
    mine = made(session, tom, "mine")
    (before,) = events(session, mine)

    with clock.freeze(START + timedelta(hours=1)):
        answer_appointment(session, tom, AnswerAppointment(appointment_id=series.id, at=NINE, comes=False))
    (after,) = events(session, mine)

    assert after["EXDATE"].dts[0].dt.replace(tzinfo=None) == NINE
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt


def test_friends_learn_when_someone_is_busy_and_no_word_more(session: Session, rose_site: Cast) -> None:
    planned(
        session, rose_site.tom, "Oncology", place="Clinic", notes="Results", uid="tom@example.org", link="https://x.y"
    )
    for scope in ("all", "mine"):
        with pytest.raises(NotAllowed):
            made(session, rose_site.ida, scope)

    text = raw(session, made(session, rose_site.ida, "busy"))

    assert "SUMMARY:Busy" in text
    assert not any(word in text for word in ("Oncology", "Clinic", "Results", "example.org", "x.y", "Tom"))


def test_what_somebody_has_taken_on_stands_in_their_own_calendar_and_in_nobody_elses(
    session: Session, rose_site: Cast
) -> None:
    tom, ida = rose_site.tom, rose_site.ida
    request = HelpRequest(
        site_id=tom.site_id, author_id=tom.member_id, kind="rides", title="A ride home", zone=ZONE,
        address="Lake Road 3", hides_address=True, words="Ring twice.",
    )  # fmt: skip
    session.add(request)
    session.flush()
    for starts_at in (NINE, None):
        slot = HelpSlot(
            request_id=request.id, site_id=tom.site_id, starts_at=starts_at, due_at=NINE.replace(tzinfo=UTC),
            taken_by_id=ida.member_id, taken_at=now(),
        )  # fmt: skip
        session.add(slot)

    (ride,) = events(session, made(session, ida, "busy"))

    assert (ride["SUMMARY"], ride["LOCATION"], ride["DESCRIPTION"]) == ("A ride home", "Lake Road 3", "Ring twice.")
    assert (ride.start.replace(tzinfo=None), ride.end - ride.start) == (NINE, timedelta(hours=1))
    assert events(session, made(session, tom)) == []


def test_who_wants_only_busy_told_has_no_word_of_what_they_took_on_there(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom
    request = HelpRequest(site_id=tom.site_id, author_id=tom.member_id, kind="rides", title="A ride home", zone=ZONE,
                          address="Lake Road 3", words="Ring twice.")  # fmt: skip
    session.add(request)
    session.flush()
    session.add(HelpSlot(request_id=request.id, site_id=tom.site_id, starts_at=NINE, due_at=NINE.replace(tzinfo=UTC),
                         taken_by_id=tom.member_id, taken_at=now()))  # fmt: skip

    text = raw(session, made(session, tom, "busy"))

    assert "SUMMARY:Busy" in text
    assert not any(word in text for word in ("ride", "Lake", "Ring"))


def test_help_that_was_given_no_name_is_called_by_its_kind_as_its_reader_says_it(
    session: Session, rose_site: Cast
) -> None:
    tom = rose_site.tom
    request = HelpRequest(site_id=tom.site_id, author_id=tom.member_id, kind="rides", title="", zone=ZONE)
    session.add(request)
    session.flush()
    at = {"starts_at": NINE, "due_at": NINE.replace(tzinfo=UTC), "taken_at": now()}
    session.add(HelpSlot(request_id=request.id, site_id=tom.site_id, taken_by_id=rose_site.ida.member_id, **at))
    assert titles(session, made(session, rose_site.ida, "busy")) == ["A ride"]

    ida = session.get_one(Member, rose_site.ida.member_id)
    session.get_one(Account, ida.account_id).language = "es"
    assert titles(session, made(session, rose_site.ida, "busy")) == ["Un viaje"]


def test_rights_are_asked_anew_at_every_fetch(session: Session, rose_site: Cast) -> None:
    planned(session, rose_site.maya, "Oncology")
    feeds = made(session, rose_site.tom)
    assert titles(session, feeds) == ["Oncology"]

    change_role(session, rose_site.maya, ChangeRole(member_id=rose_site.tom.member_id, role=Role.FRIEND))

    assert titles(session, feeds) == ["Busy"]


def no_longer() -> dict[str, Callable[[Session, Cast, CalendarFeed], None]]:
    def revoked(session: Session, cast: Cast, one: CalendarFeed) -> None:
        revoke_feed(session, cast.tom, RevokeFeed(feed_id=one.id))

    def left(session: Session, cast: Cast, one: CalendarFeed) -> None:
        remove_member(session, cast.maya, RemoveMember(member_id=cast.tom.member_id))

    def site_gone(session: Session, cast: Cast, one: CalendarFeed) -> None:
        session.get_one(Site, one.site_id).deleted_at = now()

    def role_without(session: Session, cast: Cast, one: CalendarFeed) -> None:
        session.add(RoleGrant(site_id=one.site_id, role="family", section="schedule", level=0))

    return {each.__name__: each for each in (revoked, left, site_gone, role_without)}


@pytest.mark.parametrize("why", list(no_longer()))
def test_an_address_that_no_longer_holds_leads_to_nothing(session: Session, rose_site: Cast, why: str) -> None:
    one = made(session, rose_site.tom)
    assert raw(session, one)

    no_longer()[why](session, rose_site, one)

    with pytest.raises(NotFound):
        raw(session, one)


def test_only_who_made_an_address_takes_it_back_and_nobody_makes_very_many(session: Session, rose_site: Cast) -> None:
    one = made(session, rose_site.tom)
    with pytest.raises(NotFound):
        revoke_feed(session, rose_site.maya, RevokeFeed(feed_id=one.id))
    for _ in range(9):
        made(session, rose_site.tom)
    with pytest.raises(Conflict):
        made(session, rose_site.tom)
    revoke_feed(session, rose_site.tom, RevokeFeed(feed_id=one.id))
    made(session, rose_site.tom)

    shown = calendars(session, rose_site.tom, MadeFeed())
    assert len(shown.feeds) == 10
    assert one.id not in [card.id for card in shown.feeds]
    assert calendars(session, rose_site.maya, MadeFeed()).feeds == ()


@pytest.fixture
def stored(stored_site: Cast) -> dict[str, str]:
    with db.unit_of_work() as session:
        tom = Cast(session).tom
        planned(session, tom, "Oncology")
        one = made(session, tom)
        return {"id": one.id, "secret": secret_of(one), "path": address_of(one).removeprefix("http://localhost:8000")}


def test_a_calendar_fetches_it_without_a_session_and_hears_when_nothing_changed(stored: dict[str, str]) -> None:
    browser = Browser()

    first = browser.get(stored["path"])
    again = browser.get(stored["path"], headers={"If-None-Match": first.headers["ETag"]})
    weak = browser.get(stored["path"], headers={"If-None-Match": f"W/{first.headers['ETag']}"})
    head = browser.head(stored["path"])
    with db.unit_of_work() as session:
        row = session.exec(select(Appointment)).one()
        row.version, row.title = 2, "Cardiology"
    changed = browser.get(stored["path"], headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"].startswith("private")
    assert "Set-Cookie" not in first.headers
    assert (again.status_code, again.content, weak.status_code) == (304, b"", 304)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    assert (changed.status_code, b"Cardiology" in changed.content) == (200, True)


def test_every_address_that_leads_to_nothing_is_answered_with_the_same_bytes(stored: dict[str, str]) -> None:
    browser = Browser()
    with db.unit_of_work() as session:
        session.get_one(CalendarFeed, stored["id"]).revoked_at = now()
    tried = [stored["secret"], stored["id"], f"{stored['id']}.{'0' * 32}", "x", "é" * 300]

    answers = [browser.get(f"/api/feeds/{secret}.ics") for secret in tried]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_that_it_was_fetched_is_noted_at_most_once_an_hour(stored: dict[str, str]) -> None:
    def noted() -> datetime | None:
        with db.reading() as session:
            return session.get_one(CalendarFeed, stored["id"]).fetched_at

    Browser().get(stored["path"])
    assert noted() == START
    with clock.freeze(START + timedelta(minutes=59)):
        Browser().get(stored["path"])
    assert noted() == START
    with clock.freeze(START + timedelta(minutes=61)):
        Browser().get(stored["path"])
        assert noted() == now()
    assert Browser().write("feeds.note_fetch", {"secret": stored["secret"]}, site=None).status_code == 404


def test_fetching_without_end_and_trying_secrets_are_slowed_down(stored: dict[str, str]) -> None:
    fetched = [Browser().head(stored["path"]).status_code for _ in range(121)]
    tried = [Browser(address="203.0.113.9").get(f"/api/feeds/x{n}.ics").status_code for n in range(61)]

    assert (fetched[0], fetched[-1]) == (200, 429)
    assert (tried[0], tried[-1]) == (404, 429)


def test_the_secret_is_neither_stored_nor_logged(stored: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Browser().get(stored["path"])
    proof = stored["secret"].split(".")[1]
    with db.reading() as session:
        rows = str(session.execute(CalendarFeed.__table__.select()).all())  # type: ignore[attr-defined]

    assert proof not in rows
    assert proof not in "".join(clean(record.getMessage()) for record in caplog.records if record.name != "httpx")
    assert proof not in clean(f"GET {stored['path']} 200")


def test_a_thousand_appointments_take_as_many_statements_as_ten(session: Session, rose_site: Cast) -> None:
    one = made(session, rose_site.tom)
    taken = []
    for many in (10, 990):
        for number in range(many):
            planned(session, rose_site.tom, f"{many}-{number}", rule="FREQ=DAILY" if number % 2 else "")
        session.expire_all()
        with counted_statements() as seen:
            raw(session, one)
        taken.append(len(seen))

    assert taken[0] == taken[1]


FILE = """BEGIN:VCALENDAR
X-WR-CALNAME:Clinic
BEGIN:VEVENT
UID:a@clinic
SUMMARY:Blood test
DTSTART;TZID=Europe/Berlin:20260320T090000
DTEND;TZID=Europe/Berlin:20260320T093000
LOCATION:Room 3
CATEGORIES:Test
END:VEVENT
BEGIN:VEVENT
UID:b@clinic
SUMMARY:Physio
DTSTART;TZID=Europe/Berlin:20260301T100000
DURATION:PT45M
RRULE:FREQ=WEEKLY
EXDATE;TZID=Europe/Berlin:20260308T100000
END:VEVENT
BEGIN:VEVENT
UID:b@clinic
RECURRENCE-ID;TZID=Europe/Berlin:20260315T100000
SUMMARY:Physio, later
DTSTART;TZID=Europe/Berlin:20260315T120000
DTEND;TZID=Europe/Berlin:20260315T124500
END:VEVENT
BEGIN:VEVENT
UID:c@clinic
SUMMARY:Nobody knows when
END:VEVENT
END:VCALENDAR
"""


WHOLE = FILE[: FILE.index("BEGIN:VEVENT\nUID:c@")] + "END:VCALENDAR\n"


def looked_at(session: Session, by: Actor, text: str = FILE) -> CalendarSource:
    return session.get_one(CalendarSource, add_calendar_file(session, by, AddCalendarFile(text=text)).source_id)


def taken(session: Session, by: Actor, text: str = FILE, address: str = "") -> CalendarSource:
    source = CalendarSource(site_id=by.site_id, member_id=by.member_id, address=address, taken_at=now())
    session.add(source)
    session.flush()
    taken_over(session, source, read(text, ZONE), by.member_id)
    session.flush()
    return source


def rows(session: Session) -> dict[str, Appointment]:
    session.flush()
    return {row.title: row for row in session.exec(select(Appointment)) if row.deleted_at is None}


def test_a_calendar_is_shown_before_anything_of_it_is_in_the_schedule(session: Session, rose_site: Cast) -> None:
    source = looked_at(session, rose_site.tom)

    view = preview(session, rose_site.tom, WhichSource(source=source.id))

    assert (view.name, view.count, view.known, view.refused_count) == ("Clinic", 3, 0, 1)
    assert [one.title for one in view.found] == ["Physio", "Physio, later", "Blood test"]
    assert view.found[2].when == "Friday, 20 March 2026, 9:00\u202fAM (Europe/Berlin)"
    assert [(one.line, one.words) for one in view.refused] == [(26, "This appointment does not say when it begins.")]
    assert rows(session) == {}


def test_what_is_taken_over_says_what_the_file_says(session: Session, rose_site: Cast) -> None:
    taken(session, rose_site.tom)

    found = rows(session)

    assert set(found) == {"Blood test", "Physio", "Physio, later"}
    test, series, later = found["Blood test"], found["Physio"], found["Physio, later"]
    assert (test.starts_at, test.ends_at, test.zone) == (datetime(2026, 3, 20, 9), datetime(2026, 3, 20, 9, 30), ZONE)
    assert (test.place, test.kind, test.first_at) == ("Room 3", "test", datetime(2026, 3, 20, 8, tzinfo=UTC))
    assert (series.rule, series.last_at) == ("FREQ=WEEKLY", None)
    assert [gap.at for gap in session.exec(select(AppointmentGap))] == [datetime(2026, 3, 8, 10)]
    assert (later.series_id, later.recurrence_at) == (series.id, datetime(2026, 3, 15, 10))


def test_a_second_import_changes_and_adds_and_leaves_what_the_family_added(session: Session, rose_site: Cast) -> None:
    taken(session, rose_site.tom)
    rows(session)["Blood test"].companion_id = rose_site.maya.member_id
    before = {row.uid: row.sequence for row in rows(session).values()}

    newer = FILE.replace("Blood test", "Blood test, fasting").replace("20260320T0930", "20260320T1000")
    taken(session, rose_site.tom, newer)

    found = rows(session)
    assert set(found) == {"Blood test, fasting", "Physio", "Physio, later"}
    changed = found["Blood test, fasting"]
    assert (changed.ends_at, changed.companion_id) == (datetime(2026, 3, 20, 10), rose_site.maya.member_id)
    assert (changed.sequence, found["Physio"].sequence) == (before["a@clinic"] + 1, before["b@clinic"])


def test_what_was_written_here_is_not_overwritten_by_its_own_echo(session: Session, rose_site: Cast) -> None:
    planned(session, rose_site.tom, "Ours", uid="a@clinic")

    taken(session, rose_site.maya)

    assert "Blood test" not in rows(session)
    assert rows(session)["Ours"].version == 1


def test_what_is_gone_from_an_address_is_cancelled_and_may_come_back(session: Session, rose_site: Cast) -> None:
    address = "https://clinic.example/a.ics"
    source = taken(session, rose_site.tom, WHOLE, address)
    without = WHOLE.replace("UID:a@clinic", "UID:z@clinic").replace("20260315T1", "20260322T1")

    taken_over(session, source, read(without, ZONE))
    gone = session.exec(select(Appointment).where(Appointment.uid == "a@clinic")).one()
    assert gone.cancelled_at == now()
    assert [row.recurrence_at for row in rows(session).values() if row.recurrence_at] == [datetime(2026, 3, 22, 10)]

    taken_over(session, source, read(WHOLE, ZONE))
    assert gone.cancelled_at is None


def test_what_is_missing_in_a_newer_file_stays(session: Session, rose_site: Cast) -> None:
    taken(session, rose_site.tom)
    taken(session, rose_site.tom, FILE.replace("UID:a@clinic", "UID:z@clinic"))

    assert all(row.cancelled_at is None for row in rows(session).values())


def test_removing_a_calendar_takes_what_is_still_to_come(session: Session, rose_site: Cast) -> None:
    past = FILE.replace("20260320T", "20260110T")
    source = taken(session, rose_site.tom, past)
    with pytest.raises(NotAllowed):
        remove_source(session, rose_site.cole, OneSource(source_id=source.id))

    remove_source(session, rose_site.maya, OneSource(source_id=source.id))

    assert set(rows(session)) == {"Blood test"}
    taken(session, rose_site.tom)
    assert set(rows(session)) == {"Blood test", "Physio", "Physio, later"}


A, B = "https://a.example/c.ics", "https://b.example/c.ics"


def test_what_two_followed_calendars_have_stays_as_the_first_says_until_that_calls_it_off(
    session: Session, rose_site: Cast
) -> None:
    first, second = taken(session, rose_site.tom, WHOLE, A), taken(session, rose_site.tom, WHOLE, B)
    other = WHOLE.replace("CATEGORIES:Test", "STATUS:CANCELLED").replace("20260315T120000", "20260315T121500")
    without = WHOLE.replace("UID:a@clinic", "UID:z@clinic")

    def told(source: CalendarSource, text: str) -> tuple[bool, datetime]:
        taken_over(session, source, read(text, ZONE))
        test = session.exec(select(Appointment).where(Appointment.uid == "a@clinic")).one()
        return test.cancelled_at is not None, rows(session)["Physio, later"].starts_at

    noon = datetime(2026, 3, 15, 12)
    assert [told(second, other), told(first, WHOLE), told(second, other)] == [(False, noon)] * 3
    assert [told(first, without), told(second, WHOLE), told(first, without)] == [(True, noon), *[(False, noon)] * 2]


def test_who_goes_along_hears_that_a_calendar_was_removed(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with story.at(session):
        soon = WHOLE.replace("20260320T", "20260303T")
        source = taken(session, rose_site.maya, soon, A)
        rows(session)["Physio"].companion_id = rose_site.tom.member_id
    with story.at(session, minutes=5):
        remove_source(session, rose_site.maya, OneSource(source_id=source.id))
    with story.at(session, minutes=10):
        off = {who: [line.split(": ")[:2] for line in lines] for who, lines in story.said(session).items()}
    assert off == {"Tom": [["an appointment was cancelled", "Physio"]]}


def test_what_somebody_deleted_here_does_not_come_back_every_hour(session: Session, rose_site: Cast) -> None:
    source = taken(session, rose_site.tom, FILE, "https://clinic.example/a.ics")
    rows(session)["Blood test"].deleted_at = now()

    taken_over(session, source, read(FILE, ZONE))

    assert "Blood test" not in rows(session)


def test_only_who_adds_to_the_schedule_imports_and_sees_where_it_comes_from(session: Session, rose_site: Cast) -> None:
    source = looked_at(session, rose_site.tom)
    for who in ("ida", "cole"):
        with pytest.raises(NotAllowed):
            preview(session, rose_site.actor(who), WhichSource(source=source.id))
    assert calendars(session, rose_site.ida, MadeFeed()).sources == ()
    assert [card.can_change for card in calendars(session, rose_site.cole, MadeFeed()).sources] == [False]


@pytest.mark.parametrize(
    "address", ["http://x.org/a.ics", "ftp://x.org/a", "https://10.0.0.1/a.ics", "https://a:b@x.org/a.ics", "calendar"]
)
def test_addresses_that_are_never_fetched_are_refused_at_once(session: Session, rose_site: Cast, address: str) -> None:
    with pytest.raises(Invalid):
        add_calendar_address(session, rose_site.tom, AddCalendarAddress(address=address))


class Elsewhere:
    """What lies at addresses of others."""

    def __init__(self) -> None:
        self.answer = Fetched(WHOLE, '"1"')
        self.asked: list[tuple[str, str]] = []

    def fetch(self, address: str, etag: str = "") -> Fetched:
        self.asked.append((address, etag))
        return self.answer


@pytest.fixture
def elsewhere(stored_site: Cast, monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    there = Elsewhere()
    monkeypatch.setattr(feed_jobs, "fetch", there.fetch)
    return there


def work() -> None:
    with db.unit_of_work() as session:
        for waiting in session.exec(select(Job).where(Job.kind == "feeds.refresh")):
            session.delete(waiting)
    while run_next():
        pass


def add_address() -> str:
    asked = Browser("tom").write("feeds.add_calendar_address", {"address": "webcal://clinic.example/a.ics"})
    work()
    return str(asked.json()["answer"]["source_id"])


def source_of(source_id: str) -> CalendarSource:
    with db.reading() as session:
        return session.get_one(CalendarSource, source_id)


def stored_titles() -> list[str]:
    with db.reading() as session:
        return sorted(f"{row.title}{' (off)' if row.cancelled_at else ''}" for row in session.exec(select(Appointment)))


def test_an_address_is_fetched_looked_at_taken_over_and_followed_by_the_hour(elsewhere: Elsewhere) -> None:
    source_id = add_address()
    assert elsewhere.asked == [("https://clinic.example/a.ics", "")]
    assert stored_titles() == []

    assert Browser("tom").write("feeds.import_calendar", {"source_id": source_id}).status_code == 200
    work()
    assert stored_titles() == ["Blood test", "Physio", "Physio, later"]

    elsewhere.answer = Fetched(WHOLE.replace("Blood test", "Blood test, fasting"), '"2"')
    with clock.freeze(now() + timedelta(hours=1)):
        feed_jobs.refresh({})
        work()
    assert elsewhere.asked[-1] == ("https://clinic.example/a.ics", '"1"')
    assert stored_titles() == ["Blood test, fasting", "Physio", "Physio, later"]
    assert (source_of(source_id).etag, source_of(source_id).waiting) == ('"2"', "")


def test_a_large_calendar_is_written_in_pieces_and_what_was_broken_off_is_taken_up_again(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, end = WHOLE.index("BEGIN:VEVENT"), WHOLE.index("END:VEVENT") + len("END:VEVENT\n")
    events = "".join(WHOLE[start:end].replace("a@", f"{n}@").replace("Blood", f"Blood {n}") for n in range(120))
    elsewhere.answer = Fetched(WHOLE[:start] + events + WHOLE[start:], '"1"')
    source_id = add_address()
    Browser("tom").write("feeds.import_calendar", {"source_id": source_id})
    work()
    assert len(stored_titles()) == 123
    elsewhere.answer = Fetched(WHOLE, '"2"')
    with monkeypatch.context() as broken:
        broken.setattr(feed_jobs, "still_at_it", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            feed_jobs.follow({"source_id": source_id})
    assert 0 < sum("(off)" in title for title in stored_titles()) < 120
    assert (source_of(source_id).etag, source_of(source_id).problem) == ("", None)

    feed_jobs.follow({"source_id": source_id})

    assert sum("(off)" in title for title in stored_titles()) == 120
    assert source_of(source_id).etag == '"2"'


def test_an_address_that_fails_says_why_and_what_was_taken_over_stays(elsewhere: Elsewhere) -> None:
    source_id = add_address()
    Browser("tom").write("feeds.import_calendar", {"source_id": source_id})
    work()

    for answer in (
        Fetched(problem=feed_jobs.Said("This address answered with error {status}.", status=500)),
        Fetched("<html>Sign in</html>"),
        Fetched("BEGIN:VCALENDAR\nEND:VCALENDAR"),
    ):
        elsewhere.answer = answer
        feed_jobs.follow({"source_id": source_id})
        assert source_of(source_id).problem
        assert stored_titles() == ["Blood test", "Physio", "Physio, later"]

    elsewhere.answer = Fetched(is_unchanged=True)
    feed_jobs.follow({"source_id": source_id})
    assert source_of(source_id).problem is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (WHOLE.replace("DTSTART;TZID=Europe/Berlin:20260320T090000", "DTSTART:soon"), 6),
        (WHOLE[: WHOLE.index("BEGIN:VEVENT\nUID:b@")], 1),
        (WHOLE[: WHOLE.index("DURATION")], 11),
    ],
)
def test_a_calendar_that_is_cut_or_only_partly_readable_calls_nothing_off_and_says_its_line(
    elsewhere: Elsewhere, text: str, line: int
) -> None:
    source_id = add_address()
    Browser("tom").write("feeds.import_calendar", {"source_id": source_id})
    work()
    before = stored_titles()

    elsewhere.answer = Fetched(text, '"2"')
    feed_jobs.follow({"source_id": source_id})

    assert stored_titles() == before
    assert "nothing that is missing there" in source_of(source_id).problem[0]
    assert source_of(source_id).problem[1] == {"line": line}
    assert source_of(source_id).etag == ""


def test_a_task_beside_them_does_not_keep_appointments_from_being_called_off(elsewhere: Elsewhere) -> None:
    task = "BEGIN:VTODO\nUID:t@clinic\nEND:VTODO\nEND:VCALENDAR"
    elsewhere.answer = Fetched(WHOLE.replace("END:VCALENDAR", task), '"1"')
    source_id = add_address()
    Browser("tom").write("feeds.import_calendar", {"source_id": source_id})
    work()

    elsewhere.answer = Fetched(WHOLE.replace("END:VCALENDAR", task).replace("UID:a@", "UID:z@"), '"2"')
    feed_jobs.follow({"source_id": source_id})

    assert "Blood test (off)" in stored_titles()
    assert (source_of(source_id).problem, source_of(source_id).etag) == (None, '"2"')


def test_removing_the_double_of_a_calendar_leaves_the_schedule_as_it_was(elsewhere: Elsewhere) -> None:
    doubles = []
    for address in (A, B):
        asked = Browser("tom").write("feeds.add_calendar_address", {"address": address})
        work()
        doubles.append({"source_id": asked.json()["answer"]["source_id"]})
        Browser("tom").write("feeds.import_calendar", doubles[-1])
        work()
    with db.unit_of_work() as session:
        session.exec(select(Appointment).where(Appointment.title == "Blood test")).one().deleted_at = now() - timedelta(
            days=1
        )

    assert Browser("tom").write("feeds.remove_source", doubles[0]).status_code == 200
    work()

    with db.reading() as session:
        there = session.exec(select(Appointment)).all()
        assert sorted(row.title for row in there if not row.deleted_at) == ["Physio", "Physio, later"]
        assert {row.source_id for row in there if not row.deleted_at} == {doubles[1]["source_id"]}
        for job in session.exec(select(Job).where(Job.kind == "schedule.tell_change")):
            telling.tell_change(session, job.payload)
        assert session.exec(select(Notice)).all() == []


def test_an_address_that_is_followed_already_is_not_taken_over_twice(elsewhere: Elsewhere) -> None:
    first, second = add_address(), add_address()

    assert Browser("tom").write("feeds.import_calendar", {"source_id": first}).status_code == 200
    assert Browser("tom").write("feeds.import_calendar", {"source_id": second}).status_code == 409
    again = Browser("tom").write("feeds.add_calendar_address", {"address": "https://clinic.example/a.ics"})
    assert again.status_code == 409


def test_nothing_is_fetched_for_who_may_no_longer_add_to_the_schedule(elsewhere: Elsewhere) -> None:
    source_id = add_address()
    Browser("tom").write("feeds.import_calendar", {"source_id": source_id})
    work()
    elsewhere.asked.clear()
    with db.unit_of_work() as session:
        tom = session.exec(select(Member).join(Account).where(Account.email == "tom@example.org")).one()
        tom.role = "friend"

    feed_jobs.follow({"source_id": source_id})

    assert elsewhere.asked == []
    assert "no longer add" in source_of(source_id).problem[0]
