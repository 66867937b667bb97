"""Yes and no to an appointment, from the page or the notice: shown to all, told to who must know, safe to repeat."""

from datetime import date, datetime

import pytest
from sqlmodel import Session, func, select

from careapp.errors import Conflict
from careapp.models import AppointmentAnswer, Kind, Notice, Site
from careapp.schedule.agenda import CalendarPage, calendar
from careapp.schedule.commands import AnswerAppointment, Scope
from careapp.schedule.operations import answer_appointment
from careapp.schedule.queries import AppointmentPage, appointment
from careapp.schedule.views import Item
from tests.calendar_story import at, buttons, said
from tests.calendar_writing import TWICE_A_WEEK, added, changed
from tests.cast import Cast
from tests.notices import with_phones

FRIDAY = "2026-03-06T10:00"


def answer(session: Session, cast: Cast, who: str, id_: str, comes: bool, when: str = "") -> None:
    moment = datetime.fromisoformat(when) if when else None
    answer_appointment(session, cast.actor(who), AnswerAppointment(appointment_id=id_, at=moment, comes=comes))


def items(session: Session, cast: Cast) -> list[Item]:
    view = calendar(session, cast.maya, CalendarPage())
    return [item for day in view.days for item in day.listed]


def test_only_who_goes_along_is_asked_and_a_yes_stands_on_the_calendar(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        id_ = added(session, rose_site, "cole", companion_id=rose_site.tom.member_id)
    with at(session, minutes=5):
        assert buttons(session) == {"Maya": [""], "Tom": ["comes cannot_come"]}
        assert not items(session, rose_site)[0].has_agreed

        answer(session, rose_site, "tom", id_, comes=True)
        (item,) = items(session, rose_site)
        assert (item.companion.name, item.has_agreed) == ("Tom Lind", True)
    with at(session, hours=1):
        assert said(session)["Maya"] == [
            "a new appointment: Dr Meyer: Tuesday, 3 March 2026, 10:00 AM · Goes along: Tom Lind"
        ]


def test_a_no_leaves_a_gap_that_its_author_and_the_point_of_contact_hear_of(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    with at(session):
        day = {"starts_on": date(2026, 3, 20)}
        id_ = added(session, rose_site, "cole", companion_id=rose_site.tom.member_id, **day)
        answer(session, rose_site, "tom", id_, comes=False)
        answer(session, rose_site, "tom", id_, comes=False)
        (item,) = items(session, rose_site)
        assert (item.has_companion, item.has_gap, item.declined) == (False, True, "Tom Lind")
    with at(session, minutes=3):
        assert said(session) == {}
    with at(session, hours=1):
        changed(session, rose_site, "maya", id_, companion_id=rose_site.tom.member_id, **day)
    with at(session, hours=2):
        answer(session, rose_site, "tom", id_, comes=False)
    with at(session, hours=3):
        line = (
            "nobody goes along yet: Tom Lind can't: Dr Meyer: Friday, 20 March 2026, 10:00 AM"
            " · Goes along: Tom Lind → nobody yet"
        )
        assert [told[-1] for name, told in said(session).items() if name != "Tom"] == [line, line]
        assert set(said(session)) == {"Maya", "Dr", "Tom"}


def test_an_answer_is_for_one_time_of_a_series(session: Session, rose_site: Cast) -> None:
    with at(session):
        id_ = added(session, rose_site, **TWICE_A_WEEK, companion_id=rose_site.tom.member_id)
        answer(session, rose_site, "tom", id_, comes=True, when=FRIDAY)
        answer(session, rose_site, "tom", id_, comes=False, when="2026-03-10T10:00")
        shown = {item.day[-2:]: (item.has_agreed, item.declined) for item in items(session, rose_site)}
        page = appointment(session, rose_site.tom, AppointmentPage(appointment=id_, at=FRIDAY))

    assert [shown[day] for day in ("03", "06", "10")] == [(False, ""), (True, ""), (False, "Tom Lind")]
    assert page.item.has_agreed


def test_another_time_or_another_companion_is_asked_anew(session: Session, rose_site: Cast) -> None:
    with at(session):
        mine = {"companion_id": rose_site.tom.member_id}
        id_ = added(session, rose_site, **TWICE_A_WEEK, **mine)
        for when in (FRIDAY, "2026-03-10T10:00", "2026-03-13T10:00"):
            answer(session, rose_site, "tom", id_, comes=True, when=when)
        changed(session, rose_site, "maya", id_, FRIDAY, starts_on=date(2026, 3, 7), **mine)
        changed(
            session, rose_site, "maya", id_, "2026-03-10T10:00", starts_on=date(2026, 3, 10), title="Dr Berg", **mine
        )
        assert [item.has_agreed for item in items(session, rose_site)][:4] == [False, False, True, True]

        rest = {**TWICE_A_WEEK, "companion_id": rose_site.ida.member_id, "scope": Scope.FOLLOWING}
        changed(session, rose_site, "maya", id_, "2026-03-13T10:00", starts_on=date(2026, 3, 13), **rest)
        assert [item.has_agreed for item in items(session, rose_site)] == [False, False, True, False, False, False]


def test_a_yes_takes_on_what_nobody_has_but_never_what_another_has(session: Session, rose_site: Cast) -> None:
    with at(session):
        id_ = added(session, rose_site)
        answer(session, rose_site, "ida", id_, comes=True)
        with pytest.raises(Conflict, match="goes along already"):
            answer(session, rose_site, "tom", id_, comes=True)
        answer(session, rose_site, "tom", id_, comes=False)
        (item,) = items(session, rose_site)

    assert (item.companion.name, item.has_agreed) == ("Ida Berg", True)


def test_to_answer_again_changes_nothing(session: Session, rose_site: Cast) -> None:
    with at(session):
        id_ = added(session, rose_site, companion_id=rose_site.tom.member_id)
        answer(session, rose_site, "tom", id_, comes=True)
        site = session.get_one(Site, rose_site.tom.site_id)
        before = session.scalar(select(Site.change_counter).where(Site.id == site.id))
        answer(session, rose_site, "tom", id_, comes=True)

    assert session.scalar(select(Site.change_counter).where(Site.id == site.id)) == before
    assert session.scalar(select(func.count()).select_from(AppointmentAnswer)) == 1


def test_a_reminder_asks_who_goes_along_and_the_last_one_leads_into_the_video_visit(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site)
    with at(session):
        link = "https://meet.example.org/rose"
        added(session, rose_site, companion_id=rose_site.tom.member_id, kind="telemedicine", link=link)
    with at(session, days=3):
        asked = ["comes cannot_come", "comes cannot_come", "join check"]
        assert buttons(session, Kind.REMINDERS) == {"Maya": ["", "", "join check"], "Tom": asked}
        last = session.exec(select(Notice).where(Notice.kind == Kind.REMINDERS)).all()[-1]
        (_, _, join), (_, _, check) = last.words["actions"]
    assert join == link and check.startswith("/video-check?site=rose&appointment=")
