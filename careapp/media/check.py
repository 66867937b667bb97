"""Whether every photo and video has its files, and every file its photo or video."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.adapters.storage import PARTIAL, storage
from careapp.db import reading
from careapp.media import places
from careapp.models import Job, Media, Upload
from careapp.models.media import MediaState

STRAY_SECONDS = 3600


def find_orphans() -> list[str]:
    """One sentence for each file without a row and each row without a file; none while all is well.

    What a job is still going to do is not counted.
    """
    with reading() as session:
        busy = _busy(session)
        expected = _expected(session)
        waiting = set(
            session.execute(select(col(Media.stored_id)).where(col(Media.state) == MediaState.WAITING)).scalars()
        )
        arriving = set(session.execute(select(col(Upload.id)).where(col(Upload.finished_at).is_(None))).scalars())
    there = {key for key in storage().keys("sites") if "/media/" in key and PARTIAL not in key}
    return [
        *_strays(there, expected, busy | arriving),
        *_lost(there, expected),
        *_stray_uploads(arriving),
        *_stray_work(waiting),
        *(f"The file {key} was never finished." for key in half_written()),
    ]


def half_written() -> Iterator[str]:
    """What was being stored when the power went; nobody knows it by that name any more."""
    for key in storage().keys("sites"):
        if PARTIAL in key and _is_stray(key):
            yield key


def _is_stray(key: str) -> bool:
    """By when its name was made: what is linked there may be older itself."""
    try:
        place = storage().place(key, timedelta(minutes=1))
    except FileNotFoundError:
        return False
    return isinstance(place, Path) and place.stat().st_ctime < time.time() - STRAY_SECONDS


def _expected(session: Session) -> dict[str, tuple[str, str]]:
    """Key to the photo's id and state."""
    kept = select(Media).where(col(Media.state) != MediaState.REFUSED)
    return {
        places.key(media.site_id, media.stored_id, variant): (media.stored_id, media.state)
        for media in session.scalars(kept)
        for variant in _variants(media)
    }


def _variants(media: Media) -> tuple[str, ...]:
    is_ready = media.state == MediaState.READY
    sizes = places.SIZES if is_ready or media.has_poster else ()
    return (places.ORIGINAL, *sizes, *([places.VIDEO] if media.is_video and is_ready else []))


def _busy(session: Session) -> set[str]:
    pending = select(col(Job.payload)).where(
        col(Job.kind).startswith("media."), col(Job.state).in_(("waiting", "leased"))
    )
    return {str(payload.get("stored_id", "")) for payload in session.execute(pending).scalars()}


def _strays(there: set[str], expected: dict[str, tuple[str, str]], busy: set[str]) -> Iterator[str]:
    for key in sorted(there - expected.keys()):
        if key.split("/")[-2] not in busy:
            yield f"The file {key} belongs to no photo or video."


def _lost(there: set[str], expected: dict[str, tuple[str, str]]) -> Iterator[str]:
    for key in sorted(expected.keys() - there):
        yield f"The file {key} of a photo or video that is {expected[key][1]} is missing."


def _stray_uploads(arriving: set[str]) -> Iterator[str]:
    for path in sorted(places.uploads().glob("*")):
        if path.name not in arriving:
            yield f"The file {path.name} in the uploads folder belongs to no upload."


def _stray_work(waiting: set[str]) -> Iterator[str]:
    for path in sorted(places.work().glob("*")):
        if path.stem not in waiting:
            yield f"The file {path.name} in the work folder belongs to no video that is being prepared."
