"""Who hears of shifts and of what is handed over. A lock screen says that there is something, and no more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, access_site
from careapp.clock import now
from careapp.models import Handover, Kind, Member, Shift
from careapp.notify.tell import Telling, Words, page_of, tell
from careapp.said import Said
from careapp.schedule.readers import Reader, by_reader
from careapp.schedule.telling import contact_ids
from careapp.shifts.times import Wall, when_for

T = TypeVar("T")


@dataclass(frozen=True)
class Before:
    """A shift, and who had it and when before it was changed."""

    shift: Shift
    member_id: str | None
    times: Wall

    @property
    def is_moved(self) -> bool:
        return self.times != (self.shift.starts_at, self.shift.ends_at)

    @property
    def is_other(self) -> bool:
        return self.is_moved or self.member_id != self.shift.member_id

    def words(self, reader: Reader) -> str:
        after = _when(self.shift, reader)
        return f"{when_for(self.times, self.shift.zone, reader)} → {after}" if self.is_moved else after


def tell_of_planning(session: Session, actor: Actor, shifts: Sequence[Shift]) -> None:
    """Tell whoever has them."""
    site = access_site(session, actor)
    for reader, members in _readers(session, actor, {shifts[0].member_id}):
        when = _when(shifts[0], reader)
        words = Words(
            Said("{site}: you are on duty", site=site.name),
            more_title=Said("{name} has planned you in", name=actor.name),
            more_body=_counted(shifts, when),
        )
        _tell(session, actor, members, words, shifts[0])


def tell_of_change(session: Session, actor: Actor, befores: Sequence[Before]) -> None:
    """Tell who has one of them now, and who had one."""
    site = access_site(session, actor)
    held = [(member_id, before) for before in befores for member_id in {before.member_id, before.shift.member_id}]
    for member_id, theirs in _by_holder(held).items():
        for reader, members in _readers(session, actor, {member_id}):
            first = theirs[0].words(reader)
            words = Words(
                Said("{site}: a time on duty has changed", site=site.name),
                more_title=Said("{name} has changed who is on duty when", name=actor.name),
                more_body=_counted(theirs, first),
            )
            _tell(session, actor, members, words, theirs[0].shift)


def tell_of_end(session: Session, actor: Actor, shifts: Sequence[Shift]) -> None:
    """Tell whoever had one of them."""
    site = access_site(session, actor)
    for member_id, theirs in _by_holder((one.member_id, one) for one in shifts).items():
        for reader, members in _readers(session, actor, {member_id}):
            words = Words(
                Said("{site}: a time on duty was called off", site=site.name),
                more_title=Said("{name} has called it off", name=actor.name),
                more_body=_counted(theirs, _when(theirs[0], reader)),
            )
            _tell(session, actor, members, words, theirs[0])


def tell_of_taking(session: Session, actor: Actor, shift: Shift) -> None:
    """Tell who planned it."""
    site = access_site(session, actor)
    for reader, members in _readers(session, actor, {shift.author_id}):
        words = Words(
            Said("{site}: someone is on duty", site=site.name),
            more_title=Said("{name} is on duty then", name=actor.name),
            more_body=_when(shift, reader),
        )
        _tell(session, actor, members, words, shift)


def tell_of_release(session: Session, actor: Actor, shift: Shift, note: str) -> None:
    """Tell who planned it, and the point of contact: somebody else has to be found."""
    site = access_site(session, actor)
    for reader, members in _readers(session, actor, {shift.author_id, *contact_ids(session, site.id)}):
        words = Words(
            Said("{site}: nobody is on duty", site=site.name),
            more_title=Said("{name} cannot be there: {when}", name=actor.name, when=_when(shift, reader)),
            more_body=note,
        )
        _tell(session, actor, members, words, shift)


def tell_of_handover(session: Session, actor: Actor, handover: Handover) -> None:
    """Tell who is on duty after them."""
    site = access_site(session, actor)
    words = Words(
        Said("{site}: something is handed over to you", site=site.name),
        more_title=Said("{name} hands over to you", name=actor.name),
    )
    _tell_of(session, actor, next_on_duty(session, actor, handover), words, handover)


def tell_of_confirmation(session: Session, actor: Actor, handover: Handover) -> None:
    """Tell who wrote it that they are relieved."""
    site = access_site(session, actor)
    words = Words(
        Said("{site}: your note was read", site=site.name),
        more_title=Said("{name} has read it and taken over", name=actor.name),
    )
    _tell_of(session, actor, {handover.author_id}, words, handover)


def next_on_duty(session: Session, actor: Actor, handover: Handover) -> set[str]:
    """Whoever else is on duty when it is written, or comes first after that; both where there are two at once."""
    shift = session.get(Shift, handover.shift_id) if handover.shift_id else None
    after = min(shift.until_at, now()) if shift else now()
    others = (
        select(col(Shift.member_id), col(Shift.begins_at))
        .join(Member, col(Member.id) == col(Shift.member_id))
        .where(col(Shift.site_id) == actor.site_id, col(Shift.cancelled_at).is_(None))
        .where(col(Shift.member_id) != actor.member_id, col(Member.left_at).is_(None), col(Shift.until_at) > after)
        .order_by(col(Shift.begins_at), col(Shift.id))
        .limit(10)
    )
    rows = session.execute(others).all()
    first = max(rows[0][1], after) if rows else after
    return {member_id for member_id, begins_at in rows if begins_at <= first}


def _by_holder(held: Iterable[tuple[str | None, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for member_id, one in held:
        if member_id:
            found.setdefault(member_id, []).append(one)
    return found


def _counted(all_of_them: Sequence[object], first: str) -> str:
    return first if len(all_of_them) == 1 else Said("{n} times, first {when}", n=len(all_of_them), when=first)


def _when(shift: Shift, reader: Reader) -> str:
    return when_for((shift.starts_at, shift.ends_at), shift.zone, reader)


def _readers(session: Session, actor: Actor, member_ids: set[str | None]) -> list[tuple[Reader, list[str]]]:
    wanted = {member_id for member_id in member_ids if member_id and member_id != actor.member_id}
    return list(by_reader(session, wanted).items())


def _tell(session: Session, actor: Actor, members: list[str], words: Words, shift: Shift) -> None:
    site = access_site(session, actor)
    path = page_of("/on-duty", site, shift=shift.id)
    tell(session, site, members, Telling(Kind.SCHEDULE, words, path, f"shift-{shift.id}"))


def _tell_of(session: Session, actor: Actor, members: set[str], words: Words, handover: Handover) -> None:
    site = access_site(session, actor)
    path = page_of("/on-duty", site, handover=handover.id)
    told = sorted(members - {actor.member_id})
    tell(session, site, told, Telling(Kind.SCHEDULE, words, path, f"handover-{handover.id}"))
