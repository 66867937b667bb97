"""In the background: the sizes of photos are made, and what nobody needs any more is removed. Videos: `videos.py`."""

import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, exists, func, select
from sqlmodel import Session, col

from careapp.adapters import images
from careapp.adapters.storage import storage
from careapp.clock import now
from careapp.db import reading, unit_of_work
from careapp.jobs import Lane, enqueue, job
from careapp.media import arrival, places
from careapp.media.check import STRAY_SECONDS, half_written
from careapp.media.files import erase, is_awaited, original
from careapp.media.operations import SWEPT_EVERY, Prepared, drop_media, make_ready, prepare, refuse
from careapp.media.queries import shown_nowhere
from careapp.media.videos import convert_video, prepare_video
from careapp.models import Media, Upload
from careapp.models.media import MediaState

__all__ = ["convert_video", "erase_files", "make_variants", "prepare_video", "sweep"]

# A phone that comes back later sends again what is no longer here.
KEPT_UNUSED = timedelta(days=2)
AT_ONCE = 500


@job("media.make_variants", Lane.PHOTOS)
def make_variants(payload: dict[str, Any]) -> None:
    """Make the sizes of a photo, or say why it cannot be shown."""
    site_id, stored_id = payload["site_id"], payload["stored_id"]
    if not is_awaited(stored_id):
        erase(site_id, stored_id)
        return
    try:
        with original(site_id, stored_id) as source:
            photo = images.made_from(source)
    except images.Refused as refused:
        with unit_of_work() as session:
            refuse(session, site_id, stored_id, refused.why)
        return
    for side, content in photo.files.items():
        storage().put(places.key(site_id, stored_id, str(side)), content, places.SHOWN_AS)
    prepared = Prepared(photo.width, photo.height, sum(map(len, photo.files.values())), photo.blur)
    with unit_of_work() as session:
        if not make_ready(session, site_id, stored_id, prepared):
            enqueue(session, "media.erase_files", payload)


@job("media.erase_files")
def erase_files(payload: dict[str, Any]) -> None:
    erase(payload["site_id"], payload["stored_id"])


@job("media.sweep")
def sweep(_payload: dict[str, Any]) -> None:
    """Once a day: uploads that never finished, photos that stand nowhere or still wait, strays on the disk."""
    _drop_expired_uploads()
    _remove_strays()
    with unit_of_work() as session:
        for media in _unused(session):
            drop_media(session, media)
        for media in _overdue(session):
            prepare(session, media)
        if (
            session.execute(select(col(Media.id)).limit(1)).first()
            or session.execute(select(col(Upload.id)).limit(1)).first()
        ):
            enqueue(session, "media.sweep", {}, now() + SWEPT_EVERY)


def _drop_expired_uploads() -> None:
    expired = select(Upload).where(col(Upload.expires_at) < now()).limit(AT_ONCE)
    with reading() as session:
        uploads = session.execute(expired).scalars().all()
    for upload in uploads:
        if upload.finished_at:
            with unit_of_work() as session:
                session.execute(delete(Upload).where(col(Upload.id) == upload.id))
            continue
        with suppress(arrival.Busy), arrival.arriving(upload.id) as file:
            arrival.give_up(upload, file)


def _unused(session: Session) -> list[Media]:
    """But not while more is on its way from the same member: what names them all comes after the last of them."""
    is_old = col(Media.created_at) < now() - KEPT_UNUSED
    more_comes = exists().where(col(Upload.member_id) == col(Media.uploader_id), col(Upload.finished_at).is_(None))
    return list(session.scalars(select(Media).where(is_old, shown_nowhere(), ~more_comes).limit(AT_ONCE)))


def _overdue(session: Session) -> list[Media]:
    """What has waited a whole day, as when every try to prepare it was interrupted; it is tried anew. One of those that
    share their files stands for all: the first may be gone."""
    is_old = col(Media.created_at) < now() - SWEPT_EVERY
    one_of_each = select(func.min(col(Media.id))).where(col(Media.state) == MediaState.WAITING, is_old)
    ids = session.scalars(one_of_each.group_by(col(Media.stored_id)).limit(AT_ONCE)).all()
    return list(session.scalars(select(Media).where(col(Media.id).in_(ids))))


def _remove_strays() -> None:
    """Files that no upload and no work speaks of any more, as after a crash."""
    with reading() as session:
        known = set(session.execute(select(col(Upload.id)).where(col(Upload.finished_at).is_(None))).scalars())
    for path in (*places.uploads().glob("*"), *places.work().glob("*")):
        if path.name not in known and path.stat().st_mtime < time.time() - STRAY_SECONDS:
            path.unlink(missing_ok=True)
    for key in list(half_written()):
        storage().delete(key)
