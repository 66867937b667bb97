"""Who comes along: what each has answered, to one occurrence at a time."""

from datetime import datetime

from sqlalchemy import delete, true
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.clock import now
from careapp.errors import Conflict
from careapp.models import AppointmentAnswer, Member
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.schedule.commands import AnswerAppointment
from careapp.schedule.saved import Saved, named_at, saved
from careapp.schedule.series import Picked, own_row, pick
from careapp.schedule.telling import state_of, tell_later


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="said whether they come along")
def answer_appointment(session: Session, actor: Actor, command: AnswerAppointment) -> Saved:
    """Come along to an occurrence, or not. A yes takes it on where nobody goes along yet, or no longer; two can never
    have it: the second gets Conflict. A no lets go of it. Safe to repeat."""
    picked = pick(session, actor, command, Right.TAKE_PART)
    is_mine = picked.row.companion_id == actor.member_id
    if command.comes:
        _require_open(session, actor, picked)
    is_news = _note(session, actor, picked, command.comes)
    if command.comes != is_mine:
        before, row = state_of(session, picked), own_row(session, picked)
        row.companion_id = actor.member_id if command.comes else None
        tell_later(session, actor.member_id, picked, before)
        return saved(session, actor, picked.series, row, picked.at)
    if is_news:
        announce(session, actor, picked.series.id)
    return Saved(picked.series.id, picked.version, named_at(picked.at))


def forget_answers(session: Session, appointment_id: str, at: datetime | None = None) -> None:
    """After another time was set, or somebody else was asked, what was answered before does not count: for one
    occurrence, or for all."""
    mine = col(AppointmentAnswer.appointment_id) == appointment_id
    session.execute(delete(AppointmentAnswer).where(mine, col(AppointmentAnswer.at) == at if at else true()))


def _require_open(session: Session, actor: Actor, picked: Picked) -> None:
    companion_id = picked.row.companion_id
    other = session.get(Member, companion_id) if companion_id and companion_id != actor.member_id else None
    if other and not other.left_at:
        raise Conflict("{name} goes along already. Thank you for offering.", name=other.name)


def _note(session: Session, actor: Actor, picked: Picked, comes: bool) -> bool:
    """Whether this is another answer than before."""
    key = (picked.series.id, actor.member_id, picked.at or picked.series.starts_at)
    there = session.get(AppointmentAnswer, key)
    if there and there.comes == comes:
        return False
    answer = there or AppointmentAnswer(appointment_id=key[0], member_id=key[1], at=key[2], comes=comes)
    answer.comes, answer.answered_at = comes, now()
    session.add(answer)
    return True
