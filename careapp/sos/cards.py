"""People and alerts as they are drawn."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.catalogue import translate
from careapp.models import Alert, Answer, Ending, Member, Responder
from careapp.said import mark
from careapp.sites.frame import ContactCard, contact_card, face_of, photo_of
from careapp.sos.people import with_push
from careapp.sos.views import AlertCard, CallLine
from careapp.sos.words import KIND_WORDS

TEXT = mark("SOS: help is needed now. Please call me back.")
DRILL_TEXT = mark("Drill: nobody needs help, we only try our SOS. Please call me back.")


def text_about(alert: Alert) -> str:
    """What a text message calls for, to someone whom the app has not reached."""
    return DRILL_TEXT if alert.is_drill else TEXT


def person_card(actor: Actor, member: Member, photo_id: str | None, text: str = "") -> ContactCard:
    """Someone with their number, for those who may see how people are reached; without it once they have left. `text`
    is what a text message to them begins with."""
    card = contact_card(actor, member, photo_id)
    if member.left_at or not actor.may(Section.PEOPLE, Right.SEE):
        return replace(card, phone="", call_href="", message_href="", relation="")
    if card.message_href and text:
        # This form opens with the words in place on Android and on iPhones alike.
        return replace(card, message_href=f"{card.message_href}?&body={quote(translate(actor.language, text))}")
    return card


def calls_of(session: Session, actor: Actor, members: Sequence[Member], text: str) -> tuple[CallLine, ...]:
    """The same people in the same order, with how to reach them by hand."""
    push, photos = with_push(session, members), photos_of(session, members)
    return tuple(
        CallLine(**vars(person_card(actor, member, photos.get(member.id), text)), has_push=member.id in push)
        for member in members
    )


def photos_of(session: Session, members: Sequence[Member]) -> dict[str, str]:
    rows = select(col(Member.id), photo_of(Member.photo_media_id)).where(
        col(Member.id).in_([member.id for member in members])
    )
    return {member_id: photo_id for member_id, photo_id in session.execute(rows) if photo_id}


def alert_cards(session: Session, actor: Actor, *wanted: Any, most: int) -> tuple[AlertCard, ...]:
    """Alerts of the site, the newest first."""
    raiser, ender = aliased(Member), aliased(Member)
    statement = (
        select(Alert, raiser, col(ender.name), _first_to_come(), photo_of(raiser.photo_media_id))
        .join(raiser, col(raiser.id) == col(Alert.raised_by_id))
        .outerjoin(ender, col(ender.id) == col(Alert.ended_by_id))
        .where(col(Alert.site_id) == actor.site_id, *wanted)
        .order_by(col(Alert.created_at).desc(), col(Alert.id).desc())
        .limit(most)
    )
    rows: Any = session.execute(statement)
    return tuple(_card(actor, *row) for row in rows)


def _card(
    actor: Actor, alert: Alert, by: Member, ender: str | None, coming: str | None, photo: str | None
) -> AlertCard:
    words, name = outcome(alert, ender or "", coming or "")
    return AlertCard(
        id=alert.id,
        kind=alert.kind,
        kind_words=KIND_WORDS.get(alert.kind, ""),
        words=alert.words,
        by=face_of(by.id, by.name, photo),
        is_mine=by.id == actor.member_id,
        is_drill=alert.is_drill,
        is_open=alert.ended_at is None,
        raised_at=alert.raised_at,
        arrived_at=alert.created_at,
        ended_at=alert.ended_at,
        outcome_words=words,
        name=name,
    )


def outcome(alert: Alert, ender: str, coming: str) -> tuple[str, str]:
    """How an alert stands, in words, and the name in them."""
    if alert.ending == Ending.STOOD_DOWN:
        return mark("{name} gave the all-clear"), ender
    if alert.ended_at:
        return mark("It ended by itself after a day"), ""
    if coming:
        return mark("{name} has answered"), coming
    return mark("Nobody is coming yet"), ""


def _first_to_come() -> Any:
    responder = aliased(Member)
    return (
        select(col(responder.name))
        .join(Responder, col(Responder.member_id) == col(responder.id))
        .where(col(Responder.alert_id) == col(Alert.id), col(responder.left_at).is_(None))
        .where(col(Responder.answer).in_((Answer.ON_MY_WAY, Answer.CAN_CALL)))
        .order_by(col(Responder.answered_at))
        .limit(1)
        .correlate(Alert)
        .scalar_subquery()
    )
