"""What the page says that an SOS is raised on."""

from sqlalchemy import ColumnElement, tuple_
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_site
from careapp.choice import Choice
from careapp.journal.cursor import Cursor, cursor_from
from careapp.models import Alert, Channel, Member
from careapp.operation import Params, query
from careapp.sites.frame import frame
from careapp.sos.cards import TEXT, alert_cards, calls_of
from careapp.sos.content.emergency import emergency_of
from careapp.sos.people import in_order_told, steps_of, told_by, with_push
from careapp.sos.views import AlertCard, SosView
from careapp.sos.words import KIND_WORDS

PAGE = 20
MOST_OPEN = 20


class PastAlerts(Params):
    before: str = ""


@query(section=Section.SOS, right=Right.TAKE_PART)
def sos(session: Session, actor: Actor, params: PastAlerts) -> SosView:
    """What is needed to raise one, also without a connection later; those that are open; those that were."""
    past, older = _past(session, actor, params.before)
    calls = calls_of(session, actor, in_order_told(session, actor.site_id, actor.member_id), TEXT)
    first = steps_of(session, actor.site_id)[0]
    told = {member.id for member in told_by(session, actor.site_id, first, but=actor.member_id)}
    by_push = {call.member_id for call in calls if call.has_push} if Channel.PUSH in first.channels else set()
    return SosView(
        frame=frame(session, actor),
        emergency=emergency_of(access_site(session, actor).country, actor.language),
        can_change_country=actor.may(Section.SITE, Right.WRITE),
        kinds=kind_choices(),
        to_call=tuple(call for call in calls if call.call_href),
        open_alerts=alert_cards(session, actor, col(Alert.ended_at).is_(None), most=MOST_OPEN),
        past=past,
        older=older,
        is_first_page=not params.before,
        reachable=len(told & by_push),
        people=len(told),
        nobody_by_push=not told & by_push,
        is_alone=not calls,
        has_push=bool(with_push(session, [session.get_one(Member, actor.member_id)])),
        can_raise=True,
        can_manage=actor.may(Section.SOS, Right.MANAGE),
    )


def kind_choices(chosen: str = "") -> tuple[Choice, ...]:
    return tuple(Choice(kind, words, kind == chosen) for kind, words in KIND_WORDS.items())


def _past(session: Session, actor: Actor, before: str) -> tuple[tuple[AlertCard, ...], str]:
    """One page of those that are over, and where the next one starts."""
    wanted: list[ColumnElement[bool]] = [col(Alert.ended_at).is_not(None)]
    if cursor := cursor_from(before):
        wanted.append(tuple_(col(Alert.created_at), col(Alert.id)) < cursor.key())
    found = alert_cards(session, actor, *wanted, most=PAGE + 1)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], str(Cursor(last.arrived_at, last.id)) if last and last.arrived_at else ""
