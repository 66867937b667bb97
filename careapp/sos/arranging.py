"""Who is told when: a site's own ladder."""

from sqlalchemy import delete
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, lock_site
from careapp.errors import Invalid, NotFound
from careapp.models import LadderMember, LadderStep
from careapp.notify.announce import announce
from careapp.operation import operation
from careapp.said import Said
from careapp.sos.commands import NothingMore, OneStep, SetLadder
from careapp.sos.ladder import Whom
from careapp.sos.people import concerned


@operation(section=Section.SOS, right=Right.MANAGE, says="set up who is told of an SOS, and when")
def set_ladder(session: Session, actor: Actor, command: SetLadder) -> None:
    """Put these steps in place of those before; the last one is repeated. An open alert goes on with them."""
    lock_site(session, actor)
    _require_people(session, actor, command)
    _clear(session, actor)
    for position, step in enumerate(command.steps):
        _add(session, actor, position, step)
    announce(session, actor)


@operation(section=Section.SOS, right=Right.MANAGE, says="put the standard ladder back")
def reset_ladder(session: Session, actor: Actor, command: NothingMore) -> None:
    """Go back to the standard ladder; safe to repeat."""
    lock_site(session, actor)
    _clear(session, actor)
    announce(session, actor)


def _require_people(session: Session, actor: Actor, command: SetLadder) -> None:
    """Those who are named can take part in an SOS; a step that names nobody would tell nobody."""
    there = {member.id for member in concerned(session, actor.site_id)}
    for number, step in enumerate(command.steps):
        if step.whom is Whom.NAMED and not step.member_ids:
            raise Invalid(fields={f"steps.{number}.member_ids": Said("Please choose who is told in this step.")})
        if not there.issuperset(step.member_ids):
            raise NotFound


def _clear(session: Session, actor: Actor) -> None:
    session.execute(delete(LadderStep).where(col(LadderStep.site_id) == actor.site_id))


def _add(session: Session, actor: Actor, position: int, step: OneStep) -> None:
    row = LadderStep(
        site_id=actor.site_id,
        position=position,
        after_seconds=step.after_seconds if position else 0,
        whom=step.whom,
        channels=list(dict.fromkeys(step.channels)),
    )
    session.add(row)
    session.flush()
    named = step.member_ids if step.whom is Whom.NAMED else ()
    session.add_all(LadderMember(step_id=row.id, member_id=member_id) for member_id in dict.fromkeys(named))
