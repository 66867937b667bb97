"""What the pages about help ask: what is open by day, one request, and what asking starts from."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, tuple_
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_help_request
from careapp.availability.free import free_times
from careapp.clock import now
from careapp.duties.lists import people_to_ask
from careapp.helping.asking import request_text
from careapp.helping.cards import (
    by_day,
    in_order,
    map_of,
    offer_card,
    offer_rows,
    sees_address,
    slot_card,
    slot_rows,
    tends_request,
)
from careapp.helping.kinds import KINDS, title_of
from careapp.helping.meals import wishes
from careapp.helping.taking import is_free
from careapp.helping.times import WHENEVER, is_over
from careapp.helping.views import (
    AskView,
    HelpRequestView,
    HelpToday,
    HelpWantedView,
    OfferCard,
    RequestRow,
    SlotCard,
    SwapCard,
)
from careapp.journal.cursor import Cursor, cursor_from
from careapp.journal.text import one_line
from careapp.journal.visit_cards import outcome_of
from careapp.models import HelpOffer, HelpRequest, HelpSlot, HelpSwap, Member
from careapp.operation import Params, query
from careapp.schedule.spoken import place_of_zone
from careapp.schedule.zones import usual_zone, zone_choices
from careapp.sites.frame import face_of, frame, photo_of

SHORT = 100
PAGE = 20
MINE, OFFERS, DONE, REQUESTS, SWAPS = 20, 20, 10, 20, 10
LONGEST = timedelta(hours=12)
A_WEEK = timedelta(days=7)
COUNTED = 50


class After(Params):
    after: str = ""


class OneRequestPage(Params):
    request: str = ""


class Asking(Params):
    """`visit` is the update that told of an appointment, where something is needed since."""

    request: str = ""
    visit: str = ""


@query(section=Section.SCHEDULE)
def help_wanted(session: Session, actor: Actor, params: After) -> HelpWantedView:
    """What is open, the next first; on the first page also what is mine, what is offered, and what was done."""
    after = cursor_from(params.after)
    rows = session.execute(_open_rows(actor, PAGE + 1, after)).all()
    slots = [slot_card(actor, row) for row in rows[:PAGE]]
    days = by_day([slot for slot in slots if not slot.is_over])
    later = str(Cursor(rows[PAGE - 1][0].due_at, rows[PAGE - 1][0].id)) if len(rows) > PAGE else ""
    if after:
        return HelpWantedView(frame=frame(session, actor), days=days, later=later, is_first_page=False)
    mine, offers, done = _mine(session, actor), _offers(session, actor), _done(session, actor)
    requests = _requests(session, actor)
    return HelpWantedView(
        frame=frame(session, actor),
        swaps=_swaps(session, actor),
        mine=mine,
        days=days,
        later=later,
        offers=offers,
        requests=requests,
        done=done,
        is_empty=not (mine or days or offers or done or requests),
        **zone_choices(actor, usual_zone(session, actor)),
    )


@query(section=Section.SCHEDULE)
def help_request(session: Session, actor: Actor, params: OneRequestPage) -> HelpRequestView:
    """One request with all its times; where it is only for who may see that."""
    request = access_help_request(session, actor, params.request)
    rows = session.execute(in_order(slot_rows(actor).where(col(HelpSlot.request_id) == request.id))).all()
    slots = tuple(slot_card(actor, row) for row in rows)
    address = request.address if sees_address(actor, request) or any(slot.is_mine for slot in slots) else ""
    found = select(Member, photo_of(Member.photo_media_id)).where(col(Member.id) == request.author_id)
    author, photo = session.execute(found).one()
    return HelpRequestView(
        frame=frame(session, actor),
        id=request.id,
        icon=KINDS[request.kind].icon,
        title=title_of(request),
        words=request.words,
        food=request.food,
        address=address,
        map_href=map_of(address),
        hides_address=request.hides_address,
        hides_from_me=bool(request.address) and not address,
        author=face_of(author.id, author.name, photo),
        at=request.created_at,
        is_edited=request.edited_at is not None,
        is_closed=request.closed_at is not None,
        can_edit=bool(actor.member_id) and tends_request(actor, request) and request.closed_at is None,
        slots=slots,
        swaps=_swaps(session, actor, col(HelpSlot.request_id) == request.id),
        people=tuple(one for one in people_to_ask(session, actor) if one.value != actor.member_id),
        zone=request.zone,
        there=place_of_zone(request.zone, actor.language) if actor.time_zone not in ("", request.zone) else "",
    )


@query(section=Section.SCHEDULE, right=Right.WRITE)
def asking(session: Session, actor: Actor, params: Asking) -> AskView:
    """For a new request, or with the one that the address names."""
    if not params.request:
        return AskView(
            frame=frame(session, actor),
            food=wishes(session, actor),
            free=free_times(session, actor),
            **(_needed(session, actor, params.visit) if params.visit else {}),
            **zone_choices(actor, usual_zone(session, actor)),
        )
    request = access_help_request(session, actor, params.request, Right.WRITE)
    return AskView(
        frame=frame(session, actor),
        request_id=request.id,
        kind=request.kind,
        title=request.title,
        words=request.words,
        address=request.address,
        hides_address=request.hides_address,
        food=request.food,
        version=request.version,
        summary=request_text(request, actor.language),
    )


def _needed(session: Session, actor: Actor, update_id: str) -> dict[str, Any]:
    """What was needed after an appointment."""
    needs = outcome_of(session, actor, update_id).needs
    title = one_line(needs, SHORT)
    return {"visit": update_id, "title": title, "words": "" if title == needs else needs}


def help_today(session: Session, actor: Actor) -> HelpToday:
    """In two statements; nothing for who may not see the schedule."""
    if not actor.may(Section.SCHEDULE, Right.SEE):
        return HelpToday()
    rows = (
        select(HelpSlot, col(HelpRequest.zone))
        .join(HelpRequest, col(HelpRequest.id) == col(HelpSlot.request_id))
        .where(_open(actor), col(HelpSlot.due_at) > now() - LONGEST)
        .order_by(col(HelpSlot.due_at).desc(), col(HelpSlot.id).desc())
        .limit(COUNTED + 1)
    )
    found = sum(not is_over(slot, zone) for slot, zone in session.execute(rows))
    mine = _mine(session, actor, limit=1)
    following = mine[0] if mine else SlotCard()
    return HelpToday(min(found, COUNTED), found > COUNTED, following, bool(mine), bool(found or mine))


def _open(actor: Actor) -> ColumnElement[bool]:
    return and_(
        col(HelpSlot.site_id) == actor.site_id,
        is_free(),
        col(HelpSlot.cancelled_at).is_(None),
        col(HelpSlot.done_at).is_(None),
        col(HelpRequest.closed_at).is_(None),
    )


def _open_rows(actor: Actor, limit: int, after: Cursor | None = None) -> Select[*tuple[Any, ...]]:
    statement = slot_rows(actor).where(_open(actor), col(HelpSlot.due_at) > now() - LONGEST)
    if after:
        statement = statement.where(tuple_(col(HelpSlot.due_at), col(HelpSlot.id)) > after.key())
    return in_order(statement).limit(limit)


def _mine(session: Session, actor: Actor, limit: int = MINE) -> tuple[SlotCard, ...]:
    if not actor.member_id:
        return ()
    statement = slot_rows(actor).where(
        col(HelpSlot.taken_by_id) == actor.member_id,
        col(HelpSlot.done_at).is_(None),
        col(HelpSlot.due_at) > now() - A_WEEK,
    )
    return tuple(slot_card(actor, row) for row in session.execute(in_order(statement).limit(limit)))


def _offers(session: Session, actor: Actor) -> tuple[OfferCard, ...]:
    newest = offer_rows(actor).order_by(col(HelpOffer.created_at).desc(), col(HelpOffer.id).desc()).limit(OFFERS)
    return tuple(offer_card(actor, row) for row in session.execute(newest))


def _done(session: Session, actor: Actor) -> tuple[SlotCard, ...]:
    done = slot_rows(actor).where(col(HelpSlot.done_at).is_not(None), col(HelpSlot.due_at) < WHENEVER)
    newest = done.order_by(col(HelpSlot.due_at).desc(), col(HelpSlot.id).desc()).limit(DONE)
    return tuple(slot_card(actor, row) for row in session.execute(newest))


def _requests(session: Session, actor: Actor) -> tuple[RequestRow, ...]:
    """Those with something still to come, the newest first."""
    coming = and_(
        col(HelpSlot.request_id) == col(HelpRequest.id),
        col(HelpSlot.cancelled_at).is_(None),
        col(HelpSlot.done_at).is_(None),
        col(HelpSlot.due_at) > now() - LONGEST,
    )
    total = select(func.count()).select_from(HelpSlot).where(coming).scalar_subquery()
    open_ones = select(func.count()).select_from(HelpSlot).where(coming, is_free()).scalar_subquery()
    statement = (
        select(HelpRequest, total, open_ones)
        .where(col(HelpRequest.site_id) == actor.site_id, col(HelpRequest.closed_at).is_(None))
        .where(exists().where(coming))
        .order_by(col(HelpRequest.created_at).desc(), col(HelpRequest.id).desc())
        .limit(REQUESTS)
    )
    return tuple(
        RequestRow(request.id, KINDS[request.kind].icon, title_of(request), count, free_ones)
        for request, count, free_ones in session.execute(statement)
    )


def _swaps(session: Session, actor: Actor, where: ColumnElement[bool] | None = None) -> tuple[SwapCard, ...]:
    """What I am asked to take over, from those who still have it."""
    if not actor.member_id:
        return ()
    statement = (
        slot_rows(actor)
        .add_columns(col(HelpSwap.id))
        .join(HelpSwap, col(HelpSwap.slot_id) == col(HelpSlot.id))
        .where(col(HelpSwap.to_id) == actor.member_id, col(HelpSwap.answered_at).is_(None))
        .where(col(HelpSwap.from_id) == col(HelpSlot.taken_by_id), col(HelpSlot.done_at).is_(None))
        .where(col(HelpSlot.due_at) > now() - LONGEST)
    )
    found = session.execute(in_order(statement if where is None else statement.where(where)).limit(SWAPS))
    cards = ((row[-1], slot_card(actor, row[:-1])) for row in found)
    return tuple(SwapCard(swap_id, slot.holder, slot) for swap_id, slot in cards)
