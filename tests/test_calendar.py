"""The calendar's pages: the agenda by days, for readers here and elsewhere, in a fixed number of statements."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import Session

from careapp import clock
from careapp.access import Actor
from careapp.errors import Conflict, NotAllowed, NotFound
from careapp.models import Account, Appointment
from careapp.schedule.agenda import CalendarPage, calendar
from careapp.schedule.commands import AnswerAppointment, CancelAppointment, Scope, Scoped
from careapp.schedule.composing import Composing
from careapp.schedule.operations import answer_appointment, cancel_appointment, delete_appointment
from careapp.schedule.queries import AppointmentPage, appointment, appointment_composer, month, week
from careapp.schedule.spans import SpanPage
from careapp.schedule.upcoming import upcoming
from careapp.schedule.views import CalendarView, Item
from tests.calendar_writing import TWICE_A_WEEK, ZONE, added, changed
from tests.cast import START, Cast
from tests.statements import counted_statements


@pytest.fixture(autouse=True)
def _march() -> object:
    with clock.freeze(START):
        yield


def living_in(session: Session, cast: Cast, name: str, zone: str) -> Actor:
    session.get_one(Account, cast.actor(name).account_id).time_zone = zone
    session.flush()
    return cast.actor(name)


def agenda(session: Session, actor: Actor, **more: str) -> CalendarView:
    return calendar(session, actor, CalendarPage(**more))


def items(view: CalendarView) -> list[Item]:
    return [item for day in view.days for item in day.listed]


def lines(view: CalendarView) -> list[str]:
    return [f"{day.on} {item.time} {item.title}" for day in view.days for item in day.listed]


def test_the_agenda_goes_by_days_from_today_on(session: Session, rose_site: Cast) -> None:
    added(session, rose_site, title="Yesterday", starts_on=date(2026, 3, 1))
    added(session, rose_site, title="In May", starts_on=date(2026, 5, 20))
    added(session, rose_site, **TWICE_A_WEEK)
    added(session, rose_site, title="Family", starts_on=date(2026, 3, 6), is_all_day=True)
    view = agenda(session, living_in(session, rose_site, "maya", ZONE))

    assert lines(view)[:3] == [
        "2026-03-03 10:00 AM – 11:00 AM Dr Meyer",
        "2026-03-06  Family",
        "2026-03-06 10:00 AM – 11:00 AM Dr Meyer",
    ]
    assert [day.words for day in view.days][:2] == ["Tuesday, 3 March 2026", "Friday, 6 March 2026"]
    assert lines(agenda(session, rose_site.maya, begins=view.further)) == ["2026-05-20 10:00 AM – 11:00 AM In May"]
    assert lines(agenda(session, rose_site.maya, begins=view.earlier))[0].endswith("Yesterday")


def test_the_next_few_that_are_not_over_are_kept_for_when_there_is_no_connection(
    session: Session, rose_site: Cast
) -> None:
    for n in range(6):
        added(session, rose_site, title=str(n), starts_on=date(2026, 3, 2 + n // 2), starts=time(1 + n), ends=None)
    added(session, rose_site, "tom", title="Tom's", starts_on=date(2026, 3, 3), starts=time(2), ends=None)

    views = {name: agenda(session, rose_site.actor(name)) for name in ("maya", "tom", "ida")}

    assert [item.title for item in views["ida"].soon] == ["Tom's", "2", "3"]
    own = {name: [item.title for item in view.own] for name, view in views.items()}
    assert own == {"maya": ["Tom's", "2", "3"], "tom": ["Tom's"], "ida": []}


def test_whoever_lives_by_another_clock_sees_both_times(session: Session, rose_site: Cast) -> None:
    added(session, rose_site, starts=time(20), ends=time(21))
    (here,) = items(agenda(session, living_in(session, rose_site, "maya", ZONE)))
    (there,) = items(agenda(session, living_in(session, rose_site, "tom", "Europe/Berlin")))

    assert (here.time, here.here, here.there) == ("8:00 PM – 9:00 PM", "", "")
    assert (there.time, there.here, there.there) == (
        "8:00 PM – 9:00 PM", "Wed 4 Mar, 2:00 AM – 3:00 AM", "New York",
    )  # fmt: skip


def test_what_goes_on_now_is_not_missed_where_the_clock_is_ahead_of_the_sites(
    session: Session, rose_site: Cast
) -> None:
    evening = {"starts_on": date(2026, 3, 2), "zone": ZONE}
    added(session, rose_site, title="Over", starts=time(17), ends=time(18), **evening)
    added(session, rose_site, title="Visit", starts=time(20), ends=time(22), **evening)
    added(session, rose_site, title="Breakfast", starts_on=date(2026, 3, 3), starts=time(8), ends=time(9), zone=ZONE)
    added(session, rose_site, title="Holiday", starts_on=date(2026, 3, 2), is_all_day=True, zone="Europe/Berlin")
    tom = living_in(session, rose_site, "tom", "Europe/Berlin")

    with clock.freeze(datetime(2026, 3, 3, 2, 30, tzinfo=UTC)):  # 9:30 PM in New York, 3:30 AM in Berlin
        days = agenda(session, tom).days
        home = upcoming(session, tom)
        maya = upcoming(session, living_in(session, rose_site, "maya", ZONE))

    assert [item.title for item in days[0].listed] == ["Visit", "Breakfast"]
    assert days[0].is_today
    assert [[item.title for item in items] for items in (home.today, home.tomorrow)] == [["Visit", "Breakfast"], []]
    assert [[item.title for item in items] for items in (maya.today, maya.tomorrow)] == [["Visit"], ["Breakfast"]]


def test_what_takes_all_of_yesterday_is_not_listed_today(session: Session, rose_site: Cast) -> None:
    added(session, rose_site, title="Yesterday", starts_on=date(2026, 3, 1), is_all_day=True)
    added(session, rose_site, title="Both", starts_on=date(2026, 3, 1), last_on=date(2026, 3, 2), is_all_day=True)

    assert [item.title for item in items(agenda(session, living_in(session, rose_site, "maya", ZONE)))] == ["Both"]


def test_a_form_begins_with_the_clock_of_what_was_written_last(session: Session, rose_site: Cast) -> None:
    for days, (zone, in_month) in enumerate([("Asia/Tokyo", 12), (ZONE, 3)]):
        with clock.freeze(START + timedelta(days=days)):
            added(session, rose_site, starts_on=date(2026, in_month, 20), zone=zone)

    assert appointment_composer(session, rose_site.maya, Composing()).zone == ZONE


def test_it_can_be_narrowed_to_a_kind_and_to_who_goes_along(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, title="Doctor", **TWICE_A_WEEK)
    added(session, rose_site, title="Therapy", kind="therapy")
    answer_appointment(session, rose_site.tom, AnswerAppointment(appointment_id=id_, at=datetime(2026, 3, 6, 10)))
    tom = rose_site.tom.member_id

    assert [item.title for item in items(agenda(session, rose_site.maya, kind="therapy"))] == ["Therapy"]
    (his,) = items(agenda(session, rose_site.tom, person=tom))
    assert (his.at, his.companion.name, his.is_mine) == ("2026-03-06T10:00:00", "Tom Lind", True)


def test_an_empty_calendar_says_so_and_one_whose_next_is_far_ahead_leads_there(
    session: Session, rose_site: Cast
) -> None:
    assert agenda(session, rose_site.maya).is_empty
    added(session, rose_site, starts_on=date(2026, 12, 1))

    view = agenda(session, rose_site.maya)
    assert (view.is_empty, view.days) == (False, ())
    assert (view.further, view.next) == ("2026-05-01", "")


def test_a_crowded_page_ends_with_a_whole_day_and_the_next_goes_on_there(session: Session, rose_site: Cast) -> None:
    for n in range(8):
        added(session, rose_site, title=str(n), repeats="daily")
    first = agenda(session, rose_site.maya)
    second = agenda(session, rose_site.maya, begins=first.further)

    assert len(items(first)) <= 150
    assert (first.next, second.next) == (first.further, "")
    assert {len(day.listed) for day in first.days} == {8}
    assert second.days[0].on == first.further
    assert date.fromisoformat(first.days[-1].on) + timedelta(days=1) == date.fromisoformat(first.further)


def test_a_month_with_a_thousand_takes_as_many_statements_as_one_with_ten(session: Session, rose_site: Cast) -> None:
    def statements() -> list[int]:
        counts = []
        pages = [(calendar, CalendarPage), (week, SpanPage), (month, SpanPage)]
        for read, params in [(read, page(kind=kind)) for read, page in pages for kind in ("", "other")]:
            session.expire_all()
            actor = rose_site.maya
            with counted_statements() as seen:
                read(session, actor, params)
            counts.append(len(seen))
        return counts

    added(session, rose_site, **TWICE_A_WEEK)
    before = statements()
    for n in range(4):
        id_ = added(session, rose_site, title=str(n), repeats="daily")
        changed(session, rose_site, "maya", id_, "2026-03-06T10:00", title="Changed", starts_on=date(2026, 3, 6))
    for n in range(900):
        begins = datetime(2026, 3, 3, 8) + timedelta(minutes=40 * n)
        row = {"starts_at": begins, "ends_at": begins + timedelta(hours=1), "first_at": begins.replace(tzinfo=UTC)}
        session.add(Appointment(
            site_id=rose_site.maya.site_id, author_id=rose_site.maya.member_id, uid=str(n), title=str(n), zone=ZONE,
            last_at=row["first_at"] + timedelta(hours=9), **row,
        ))  # fmt: skip
    session.flush()

    assert statements() == before


def test_one_appointment_is_shown_with_how_it_repeats_and_what_its_reader_may_do(
    session: Session, rose_site: Cast
) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK, place="Main Street 1, Springfield", bring="The card")
    view = appointment(session, rose_site.maya, AppointmentPage(appointment=id_, at="2026-03-06T10:00"))
    friend = appointment(session, rose_site.ida, AppointmentPage(appointment=id_))

    assert view.repeats == "every week, Tuesday, Friday, until Friday, 20 March 2026"
    assert view.map_href.endswith("query=Main+Street+1%2C+Springfield")
    assert (view.can_change, view.can_go_along, view.is_series) == (True, True, True)
    assert (friend.can_change, friend.can_go_along, friend.item.at) == (False, True, "2026-03-03T10:00:00")


@pytest.mark.parametrize("at", ["x", "2026-03-06T10:00:00+01:00"])
def test_an_address_of_no_appointment_shows_none(session: Session, rose_site: Cast, at: str) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    with pytest.raises((NotFound, ValueError)):
        appointment(session, rose_site.maya, AppointmentPage(appointment=id_, at=at))


def test_a_time_that_was_moved_meanwhile_leads_to_the_next_and_keeps_the_form_of_who_writes(
    session: Session, rose_site: Cast
) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    friday = AppointmentPage(appointment=id_, at="2026-03-06T10:00:00")
    later = TWICE_A_WEEK | {"starts": time(11), "ends": time(12)}
    changed(
        session, rose_site, "maya", id_, "2026-03-06T10:00", **later | {"starts_on": date(2026, 3, 6)}, scope=Scope.ALL
    )

    view, form = (read(session, rose_site.maya, friday) for read in (appointment, appointment_composer))

    assert (view.is_other, view.item.at) == (True, "2026-03-03T11:00:00")
    assert (form.is_gone, form.at, form.next) == (True, "2026-03-06T10:00:00", "2026-03-03T11:00:00")
    with pytest.raises(Conflict, match="taken away in the meantime") as refused:
        changed(session, rose_site, "maya", id_, "2026-03-06T10:00", title="Mine", starts_on=date(2026, 3, 6))
    assert refused.value.params["theirs"] == "Dr Meyer, Tuesday, 3 March 2026, 11:00 AM"


def test_what_was_taken_away_meanwhile_keeps_the_form_of_who_writes_and_is_no_page(
    session: Session, rose_site: Cast
) -> None:
    once, series = added(session, rose_site), added(session, rose_site, **TWICE_A_WEEK)
    for id_, at in ((once, ""), (series, "2026-03-06T10:00:00")):
        delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, scope=Scope.ALL))
        named = AppointmentPage(appointment=id_, at=at)
        form = appointment_composer(session, rose_site.maya, named)
        assert (form.is_gone, form.id, form.at, form.next) == (True, id_, at, "")
        with pytest.raises(NotFound):
            appointment(session, rose_site.maya, named)
        with pytest.raises(NotAllowed):
            appointment_composer(session, rose_site.ida, named)


@pytest.mark.parametrize(
    "repeats",
    [
        {},
        TWICE_A_WEEK,
        {"repeats": "daily", "every": 2, "times": 5},
        {"repeats": "monthly", "every": 3},
        {"repeats": "monthly_weekday"},
        {"repeats": "yearly"},
    ],
)
def test_the_form_says_again_what_was_said_in_it(session: Session, rose_site: Cast, repeats: dict) -> None:
    id_ = added(session, rose_site, **repeats)
    view = appointment_composer(session, rose_site.maya, AppointmentPage(appointment=id_))
    said = {"repeats": view.repeats, "every": view.every, "until": view.until, "times": view.times}
    days = tuple(day.value for day in view.days if day.is_chosen)

    assert said == {
        "repeats": repeats.get("repeats", ""),
        "every": repeats.get("every", 1),
        "until": str(repeats.get("until", "")),
        "times": str(repeats.get("times", "")),
    }
    assert days == repeats.get("days", ())
    assert (view.starts_on, view.starts, view.ends, view.last_on) == ("2026-03-03", "10:00", "11:00", "")


def test_a_rule_that_the_form_cannot_say_is_kept(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site)
    row = session.get_one(Appointment, id_)
    row.rule, row.last_at = "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1", None
    view = appointment_composer(session, rose_site.maya, AppointmentPage(appointment=id_))
    assert view.repeats == "kept"

    changed(session, rose_site, "maya", id_, "2026-03-03T10:00", repeats="kept", scope=Scope.ALL, title="Dr Berg")
    assert [day.on for day in agenda(session, rose_site.maya).days] == ["2026-03-03", "2026-04-07"]


def test_a_new_appointment_is_written_by_the_clock_of_where_it_happens(session: Session, rose_site: Cast) -> None:
    tom = living_in(session, rose_site, "tom", "Europe/Berlin")
    assert appointment_composer(session, tom, Composing()).zone == "Europe/Berlin"
    added(session, rose_site)

    view = appointment_composer(session, tom, Composing())
    assert [(zone.value, zone.words) for zone in view.zones] == [(ZONE, "New York"), ("Europe/Berlin", "Berlin")]


def test_a_video_visit_can_be_joined_from_a_quarter_of_an_hour_before_unless_it_is_called_off(
    session: Session, rose_site: Cast
) -> None:
    id_ = added(session, rose_site, kind="telemedicine", link="https://meet.example.org/rose")
    (item,) = items(agenda(session, rose_site.maya))
    assert (item.join_from, item.join_until) == ("2026-03-03T14:45:00+00:00", "2026-03-03T16:00:00+00:00")

    cancel_appointment(session, rose_site.maya, CancelAppointment(appointment_id=id_))
    (item,) = items(agenda(session, rose_site.maya))
    assert (item.link, item.is_cancelled) == ("", True)


def test_a_week_and_a_month_show_each_day_what_touches_it(session: Session, rose_site: Cast) -> None:
    added(session, rose_site, **TWICE_A_WEEK)
    added(session, rose_site, title="Anna", is_all_day=True, starts_on=date(2026, 3, 5), last_on=date(2026, 3, 7))
    days = {day.on[-2:]: [item.title for item in day.listed] for day in week(session, rose_site.maya, SpanPage()).days}
    shown = month(session, rose_site.maya, SpanPage(begins="2026-03-15"))
    cells = {cell.on: cell.total for one in shown.weeks for cell in one.cells}

    assert {on: titles for on, titles in days.items() if titles} == {
        "03": ["Dr Meyer"], "05": ["Anna"], "06": ["Anna", "Dr Meyer"], "07": ["Anna"],
    }  # fmt: skip
    assert (shown.title, shown.before, shown.after) == ("March 2026", "2026-02-01", "2026-04-01")
    assert sum(cells.values()) == 6 + 3
    assert {len(one.cells) for one in shown.weeks} == {7}


def test_a_week_and_a_month_can_be_narrowed_too(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, title="Doctor", **TWICE_A_WEEK)
    added(session, rose_site, title="Therapy", kind="therapy")
    answer_appointment(session, rose_site.tom, AnswerAppointment(appointment_id=id_, at=datetime(2026, 3, 6, 10)))

    def shown(**only: str) -> tuple[list[str], list[str]]:
        by_week, by_month = (read(session, rose_site.maya, SpanPage(**only)) for read in (week, month))
        assert by_week.is_filtered and by_month.is_filtered
        cells = [cell for one in by_month.weeks for cell in one.cells]
        return [item.title for day in by_week.days for item in day.listed], [
            line.title for cell in cells for line in cell.listed
        ]

    assert shown(kind="therapy") == (["Therapy"], ["Therapy"])
    assert shown(person=rose_site.tom.member_id) == (["Doctor"], ["Doctor"])


def test_a_crowded_day_of_a_month_shows_a_few_and_how_many_more(session: Session, rose_site: Cast) -> None:
    for n in range(5):
        added(session, rose_site, title=str(n))
    cells = [cell for one in month(session, rose_site.maya, SpanPage()).weeks for cell in one.cells if cell.total]

    assert [(len(cell.listed), cell.total, cell.more) for cell in cells] == [(3, 5, 2)]
