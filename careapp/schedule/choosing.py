"""Choosing how long before an appointment one is reminded."""

from sqlmodel import Session

from careapp.access import Actor, Right, Section, access_appointment
from careapp.models import AppointmentReminder
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.schedule.commands import ChooseReminders
from careapp.schedule.reminders import plan_reminders
from careapp.schedule.series import changed_rows


@operation(section=Section.SCHEDULE, right=Right.TAKE_PART, says="chose when to be reminded")
def choose_reminders(session: Session, actor: Actor, command: ChooseReminders) -> None:
    """Be reminded of an appointment, or of all of its series, so long before each, or never. Safe to repeat."""
    row = access_appointment(session, actor, command.appointment_id, Right.TAKE_PART)
    minutes = sorted({int(each) for each in command.before})
    there = session.get(AppointmentReminder, (row.id, actor.member_id))
    if there and there.minutes == minutes:
        return
    chosen = there or AppointmentReminder(appointment_id=row.id, member_id=actor.member_id, minutes=minutes)
    chosen.minutes = minutes
    session.add(chosen)
    session.flush()
    for one in (row, *changed_rows(session, row)):
        plan_reminders(session, one)
    announce(session, actor, row.id)
