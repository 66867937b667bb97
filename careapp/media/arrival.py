"""A file on its way: its bytes in the uploads folder, until all are here and it becomes a photo or a video.

How much has arrived is the size of the file, which is true after a cut at any byte and after any restart.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from careapp.adapters.images import HEAD, Kind, Refused, kind_of, require_shown
from careapp.adapters.storage import storage
from careapp.db import reading, unit_of_work
from careapp.errors import CareError, Invalid, NotFound, TooLarge
from careapp.media import places
from careapp.media.operations import Arrived, drop_upload, finish_upload
from careapp.media.refusals import REFUSALS
from careapp.media.twins import sha256_if_asked
from careapp.models import Upload
from careapp.settings import MEGABYTE, settings

LEAST_FREE = 512 * MEGABYTE


class Busy(CareError):
    """Someone else is writing this very file: the phone's own earlier attempt, as a rule."""

    status, code = 423, "busy"
    default_words = "This file is being sent already."


class NoRoom(CareError):
    """The disk is nearly full. 507, so that the phone keeps the file and tries again later."""

    status, code = 507, "no_room"
    default_words = "There is no room for photos and videos at the moment. Yours is kept and sent later."


@dataclass(frozen=True)
class Arriving:
    """An open file that nobody else writes to."""

    path: Path
    handle: int

    @property
    def size(self) -> int:
        return os.fstat(self.handle).st_size

    def append(self, parts: Iterable[bytes]) -> None:
        for part in parts:
            left = memoryview(part)
            while left:
                left = left[os.write(self.handle, left) :]

    def kind(self) -> Kind:
        return kind_of(os.pread(self.handle, HEAD, 0))


@contextmanager
def arriving(upload_id: str) -> Iterator[Arriving]:
    """The file to append to, for one at a time, across threads and processes. Raises Busy."""
    path = _path(upload_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        _lock(handle)
        yield Arriving(path, handle)
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    """A lock on a file that was removed between opening and locking holds nobody off, so it does not count."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Busy from None
    if os.fstat(handle).st_nlink == 0:
        raise Busy


def arrived_bytes(upload_id: str) -> int:
    """How much is here; 0 before the first byte."""
    try:
        return _path(upload_id).stat().st_size
    except FileNotFoundError:
        return 0


def require_disk(length: int = 0) -> None:
    """Raise NoRoom rather than fill the disk that the database needs as well."""
    if not has_disk(length):
        raise NoRoom


def has_disk(length: int = 0) -> bool:
    folder = places.uploads()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return shutil.disk_usage(folder).free >= length + LEAST_FREE


def offset_of(upload: Upload) -> int:
    """How much is here. A file that is whole, and whose last answer was lost, becomes what it is now."""
    if upload.finished_at:
        return upload.length
    here = arrived_bytes(upload.id)
    if here == upload.length:
        with arriving(upload.id) as file:
            if is_open(upload, file):
                finish_if_whole(upload, file)
    return here


def is_open(upload: Upload, file: Arriving) -> bool:
    """Whether the upload still waits for bytes. To be asked with the file locked: it may have ended just before, and
    the file then is a new and empty one that goes again."""
    with reading() as session:
        current = session.get(Upload, upload.id)
    if current and not current.finished_at:
        return True
    file.path.unlink(missing_ok=True)
    return False


def finish_if_whole(upload: Upload, file: Arriving) -> None:
    """Turn a file that is all here into a photo or video, once. Call it with the file locked.

    Raises Invalid for what can never be shown, and TooLarge for a photo as large as only a video may be, as soon as its
    first bytes tell; it forgets the upload then.
    """
    is_whole = file.size == upload.length
    if file.size >= HEAD or is_whole:
        _refuse_other_kinds(upload, file)
    if is_whole:
        _finish(upload, file)


def _refuse_other_kinds(upload: Upload, file: Arriving) -> None:
    kind = file.kind()
    try:
        require_shown(kind)
    except Refused as refused:
        give_up(upload, file)
        raise Invalid(REFUSALS[refused.why]) from None
    if not kind.is_video and upload.length > settings().max_photo_bytes:
        give_up(upload, file)
        raise TooLarge("A photo or a PDF may have at most {most} MB.", most=settings().max_photo_bytes // MEGABYTE)


def give_up(upload: Upload, file: Arriving) -> None:
    """Forget an upload and what has arrived of it."""
    with unit_of_work() as session:
        drop_upload(session, upload.id)
    file.path.unlink(missing_ok=True)


def _finish(upload: Upload, file: Arriving) -> None:
    """The file is made durable, then placed, then becomes a row; a crash in between is mended by doing it again."""
    os.fsync(file.handle)
    sha256 = sha256_if_asked(upload, file.path)
    key = places.key(upload.site_id, upload.id, places.ORIGINAL)
    storage().put(key, file.path, places.KEPT_AS, upload.file_name or upload.id)
    try:
        with unit_of_work() as session:
            finish_upload(session, upload.id, Arrived(sha256, file.kind().value))
    except NotFound:
        storage().delete(key)
        file.path.unlink(missing_ok=True)
        raise
    file.path.unlink(missing_ok=True)


def _path(upload_id: str) -> Path:
    return places.uploads() / upload_id
