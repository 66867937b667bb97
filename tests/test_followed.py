"""A calendar that others keep goes on by itself: whom its changes concern is told, and what is changed here is ours."""

from datetime import date, datetime, time

import pytest
from sqlmodel import Session, select

from careapp import clock
from careapp.models import Appointment, AppointmentAnswer, CalendarSource
from careapp.schedule.commands import AnswerAppointment, CancelAppointment, Scope, Scoped
from careapp.schedule.ics_reading import read
from careapp.schedule.operations import answer_appointment, cancel_appointment, delete_appointment
from careapp.schedule.queries import AppointmentPage, appointment_composer
from tests.calendar_story import at, buttons, said, taken_over
from tests.calendar_writing import ZONE, changed
from tests.cast import START, Cast
from tests.notices import with_phones

SCAN = """BEGIN:VEVENT
UID:scan@clinic
DTSTART;TZID=America/New_York:20260320T100000
DTEND;TZID=America/New_York:20260320T110000
SUMMARY:Scan
LOCATION:Room 4
END:VEVENT
"""
PHYSIO = """BEGIN:VEVENT
UID:physio@clinic
DTSTART;TZID=America/New_York:20260303T100000
DTEND;TZID=America/New_York:20260303T110000
RRULE:FREQ=WEEKLY
SUMMARY:Physio
END:VEVENT
"""
MOVED = """BEGIN:VEVENT
UID:physio@clinic
RECURRENCE-ID;TZID=America/New_York:20260317T100000
DTSTART;TZID=America/New_York:20260318T150000
DTEND;TZID=America/New_York:20260318T160000
SUMMARY:Physio
END:VEVENT
"""
TENTH = datetime(2026, 3, 10, 10)


class Clinic:
    """Its calendar, followed since the beginning of the story."""

    def __init__(self, session: Session, cast: Cast) -> None:
        self.session = session
        with clock.freeze(START):
            by, address = cast.tom, "https://clinic.example/a.ics"
            self.source = CalendarSource(site_id=by.site_id, member_id=by.member_id, address=address, name="Clinic")
            session.add(self.source)
            session.flush()
            self.says(SCAN + PHYSIO)

    def says(self, events: str) -> None:
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{events}END:VCALENDAR\n".replace("\n", "\r\n")
        taken_over(self.session, self.source, read(text, ZONE))
        self.session.flush()

    def row(self, title: str) -> Appointment:
        rows = self.session.exec(select(Appointment).where(Appointment.title == title, Appointment.series_id == None))  # noqa: E711
        return rows.one()

    def shown(self) -> list[str]:
        """What the table has, each series with its rule and the occurrences that were changed by themselves."""
        rows = [row for row in self.session.exec(select(Appointment)) if not row.deleted_at]
        return sorted(f"{row.starts_at:%m-%d %H} {row.title} {row.rule}".strip() for row in rows)


@pytest.fixture
def clinic(session: Session, rose_site: Cast) -> Clinic:
    return Clinic(session, rose_site)


def goes_along(session: Session, cast: Cast, row: Appointment, on: datetime | None = None, who: str = "ida") -> None:
    answer_appointment(session, cast.actor(who), AnswerAppointment(appointment_id=row.id, at=on))


def test_who_goes_along_hears_that_the_clinic_moved_it_and_is_asked_anew(
    session: Session, rose_site: Cast, clinic: Clinic
) -> None:
    with at(session):
        goes_along(session, rose_site, clinic.row("Scan"))
    with at(session, minutes=30):
        with_phones(session, rose_site)
    with at(session, hours=1):
        clinic.says(SCAN.replace("T1", "T2").replace("Room 4", "Room 9") + PHYSIO)
        assert session.exec(select(AppointmentAnswer)).all() == []
    with at(session, hours=2):
        line = (
            "an appointment was changed: Scan: Friday, 20 March 2026, 10:00 AM → Friday, 20 March 2026, 8:00 PM"
            " · Place: Room 4 → Room 9"
        )
        assert said(session) == {"Maya": [line], "Ida": [line]}
        assert buttons(session)["Ida"] == ["comes cannot_come"]
        assert clinic.row("Scan").companion_id == rose_site.ida.member_id
        clinic.says(SCAN.replace("T1", "T2").replace("Room 4", "Room 9") + PHYSIO)
    with at(session, hours=3):
        assert len(said(session)["Maya"]) == 1


def test_what_is_gone_or_left_out_there_is_told_as_cancelled_and_what_is_new_when_it_is_soon(
    session: Session, rose_site: Cast, clinic: Clinic
) -> None:
    with at(session, minutes=30):
        with_phones(session, rose_site)
    gap = "EXDATE;TZID=America/New_York:20260310T100000\nSUMMARY:Physio"
    with at(session, hours=1):
        new = SCAN.replace("scan@", "new@").replace("20260320", "20260303").replace("Scan", "Blood test")
        later = SCAN.replace("scan@", "later@").replace("Scan", "Later")
        clinic.says(new + later + PHYSIO.replace("SUMMARY:Physio", gap))
    with at(session, hours=2):
        assert sorted(said(session)["Maya"]) == [
            "a new appointment: Blood test: Tuesday, 3 March 2026, 10:00 AM · Room 4 · Goes along: nobody yet",
            "an appointment was cancelled: Physio: Tuesday, 10 March 2026, 10:00 AM · Goes along: nobody yet",
            "an appointment was cancelled: Scan: Friday, 20 March 2026, 10:00 AM",
        ]
        clinic.says(new + later + PHYSIO)
        assert [one for one in clinic.shown() if "Physio" in one] == ["03-03 10 Physio FREQ=WEEKLY"]


def test_one_of_a_series_that_the_clinic_moves_keeps_who_goes_along(
    session: Session, rose_site: Cast, clinic: Clinic
) -> None:
    with at(session):
        goes_along(session, rose_site, clinic.row("Physio"), datetime(2026, 3, 17, 10))
    with at(session, minutes=30):
        with_phones(session, rose_site)
    with at(session, hours=1):
        clinic.says(SCAN + PHYSIO + MOVED)
    with at(session, hours=2):
        line = (
            "an appointment was changed: Physio: Tuesday, 17 March 2026, 10:00 AM → Wednesday, 18 March 2026, 3:00 PM"
        )
        assert said(session) == {"Maya": [line], "Ida": [line]}
        clinic.says(SCAN + PHYSIO)
    with at(session, hours=3):
        assert said(session)["Ida"][-1].endswith("Wednesday, 18 March 2026, 3:00 PM → Tuesday, 17 March 2026, 10:00 AM")
        assert clinic.shown() == ["03-03 10 Physio FREQ=WEEKLY", "03-17 10 Physio", "03-20 10 Scan"]


def test_who_said_that_they_come_goes_with_the_series_and_is_told_once(
    session: Session, rose_site: Cast, clinic: Clinic
) -> None:
    with at(session):
        goes_along(session, rose_site, clinic.row("Physio"), TENTH)
        delete_appointment(
            session, rose_site.tom, Scoped(appointment_id=clinic.row("Physio").id, at=datetime(2026, 3, 24, 10))
        )
    with at(session, minutes=30):
        with_phones(session, rose_site, "ida")
    with at(session, hours=1):
        clinic.says(SCAN + PHYSIO.replace("T100000", "T090000").replace("T110000", "T100000"))
        clinic.says(SCAN + PHYSIO.replace("T100000", "T090000").replace("T110000", "T100000"))
    with at(session, hours=2):
        line = "an appointment was changed: Physio: Tuesday, 10 March 2026, 10:00 AM → Tuesday, 10 March 2026, 9:00 AM"
        assert said(session) == {"Ida": [line]}
        assert clinic.shown() == ["03-03 09 Physio FREQ=WEEKLY", "03-10 09 Physio", "03-20 10 Scan"]
        series = clinic.row("Physio")
        left_out = AppointmentPage(appointment=series.id, at="2026-03-24T09:00")
        assert appointment_composer(session, rose_site.tom, left_out).is_gone


@pytest.mark.parametrize("scope", [Scope.THIS, Scope.FOLLOWING, Scope.ALL])
def test_what_is_changed_here_is_ours_and_the_form_says_so_before(
    session: Session, rose_site: Cast, clinic: Clinic, scope: Scope
) -> None:
    series = clinic.row("Physio")
    page = AppointmentPage(appointment=series.id, at=TENTH.isoformat())
    usual = {"title": "Physio", "repeats": "weekly", "days": ("TU",), "starts_on": date(2026, 3, 10)}
    with at(session):
        assert appointment_composer(session, rose_site.maya, page).follows == "Clinic"
        hours = {"starts": time(15), "ends": time(16)}
        changed(session, rose_site, "maya", series.id, TENTH.isoformat(), **usual, **hours, scope=scope)
        after = clinic.shown()
    with at(session, hours=1):
        clinic.says(SCAN + PHYSIO)
        assert clinic.shown() == after
        for one in session.exec(select(Appointment).where(Appointment.starts_at == datetime(2026, 3, 10, 15))):
            page = AppointmentPage(appointment=one.series_id or one.id, at=page.at if one.series_id else "")
            assert appointment_composer(session, rose_site.maya, page).follows == ""


def test_what_is_called_off_or_divided_here_stays_so(session: Session, rose_site: Cast, clinic: Clinic) -> None:
    scan, physio = clinic.row("Scan"), clinic.row("Physio")
    with at(session):
        cancel_appointment(session, rose_site.maya, CancelAppointment(appointment_id=scan.id))
        gone = Scoped(appointment_id=physio.id, at=datetime(2026, 3, 17, 10), scope=Scope.FOLLOWING)
        delete_appointment(session, rose_site.maya, gone)
        after = clinic.shown()
    with at(session, hours=1):
        clinic.says(SCAN + PHYSIO)
        assert clinic.shown() == after
        assert scan.cancelled_at


def test_who_goes_along_and_what_to_bring_is_ours_beside_what_the_clinic_says(
    session: Session, rose_site: Cast, clinic: Clinic
) -> None:
    scan = clinic.row("Scan")
    usual = {"title": "Scan", "place": "Room 4", "starts_on": date(2026, 3, 20), "bring": "Glasses"}
    with at(session):
        changed(session, rose_site, "maya", scan.id, **usual, companion_id=rose_site.tom.member_id)
        clinic.says(SCAN.replace("Room 4", "Room 5") + PHYSIO)
    assert (scan.place, scan.bring, scan.companion_id) == ("Room 5", "Glasses", rose_site.tom.member_id)


def test_of_hundreds_that_change_at_once_a_few_are_told_and_what_somebody_goes_along_to(
    session: Session, rose_site: Cast, clinic: Clinic
) -> None:
    visits = "".join(SCAN.replace("scan@", f"visit{n}@").replace("Scan", f"Visit {n}") for n in range(120))
    with at(session):
        clinic.says(PHYSIO + visits + SCAN)
        goes_along(session, rose_site, clinic.row("Scan"))
    with at(session, minutes=30):
        with_phones(session, rose_site)
    with at(session, hours=1):
        clinic.says(PHYSIO + (visits + SCAN).replace("T1", "T2"))
    with at(session, hours=2):
        told = said(session)
        assert (len(told["Maya"]), len(told["Ida"])) == (11, 1)
        assert "Scan" in told["Ida"][0]
        assert {row.starts_at.hour for row in session.exec(select(Appointment)) if "Visit" in row.title} == {20}


def test_a_single_appointment_that_names_a_date_left_out_is_taken_over_again(clinic: Clinic) -> None:
    with clock.freeze(START):
        for place in ("Room 4", "Room 5"):
            clinic.says(PHYSIO + SCAN.replace("Room 4", f"{place}\nEXDATE;TZID=America/New_York:20260321T100000"))
    assert clinic.row("Scan").place == "Room 5"
