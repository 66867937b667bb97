"""The SOS that is open on a site, as every page of it says on top: what happened, and who is on the way."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, case, false, select
from sqlmodel import col

from careapp.access import Actor, Right, Section, right_of_member
from careapp.models import Member, Site
from careapp.models.sos import Alert, Answer, Responder
from careapp.said import mark

# {name} is the person's.
HAPPENED = {
    "fall": mark("{name} has fallen."),
    "breathing": mark("{name} has trouble breathing."),
    "chest_pain": mark("{name} has chest pain."),
    "confusion": mark("{name} is suddenly confused."),
    "missing": mark("{name} is missing."),
    "relief": mark("Whoever is with {name} needs relief now."),
}
UNSAID = mark("{name} needs help now.")


@dataclass(frozen=True)
class OpenSos:
    """No `id` where none is open. `happened` is said with the person's name, `answer_words` with `by`, who answered."""

    id: str = ""
    is_drill: bool = False
    happened: str = ""
    answer_words: str = ""
    by: str = ""


def open_alert(actor: Actor) -> ColumnElement[bool]:
    """Which row of Alert is the open one of the actor's site: a real one before a drill, then the newest."""
    if not may_see_sos(actor):
        return false()
    newest = (
        select(col(Alert.id))
        .where(col(Alert.site_id) == actor.site_id, col(Alert.ended_at).is_(None))
        .order_by(col(Alert.is_drill), col(Alert.created_at).desc(), col(Alert.id).desc())
        .limit(1)
    )
    return col(Alert.id) == newest.scalar_subquery()


def open_for_member() -> ColumnElement[str | None]:
    """The id of the newest SOS that is open on the site of a statement, for its members who take part in one; no drill,
    which is no news elsewhere."""
    newest = (
        select(col(Alert.id))
        .where(col(Alert.site_id) == col(Site.id), col(Alert.ended_at).is_(None), ~col(Alert.is_drill))
        .order_by(col(Alert.created_at).desc(), col(Alert.id).desc())
        .limit(1)
        .correlate(Site)
    )
    takes_part = right_of_member(Section.SOS) >= int(Right.TAKE_PART)
    return case((takes_part, newest.scalar_subquery()), else_=None)


def sos_columns() -> tuple[Any, ...]:
    """What `open_sos` needs, of a statement that is joined with Alert by `open_alert`."""
    return (
        col(Alert.id).label("sos_id"),
        col(Alert.kind).label("sos_kind"),
        col(Alert.is_drill).label("sos_is_drill"),
        _first_answer(col(Member.name)).label("sos_by"),
        _first_answer(col(Responder.answer)).label("sos_answer"),
    )


def open_sos(row: Row[Any]) -> OpenSos:
    if not row.sos_id:
        return OpenSos()
    return OpenSos(
        id=row.sos_id,
        is_drill=row.sos_is_drill,
        happened=HAPPENED.get(row.sos_kind, UNSAID),
        answer_words=_ANSWERED.get(row.sos_answer, mark("Nobody is coming yet.")),
        by=row.sos_by or "",
    )


def may_see_sos(actor: Actor) -> bool:
    return bool(actor.member_id) and actor.may(Section.SOS, Right.TAKE_PART)


_ANSWERED = {
    Answer.ON_MY_WAY: mark("{name} is on the way."),
    Answer.CAN_CALL: mark("{name} can call."),
}


def _first_answer(column: Any) -> ScalarSelect[Any]:
    """Of those who do something: who comes before who calls, the first of each."""
    return (
        select(column)
        .select_from(Responder)
        .join(Member, col(Member.id) == col(Responder.member_id))
        .where(col(Responder.alert_id) == col(Alert.id), col(Responder.answer).in_(list(_ANSWERED)))
        .where(col(Member.left_at).is_(None))
        .order_by(case((col(Responder.answer) == Answer.ON_MY_WAY, 0), else_=1), col(Responder.answered_at))
        .limit(1)
        .correlate(Alert)
        .scalar_subquery()
    )
