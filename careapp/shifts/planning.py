"""Planning who is on duty: shifts are added, changed and called off, one or all that follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_shift, lock_site, right_to_change_shift
from careapp.catalogue import translate
from careapp.clock import now
from careapp.duties.holding import access_taker
from careapp.errors import Conflict, Invalid
from careapp.ids import new_id
from careapp.models import Member, Shift
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import Said, mark
from careapp.shifts.commands import CancelShift, ChangeShift, PlanShifts, Scope
from careapp.shifts.reminding import remind_of
from careapp.shifts.telling import Before, tell_of_change, tell_of_end, tell_of_planning
from careapp.shifts.times import Wall, clock_words, overlapping, put, wall_on, walls_of, when_words


@dataclass(frozen=True)
class Planned:
    """The first of them."""

    id: str


@operation(section=Section.SCHEDULE, right=Right.WRITE, says="planned who is on duty")
def plan_shifts(session: Session, actor: Actor, command: PlanShifts) -> Planned:
    """Write down times on duty, with who has them or with nobody yet. Two people may be on duty at once; nobody is
    twice at the same time."""
    lock_site(session, actor)
    member = _taker(session, actor, command.member_id)
    zone, series_id = command.zone or actor.time_zone or "UTC", new_id()
    shifts = [_made(actor, zone, series_id, times, member) for times in walls_of(command, zone)]
    _require_free(session, actor, member, shifts)
    session.add_all(shifts)
    session.flush()
    remind_of(session, shifts)
    tell_of_planning(session, actor, shifts)
    announce(session, actor, shifts[0].id)
    return Planned(shifts[0].id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="changed who is on duty")
def change_shift(session: Session, actor: Actor, command: ChangeShift) -> None:
    """Put it at another time, or into other hands. What somebody else changed since is not overwritten: Conflict. Of
    those after it, others keep what is theirs: only what its holder had goes into other hands."""
    lock_site(session, actor)
    shift = access_shift(session, actor, command.shift_id, Right.WRITE)
    _require_there(shift)
    _take_version(session, actor, shift, command.version)
    member = _taker(session, actor, command.member_id, shift.member_id or "")
    befores = [Before(one, one.member_id, _times(one)) for one in _these(session, actor, shift, command.scope)]
    _put_all(shift, befores, wall_on(command.on, command.starts, command.ends), member)
    touched = [before for before in befores if before.is_other]
    for before in touched:
        before.shift.version += before.shift is not shift
    session.flush()
    _require_all_free(session, actor, [before.shift for before in touched])
    remind_of(session, [before.shift for before in touched if before.is_moved])
    tell_of_change(session, actor, touched)
    announce(session, actor, shift.id)


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="called off a time on duty")
def cancel_shift(session: Session, actor: Actor, command: CancelShift) -> None:
    """Nobody has to be there then. Whoever had one is told. Safe to repeat."""
    shift = access_shift(session, actor, command.shift_id, Right.WRITE)
    if shift.cancelled_at:
        return
    ended = _these(session, actor, shift, command.scope)
    for one in ended:
        one.cancelled_at = now()
        one.version += 1
    tell_of_end(session, actor, ended)
    announce(session, actor, shift.id)


def shift_text(session: Session, actor: Actor, shift: Shift) -> str:
    """All that the form asks for, to be read beside what somebody else has written meanwhile."""
    holder = session.get(Member, shift.member_id) if shift.member_id else None
    name = holder.name if holder else translate(actor.language, mark("Nobody yet"))
    return f"{when_words(shift, actor.language)} · {name}"


def _made(actor: Actor, zone: str, series_id: str, times: Wall, member: Member | None) -> Shift:
    shift = Shift(
        site_id=actor.site_id,
        series_id=series_id,
        author_id=actor.member_id,
        member_id=member.id if member else None,
        zone=zone,
        starts_at=times[0],
        ends_at=times[1],
        begins_at=now(),
        until_at=now(),
    )
    put(shift, times)
    return shift


def _taker(session: Session, actor: Actor, member_id: str, holder_id: str = "") -> Member | None:
    """Who is to have it; whoever has it already may keep it."""
    if member_id and member_id == holder_id:
        return session.get(Member, member_id)
    return access_taker(session, actor, member_id) if member_id else None


def _times(shift: Shift) -> Wall:
    return shift.starts_at, shift.ends_at


def _put_all(shift: Shift, befores: Sequence[Before], times: Wall, member: Member | None) -> None:
    """Have all of them do what the first does: move as far, last as long, leave the same hands."""
    was_id, is_moved = shift.member_id, times != _times(shift)
    by, lasts = times[0] - shift.starts_at, times[1] - times[0]
    for one in (before.shift for before in befores):
        starts_at = one.starts_at + by
        put(one, (starts_at, starts_at + lasts) if is_moved else _times(one))
        if one.member_id == was_id:
            one.member_id = member.id if member else None


def _these(session: Session, actor: Actor, shift: Shift, scope: Scope) -> Sequence[Shift]:
    """It alone, or with all that were planned in the same go, come after it and are the actor's to change."""
    if scope is Scope.THIS:
        return [shift]
    later = select(Shift).where(
        col(Shift.series_id) == shift.series_id,
        col(Shift.site_id) == shift.site_id,
        col(Shift.begins_at) >= shift.begins_at,
        col(Shift.cancelled_at).is_(None),
    )
    rows = session.scalars(later.order_by(col(Shift.begins_at)).with_for_update())
    return [one for one in rows if actor.may(Section.SCHEDULE, right_to_change_shift(actor, one))]


def require_free(session: Session, actor: Actor, member: Member, shifts: Sequence[Shift]) -> None:
    """Raise Invalid where they would be on duty twice at the same time."""
    others = select(Shift).where(
        col(Shift.site_id) == actor.site_id,
        col(Shift.member_id) == member.id,
        col(Shift.cancelled_at).is_(None),
        col(Shift.until_at) > min(one.begins_at for one in shifts),
        col(Shift.begins_at) < max(one.until_at for one in shifts),
        col(Shift.id).not_in([one.id for one in shifts]),
    )
    with session.no_autoflush:
        both = overlapping([*shifts, *session.scalars(others)])
    if both:
        times = clock_words(both.starts_at, both.ends_at, actor.language)
        words = Said("{name} is on duty at that time already: {time}", name=member.name, time=times)
        raise Invalid(fields={"member_id": words})


def _require_free(session: Session, actor: Actor, member: Member | None, shifts: Sequence[Shift]) -> None:
    if member:
        require_free(session, actor, member, shifts)
    elif len(shifts) > 1 and overlapping(shifts):
        raise Invalid(fields={"times": Said("Two of these times overlap. Please plan them one after the other.")})


def _require_all_free(session: Session, actor: Actor, shifts: Sequence[Shift]) -> None:
    for member_id in {one.member_id for one in shifts}:
        member = session.get_one(Member, member_id) if member_id else None
        _require_free(session, actor, member, [one for one in shifts if one.member_id == member_id])


def _require_there(shift: Shift) -> None:
    if shift.cancelled_at:
        raise Conflict("This time on duty was called off.")


def _take_version(session: Session, actor: Actor, shift: Shift, version: int) -> None:
    mine = update(Shift).where(col(Shift.id) == shift.id, col(Shift.version) == version)
    if session.execute(mine.values(version=version + 1)).rowcount == 0:  # type: ignore[attr-defined]
        theirs = shift_text(session, actor, shift)
        raise Conflict("Someone changed this in the meantime. Your text is kept. It now says: {theirs}", theirs=theirs)
    session.refresh(shift)
