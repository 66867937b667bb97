"""Appointments: what is changed is changed where it was meant, nothing is lost, and two cannot go along at once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import Session, select

from careapp import clock
from careapp.clock import now
from careapp.errors import Conflict, Invalid, NotAllowed
from careapp.models import Appointment, AppointmentGap, AppointmentMedia, Job, Media
from careapp.operation import Params
from careapp.schedule.asking import found_between
from careapp.schedule.commands import AnswerAppointment, CancelAppointment, OneAppointment, Scope, Scoped
from careapp.schedule.composing import Composing
from careapp.schedule.jobs import erase_appointment
from careapp.schedule.operations import (
    answer_appointment,
    cancel_appointment,
    delete_appointment,
    restore_appointment,
)
from careapp.schedule.queries import AppointmentPage, appointment_composer, taken_away
from tests.calendar_writing import TWICE_A_WEEK, added, changed
from tests.cast import Cast
from tests.journal_writing import chosen, photo

TUESDAY, FRIDAY = "2026-03-03T10:00", "2026-03-06T10:00"
NEXT_TUESDAY = "2026-03-10T10:00"


def listed(session: Session, cast: Cast, name: str = "maya") -> list[str]:
    """The calendar of March and April: day, time, and what it is, with a sign where it is called off."""
    session.flush()
    span = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    return [
        f"{found.one.starts_at:%d %H:%M} {found.one.of.title}{' (off)' if found.one.of.cancelled_at else ''}"
        for found in found_between(session, cast.actor(name), *span)
    ]


def times(session: Session, cast: Cast) -> list[str]:
    return [" ".join(one.split()[:2]) for one in listed(session, cast)]


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


ALL_SIX = ["03 10:00", "06 10:00", "10 10:00", "13 10:00", "17 10:00", "20 10:00"]


def test_a_visit_on_two_days_a_week_is_there_as_often_as_was_said(session: Session, rose_site: Cast) -> None:
    added(session, rose_site, **TWICE_A_WEEK)

    assert times(session, rose_site) == ALL_SIX


def test_what_repeats_ends_on_a_day_or_after_so_many_times_and_not_both(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    for write in (
        lambda both: added(session, rose_site, **both),
        lambda both: changed(session, rose_site, "maya", id_, FRIDAY, scope=Scope.ALL, **both),
    ):
        with pytest.raises(Invalid) as refused:
            write({**TWICE_A_WEEK, "times": 2})
        assert list(refused.value.fields) == ["times"]


def test_every_tuesday_that_begins_on_a_sunday_begins_on_the_tuesday(session: Session, rose_site: Cast) -> None:
    added(session, rose_site, starts_on=date(2026, 3, 1), repeats="weekly", days=("TU",), times=2)

    assert times(session, rose_site) == ["03 10:00", "10 10:00"]


@pytest.mark.parametrize(
    ("repeats", "wanted"),
    [
        ({"repeats": "daily", "every": 3, "times": 3}, ["03 10:00", "06 10:00", "09 10:00"]),
        ({"repeats": "weekly", "every": 2, "times": 3}, ["03 10:00", "17 10:00", "31 10:00"]),
        ({"repeats": "monthly", "until": date(2026, 4, 30)}, ["03 10:00", "03 10:00"]),
        ({"repeats": "monthly_weekday", "until": date(2026, 4, 30)}, ["03 10:00", "07 10:00"]),
        ({"repeats": "yearly"}, ["03 10:00"]),
    ],
)
def test_each_way_of_repeating_that_the_form_offers(
    session: Session, rose_site: Cast, repeats: dict, wanted: list[str]
) -> None:
    added(session, rose_site, **repeats)

    assert times(session, rose_site) == wanted


def test_one_of_a_series_is_moved_and_the_others_stay(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    changed(session, rose_site, "maya", id_, FRIDAY, starts_on=date(2026, 3, 7), starts=time(15), ends=time(16))

    assert times(session, rose_site) == ["03 10:00", "07 15:00", *ALL_SIX[2:]]


def test_this_and_all_after_it_change_and_those_before_stay(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    more = {"scope": Scope.FOLLOWING, "starts_on": date(2026, 3, 10), "starts": time(9), "ends": time(10)}
    rest = changed(session, rose_site, "maya", id_, NEXT_TUESDAY, **TWICE_A_WEEK, **more, title="Dr Meyer again")

    assert rest.id != id_
    assert listed(session, rose_site)[:3] == ["03 10:00 Dr Meyer", "06 10:00 Dr Meyer", "10 09:00 Dr Meyer again"]
    assert times(session, rose_site)[3:] == ["13 09:00", "17 09:00", "20 09:00"]


def test_all_move_by_a_day_and_what_was_left_out_or_changed_stays_so(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, at=at(FRIDAY)))
    changed(session, rose_site, "maya", id_, NEXT_TUESDAY, starts_on=date(2026, 3, 10), title="With the nurse")
    more = {"scope": Scope.ALL, "starts_on": date(2026, 3, 4), "place": "Main Street 1", **TWICE_A_WEEK}
    changed(session, rose_site, "maya", id_, TUESDAY, **more)

    assert listed(session, rose_site) == [
        "04 10:00 Dr Meyer",
        "11 10:00 With the nurse",
        "14 10:00 Dr Meyer",
        "18 10:00 Dr Meyer",
    ]
    nurse = session.exec(select(Appointment).where(Appointment.title == "With the nurse")).one()
    assert nurse.place == "Main Street 1"


@pytest.mark.parametrize(
    ("first", "repeats", "opened", "day", "to"),
    [
        (date(2026, 1, 13), "monthly_weekday", date(2026, 3, 10), date(2026, 3, 12), "monthly_weekday"),
        (date(2026, 1, 28), "monthly", date(2026, 2, 28), date(2026, 3, 2), "monthly"),
        (date(2026, 1, 13), "monthly", date(2026, 3, 13), date(2026, 3, 13), "monthly_weekday"),
        (date(2024, 3, 1), "yearly", date(2026, 3, 1), date(2026, 2, 28), "yearly"),
    ],
)
def test_all_of_a_month_or_year_never_fall_on_another_day_than_the_form_says(
    session: Session, rose_site: Cast, first: date, repeats: str, opened: date, day: date, to: str
) -> None:
    id_ = added(session, rose_site, starts_on=first, repeats=repeats)
    more = {"starts_on": day, "repeats": to}
    with pytest.raises(Invalid) as refused:
        changed(session, rose_site, "maya", id_, f"{opened}T10:00", **more, scope=Scope.ALL)
    assert list(refused.value.fields) == ["starts_on"]

    id_ = added(session, rose_site, starts_on=first, repeats=repeats)
    rest = changed(session, rose_site, "maya", id_, f"{opened}T10:00", **more, scope=Scope.FOLLOWING)

    assert session.get_one(Appointment, rest.id).starts_at.date() == day


def test_all_of_a_month_move_where_the_day_that_the_form_says_is_one_of_theirs(
    session: Session, rose_site: Cast
) -> None:
    id_ = added(session, rose_site, starts_on=date(2026, 1, 29), repeats="monthly_weekday", until=date(2026, 3, 31))
    more = {"starts_on": date(2026, 2, 27), "repeats": "monthly_weekday", "until": date(2026, 3, 31)}
    changed(session, rose_site, "maya", id_, "2026-02-26T10:00", **more, scope=Scope.ALL)

    series = session.get_one(Appointment, id_)
    assert (series.starts_at.date(), series.rule.partition(";UNTIL")[0]) == (
        date(2026, 1, 30),
        "FREQ=MONTHLY;BYDAY=-1FR",
    )


def test_what_was_changed_by_itself_is_not_lost_when_its_day_falls_away(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    changed(session, rose_site, "maya", id_, FRIDAY, starts_on=date(2026, 3, 6), title="With Dr Berg")
    only_tuesdays = {**TWICE_A_WEEK, "days": ("TU",), "scope": Scope.ALL}
    changed(session, rose_site, "maya", id_, TUESDAY, **only_tuesdays)

    assert listed(session, rose_site) == [
        "03 10:00 Dr Meyer",
        "06 10:00 With Dr Berg",
        "10 10:00 Dr Meyer",
        "17 10:00 Dr Meyer",
    ]


def test_a_count_is_shared_out_when_the_rest_is_changed(session: Session, rose_site: Cast) -> None:
    every_week = {"repeats": "weekly", "days": ("TU",), "times": 4}
    id_ = added(session, rose_site, **every_week)
    more = {"scope": Scope.FOLLOWING, "starts_on": date(2026, 3, 17), "title": "The rest"}
    changed(session, rose_site, "maya", id_, "2026-03-17T10:00", **every_week, **more)

    assert listed(session, rose_site) == [
        "03 10:00 Dr Meyer",
        "10 10:00 Dr Meyer",
        "17 10:00 The rest",
        "24 10:00 The rest",
    ]


def test_what_happened_once_can_be_made_to_repeat_and_the_other_way_round(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site)
    changed(session, rose_site, "maya", id_, repeats="weekly", days=("TU",), times=3)
    assert times(session, rose_site) == ["03 10:00", "10 10:00", "17 10:00"]

    changed(session, rose_site, "maya", id_, TUESDAY, scope=Scope.ALL)
    assert times(session, rose_site) == ["03 10:00"]


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        (Scope.THIS, ["03 10:00", "06 10:00", *ALL_SIX[3:]]),
        (Scope.FOLLOWING, ALL_SIX[:2]),
        (Scope.ALL, []),
    ],
)
def test_what_is_taken_away_is_gone_and_can_be_brought_back(
    session: Session, rose_site: Cast, scope: Scope, left: list[str]
) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    gone = delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, at=at(NEXT_TUESDAY), scope=scope))
    assert times(session, rose_site) == left

    back = OneAppointment(appointment_id=gone.id, at=at(gone.at) if gone.at else None)
    restore_appointment(session, rose_site.maya, back)
    restore_appointment(session, rose_site.maya, back)
    assert times(session, rose_site) == ALL_SIX


def test_one_of_a_series_brings_back_no_more_than_itself(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    one = OneAppointment(appointment_id=id_, at=at(FRIDAY))
    delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, at=at(FRIDAY)))
    delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, at=at(NEXT_TUESDAY), scope=Scope.ALL))
    with pytest.raises(Conflict, match="whole series"):
        restore_appointment(session, rose_site.maya, one)
    assert times(session, rose_site) == []

    restore_appointment(session, rose_site.maya, OneAppointment(appointment_id=id_))
    restore_appointment(session, rose_site.maya, one)
    assert times(session, rose_site) == ALL_SIX


def test_what_was_taken_away_is_listed_for_who_may_bring_it_back(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    added(session, rose_site, "tom", title="Therapy", starts_on=date(2026, 3, 9))
    (his,) = session.exec(select(Appointment.id).where(Appointment.title == "Therapy"))
    delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, at=at(FRIDAY)))
    delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, at=at(NEXT_TUESDAY), scope=Scope.FOLLOWING))
    delete_appointment(session, rose_site.tom, Scoped(appointment_id=his))

    def cards(name: str) -> list[tuple[str, str, str]]:
        view = taken_away(session, rose_site.actor(name), Params())
        return [(card.title, card.when.partition(", ")[2], card.repeats[:10]) for card in view.cards]

    assert cards("maya") == [
        ("Therapy", "9 March 2026, 10:00 AM", ""),
        ("Dr Meyer", "10 March 2026, 10:00 AM", "every week"),
        ("Dr Meyer", "6 March 2026, 10:00 AM", ""),
    ]
    assert [title for title, *_ in cards("tom")] == ["Therapy"]
    with clock.freeze(now() + timedelta(days=31)):
        assert cards("maya") == []


def test_what_was_changed_comes_back_as_it_was_changed(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    changed(session, rose_site, "maya", id_, FRIDAY, starts_on=date(2026, 3, 7), title="With Dr Berg")
    one = OneAppointment(appointment_id=id_, at=at(FRIDAY))
    delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, at=at(FRIDAY)))
    assert "07 10:00 With Dr Berg" not in listed(session, rose_site)

    restore_appointment(session, rose_site.maya, one)
    assert "07 10:00 With Dr Berg" in listed(session, rose_site)


def test_what_is_cancelled_stays_to_be_seen_as_called_off(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    off = {"appointment_id": id_, "at": at(FRIDAY)}
    cancel_appointment(session, rose_site.maya, CancelAppointment(**off))
    assert listed(session, rose_site)[:2] == ["03 10:00 Dr Meyer", "06 10:00 Dr Meyer (off)"]

    cancel_appointment(session, rose_site.maya, CancelAppointment(**off, is_cancelled=False))
    cancel_appointment(session, rose_site.maya, CancelAppointment(**off, scope=Scope.FOLLOWING))
    assert [one.endswith("(off)") for one in listed(session, rose_site)] == [False, *[True] * 5]


def test_nothing_is_overwritten_unseen(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, by="tom")
    changed(session, rose_site, "maya", id_, place="Main Street 1", title="Dr Berg", link="https://video.example/berg")

    with pytest.raises(Conflict) as refused:
        changed(session, rose_site, "tom", id_, version=2, title="Dr Stein")
    theirs = str(refused.value.params["theirs"])
    for said in ("Dr Berg", "New York", "Doctor", "Main Street 1", "https://video.example/berg"):
        assert said in theirs
    assert appointment_composer(session, rose_site.tom, Composing(appointment=id_)).summary == theirs
    assert listed(session, rose_site) == ["03 10:00 Dr Berg"]


def test_others_appointments_are_changed_by_who_manages_the_schedule_or_goes_along(
    session: Session, rose_site: Cast
) -> None:
    id_ = added(session, rose_site)
    with pytest.raises(NotAllowed):
        changed(session, rose_site, "tom", id_, title="Dr Stein")
    with pytest.raises(NotAllowed):
        delete_appointment(session, rose_site.tom, Scoped(appointment_id=id_))

    answer_appointment(session, rose_site.tom, AnswerAppointment(appointment_id=id_))
    changed(session, rose_site, "tom", id_, title="Dr Stein", companion_id=rose_site.tom.member_id)
    assert listed(session, rose_site) == ["03 10:00 Dr Stein"]


@pytest.mark.both_databases
def test_two_cannot_go_along_and_either_may_let_go(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    along = AnswerAppointment(appointment_id=id_, at=at(FRIDAY))
    answer_appointment(session, rose_site.ida, along)
    answer_appointment(session, rose_site.ida, along)
    with pytest.raises(Conflict, match="goes along already"):
        answer_appointment(session, rose_site.tom, along)

    rows = session.exec(select(Appointment.recurrence_at).where(Appointment.companion_id == rose_site.ida.member_id))
    assert rows.all() == [at(FRIDAY)]
    answer_appointment(session, rose_site.ida, AnswerAppointment(appointment_id=id_, at=at(FRIDAY), comes=False))
    answer_appointment(session, rose_site.tom, along)


def test_a_time_that_the_series_does_not_have_is_no_appointment(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)

    for moment in ("2026-03-04T10:00", "2026-03-03T11:00", "2027-03-02T10:00"):
        with pytest.raises(Conflict):
            answer_appointment(session, rose_site.tom, AnswerAppointment(appointment_id=id_, at=at(moment)))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"starts": None}, "starts"),
        ({"last_on": date(2026, 3, 2)}, "last_on"),
        ({"repeats": "daily", "until": date(2026, 3, 1)}, "until"),
        ({"companion_id": "x"}, "companion_id"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(session: Session, rose_site: Cast, wrong: dict, field: str) -> None:
    with pytest.raises((Invalid, ValueError)) as refused:
        added(session, rose_site, **wrong)
    assert field in (refused.value.fields if isinstance(refused.value, Invalid) else str(refused.value))


@pytest.mark.parametrize("link", ["http://meet.example.org", "javascript:alert(1)", "https://a@b", "https://", "x"])
def test_a_video_visit_is_joined_by_a_safe_address_only(session: Session, rose_site: Cast, link: str) -> None:
    with pytest.raises(ValueError, match="https"):
        added(session, rose_site, link=link)


def test_a_night_ends_on_the_next_morning_and_a_whole_day_at_midnight(session: Session, rose_site: Cast) -> None:
    night = session.get_one(Appointment, added(session, rose_site, starts=time(22), ends=time(6)))
    days = session.get_one(Appointment, added(session, rose_site, is_all_day=True, last_on=date(2026, 3, 5)))

    assert (night.ends_at, days.starts_at, days.ends_at) == (
        at("2026-03-04T06:00"), at("2026-03-03T00:00"), at("2026-03-06T00:00"),
    )  # fmt: skip


def test_what_was_taken_away_is_erased_with_its_changes_unless_it_was_brought_back(
    session: Session, rose_site: Cast
) -> None:
    referral, letter = photo(session, rose_site.maya), photo(session, rose_site.maya)
    id_ = added(session, rose_site, photos=chosen(referral), **TWICE_A_WEEK)
    changed(session, rose_site, "maya", id_, FRIDAY, starts_on=date(2026, 3, 7), photos=chosen(referral, letter))
    delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, at=at(FRIDAY), scope=Scope.ALL))
    job = session.exec(select(Job).where(Job.kind == "schedule.erase")).one()
    with clock.freeze(job.run_at):
        erase_appointment(session, job.payload["appointment_id"])
    session.flush()
    session.expire_all()

    assert session.exec(select(Appointment)).all() == []
    assert session.exec(select(AppointmentMedia)).all() == []
    assert session.exec(select(Media)).all() == []


def test_what_was_brought_back_and_taken_away_again_has_all_its_time(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site)
    first = now()
    with clock.freeze(first):
        delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_))
        restore_appointment(session, rose_site.maya, OneAppointment(appointment_id=id_))
    with clock.freeze(first + timedelta(days=25)):
        delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_))

    for days, is_there in ((30, True), (54, True), (55, False)):
        with clock.freeze(first + timedelta(days=days)):
            erase_appointment(session, id_)
        session.flush()
        assert bool(session.get(Appointment, id_)) is is_there


def test_a_rule_of_its_own_changes_its_hours_but_not_its_days(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site)
    session.get_one(Appointment, id_).rule = "FREQ=MONTHLY;BYDAY=1TU,3TU"
    delete_appointment(session, rose_site.maya, Scoped(appointment_id=id_, at=at("2026-03-17T10:00")))
    kept = {"repeats": "kept", "scope": Scope.ALL, "starts": time(11), "ends": time(12)}

    changed(session, rose_site, "maya", id_, "2026-03-03T10:00", **kept)

    assert [gap.at for gap in session.exec(select(AppointmentGap))] == [at("2026-03-17T11:00")]
    with pytest.raises(Invalid) as refused:
        changed(session, rose_site, "maya", id_, "2026-03-03T11:00", **kept | {"starts_on": date(2026, 3, 4)})
    assert list(refused.value.fields) == ["starts_on"]


def test_calendars_elsewhere_notice_that_each_of_a_series_is_called_off(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    changed(session, rose_site, "maya", id_, "2026-03-06T10:00", title="Moved", starts_on=date(2026, 3, 7))
    row = session.exec(select(Appointment).where(Appointment.series_id == id_)).one()
    before = row.sequence

    cancel_appointment(session, rose_site.maya, CancelAppointment(appointment_id=id_, scope=Scope.ALL))

    assert (row.cancelled_at is not None, row.sequence) == (True, before + 1)


def test_what_others_do_with_other_times_of_a_series_is_no_conflict(session: Session, rose_site: Cast) -> None:
    id_ = added(session, rose_site, **TWICE_A_WEEK)
    friday = AppointmentPage(appointment=id_, at="2026-03-06T10:00:00")

    def version() -> int:
        return appointment_composer(session, rose_site.maya, friday).version

    seen = version()
    answer_appointment(session, rose_site.tom, AnswerAppointment(appointment_id=id_, at=at(TUESDAY)))
    changed(session, rose_site, "maya", id_, NEXT_TUESDAY, title="Moved", starts_on=date(2026, 3, 11))
    assert version() == seen
    changed(session, rose_site, "maya", id_, FRIDAY, version=seen, starts_on=date(2026, 3, 6), place="Room 4")

    seen = version()
    answer_appointment(session, rose_site.tom, AnswerAppointment(appointment_id=id_, at=at(FRIDAY)))
    with pytest.raises(Conflict):
        changed(session, rose_site, "maya", id_, FRIDAY, version=seen, starts_on=date(2026, 3, 6))
    seen = version()
    changed(session, rose_site, "maya", id_, TUESDAY, **TWICE_A_WEEK, place="Room 5", scope=Scope.ALL)
    with pytest.raises(Conflict):
        changed(session, rose_site, "maya", id_, FRIDAY, version=seen, starts_on=date(2026, 3, 6))
