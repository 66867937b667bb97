"""What one alert's page says: three big answers for who is called, the board for its sender, the record afterwards."""

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_alert, access_site
from careapp.choice import Choice
from careapp.errors import NotFound
from careapp.ids import is_id
from careapp.models import Alert, Member, Responder
from careapp.operation import Params, query
from careapp.said import mark
from careapp.sites.frame import Face, face_of, frame
from careapp.sos.cards import alert_cards, outcome, person_card, photos_of
from careapp.sos.climb import COMING
from careapp.sos.content.emergency import emergency_of
from careapp.sos.ladder import step_to_take
from careapp.sos.people import steps_of
from careapp.sos.raise_view import kind_choices
from careapp.sos.raising import may_stand_down
from careapp.sos.record_view import entries_of, messages_of
from careapp.sos.responders import responders
from careapp.sos.views import AlertView, CallLine, ResponderCard
from careapp.sos.words import ANSWER_WORDS, KIND_WORDS

MINUTES = (5, 10, 15, 20, 30, 45, 60)
LATE_SECONDS = 60
MOST_OTHERS = 10
NEXT_WORDS = {
    "circle": mark("Next: everyone who is told at once is told again"),
    "everyone": mark("Next: everyone is told, by every way there is"),
    "named": mark("Next: more people are told"),
}


class OneAlertPage(Params):
    """`alert` is an id, or empty for the one that is open."""

    alert: str = ""


@query(section=Section.SOS, right=Right.TAKE_PART)
def alert(session: Session, actor: Actor, params: OneAlertPage) -> AlertView:
    """One alert, or the one that is open: a real one before a drill, then the newest. Without an id when none is."""
    found = _wanted(session, actor, params.alert)
    around = frame(session, actor)
    emergency = emergency_of(access_site(session, actor).country, actor.language)
    if found is None:
        return AlertView(frame=around, emergency=emergency)
    people = responders(session, actor, found)
    return AlertView(
        frame=around,
        emergency=emergency,
        people=people,
        **_about(session, actor, found),
        **_standing(session, actor, found, people),
        **_for_reader(session, actor, found),
        lines=entries_of(session, found),
        messages=messages_of(session, found),
        others=alert_cards(session, actor, _is_open(), col(Alert.id) != found.id, most=MOST_OTHERS),
    )


def _wanted(session: Session, actor: Actor, alert_id: str) -> Alert | None:
    if alert_id:
        if not is_id(alert_id):
            raise NotFound
        return access_alert(session, actor, alert_id)
    newest = (
        select(Alert)
        .where(col(Alert.site_id) == actor.site_id, _is_open())
        .order_by(col(Alert.is_drill), col(Alert.created_at).desc(), col(Alert.id).desc())
        .limit(1)
    )
    found: Alert | None = session.execute(newest).scalar_one_or_none()
    return found


def _about(session: Session, actor: Actor, found: Alert) -> dict[str, Any]:
    """What happened, where, and who called."""
    by = session.get_one(Member, found.raised_by_id)
    return {
        "id": found.id,
        "is_drill": found.is_drill,
        "kind": found.kind,
        "kind_words": KIND_WORDS.get(found.kind, ""),
        "words": found.words,
        "by": person_card(actor, by, photos_of(session, [by]).get(by.id)),
        "raised_at": found.raised_at,
        "arrived_at": found.created_at,
        "is_late": (found.created_at - found.raised_at).total_seconds() > LATE_SECONDS,
        **_place(found),
    }


def _standing(session: Session, actor: Actor, found: Alert, people: tuple[ResponderCard, ...]) -> dict[str, Any]:
    """Who is reached, who comes, and what happens next, or how it ended."""
    called = [person for person in people if person.state != "waiting"]
    is_open = found.ended_at is None
    return {
        "is_open": is_open,
        "reached": sum(person.is_reached for person in called),
        "total": len(called),
        "seen": sum(person.seen_at is not None for person in called),
        "coming": sum(person.state in COMING for person in called),
        "is_answered": found.answered_at is not None,
        "nobody_by_push": is_open and not any(person.is_told_by_push for person in called),
        "to_call": tuple(_call(person) for person in people if person.call_href and not person.has_left),
        "next_step_at": found.next_step_at,
        "next_step_words": _next_words(session, found),
        "ended_at": found.ended_at,
        "ended_by": _ender(session, found),
        "ending": found.ending,
        "ending_words": "" if is_open else outcome(found, "", "")[0],
    }


def _for_reader(session: Session, actor: Actor, found: Alert) -> dict[str, Any]:
    """What this reader has said, and may do."""
    mine = session.get(Responder, (found.id, actor.member_id))
    answer = mine.answer if mine else ""
    is_open, is_mine = found.ended_at is None, found.raised_by_id == actor.member_id
    return {
        "mode": "record" if not is_open else "board" if is_mine or answer else "receiver",
        "is_mine": is_mine,
        "my_answer": answer,
        "my_minutes": (mine.minutes if mine else 0) or 0,
        "can_answer": is_open and not is_mine,
        "can_say_more": is_open and is_mine,
        "can_stand_down": is_open and may_stand_down(session, actor, found),
        "can_note": True,
        "answers": tuple(Choice(key, words, key == answer) for key, words in ANSWER_WORDS.items()),
        "minutes": MINUTES,
        "kinds": kind_choices(found.kind),
    }


def _ender(session: Session, found: Alert) -> Face:
    ender = session.get(Member, found.ended_by_id) if found.ended_by_id else None
    return face_of(ender.id, ender.name, photos_of(session, [ender]).get(ender.id)) if ender else Face()


def _is_open() -> ColumnElement[bool]:
    return col(Alert.ended_at).is_(None)


def _place(found: Alert) -> dict[str, Any]:
    """On a map that needs no account; the phone may open its own from it."""
    if found.latitude is None or found.longitude is None:
        return {}
    position = f"{found.latitude:.5f}, {found.longitude:.5f}"
    mark_at = f"mlat={found.latitude:.5f}&mlon={found.longitude:.5f}"
    return {
        "map_href": f"https://www.openstreetmap.org/?{mark_at}#map=17/{found.latitude:.5f}/{found.longitude:.5f}",
        "position": position,
        "accuracy": round(found.accuracy or 0),
    }


def _next_words(session: Session, found: Alert) -> str:
    if found.next_step_at is None:
        return ""
    return NEXT_WORDS[step_to_take(steps_of(session, found.site_id), found.step).whom]


def _call(person: ResponderCard) -> CallLine:
    shared = {name: getattr(person, name) for name in CallLine.__dataclass_fields__}
    return CallLine(**shared)
