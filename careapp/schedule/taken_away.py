"""What was taken off the calendar and can still be brought back."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, sees_appointment
from careapp.clock import now
from careapp.models import Appointment, AppointmentGap, CalendarSource
from careapp.operation import Params, query
from careapp.schedule.repeating import repeat_of, words_of
from careapp.schedule.spoken import spoken_when
from careapp.schedule.views import GoneCard, TakenAwayView
from careapp.settings import settings
from careapp.sites.frame import frame

MOST = 50


@query(section=Section.SCHEDULE, right=Right.TAKE_PART)
def taken_away(session: Session, actor: Actor, params: Params) -> TakenAwayView:
    """The newest first: whole appointments and series, and single times of a series."""
    since = now() - timedelta(days=settings().restore_days)
    cards = [*_whole(session, actor, since), *_single(session, actor, since)]
    newest = sorted(cards, key=lambda card: card.gone_at or since, reverse=True)
    return TakenAwayView(frame=frame(session, actor), cards=tuple(newest[:MOST]))


def _whole(session: Session, actor: Actor, since: datetime) -> Iterator[GoneCard]:
    """What went with a calendar from elsewhere comes back with that."""
    is_removed = exists().where(
        col(CalendarSource.id) == col(Appointment.source_id), col(CalendarSource.removed_at).is_not(None)
    )
    gone = sees_appointment(actor, is_deleted=True), col(Appointment.deleted_at) > since, ~is_removed, _tends(actor)
    rows = select(Appointment).where(*gone).order_by(col(Appointment.deleted_at).desc()).limit(MOST)
    for row in session.scalars(rows):
        yield _card(actor, row, row.starts_at, row.deleted_at, "")


def _single(session: Session, actor: Actor, since: datetime) -> Iterator[GoneCard]:
    rows = (
        select(Appointment, col(AppointmentGap.at), col(AppointmentGap.left_out_at))
        .join(AppointmentGap, col(AppointmentGap.appointment_id) == col(Appointment.id))
        .where(sees_appointment(actor), col(AppointmentGap.left_out_at) > since, _tends(actor))
        .order_by(col(AppointmentGap.left_out_at).desc())
        .limit(MOST)
    )
    for row, at, gone_at in session.execute(rows):
        yield _card(actor, row, at, gone_at, at.isoformat())


def _tends(actor: Actor) -> ColumnElement[bool]:
    """What the actor may change, as `right_to_change` says of one."""
    mine = [col(Appointment.author_id) == actor.member_id]
    if actor.may(Section.SCHEDULE, Right.WRITE):
        mine.append(col(Appointment.companion_id) == actor.member_id)
    if actor.may(Section.SCHEDULE, Right.MANAGE):
        mine.append(col(Appointment.site_id) == actor.site_id)
    return or_(*mine)


def _card(actor: Actor, row: Appointment, starts_at: datetime, gone_at: datetime | None, at: str) -> GoneCard:
    repeat = "" if at else words_of(repeat_of(row.rule, row.starts_at, row.zone), row.starts_at, actor.language)
    return GoneCard(
        id=row.id,
        at=at,
        key=f"{row.id}{at}",
        title=row.title,
        when=spoken_when(starts_at, row.is_all_day, actor.language),
        repeats=repeat,
        gone_at=gone_at,
        until=gone_at + timedelta(days=settings().restore_days) if gone_at else None,
    )
