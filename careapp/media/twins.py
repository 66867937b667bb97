"""The same file sent twice by the same member, which is kept once.

Reading every file for its SHA-256 would cost nearly as much as to receive it. So only those of one member that are
equally large are told apart by their bytes.
"""

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import ColumnElement, select, update
from sqlmodel import Session, col

from careapp.db import concerns, reading, unit_of_work
from careapp.media.files import original
from careapp.models import Media, Upload
from careapp.models.media import MediaState
from careapp.settings import MEGABYTE

MOST_AS_LARGE = 20


def sha256_if_asked(upload: Upload, path: Path) -> str:
    """Of the file at this path that has arrived for the upload; "" where its member has sent no other of its size."""
    others = select(col(Media.stored_id), col(Media.sha256)).distinct()
    others = others.where(*_as_large(upload.member_id, upload.site_id, upload.length)).limit(MOST_AS_LARGE)
    with reading() as session:
        found = session.execute(others).all()
    if not found:
        return ""
    for stored_id, sha256 in found:
        if not sha256:
            _learn(upload.site_id, stored_id)
    with path.open("rb") as content:
        return _sha256(content)


def twin_of(session: Session, media: Media) -> Media | None:
    """The first of the same bytes by the same member. Locked, so that on PostgreSQL it cannot be dropped before its
    files are shared."""
    if not media.sha256:
        return None
    same = select(Media).where(
        *_as_large(media.uploader_id, media.site_id, media.size), col(Media.sha256) == media.sha256
    )
    return session.execute(same.order_by(col(Media.id)).limit(1).with_for_update()).scalar_one_or_none()


def _as_large(member_id: str, site_id: str, size: int) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Media.uploader_id) == member_id,
        col(Media.size) == size,
        col(Media.site_id) == site_id,
        col(Media.state) != MediaState.REFUSED,
    )


def _learn(site_id: str, stored_id: str) -> None:
    """Keep the SHA-256 of a file for the next time. One that is gone meanwhile stands in nobody's way."""
    with suppress(FileNotFoundError), original(site_id, stored_id) as content:
        learnt = _sha256(content)
        with unit_of_work() as session:
            concerns(session)
            same = (col(Media.site_id) == site_id, col(Media.stored_id) == stored_id)
            session.execute(update(Media).where(*same).values(sha256=learnt))


def _sha256(content: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := content.read(MEGABYTE):
        digest.update(piece)
    return digest.hexdigest()
