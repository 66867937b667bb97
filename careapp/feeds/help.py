"""What a member has taken on of what is asked for: it stands in their own calendar whatever else does."""

from datetime import timedelta
from urllib.parse import urlencode

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor
from careapp.catalogue import translate
from careapp.clock import now
from careapp.feeds.content import MOST, PAST
from careapp.helping.kinds import title_of
from careapp.models import Appointment, HelpRequest, HelpSlot
from careapp.schedule.ics import Item
from careapp.settings import settings

USUAL = timedelta(hours=1)
ALARMS = (timedelta(days=1), timedelta(hours=2))


def help_items(session: Session, reader: Actor, busy: str = "") -> list[Item]:
    """The slots that are the reader's, with where and for what: whoever takes one may know. With `busy` that word
    alone."""
    statement = (
        select(HelpSlot, HelpRequest)
        .join(HelpRequest, col(HelpRequest.id) == col(HelpSlot.request_id))
        .where(col(HelpSlot.taken_by_id) == reader.member_id, col(HelpSlot.site_id) == reader.site_id)
        .where(col(HelpSlot.due_at) > now() - PAST, col(HelpSlot.starts_at).is_not(None))
        .order_by(col(HelpSlot.due_at), col(HelpSlot.id))
        .limit(MOST)
    )
    rows = ((_row(slot, request, reader), request) for slot, request in session.execute(statement))
    return [Item(row, row.uid, busy=busy) if busy else _item(row, request, reader) for row, request in rows]


def _row(slot: HelpSlot, request: HelpRequest, reader: Actor) -> Appointment:
    assert slot.starts_at
    return Appointment(
        id=slot.id,
        site_id=slot.site_id,
        author_id=request.author_id,
        uid=slot.id,
        kind="help",
        title=translate(reader.language, title_of(request)),
        place=request.address,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at or slot.starts_at + USUAL,
        zone=request.zone,
        first_at=slot.due_at,
        sequence=slot.version + request.version,
        created_at=request.created_at,
        changed_at=max(filter(None, (request.created_at, request.edited_at, slot.taken_at, slot.cancelled_at))),
        cancelled_at=slot.cancelled_at,
    )


def _item(row: Appointment, request: HelpRequest, reader: Actor) -> Item:
    words = "\n\n".join(filter(None, (request.words, request.food)))
    query = urlencode({"site": reader.site_address, "request": request.id})
    return Item(row, row.uid, words=words, address=f"{settings().public_url}/help-request?{query}", alarms=ALARMS)
