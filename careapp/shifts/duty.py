"""Who is on duty now and next, the two weeks ahead with their gaps, and what is handed over."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, sees_handover
from careapp.clock import now
from careapp.helping.times import spoken_day
from careapp.models import Handover, Shift
from careapp.operation import Params, query
from careapp.schedule.agenda import day_from, today_of
from careapp.shifts.cards import gap_cards, handover_card, handover_rows, in_turn, shift_card, shift_rows
from careapp.shifts.views import DutyDay, DutyToday, HandoverCard, OnDutyView, ShiftCard
from careapp.sites.frame import frame

DAY, WEEK, AHEAD = timedelta(days=1), timedelta(days=7), timedelta(days=14)
# How long after it ended a shift is still the one that its holder hands over from.
STILL = timedelta(hours=12)
MOST, NEAR, OPEN, READ = 120, 4, 10, 3
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


class DutyPage(Params):
    """`begins`: the first day; today where there is none."""

    begins: str = ""


@query(section=Section.SCHEDULE)
def on_duty(session: Session, actor: Actor, params: DutyPage) -> OnDutyView:
    """Two weeks, in four statements beside the frame's however much is planned."""
    asked = day_from(params.begins)
    is_first_page = asked is None or asked <= today_of(actor)
    since = now() if asked is None or is_first_page else datetime.combine(asked, datetime.min.time(), UTC)
    rows = session.execute(
        shift_rows(actor)
        .where(col(Shift.until_at) > since - (STILL if is_first_page else timedelta()))
        .where(col(Shift.begins_at) < since + AHEAD)
        .order_by(col(Shift.begins_at), col(Shift.id))
        .limit(MOST)
    ).all()
    ahead = [row for row in rows if row[0].until_at > since]
    cards = [shift_card(actor, row) for row in ahead]
    gaps = list(gap_cards(actor, [row[0] for row in ahead], since))
    unread, read = (_unread(session, actor), _read(session, actor)) if is_first_page else ((), ())
    there = session.execute(select(exists().where(_is_later(actor, since + AHEAD)))).scalar_one()
    return OnDutyView(
        frame=frame(session, actor),
        near=_near(cards) if is_first_page else (),
        days=_days(actor, cards, gaps),
        gaps=_count_gaps(cards, gaps),
        open=unread,
        read=read,
        has_notes=bool(unread or read),
        mine=_mine(actor, [row[0] for row in rows]),
        can_hand_over=_can_hand_over(actor, [row[0] for row in rows]),
        later=(since + AHEAD).date().isoformat() if there else "",
        is_first_page=is_first_page,
        is_empty=not (rows or there or unread or read),
    )


def duty_today(session: Session, actor: Actor) -> DutyToday:
    """In two statements; nothing for who may not see the schedule."""
    if not actor.may(Section.SCHEDULE, Right.SEE):
        return DutyToday()
    rows = session.execute(
        shift_rows(actor)
        .where(col(Shift.until_at) > now(), col(Shift.begins_at) < now() + 2 * DAY)
        .order_by(col(Shift.begins_at), col(Shift.id))
        .limit(NEAR)
    )
    near = _near([shift_card(actor, row) for row in rows])
    waiting = select(col(Handover.id)).where(
        sees_handover(actor),
        col(Handover.confirmed_by_id).is_(None),
        col(Handover.author_id) != actor.member_id,
        col(Handover.created_at) > now() - 2 * DAY,
    )
    found = session.execute(select(func.count()).select_from(waiting.limit(OPEN).subquery())).scalar_one()
    return DutyToday(near, found, bool(near or found))


def _near(cards: Sequence[ShiftCard]) -> tuple[ShiftCard, ...]:
    return tuple(in_turn(cards[:NEAR], ALWAYS))


def _is_later(actor: Actor, after: datetime) -> ColumnElement[bool]:
    return and_(col(Shift.site_id) == actor.site_id, col(Shift.cancelled_at).is_(None), col(Shift.begins_at) >= after)


def _days(actor: Actor, cards: Sequence[ShiftCard], gaps: Sequence[ShiftCard]) -> tuple[DutyDay, ...]:
    """By the day on which each begins; what began before stands on its own."""
    today = today_of(actor).isoformat()
    in_order = sorted([*cards, *gaps], key=lambda card: (card.on, card.begins_at))
    return tuple(
        DutyDay(on, spoken_day(datetime.fromisoformat(on).date(), actor.language), on == today, tuple(listed))
        for on, listed in groupby(in_order, key=lambda card: card.on)
    )


def _count_gaps(cards: Sequence[ShiftCard], gaps: Sequence[ShiftCard]) -> int:
    until = (now() + WEEK).isoformat()
    return sum(one.begins_at < until for one in [*gaps, *(card for card in cards if not card.has_holder)])


def _unread(session: Session, actor: Actor) -> tuple[HandoverCard, ...]:
    return _notes(
        session, actor, OPEN, col(Handover.confirmed_by_id).is_(None), col(Handover.created_at) > now() - WEEK
    )


def _read(session: Session, actor: Actor) -> tuple[HandoverCard, ...]:
    return _notes(session, actor, READ, col(Handover.confirmed_by_id).is_not(None))


def _notes(session: Session, actor: Actor, most: int, *which: ColumnElement[bool]) -> tuple[HandoverCard, ...]:
    newest = handover_rows(actor).where(*which).order_by(col(Handover.created_at).desc(), col(Handover.id).desc())
    return tuple(handover_card(actor, row) for row in session.execute(newest.limit(most)))


def _mine(actor: Actor, shifts: Sequence[Shift]) -> str:
    """The one that the reader is on, or was on last."""
    begun = [one for one in shifts if one.member_id == actor.member_id and one.begins_at <= now()]
    return begun[-1].id if begun and actor.member_id else ""


def _can_hand_over(actor: Actor, shifts: Sequence[Shift]) -> bool:
    return bool(actor.member_id) and (actor.may(Section.SCHEDULE, Right.WRITE) or bool(_mine(actor, shifts)))
