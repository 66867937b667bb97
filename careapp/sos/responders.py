"""Everyone whom an alert concerns, and the furthest that is known of each."""

from datetime import timedelta

from sqlalchemy import and_, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, right_of_member
from careapp.models import Alert, Answer, Member, Responder
from careapp.said import mark
from careapp.sites.frame import ContactCard, photo_of
from careapp.sos.cards import person_card, text_about
from careapp.sos.messages import Called, called
from careapp.sos.people import with_push
from careapp.sos.views import ResponderCard

# The surest help first.
STATE_WORDS = {
    "on_my_way": mark("On the way"),
    "can_call": mark("Can call"),
    "seen": mark("Has seen it"),
    "reached": mark("It is on their screen"),
    "sent": mark("Sent, not known to have arrived"),
    "telling": mark("Is being told"),
    "unreached": mark("Not reached: please call"),
    "waiting": mark("Not told yet"),
    "cannot": mark("Can't help now"),
}
ORDER = list(STATE_WORDS)


def responders(session: Session, actor: Actor, alert: Alert) -> tuple[ResponderCard, ...]:
    """In the order of what they said, then by name; without whoever raised it."""
    rows = _rows(session, alert)
    push, sent, text = with_push(session, [member for member, *_ in rows]), called(session, alert), text_about(alert)
    cards = [
        _card(person_card(actor, member, photo_id, text), member, row, sent.get(member.id, Called()), member.id in push)
        for member, row, photo_id in rows
    ]
    return tuple(sorted(cards, key=lambda card: (ORDER.index(card.state), card.name, card.member_id)))


def _rows(session: Session, alert: Alert) -> list[tuple[Member, Responder | None, str | None]]:
    """Current members who take part in an SOS, and everyone who was told, even if they have left since."""
    is_concerned = and_(col(Member.left_at).is_(None), right_of_member(Section.SOS) >= int(Right.TAKE_PART))
    statement = (
        select(Member, Responder, photo_of(Member.photo_media_id))
        .outerjoin(Responder, and_(col(Responder.member_id) == col(Member.id), col(Responder.alert_id) == alert.id))
        .where(col(Member.site_id) == alert.site_id, col(Member.id) != alert.raised_by_id)
        .where(is_concerned | col(Responder.alert_id).is_not(None))
    )
    return [(member, row, photo_id) for member, row, photo_id in session.execute(statement)]


def _card(person: ContactCard, member: Member, row: Responder | None, sent: Called, has_push: bool) -> ResponderCard:
    state = _state(row, sent)
    minutes = row.minutes if row and row.answer == Answer.ON_MY_WAY else None
    return ResponderCard(
        **vars(person),
        state=state,
        state_words=STATE_WORDS[state],
        arrives_at=row.answered_at + timedelta(minutes=minutes) if row and row.answered_at and minutes else None,
        told_at=row.told_at if row else None,
        sent_at=sent.sent_at,
        reached_at=sent.reached_at,
        seen_at=row.seen_at if row else None,
        answered_at=row.answered_at if row else None,
        has_push=has_push and member.left_at is None,
        is_told_by_push=sent.by_push and member.left_at is None,
        is_reached=state in ("on_my_way", "can_call", "cannot", "seen", "reached"),
        has_left=member.left_at is not None,
    )


def _state(row: Responder | None, sent: Called) -> str:
    if row and row.answer:
        return row.answer
    if row and row.seen_at:
        return "seen"
    if sent.reached_at:
        return "reached"
    if sent.sent_at:
        return "sent"
    if sent.is_under_way:
        return "telling"
    return "unreached" if row else "waiting"
