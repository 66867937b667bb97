"""The file behind a row, for the jobs that make something of it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy import select
from sqlmodel import col

from careapp.adapters.storage import storage
from careapp.db import reading
from careapp.jobs import still_at_it
from careapp.media import places
from careapp.media.queries import is_needed
from careapp.models import Media
from careapp.models.media import MediaState


def is_awaited(stored_id: str) -> bool:
    """Whether somebody still waits for it to be made ready."""
    waiting = select(col(Media.id)).where(col(Media.stored_id) == stored_id, col(Media.state) == MediaState.WAITING)
    with reading() as session:
        return session.execute(waiting.limit(1)).first() is not None


def erase(site_id: str, stored_id: str) -> None:
    """Remove the files of a photo or video, unless another shares them."""
    with reading() as session:
        if is_needed(session, stored_id):
            return
    for key in list(storage().keys(places.folder(site_id, stored_id))):
        storage().delete(key)


@contextmanager
def original(site_id: str, stored_id: str) -> Iterator[BinaryIO]:
    """The photo or video as it came, as a real file: ours, or a nameless copy of what lies in a bucket."""
    key = places.key(site_id, stored_id, places.ORIGINAL)
    place = storage().place(key, timedelta(minutes=5))
    if isinstance(place, Path):
        with place.open("rb") as file:
            yield file
        return
    with tempfile.TemporaryFile() as copy:
        for piece in storage().open(key):
            still_at_it()
            copy.write(piece)
        copy.seek(0)
        yield cast("BinaryIO", copy)
