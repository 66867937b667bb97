"""Who can when: said by tapping hours, on each one's own clock, without what the schedule has them for already."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlmodel import Session, select

from careapp import clock
from careapp.access import Actor, Right, Role, Section
from careapp.availability.commands import ClearDays, SetDays, SetWeek
from careapp.availability.free import free_between, free_times
from careapp.availability.hours import AWAY, hours_words, spans_on, stored, stored_week, week_words
from careapp.availability.operations import clear_days, set_days, set_week
from careapp.availability.own import availability
from careapp.availability.spans import QUARTER, Span, in_signs, merged, without
from careapp.availability.views import AvailabilityView, WhoCanView
from careapp.availability.who import TimePage, who_can
from careapp.errors import Conflict, Invalid, NotFound
from careapp.models import Account, Availability, AvailabilityException, RoleGrant
from careapp.operation import Params
from careapp.schedule.commands import CancelAppointment
from careapp.schedule.operations import cancel_appointment
from careapp.schedule.walls import moment
from careapp.sites.people import Leave, leave
from tests.calendar_writing import added
from tests.cast import START, Cast
from tests.helping import asked, at, slot_of, take
from tests.statements import counted_statements

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"
MONDAY = START.date()  # 2 March 2026


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with clock.freeze(START):
        yield


def says(session: Session, actor: Actor, *hours: str, zone: str = "UTC", version: int = 0) -> None:
    """ "MO 9-12" is from nine to twelve on Mondays."""
    chosen = []
    for each in hours:
        day, _, span = each.partition(" ")
        begins, _, ends = span.partition("-")
        chosen += [f"{day}-{hour}" for hour in range(int(begins), int(ends))]
    set_week(session, actor, SetWeek(hours=chosen, zone=zone, version=version))


def says_of(session: Session, actor: Actor, on: date, *hours: int, last_on: date | None = None) -> None:
    set_days(session, actor, SetDays(on=on, last_on=last_on, hours=[str(hour) for hour in hours], zone="UTC"))


def own(session: Session, actor: Actor) -> AvailabilityView:
    return availability(session, actor, Params())


def then(session: Session, actor: Actor, on: str = "2026-03-05", at: str = "15:00", until: str = "16:00") -> WhoCanView:
    return who_can(session, actor, TimePage(on=on, at=at, until=until))


def names(view: WhoCanView, how: str = "can") -> list[str]:
    return [one.face.name.split()[0] for one in getattr(view, how)]


def moved_to(session: Session, actor: Actor, zone: str) -> None:
    session.get_one(Account, actor.account_id).time_zone = zone
    session.flush()


def test_hours_are_kept_in_few_signs_and_said_in_words() -> None:
    week = stored_week(["MO-0", "MO-1", "TH-23", "TH-22"])
    assert week == "c00000" + AWAY * 2 + "000003" + AWAY * 3
    assert week_words(week, "en") == "Monday: 12 AM – 2 AM\nThursday: 10 PM – 12 AM"
    assert hours_words(stored(range(24)), "en") == "all day"
    assert hours_words(stored([9, 10, 14]), "es") == "9:00 – 11:00, 14:00 – 15:00"


def test_the_day_that_summer_time_begins_has_23_hours_and_the_day_that_it_ends_25() -> None:
    def length(on: date, hours: str) -> timedelta:
        return sum((one.ends - one.begins for one in spans_on(on, hours, NEW_YORK)), timedelta())

    spring, autumn, hour = date(2026, 3, 8), date(2026, 11, 1), timedelta(hours=1)
    assert [length(day, "f" * 6) / hour for day in (spring, autumn, date(2026, 3, 9))] == [23, 25, 24]
    assert spans_on(spring, stored([2]), NEW_YORK) == ()
    assert length(autumn, stored([1])) == 2 * hour
    assert spans_on(spring, stored([9]), NEW_YORK)[0].begins == datetime(2026, 3, 8, 13, tzinfo=UTC)


def test_stretches_are_put_together_and_taken_from_each_other() -> None:
    def spans(*pairs: tuple[int, int]) -> list[Span]:
        return [Span(START + a * QUARTER, START + b * QUARTER) for a, b in pairs]

    assert merged(spans((4, 6), (0, 2), (2, 3), (5, 9))) == spans((0, 3), (4, 9))
    assert without(spans((0, 10), (12, 14)), spans((2, 3), (9, 13))) == spans((0, 2), (3, 9), (13, 14))
    assert in_signs(spans((1, 3), (40, 76)), START) == "1.2.11.10"
    partly = [Span(START + timedelta(minutes=7), START + timedelta(minutes=50))]
    assert in_signs(partly, START) == "1.2"


def test_who_can_is_answered_for_any_time_with_names_and_never_why(session: Session, rose_site: Cast) -> None:
    says(session, rose_site.tom, "TH 14-18")
    says(session, rose_site.ida, "TH 9-15")
    says(session, rose_site.cole, "MO 9-17")

    view = then(session, rose_site.maya)
    assert (names(view), names(view, "could"), names(view, "cannot")) == (["Tom"], ["Ida"], ["Dr"])
    assert names(view, "unsaid") == ["Maya", "Rose"]
    assert view.words == "Thursday, 5 March, 3:00 PM – 4:00 PM"
    assert [one.hours for one in (*view.can, *view.could)] == ["2:00 PM – 6:00 PM", "9:00 AM – 3:00 PM"]
    assert names(then(session, rose_site.maya, on="2031-02-06")) == ["Tom"]


def test_everyone_keeps_their_own_clock(session: Session, rose_site: Cast) -> None:
    says(session, rose_site.tom, "TH 9-10", zone=NEW_YORK)
    moved_to(session, rose_site.maya, BERLIN)
    assert names(then(session, rose_site.maya)) == ["Tom"]
    # In the three weeks in which only one of them has summer time, it is an hour earlier.
    assert names(then(session, rose_site.maya, "2026-03-12")) == []
    assert names(then(session, rose_site.maya, "2026-03-12", "14:00", "15:00")) == ["Tom"]
    assert names(then(session, rose_site.maya, "2026-04-02")) == ["Tom"]


def test_a_night_passes_midnight_in_one_stretch(session: Session, rose_site: Cast) -> None:
    says(session, rose_site.tom, "TH 20-24", "FR 0-7")
    assert names(then(session, rose_site.maya, at="22:00", until="06:00")) == ["Tom"]
    assert names(then(session, rose_site.maya, at="22:00", until="08:00")) == []


def test_on_days_when_it_is_otherwise_the_usual_week_does_not_count(session: Session, rose_site: Cast) -> None:
    says(session, rose_site.tom, "TH 14-18", "FR 14-18")
    says_of(session, rose_site.tom, date(2026, 3, 5), last_on=date(2026, 3, 6))
    says_of(session, rose_site.tom, date(2026, 3, 6), 9, 10)
    view = own(session, rose_site.tom)
    assert [(one.words, one.said, one.is_away) for one in view.otherwise] == [
        ("Thursday, 5 March", "not at all", True),
        ("Friday, 6 March", "9 AM – 11 AM", False),
    ]
    assert names(then(session, rose_site.maya)) == []
    assert names(then(session, rose_site.maya, "2026-03-06", "09:00", "11:00")) == ["Tom"]

    clear_days(session, rose_site.tom, ClearDays(on=date(2026, 3, 1), last_on=date(2026, 3, 9)))
    assert own(session, rose_site.tom).otherwise == ()
    assert names(then(session, rose_site.maya)) == ["Tom"]


def test_days_in_a_row_are_one_line_and_old_ones_go(session: Session, rose_site: Cast) -> None:
    says_of(session, rose_site.tom, MONDAY, last_on=MONDAY + timedelta(days=9))
    assert [one.words for one in own(session, rose_site.tom).otherwise] == ["Monday, 2 March – Wednesday, 11 March"]
    with clock.freeze(START + timedelta(days=30)):
        says_of(session, rose_site.tom, MONDAY + timedelta(days=40), 9)
    assert len(session.exec(select(AvailabilityException)).all()) == 1


@pytest.mark.parametrize(
    ("on", "last_on", "field"),
    [
        (MONDAY, MONDAY - timedelta(days=1), "last_on"),
        (MONDAY, MONDAY + timedelta(days=93), "last_on"),
        (MONDAY - timedelta(days=1), None, "on"),
        (date(2031, 1, 1), None, "on"),
    ],
)
def test_days_that_cannot_be_are_refused(
    session: Session, rose_site: Cast, on: date, last_on: date | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        says_of(session, rose_site.tom, on, last_on=last_on)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("more", [{"hours": ["XX-1"]}, {"hours": ["MO-24"]}, {"zone": "Mars/Base"}, {"version": -1}])
def test_a_week_that_cannot_be_is_refused(more: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SetWeek(**({"hours": [], "zone": "UTC", "version": 0} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("asked_for", [{"at": "25:00"}, {"on": "someday"}, {"on": "2026-02-30"}])
def test_an_address_that_names_no_time_is_no_page(session: Session, rose_site: Cast, asked_for: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        who_can(session, rose_site.maya, TimePage(**asked_for))


@pytest.mark.both_databases
def test_what_was_said_on_another_device_is_not_overwritten_unseen(session: Session, rose_site: Cast) -> None:
    says(session, rose_site.tom, "MO 9-12")
    says(session, rose_site.tom, "TU 9-12", version=1)
    with pytest.raises(Conflict) as refused:
        says(session, rose_site.tom, "WE 9-12", version=1)
    assert refused.value.params["theirs"] == "Tuesday: 9 AM – 12 PM"
    assert own(session, rose_site.tom).version == 2


def test_days_said_first_do_not_stand_in_the_way_of_the_week(session: Session, rose_site: Cast) -> None:
    says_of(session, rose_site.tom, date(2026, 3, 5), 15)
    assert names(then(session, rose_site.maya)) == ["Tom"]
    says(session, rose_site.tom, "MO 9-12", version=own(session, rose_site.tom).version)
    assert session.get_one(Availability, rose_site.tom.member_id).version == 2


def goes_along(session: Session, cast: Cast, name: str, **more: object) -> str:
    """A visit on Thursday at half past three."""
    when = {"starts_on": date(2026, 3, 5), "starts": time(15, 30), "ends": time(16, 30), "zone": "UTC"}
    return added(session, cast, companion_id=cast.actor(name).member_id, **(when | more))


def test_whom_the_schedule_has_already_is_busy(session: Session, rose_site: Cast) -> None:
    for name in ("tom", "ida", "cole"):
        says(session, rose_site.actor(name), "TH 0-24")
    made = goes_along(session, rose_site, "tom")
    request = asked(session, rose_site, at(3, "15:00", "15:45"), zone="UTC")
    take(session, rose_site, "ida", slot_of(session, request))

    view = then(session, rose_site.maya)
    assert (names(view), names(view, "could")) == (["Dr"], ["Ida", "Tom"])
    assert view.could[1].hours == "12:00 AM – 3:30 PM, 4:30 PM – 12:00 AM"
    assert "Meyer" not in str(view)

    cancel_appointment(session, rose_site.maya, CancelAppointment(appointment_id=made))
    assert names(then(session, rose_site.maya)) == ["Dr", "Tom"]


def test_help_at_any_time_of_a_day_leaves_the_day_free(session: Session, rose_site: Cast) -> None:
    says(session, rose_site.ida, "TH 0-24")
    take(session, rose_site, "ida", slot_of(session, asked(session, rose_site, at(3, ""), zone="UTC")))
    assert names(then(session, rose_site.maya)) == ["Ida"]


def test_whoever_left_or_cannot_take_anything_on_is_not_named(session: Session, rose_site: Cast) -> None:
    for name in ("tom", "ida"):
        says(session, rose_site.actor(name), "TH 0-24")
    leave(session, rose_site.tom, Leave())
    assert names(then(session, rose_site.maya)) == ["Ida"]
    grant = RoleGrant(site_id=rose_site.maya.site_id, role=Role.FRIEND, section=Section.SCHEDULE, level=Right.SEE)
    session.add(grant)
    session.flush()
    assert names(then(session, rose_site.maya)) == []


def test_who_may_not_see_who_is_here_gets_no_names(session: Session, rose_site: Cast) -> None:
    says(session, rose_site.tom, "TH 0-24")
    session.add(RoleGrant(site_id=rose_site.maya.site_id, role=Role.FRIEND, section=Section.PEOPLE, level=Right.NONE))
    session.flush()
    view = then(session, rose_site.ida)
    assert (view.shows_people, view.can, free_times(session, rose_site.ida).people) == (False, (), ())


def test_the_days_ahead_fit_into_few_signs_for_the_phone(session: Session, rose_site: Cast) -> None:
    says(session, rose_site.tom, "MO 9-12", "TU 9-12", "WE 9-12", "TH 9-12", "FR 9-12")
    times = free_times(session, rose_site.maya)
    (tom,) = times.people
    assert times.begins == "2026-03-02T00:00:00+00:00"
    assert tom.free.startswith("10.c.2c.c")
    assert len(tom.free) < 300


def test_more_people_and_a_fuller_schedule_take_as_many_statements(session: Session, rose_site: Cast) -> None:
    maya = rose_site.maya

    def statements() -> int:
        session.expire_all()
        with counted_statements() as seen:
            free_between(session, maya, START, START + timedelta(days=60))
        return len(seen)

    quiet = statements()
    for name in ("tom", "ida", "cole", "rose"):
        says(session, rose_site.actor(name), "TH 0-24")
        says_of(session, rose_site.actor(name), date(2026, 3, 5), 15)
        goes_along(session, rose_site, name, repeats="weekly", days=("TH",), until=date(2026, 4, 30))
        take(session, rose_site, name, slot_of(session, asked(session, rose_site, at(3))))
    assert statements() == quiet


CASES = [
    (f"{day}T{hour}", zone)
    for day in ("2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01", "2026-06-15", "2026-04-05")
    for hour in ("00:30", "01:30", "02:00", "02:30", "03:00", "12:00")
    for zone in (NEW_YORK, BERLIN, "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
]
ASK = """
import { moment, spansIn, whoCan } from %s;
const cases = %s;
const moments = cases.map(([at, zone]) => moment(...at.split("T"), zone) / 1000);
const free = { begins: "2026-03-02T00:00:00Z", ends: "2026-05-02T00:00:00Z", people: [{ name: "Tom", free: %s }] };
const ask = (time) => whoCan(free, time, "America/New_York");
const times = [
  { on: "2026-03-05", starts: "09:00", ends: "12:00" }, { on: "2026-03-05", starts: "11:30" },
  { on: "2026-03-12", starts: "08:00", ends: "09:00" }, { on: "2026-03-12", starts: "09:00", ends: "10:00" },
  { on: "2026-03-05" }, { on: "2026-03-06" }, { on: "2031-03-06", starts: "09:00" },
];
console.log(JSON.stringify({ moments, answers: times.map(ask), spans: spansIn("1.2.11.10", 0) }));
"""


def test_the_phone_answers_from_what_it_was_brought_as_the_server_does(session: Session, rose_site: Cast) -> None:
    """In all hours around which clocks change, and beside a pattern on the clock of New York."""
    says(session, rose_site.tom, "TH 9-12", zone=NEW_YORK)
    module = Path(__file__).parents[1] / "assets/js/free.js"
    asked_for = ASK % tuple(
        map(json.dumps, (module.as_uri(), CASES, free_times(session, rose_site.maya).people[0].free))
    )
    node = [Path(sys.executable).parent / "node", "--input-type=module", "-e", asked_for]
    answer = json.loads(subprocess.run(node, capture_output=True, text=True, check=True).stdout)

    assert answer["moments"] == [moment(datetime.fromisoformat(at), zone).timestamp() for at, zone in CASES]
    assert [(one["isKnown"], one["names"]) for one in answer["answers"]] == [
        (True, ["Tom"]),
        (True, []),
        (True, []),
        (True, ["Tom"]),
        (True, ["Tom"]),
        (True, []),
        (False, []),
    ]
    assert answer["spans"] == [[900_000, 2_700_000], [36_000_000, 68_400_000]]
