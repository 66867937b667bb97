"""What the page says on which a site decides who is told when."""

from collections.abc import Sequence

from sqlmodel import Session

from careapp.access import Actor, Right, Section
from careapp.choice import Choice
from careapp.journal.views import PersonChoice
from careapp.models import Channel, Member
from careapp.notify.choices import CHANNEL_WORDS
from careapp.operation import Params, query
from careapp.said import mark
from careapp.settings import settings
from careapp.sites.frame import face_of, frame
from careapp.sos.cards import person_card, photos_of
from careapp.sos.ladder import REPEAT, STANDARD, Step, Whom
from careapp.sos.people import concerned, steps_of, told_by, with_push
from careapp.sos.views import LadderView, ReachRow, StepRow

WHOM_WORDS = {
    Whom.CIRCLE: mark("Everyone who is told at once"),
    Whom.EVERYONE: mark("Everyone on the site who takes part in an SOS"),
    Whom.NAMED: mark("These people"),
}


class Nothing(Params):
    pass


@query(section=Section.SOS, right=Right.TAKE_PART)
def ladder(session: Session, actor: Actor, params: Nothing) -> LadderView:
    """The steps, and how each member could be reached, so that a gap is seen before it matters."""
    members = concerned(session, actor.site_id)
    circle = {member.id for member in concerned(session, actor.site_id, Right.WRITE)}
    photos, push = photos_of(session, members), with_push(session, members)
    steps = steps_of(session, actor.site_id)
    rows = [
        _row(n, step, members, photos, n == len(steps) - 1, not told_by(session, actor.site_id, step, but=""))
        for n, step in enumerate(steps)
    ]
    reach = [
        ReachRow(
            **vars(person_card(actor, member, photos.get(member.id))),
            has_push=member.id in push,
            has_phone=bool(member.phone),
            is_in_circle=member.id in circle,
        )
        for member in members
    ]
    return LadderView(
        frame=frame(session, actor),
        steps=tuple(rows),
        new_step=_row(len(rows), Step(REPEAT, Whom.EVERYONE, tuple(Channel)), members, photos, is_last=True),
        is_standard=steps == STANDARD,
        people=tuple(reach),
        circle=len(circle),
        everyone=len(members),
        has_mail=bool(settings().smtp_url),
        has_sms=bool(settings().sms_url),
        can_manage=actor.may(Section.SOS, Right.MANAGE),
    )


def _row(
    position: int,
    step: Step,
    members: Sequence[Member],
    photos: dict[str, str],
    is_last: bool,
    is_for_nobody: bool = False,
) -> StepRow:
    named = [member for member in members if member.id in step.member_ids]
    return StepRow(
        position=position,
        after_seconds=int(step.after.total_seconds()),
        whom=step.whom,
        whom_words=WHOM_WORDS[step.whom],
        names=", ".join(member.name for member in named),
        is_for_nobody=is_for_nobody,
        member_ids=tuple(member.id for member in named),
        channels=tuple(Choice(channel, words, channel in step.channels) for channel, words in CHANNEL_WORDS.items()),
        people=tuple(
            PersonChoice(
                member_id=member.id,
                face=face_of(member.id, member.name, photos.get(member.id)),
                relation=member.relation,
                is_chosen=member in named,
            )
            for member in members
        ),
        is_last=is_last,
    )
