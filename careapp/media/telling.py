"""Tells whoever sent a photo or video that it cannot be shown: by then they have put the phone away."""

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.adapters.images import Why
from careapp.media.refusals import REFUSALS
from careapp.models import Appointment, AppointmentMedia, Kind, Media, Message, MessageMedia, Site, Update, UpdateMedia
from careapp.notify.tell import Telling, Words, page_of, tell
from careapp.said import Said


def tell_of_refusal(session: Session, site_id: str, media_ids: Collection[str], why: Why) -> None:
    """Why, and the way to where it stands; nothing where it stands nowhere."""
    site = session.get_one(Site, site_id)
    for media in session.scalars(select(Media).where(col(Media.id).in_(media_ids), col(Media.deleted_at).is_(None))):
        path = _where(session, site, media.id)
        if path:
            words = Words(_title(site, media), REFUSALS[why])
            tell(session, site, [media.uploader_id], Telling(Kind.REMINDERS, words, path, f"media-{media.id}"))


def _title(site: Site, media: Media) -> Said:
    if media.is_video:
        return Said("{site}: your video cannot be shown", site=site.name)
    return Said("{site}: your photo cannot be shown", site=site.name)


def _where(session: Session, site: Site, media_id: str) -> str:
    update = session.scalars(
        select(Update)
        .join(UpdateMedia, col(UpdateMedia.update_id) == col(Update.id))
        .where(col(UpdateMedia.media_id) == media_id, col(Update.deleted_at).is_(None))
    ).first()
    if update:
        return page_of("/update", site, update=update.id) if update.published_at else page_of("/drafts", site)
    message = session.scalars(
        select(Message)
        .join(MessageMedia, col(MessageMedia.message_id) == col(Message.id))
        .where(col(MessageMedia.media_id) == media_id, col(Message.deleted_at).is_(None))
    ).first()
    if message:
        return page_of("/message", site, message=message.id)
    appointment = session.scalars(
        select(Appointment)
        .join(AppointmentMedia, col(AppointmentMedia.appointment_id) == col(Appointment.id))
        .where(col(AppointmentMedia.media_id) == media_id, col(Appointment.deleted_at).is_(None))
    ).first()
    return page_of("/appointment", site, appointment=appointment.id) if appointment else ""
