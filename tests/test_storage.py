"""Bytes are kept whole or not at all, on disk and in a bucket by the same calls."""

import os
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from careapp.adapters import storage
from careapp.adapters.storage import Bucket, Disk, Storage
from careapp.settings import settings
from tests import fake_s3

KEY = "sites/rose/media/garden/original"


@pytest.fixture(params=["disk", "bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    if request.param == "disk":
        yield Disk(tmp_path / "files")
        return
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "careapp")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not a secret")
    with fake_s3.running() as server:
        yield Bucket(server.url)


def content(kept: Storage, start: int = 0, stop: int | None = None) -> bytes:
    return b"".join(kept.open(KEY, start, stop))


def test_a_file_comes_back_as_it_was(kept: Storage, tmp_path: Path) -> None:
    photo = tmp_path / "arrived"
    photo.write_bytes(os.urandom(700_000))

    kept.put(KEY, photo, "image/jpeg")

    assert content(kept) == photo.read_bytes()
    assert kept.size(KEY) == 700_000


def test_a_part_of_a_file_can_be_read(kept: Storage) -> None:
    kept.put(KEY, b"0123456789", "text/plain")

    assert content(kept, 2, 5) == b"234"
    assert content(kept, 7) == b"789"
    assert content(kept, 4, 4) == b""


def test_putting_again_replaces_and_leaves_nothing_beside(kept: Storage, tmp_path: Path) -> None:
    longer = tmp_path / "longer"
    longer.write_bytes(b"the first, longer one")
    kept.put(KEY, longer, "text/plain")
    kept.put(KEY, b"the second", "text/plain")

    assert content(kept) == b"the second"
    assert longer.read_bytes() == b"the first, longer one"
    assert list(kept.keys()) == [KEY]


def test_keys_are_listed_by_folder(kept: Storage) -> None:
    for key in (KEY, "sites/rose/media/garden/320", "sites/rose/media/gardener/320", "sites/elsewhere/media/sea/320"):
        kept.put(key, b"x", "text/plain")

    assert sorted(kept.keys("sites/rose/media/garden")) == ["sites/rose/media/garden/320", KEY]
    assert len(list(kept.keys("sites"))) == 4
    assert list(kept.keys("sites/nobody")) == []


def test_deleting_is_safe_to_repeat(kept: Storage) -> None:
    kept.put(KEY, b"x", "text/plain")
    kept.delete(KEY)
    kept.delete(KEY)

    assert list(kept.keys()) == []
    with pytest.raises(FileNotFoundError):
        kept.size(KEY)
    with pytest.raises(FileNotFoundError):
        content(kept)


def test_a_bucket_is_served_by_a_signed_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "careapp")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not a secret")
    with fake_s3.running() as server:
        bucket = Bucket(server.url)
        bucket.put(KEY, b"an original", "application/octet-stream", "Süß.jpg")
        place = str(bucket.place(KEY, timedelta(minutes=5)))
        with urllib.request.urlopen(place) as answer:
            assert answer.read() == b"an original"
            assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''S%C3%BC%C3%9F.jpg"

    assert "X-Amz-Expires=300" in place
    assert "not" not in place.partition("X-Amz-Credential")[2]


def test_where_a_bucket_serves_from_can_be_told_to_browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "careapp")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not a secret")
    monkeypatch.setenv("CAREAPP_STORAGE_URL", "s3://photos/careapp?endpoint=http://127.0.0.1:9000&region=us-east-1")
    settings.cache_clear()
    storage.storage.cache_clear()
    try:
        assert storage.origin() == "http://127.0.0.1:9000"
    finally:
        settings.cache_clear()
        storage.storage.cache_clear()


@pytest.mark.parametrize("key", ["", "/etc/passwd", "sites/../../secrets/secret_key", "sites/rose/\0"])
def test_no_key_leads_out_of_the_folder(key: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        Disk(tmp_path).put(key, b"x", "text/plain")


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(tmp_path)
    disk.put(KEY, b"the first", "text/plain")

    def no_room(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(OSError, match="No space"):
        disk.put(KEY, b"the second", "text/plain")

    assert b"".join(disk.open(KEY)) == b"the first"
    assert list(disk.keys()) == [KEY]


def test_bytes_are_on_the_disk_before_their_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """fsync of the file, then rename, then fsync of the folder: in any other order a power cut can lose the photo."""
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def seen_fsync(handle: int) -> None:
        done.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")
        fsync(handle)

    def seen_replace(source: Path, target: Path) -> None:
        done.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(os, "replace", seen_replace)
    Disk(tmp_path).put(KEY, b"x", "text/plain")

    assert done[-3:] == ["file", "name", "folder"]
    assert done[:-3] == ["folder"] * 4
