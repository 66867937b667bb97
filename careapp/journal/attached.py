"""The photos and videos that are put into an update, a message or an appointment, in their order; into an appointment
documents too."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session, col

from careapp.access import Actor, access_media
from careapp.errors import Invalid, NotAllowed, NotFound
from careapp.journal.commands import ChosenPhoto
from careapp.models import Appointment, AppointmentMedia, Media, Message, MessageMedia, Update, UpdateMedia
from careapp.said import Said

MOST = 20


def attach(
    session: Session, actor: Actor, written: Update | Message | Appointment, chosen: Sequence[ChosenPhoto]
) -> None:
    """Have exactly these stand in it. What is new there must be the actor's own."""
    if len(chosen) > MOST:
        raise Invalid(fields={"photos": Said("At most {max} photos fit in here.", max=MOST)})
    table, key = _place(written)
    is_in_it = col(getattr(table, key)) == written.id
    described = {one.media_id: one.alt for one in chosen}
    there = set(session.execute(select(table.media_id).where(is_in_it)).scalars())
    for media_id in described.keys() - there:
        media = _own(session, actor, media_id)
        if media.is_document and not isinstance(written, Appointment):
            raise Invalid(fields={"photos": Said("Only photos and videos go in here.")})
    session.execute(delete(table).where(is_in_it))
    for position, (media_id, alt) in enumerate(described.items()):
        session.add(table(**{key: written.id}, media_id=media_id, position=position, alt=alt))


def _place(written: Update | Message | Appointment) -> tuple[Any, str]:
    """The table that holds them, and its column that names what they stand in."""
    if isinstance(written, Appointment):
        return AppointmentMedia, "appointment_id"
    return (UpdateMedia, "update_id") if isinstance(written, Update) else (MessageMedia, "message_id")


def _own(session: Session, actor: Actor, media_id: str) -> Media:
    """What is still being prepared, or was refused, may stand there; what is gone or another's may not."""
    try:
        media = access_media(session, actor, media_id)
    except NotFound:
        raise NotFound("A photo did not arrive. Please add it again.") from None
    if media.uploader_id != actor.member_id:
        raise NotAllowed("Only photos that you added yourself can be put here.")
    return media
