"""Where bytes are kept: a folder on this machine, or an S3 bucket, behind the same few calls.

The folder is written here rather than through obstore's LocalStore, which renames but never calls fsync: after a power
cut a photo that was acknowledged could be an empty file.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol
from urllib.parse import parse_qsl, quote, urlsplit

from careapp.ids import new_id
from careapp.settings import settings

CHUNK = 256 * 1024
PARTIAL = ".partial-"


class Storage(Protocol):
    """Keys look like paths: `sites/<site_id>/media/<media_id>/<variant>`. A missing key raises FileNotFoundError."""

    def put(self, key: str, source: Path | bytes, content_type: str, file_name: str = "") -> None:
        """Store all of `source`, or nothing. It survives a power cut once this returns. Safe to repeat. What has a
        `file_name` is a download: where we do not serve it ourselves it is saved under that name, never opened."""

    def open(self, key: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to but without `stop`, in pieces."""

    def size(self, key: str) -> int:
        """How many bytes `key` holds."""

    def delete(self, key: str) -> None:
        """Remove `key`. Safe to repeat."""

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Every key below the folder `prefix`."""

    def place(self, key: str, valid_for: timedelta) -> Path | str:
        """Where to serve `key` from: a file of ours, or a signed address that works for `valid_for`."""


class Disk:
    """A folder. Written beside its final name, fsynced, renamed, and the folder fsynced."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, source: Path | bytes, content_type: str, file_name: str = "") -> None:
        target = self._path(key)
        _make_folder(target.parent, self.root)
        partial = target.with_name(f"{PARTIAL}{new_id()}")
        try:
            _place(source, partial)
            os.replace(partial, target)
        finally:
            partial.unlink(missing_ok=True)
        _sync_folder(target.parent)

    def open(self, key: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        with self._path(key).open("rb") as file:
            file.seek(start)
            left = os.fstat(file.fileno()).st_size if stop is None else stop - start
            while left > 0 and (piece := file.read(min(CHUNK, left))):
                left -= len(piece)
                yield piece

    def size(self, key: str) -> int:
        return self._path(key).stat().st_size

    def delete(self, key: str) -> None:
        path = self._path(key)
        path.unlink(missing_ok=True)
        with suppress(OSError):
            path.parent.rmdir()

    def keys(self, prefix: str = "") -> Iterator[str]:
        below = self._path(prefix) if prefix else self.root
        for folder, _, names in os.walk(below):
            for name in names:
                yield (Path(folder) / name).relative_to(self.root).as_posix()

    def place(self, key: str, valid_for: timedelta) -> Path | str:
        path = self._path(key)
        path.stat()
        return path

    def _path(self, key: str) -> Path:
        parts = PurePosixPath(key)
        if not key or parts.is_absolute() or ".." in parts.parts or "\0" in key:
            raise ValueError(f"not a storage key: {key!r}")
        return self.root / parts


class Bucket:
    """An S3 bucket, `s3://bucket/prefix?endpoint=…&region=…`; credentials come from the usual AWS_* variables."""

    def __init__(self, url: str) -> None:
        # Loaded here, so that only those who use S3 pay for it.
        import obstore
        from obstore.store import S3Store

        parts = urlsplit(url)
        options = dict(parse_qsl(parts.query))
        plain = options.get("endpoint", "").startswith("http://")
        self._api = obstore
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            client_options={"allow_http": plain},
            **options,  # type: ignore[arg-type]
        )

    def put(self, key: str, source: Path | bytes, content_type: str, file_name: str = "") -> None:
        attributes = {"Content-Type": content_type, "Cache-Control": "private, max-age=31536000, immutable"}
        if file_name:
            attributes["Content-Disposition"] = attachment(file_name)
        self._api.put(self._store, key, source, attributes=attributes)

    def open(self, key: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        end = self.size(key) if stop is None else stop
        for begin in range(start, end, 4 * 1024 * 1024):
            yield bytes(self._api.get_range(self._store, key, start=begin, end=min(end, begin + 4 * 1024 * 1024)))

    def size(self, key: str) -> int:
        return self._api.head(self._store, key)["size"]

    def delete(self, key: str) -> None:
        try:
            self._api.delete(self._store, key)
        except FileNotFoundError:
            return

    def keys(self, prefix: str = "") -> Iterator[str]:
        for page in self._api.list(self._store, prefix or None):
            yield from (entry["path"] for entry in page)

    def place(self, key: str, valid_for: timedelta) -> Path | str:
        return self._api.sign(self._store, "GET", key, valid_for)


def attachment(file_name: str) -> str:
    """What has a browser save a file under its name (RFC 6266), as a Content-Disposition."""
    return f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"


def origin() -> str:
    """Where signed addresses lead, as an origin for the Content-Security-Policy; empty while this server serves all."""
    place = storage().place("x", timedelta(minutes=1)) if settings().storage_url else ""
    return "{0.scheme}://{0.netloc}".format(urlsplit(str(place))) if place else ""


@cache
def storage() -> Storage:
    """The one the operator chose; the folder `data/files` when nothing is set."""
    return Bucket(settings().storage_url) if settings().storage_url else Disk(settings().data / "files")


def _place(source: Path | bytes, partial: Path) -> None:
    """A file on the same disk is linked, not copied: it was fsynced by whoever hands it over."""
    if isinstance(source, Path):
        with suppress(OSError):
            os.link(source, partial)
            return
    with partial.open("wb") as file, _opened(source) as content:
        shutil.copyfileobj(content, file, CHUNK)
        file.flush()
        os.fsync(file.fileno())


def _opened(source: Path | bytes) -> BinaryIO:
    return source.open("rb") if isinstance(source, Path) else BytesIO(source)


def _make_folder(folder: Path, root: Path) -> None:
    """Make `folder` so that it is still there after a power cut: each new level is synced into the one above."""
    if folder.is_dir():
        return
    if folder != root:
        _make_folder(folder.parent, root)
    folder.mkdir(parents=folder == root, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
