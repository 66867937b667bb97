"""What the form of an appointment starts from."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, col

from careapp.access import Actor, Section, right_to_change
from careapp.availability.free import free_times
from careapp.catalogue import spoken_date, translate
from careapp.duties.lists import people_to_ask
from careapp.journal.photos import photos_in
from careapp.journal.text import one_line
from careapp.journal.visit_cards import outcome_of
from careapp.models import Appointment, AppointmentMedia, CalendarSource, Member
from careapp.operation import query
from careapp.said import mark
from careapp.schedule.kinds import KINDS
from careapp.schedule.one import AppointmentPage, named_or_next, repeats_in_words
from careapp.schedule.recurrence import Occurrence
from careapp.schedule.repeating import DAY_WORDS, Repeat, repeat_of
from careapp.schedule.series import Picked
from careapp.schedule.spoken import place_of_zone, spoken_span
from careapp.schedule.views import ComposerView
from careapp.schedule.zones import usual_zone, zone_choices
from careapp.sites.frame import frame
from careapp.sites.tables import Option

DAY = timedelta(days=1)
WAYS = {
    "": mark("It does not repeat"),
    "daily": mark("Daily"),
    "weekly": mark("Weekly"),
    "monthly": mark("Monthly, on the same day"),
    "monthly_weekday": mark("Monthly, on the same weekday"),
    "yearly": mark("Yearly"),
    "kept": mark("As it is, by a rule of its own"),
}
TEXTS = ("kind", "title", "provider", "place", "link", "notes", "bring", "questions", "is_all_day")


class Composing(AppointmentPage):
    """`visit` is the update that told of an appointment, where a new one follows from it."""

    visit: str = ""


@query(section=Section.SCHEDULE)
def appointment_composer(session: Session, actor: Actor, params: Composing) -> ComposerView:
    """For a new appointment, or with the one that the address names. Where that was moved or taken away since, the form
    stays what it was about, so that nothing is lost that somebody is writing."""
    if not params.appointment:
        zone = usual_zone(session, actor)
        planned = _planned(session, actor, params.visit) if params.visit else {}
        return ComposerView(**_choices(session, actor, zone, Repeat()), **planned)
    picked, is_gone = named_or_next(session, actor, params)
    actor.require(Section.SCHEDULE, right_to_change(actor, picked.series))
    if picked.series.deleted_at:
        choices = _choices(session, actor, picked.series.zone, Repeat())
        return ComposerView(id=picked.series.id, at=params.at, is_series=bool(params.at), is_gone=True, **choices)
    row, one = picked.row, picked.occurrence
    following = picked.at.isoformat() if picked.at else ""
    at = params.at if is_gone else following
    repeat = repeat_of(picked.series.rule, picked.series.starts_at, picked.series.zone)
    texts: dict[str, Any] = {name: getattr(row, name) for name in TEXTS}
    return ComposerView(
        id=picked.series.id,
        at=at,
        is_gone=is_gone,
        next=following if is_gone else "",
        version=picked.version,
        is_series=bool(at),
        companion_id=row.companion_id or "",
        repeats=repeat.repeats,
        every=repeat.every,
        until=repeat.until,
        times=str(repeat.times or ""),
        summary=appointment_text(session, actor, picked),
        follows=_followed(session, actor, row),
        photos=photos_in(session, actor, AppointmentMedia, col(AppointmentMedia.appointment_id), [row.id]).get(
            row.id, ()
        ),
        **texts,
        **_times(one),
        **_choices(session, actor, row.zone, repeat),
    )


def _planned(session: Session, actor: Actor, update_id: str) -> dict[str, Any]:
    """What was said at an appointment about the next."""
    outcome = outcome_of(session, actor, update_id)
    day = outcome.next_on.isoformat() if outcome.next_on else ""
    title = one_line(outcome.next_words)
    notes = "" if title == outcome.next_words else outcome.next_words
    return {"visit": update_id, "starts_on": day, "title": title, "notes": notes}


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
    return {
        "frame": frame(session, actor),
        "free": free_times(session, actor),
        "kinds": tuple(Option(key, words) for key, (words, _) in KINDS.items()),
        "people": (Option("", mark("Nobody yet")), *people_to_ask(session, actor)),
        **zone_choices(actor, zone),
        "ways": tuple(Option(key, words) for key, words in WAYS.items() if key != "kept" or repeat.repeats == "kept"),
        "days": tuple(Option(key, words, key in repeat.days) for key, words in DAY_WORDS.items()),
    }


def appointment_text(session: Session, actor: Actor, picked: Picked) -> str:
    """All that the form asks for, to be read beside what somebody else has written meanwhile."""
    row, one = picked.row, picked.occurrence
    companion = session.get(Member, row.companion_id) if row.companion_id else None
    goes = translate(actor.language, mark("Goes along: {name}"), name=companion.name) if companion else ""
    day = spoken_date(one.starts_at.date(), actor.language)
    when = day if row.is_all_day else f"{day}, {spoken_span(one.starts_at, one.ends_at, actor.language)}"
    zone = place_of_zone(row.zone, actor.language) if row.zone != actor.time_zone else ""
    kind = translate(actor.language, KINDS.get(row.kind, KINDS["other"])[0])
    first = [row.title, when, zone, repeats_in_words(actor, picked), kind, row.provider, row.place, row.link, goes]
    return "\n".join(filter(None, [*first, row.bring, row.questions, row.notes]))


def _followed(session: Session, actor: Actor, row: Appointment) -> str:
    """The calendar at an address whose changes this appointment still follows."""
    source = session.get(CalendarSource, row.source_id) if row.source_id else None
    if source is None or source.removed_at or not source.address:
        return ""
    return source.name or urlsplit(source.address).hostname or translate(actor.language, mark("A calendar"))
