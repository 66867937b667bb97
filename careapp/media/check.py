"""Whether every photo has its files, and every file its photo."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.adapters.storage import PARTIAL, storage
from careapp.db import reading
from careapp.media import places
from careapp.models import Job, Media, Upload
from careapp.models.media import MediaState


def find_orphans() -> list[str]:
    """One sentence for each file without a row and each row without a file; none while all is well.

    What a job is still going to do is not counted.
    """
    with reading() as session:
        busy = _busy(session)
        expected = _expected(session)
        arriving = set(session.execute(select(col(Upload.id)).where(col(Upload.finished_at).is_(None))).scalars())
    there = {key for key in storage().keys("sites") if PARTIAL not in key}
    return [*_strays(there, expected, busy | arriving), *_lost(there, expected), *_stray_uploads(arriving)]


def _expected(session: Session) -> dict[str, tuple[str, str]]:
    """Key to the photo's id and state."""
    kept = select(col(Media.site_id), col(Media.stored_id), col(Media.state)).where(
        col(Media.state) != MediaState.REFUSED
    )
    expected = {}
    for site_id, stored_id, state in session.execute(kept):
        sizes = places.SIZES if state == MediaState.READY else ()
        for variant in (places.ORIGINAL, *sizes):
            expected[places.key(site_id, stored_id, variant)] = (stored_id, state)
    return expected


def _busy(session: Session) -> set[str]:
    pending = select(col(Job.payload)).where(
        col(Job.kind).startswith("media."), col(Job.state).in_(("waiting", "leased"))
    )
    return {str(payload.get("stored_id", "")) for payload in session.execute(pending).scalars()}


def _strays(there: set[str], expected: dict[str, tuple[str, str]], busy: set[str]) -> Iterator[str]:
    for key in sorted(there - expected.keys()):
        if key.split("/")[-2] not in busy:
            yield f"The file {key} belongs to no photo."


def _lost(there: set[str], expected: dict[str, tuple[str, str]]) -> Iterator[str]:
    for key in sorted(expected.keys() - there):
        yield f"The file {key} of a photo that is {expected[key][1]} is missing."


def _stray_uploads(arriving: set[str]) -> Iterator[str]:
    for path in sorted(places.uploads().glob("*")):
        if path.name not in arriving:
            yield f"The file {path.name} in the uploads folder belongs to no upload."
