"""One appointment in full, with what its reader may do about it."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import AfterValidator
from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_appointment, right_to_change
from careapp.catalogue import spoken_date, translate
from careapp.clock import now
from careapp.errors import NotFound
from careapp.journal.photos import photos_in
from careapp.models import Appointment, AppointmentAnswer, AppointmentMedia, Member
from careapp.operation import Params, query
from careapp.schedule.asking import Found, answers_by_members, next_of, with_answers
from careapp.schedule.cards import is_over, item_of
from careapp.schedule.leads import CHOICES, USUAL, chosen_for, leads_of
from careapp.schedule.repeating import repeat_of, words_of
from careapp.schedule.series import Picked, coming, picked_at
from careapp.schedule.telling import contact_ids
from careapp.schedule.views import AppointmentView
from careapp.sites.frame import frame, photo_of
from careapp.sites.tables import Option
from careapp.sites.wishes import wishes

MINUTE = timedelta(minutes=1)
MAP = "https://www.openstreetmap.org/search?"


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
    picked, is_gone = named_or_next(session, actor, params)
    if is_gone and picked.at is None:
        raise NotFound
    found = _found(session, picked)
    row, item = picked.row, item_of(actor, found)
    takes_part = bool(actor.member_id) and actor.may(Section.SCHEDULE, Right.TAKE_PART)
    author = session.get(Member, row.author_id)
    return AppointmentView(
        frame=frame(session, actor),
        wishes=wishes(session, actor),
        item=item,
        when=spoken_date(found.one.starts_at.date(), actor.language),
        repeats=repeats_in_words(actor, picked),
        map_href=MAP + urlencode({"query": row.place}) if row.place else "",
        notes=row.notes,
        bring=row.bring,
        questions=row.questions,
        photos=photos_in(session, actor, AppointmentMedia, col(AppointmentMedia.appointment_id), [row.id]).get(
            row.id, ()
        ),
        author=author.name if author else "",
        version=picked.version,
        is_series=picked.at is not None,
        is_other=is_gone,
        is_changed=picked.changed is not None,
        has_video=bool(row.link) and not row.cancelled_at and not is_over(found),
        is_over=is_over(found),
        can_go_along=takes_part and not is_over(found) and not row.cancelled_at,
        can_change=takes_part and actor.may(Section.SCHEDULE, right_to_change(actor, picked.series)),
        **_reminders(session, actor, picked.series),
        can_tell=found.one.from_utc <= now() and not row.cancelled_at and actor.may(Section.JOURNAL, Right.WRITE),
    )


def named_or_next(session: Session, actor: Actor, params: AppointmentPage) -> tuple[Picked, bool]:
    """What an address names, and whether that was moved or taken away since: then it is the next of its series, or the
    whole where there is none."""
    try:
        return _named(session, actor, params), False
    except NotFound:
        series = _there_or_gone(session, actor, params)
    following = coming(session, series) if series.rule and not series.deleted_at else None
    return (picked_at(session, series, following.at) if following else Picked(series)), True


def _there_or_gone(session: Session, actor: Actor, params: AppointmentPage) -> Appointment:
    try:
        return access_appointment(session, actor, params.appointment)
    except NotFound:
        return access_appointment(session, actor, params.appointment, is_deleted=True)


def _named(session: Session, actor: Actor, params: AppointmentPage) -> Picked:
    series = access_appointment(session, actor, params.appointment)
    at = datetime.fromisoformat(params.at) if params.at else _own_time(session, params, series)
    return picked_at(session, series, at)


def _own_time(session: Session, params: AppointmentPage, series: Appointment) -> datetime | None:
    asked = session.get(Appointment, params.appointment)
    if asked and asked.recurrence_at:
        return asked.recurrence_at
    following = next_of(session, series) if series.rule else None
    return following.at if following else None


def repeats_in_words(actor: Actor, picked: Picked) -> str:
    series = picked.series
    return words_of(repeat_of(series.rule, series.starts_at, series.zone), series.starts_at, actor.language)


def _found(session: Session, picked: Picked) -> Found:
    statement = select(Member, photo_of(Member.photo_media_id)).where(
        col(Member.id) == picked.row.companion_id, col(Member.left_at).is_(None)
    )
    row = session.execute(statement).first()
    at = picked.at or picked.series.starts_at
    about = col(AppointmentAnswer.appointment_id) == picked.series.id, col(AppointmentAnswer.at) == at
    answers = [(*answer,) for _, _, *answer in session.execute(answers_by_members().where(*about))]
    return with_answers(Found(picked.occurrence, *(row or (None, None))), answers)


def _reminders(session: Session, actor: Actor, series: Appointment) -> dict[str, Any]:
    """When the reader is reminded, and when they could be."""
    chosen = chosen_for(session, series)
    is_usual = actor.member_id in {series.companion_id, *contact_ids(session, series.site_id)}
    mine = chosen.get(actor.member_id, USUAL if is_usual else frozenset())
    possible = {lead: words for lead, words in CHOICES.items() if lead in leads_of(series, {"": frozenset(CHOICES)})}
    return {
        "reminders": tuple(Option(str(lead // MINUTE), words, lead in mine) for lead, words in possible.items()),
        "reminded": ", ".join(translate(actor.language, words) for lead, words in possible.items() if lead in mine),
    }
