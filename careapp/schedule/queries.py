"""What the calendar's pages ask: the agenda, one appointment, and what its form starts from."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import AfterValidator
from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_appointment, right_to_change
from careapp.catalogue import spoken_date
from careapp.clock import now
from careapp.duties.lists import people_to_ask
from careapp.errors import NotFound
from careapp.journal.photos import photos_in
from careapp.models import Appointment, AppointmentMedia, Member
from careapp.operation import Params, query
from careapp.said import mark
from careapp.schedule.agenda import calendar
from careapp.schedule.asking import Found, next_of
from careapp.schedule.cards import is_over, item_of
from careapp.schedule.kinds import KINDS
from careapp.schedule.recurrence import Occurrence
from careapp.schedule.repeating import DAY_WORDS, Repeat, repeat_of, words_of
from careapp.schedule.series import Picked, picked_at
from careapp.schedule.spans import month, week
from careapp.schedule.spoken import place_of_zone, spoken_when
from careapp.schedule.views import AppointmentView, ComposerView
from careapp.sites.frame import frame, photo_of
from careapp.sites.tables import Option

__all__ = ["appointment", "appointment_composer", "calendar", "month", "week"]

DAY = timedelta(days=1)
MAP = "https://www.openstreetmap.org/search?"
WAYS = {
    "": mark("It does not repeat"),
    "daily": mark("Daily"),
    "weekly": mark("Weekly"),
    "monthly": mark("Monthly, on the same day"),
    "monthly_weekday": mark("Monthly, on the same weekday"),
    "yearly": mark("Yearly"),
    "kept": mark("As it is, by a rule of its own"),
}
TEXTS = ("kind", "title", "provider", "place", "link", "notes", "bring", "questions", "zone", "is_all_day")


def _at(value: str) -> str:
    """A wall time; anything else is no page."""
    try:
        is_wall = not value or datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        is_wall = False
    if not is_wall:
        raise NotFound
    return value


class AppointmentPage(Params):
    """`at` names one of a series by its wall time; the next one where there is none."""

    appointment: str = ""
    at: Annotated[str, AfterValidator(_at)] = ""


@query(section=Section.SCHEDULE)
def appointment(session: Session, actor: Actor, params: AppointmentPage) -> AppointmentView:
    """One appointment in full, with what the reader may do about it."""
    picked = _picked(session, actor, params)
    found = _found(session, picked)
    row, item = picked.row, item_of(actor, found)
    takes_part = bool(actor.member_id) and actor.may(Section.SCHEDULE, Right.TAKE_PART)
    author = session.get(Member, row.author_id)
    return AppointmentView(
        frame=frame(session, actor),
        item=item,
        when=spoken_date(found.one.starts_at.date(), actor.language),
        repeats=_repeats(actor, picked),
        map_href=MAP + urlencode({"query": row.place}) if row.place else "",
        notes=row.notes,
        bring=row.bring,
        questions=row.questions,
        photos=photos_in(session, actor, AppointmentMedia, col(AppointmentMedia.appointment_id), [row.id]).get(
            row.id, ()
        ),
        author=author.name if author else "",
        version=picked.series.version,
        is_series=picked.at is not None,
        is_changed=picked.changed is not None,
        is_over=is_over(found),
        can_go_along=takes_part and not is_over(found) and not row.cancelled_at,
        can_change=takes_part and actor.may(Section.SCHEDULE, right_to_change(actor, picked.series)),
        can_tell=found.one.from_utc <= now() and actor.may(Section.JOURNAL, Right.WRITE),
    )


@query(section=Section.SCHEDULE)
def appointment_composer(session: Session, actor: Actor, params: AppointmentPage) -> ComposerView:
    """For a new appointment, or with the one that the address names."""
    if not params.appointment:
        zone = _usual_zone(session, actor)
        return ComposerView(zone=zone, **_choices(session, actor, zone, Repeat()))
    picked = _picked(session, actor, params)
    actor.require(Section.SCHEDULE, right_to_change(actor, picked.series))
    row, one = picked.row, picked.occurrence
    repeat = repeat_of(picked.series.rule, picked.series.starts_at, picked.series.zone)
    texts: dict[str, Any] = {name: getattr(row, name) for name in TEXTS}
    return ComposerView(
        id=picked.series.id,
        at=picked.at.isoformat() if picked.at else "",
        version=picked.series.version,
        is_series=picked.at is not None,
        companion_id=row.companion_id or "",
        repeats=repeat.repeats,
        every=repeat.every,
        until=repeat.until,
        times=str(repeat.times or ""),
        summary=_summary(actor, picked),
        photos=photos_in(session, actor, AppointmentMedia, col(AppointmentMedia.appointment_id), [row.id]).get(
            row.id, ()
        ),
        **texts,
        **_times(one),
        **_choices(session, actor, row.zone, repeat),
    )


def _picked(session: Session, actor: Actor, params: AppointmentPage) -> Picked:
    series = access_appointment(session, actor, params.appointment)
    at = datetime.fromisoformat(params.at) if params.at else _own_time(session, params, series)
    return picked_at(session, series, at)


def _own_time(session: Session, params: AppointmentPage, series: Appointment) -> datetime | None:
    asked = session.get(Appointment, params.appointment)
    if asked and asked.recurrence_at:
        return asked.recurrence_at
    following = next_of(session, series) if series.rule else None
    return following.at if following else None


def _found(session: Session, picked: Picked) -> Found:
    statement = select(Member, photo_of(Member.photo_media_id)).where(
        col(Member.id) == picked.row.companion_id, col(Member.left_at).is_(None)
    )
    row = session.execute(statement).first()
    return Found(picked.occurrence, *(row or (None, None)))


def _repeats(actor: Actor, picked: Picked) -> str:
    series = picked.series
    return words_of(repeat_of(series.rule, series.starts_at, series.zone), series.starts_at, actor.language)


def _times(one: Occurrence[Appointment]) -> dict[str, Any]:
    is_all_day = one.of.is_all_day
    last = (one.ends_at - DAY if is_all_day else one.ends_at).date()
    is_longer = last > one.starts_at.date() if is_all_day else one.ends_at - one.starts_at >= DAY
    return {
        "starts_on": one.starts_at.date().isoformat(),
        "starts": "" if is_all_day else f"{one.starts_at:%H:%M}",
        "ends": "" if is_all_day else f"{one.ends_at:%H:%M}",
        "last_on": last.isoformat() if is_longer else "",
    }


def _choices(session: Session, actor: Actor, zone: str, repeat: Repeat) -> dict[str, Any]:
    zones = dict.fromkeys(name for name in (zone, actor.time_zone) if name)
    return {
        "frame": frame(session, actor),
        "kinds": tuple(Option(key, words) for key, (words, _) in KINDS.items()),
        "people": (Option("", mark("Nobody yet")), *people_to_ask(session, actor)),
        "zones": tuple(Option(name, place_of_zone(name, actor.language)) for name in zones),
        "has_zones": len(zones) > 1,
        "ways": tuple(Option(key, words) for key, words in WAYS.items() if key != "kept" or repeat.repeats == "kept"),
        "days": tuple(Option(key, words, key in repeat.days) for key, words in DAY_WORDS.items()),
    }


def _summary(actor: Actor, picked: Picked) -> str:
    one = picked.occurrence
    return f"{one.of.title}, {spoken_when(one.starts_at, one.of.is_all_day, actor.language)}, {one.of.place}"


def _usual_zone(session: Session, actor: Actor) -> str:
    """The zone of what was written last, so that everyone writes in the clock of where it happens."""
    statement = (
        select(col(Appointment.zone))
        .where(col(Appointment.site_id) == actor.site_id, col(Appointment.source_id).is_(None))
        .order_by(col(Appointment.first_at).desc())
        .limit(1)
    )
    return session.scalar(statement) or actor.time_zone
