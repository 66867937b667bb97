"""Shifts and what is handed over as cards: who has what, and what the reader may do about it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from careapp.access import Actor, Right, Section, right_to_change_shift, sees_handover
from careapp.availability.spans import Span, merged, without
from careapp.clock import now
from careapp.journal.choices import STATUS_MOODS
from careapp.models import Handover, Member, Shift
from careapp.schedule.spoken import short_day, spoken_span, spoken_time_of
from careapp.schedule.walls import wall
from careapp.shifts.times import DAY, clock_words, day_words, elsewhere, when_words
from careapp.shifts.views import HandoverCard, ShiftCard
from careapp.sites.frame import Face, face_of, photo_of

Holder, Author, Reader = aliased(Member), aliased(Member), aliased(Member)


def shift_rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    """The shifts of the actor's site, each with who has it and their photo."""
    return (
        select(Shift, Holder, photo_of(Holder.photo_media_id))
        .outerjoin(Holder, col(Holder.id) == col(Shift.member_id))
        .where(col(Shift.site_id) == actor.site_id, col(Shift.cancelled_at).is_(None))
    )


def shift_card(actor: Actor, row: Any) -> ShiftCard:
    shift, holder, photo = row
    left = holder.name if holder and holder.left_at else ""
    holder = None if left else holder  # who has left has let go of it
    is_mine = bool(actor.member_id) and shift.member_id == actor.member_id
    takes_part = bool(actor.member_id) and actor.may(Section.SCHEDULE, Right.TAKE_PART)
    return ShiftCard(
        id=shift.id,
        key=shift.id,
        day=day_words(shift, actor.language),
        clock=clock_words(shift.starts_at, shift.ends_at, actor.language),
        elsewhere=elsewhere(actor, shift),
        until=_until(shift, actor.language),
        holder=face_of(holder.id, holder.name, photo) if holder else Face(),
        has_holder=holder is not None,
        left=left,
        is_mine=is_mine,
        **_moments(shift.begins_at, shift.until_at, shift.zone),
        can_take=takes_part and holder is None,
        can_release=takes_part and is_mine,
        can_change=bool(actor.member_id) and actor.may(Section.SCHEDULE, right_to_change_shift(actor, shift)),
    )


def gap_cards(actor: Actor, shifts: Sequence[Shift], since: datetime) -> Iterator[ShiftCard]:
    """The times between shifts at which nobody is there. What lies before the first of them and after the last is not
    planned yet, and no gap."""
    if not shifts:
        return
    there = merged(Span(one.begins_at, one.until_at) for one in shifts)
    zone = shifts[0].zone
    for gap in without([Span(max(since, there[0].begins), there[-1].ends)], there):
        starts, ends = wall(gap.begins, zone), wall(gap.ends, zone)
        words = spoken_span(starts, ends, actor.language)
        if ends - starts > DAY:
            words = f"{spoken_time_of(starts, actor.language)} – {short_day(ends, actor.language)}, "
            words += spoken_time_of(ends, actor.language)
        yield ShiftCard(
            key=f"gap-{gap.begins:%Y%m%d%H%M}",
            clock=words,
            can_fill=bool(actor.member_id) and actor.may(Section.SCHEDULE, Right.WRITE),
            **_moments(gap.begins, gap.ends, zone),
        )


def in_turn(cards: Iterable[ShiftCard], since: datetime) -> Iterator[ShiftCard]:
    """Each with the moment from which it is the next one."""
    before = since.isoformat()
    for card in cards:
        made = {**vars(card), "next_from": before}
        yield ShiftCard(**made)
        before = max(before, card.begins_at)


def handover_rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    """What the actor may read, each with who wrote it and their photo, the shift, and who has taken over by it."""
    return (
        select(Handover, Author, photo_of(Author.photo_media_id), Shift, col(Reader.name))
        .join(Author, col(Author.id) == col(Handover.author_id))
        .outerjoin(Shift, col(Shift.id) == col(Handover.shift_id))
        .outerjoin(Reader, col(Reader.id) == col(Handover.confirmed_by_id))
        .where(sees_handover(actor))
    )


def handover_card(actor: Actor, row: Any) -> HandoverCard:
    found, author, photo, shift, reader = row
    takes_part = bool(actor.member_id) and actor.may(Section.SCHEDULE, Right.TAKE_PART)
    is_mine = found.author_id == actor.member_id
    return HandoverCard(
        id=found.id,
        author=face_of(author.id, author.name, photo),
        at=found.created_at,
        shift=when_words(shift, actor.language) if shift else "",
        mood_words=STATUS_MOODS.get(found.mood, ""),
        medicines=found.medicines,
        food=found.food,
        incidents=found.incidents,
        words=found.words,
        is_edited=found.edited_at is not None,
        confirmed_by=reader or "",
        confirmed_at=found.confirmed_at,
        is_confirmed=found.confirmed_at is not None,
        can_confirm=takes_part and not is_mine and found.confirmed_at is None,
        can_edit=takes_part and is_mine and found.confirmed_at is None,
    )


def _moments(begins: datetime, ends: datetime, zone: str) -> dict[str, Any]:
    starts, until = wall(begins, zone), wall(ends, zone)
    return {
        "begins_at": begins.isoformat(),
        "until_at": ends.isoformat(),
        "on": starts.date().isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{until:%H:%M}",
    }


def _until(shift: Shift, language: str) -> str:
    """The hour; with its day where that is not today."""
    hour = spoken_time_of(shift.ends_at, language)
    is_far = shift.until_at - now() > DAY / 2 and wall(now(), shift.zone).date() != shift.ends_at.date()
    return f"{short_day(shift.ends_at, language)}, {hour}" if is_far else hour
