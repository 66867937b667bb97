"""Photos in the background: their sizes are made, and what nobody needs any more is removed."""

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast

from sqlalchemy import delete, select
from sqlmodel import Session, col

from careapp.adapters import images
from careapp.adapters.storage import storage
from careapp.clock import now
from careapp.db import reading, unit_of_work
from careapp.jobs import enqueue, job
from careapp.media import arrival, places
from careapp.media.operations import SWEPT_EVERY, Prepared, drop_media, make_ready, refuse
from careapp.media.queries import is_needed, shown_nowhere
from careapp.models import Media, Upload
from careapp.models.media import MediaState

KEPT_UNUSED = timedelta(days=30)
KEPT_STRAY = timedelta(hours=1)
AT_ONCE = 500


@job("media.make_variants")
def make_variants(payload: dict[str, Any]) -> None:
    """Make the sizes of a photo, or say why it cannot be shown."""
    site_id, stored_id = payload["site_id"], payload["stored_id"]
    if not _is_awaited(stored_id):
        return
    try:
        with _original(site_id, stored_id) as source:
            photo = images.made_from(source)
    except images.Refused as refused:
        with unit_of_work() as session:
            refuse(session, site_id, stored_id, refused.why)
        return
    for side, content in photo.files.items():
        storage().put(places.key(site_id, stored_id, str(side)), content, places.SHOWN_AS)
    prepared = Prepared(photo.width, photo.height, photo.blur, sum(map(len, photo.files.values())))
    with unit_of_work() as session:
        if not make_ready(session, site_id, stored_id, prepared):
            enqueue(session, "media.erase_files", payload)


def _is_awaited(stored_id: str) -> bool:
    waiting = select(col(Media.id)).where(col(Media.stored_id) == stored_id, col(Media.state) == MediaState.WAITING)
    with reading() as session:
        return session.execute(waiting.limit(1)).first() is not None


@contextmanager
def _original(site_id: str, stored_id: str) -> Iterator[BinaryIO]:
    """The photo as it came, as a real file: ours, or a nameless copy of what lies in a bucket."""
    key = places.key(site_id, stored_id, places.ORIGINAL)
    place = storage().place(key, timedelta(minutes=5))
    if isinstance(place, Path):
        with place.open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as copy:
        for piece in storage().open(key):
            copy.write(piece)
        copy.seek(0)
        yield cast("BinaryIO", copy)


@job("media.erase_files")
def erase_files(payload: dict[str, Any]) -> None:
    """Remove a photo's files, unless another photo shares them."""
    with reading() as session:
        if is_needed(session, payload["stored_id"]):
            return
    for key in list(storage().keys(places.folder(payload["site_id"], payload["stored_id"]))):
        storage().delete(key)


@job("media.sweep")
def sweep(_payload: dict[str, Any]) -> None:
    """Once a day: uploads that never finished, photos that stand nowhere or still wait, strays on the disk."""
    _drop_expired_uploads()
    _remove_strays()
    with unit_of_work() as session:
        for media in _unused(session):
            drop_media(session, media)
        for stored_id, site_id in _overdue(session):
            enqueue(session, "media.make_variants", {"site_id": site_id, "stored_id": stored_id})
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
    old = col(Media.created_at) < now() - KEPT_UNUSED
    return list(session.execute(select(Media).where(old, shown_nowhere()).limit(AT_ONCE)).scalars())


def _overdue(session: Session) -> Iterable[tuple[str, str]]:
    """Photos that waited a whole day, as when every try to prepare them was interrupted; they are tried anew."""
    waiting = select(col(Media.stored_id), col(Media.site_id)).where(col(Media.state) == MediaState.WAITING)
    found = session.execute(waiting.where(col(Media.created_at) < now() - SWEPT_EVERY).distinct().limit(AT_ONCE))
    return [(stored_id, site_id) for stored_id, site_id in found]


def _remove_strays() -> None:
    """Files in the uploads folder that no upload speaks of, as after a crash."""
    with reading() as session:
        known = set(session.execute(select(col(Upload.id)).where(col(Upload.finished_at).is_(None))).scalars())
    for path in places.uploads().glob("*"):
        if path.name not in known and path.stat().st_mtime < time.time() - KEPT_STRAY.total_seconds():
            path.unlink(missing_ok=True)
