"""Videos in the background: a poster soon, then an MP4 that every browser plays, and word of how far it has come.

These are two jobs, so that nobody waits for a poster while long work is at hand.
"""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from careapp.adapters import images, video
from careapp.adapters.storage import storage
from careapp.db import unit_of_work
from careapp.jobs import Lane, enqueue, job, still_at_it
from careapp.media import places
from careapp.media.arrival import require_disk
from careapp.media.files import erase, is_awaited, original
from careapp.media.operations import Prepared, make_ready, refuse, report_progress, show_poster
from careapp.settings import settings

REPORT_SECONDS = 4.0


@job("media.prepare_video", Lane.PATIENT)
def prepare_video(payload: dict[str, Any]) -> None:
    """Show a video's first picture and have the rest made, or say why it cannot be shown."""
    site_id, stored_id = payload["site_id"], payload["stored_id"]
    if not is_awaited(stored_id):
        erase(site_id, stored_id)
        return
    try:
        with original(site_id, stored_id) as source:
            looked = _looked_at(source)
            poster = video.poster_of(source, looked)
    except images.Refused as refused:
        _refuse(payload, refused)
        return
    _put_poster(site_id, stored_id, poster)
    with unit_of_work() as session:
        if not show_poster(session, site_id, stored_id, poster, looked.duration_ms):
            enqueue(session, "media.erase_files", payload)


@job("media.convert_video", Lane.LONG)
def convert_video(payload: dict[str, Any]) -> None:
    """Make of a video what is played, or say why it cannot be. Begun anew when it was cut off, or had no room."""
    site_id, stored_id = payload["site_id"], payload["stored_id"]
    if not is_awaited(stored_id):
        erase(site_id, stored_id)
        return
    target = _clean(places.work() / f"{stored_id}.mp4")
    try:
        with original(site_id, stored_id) as source:
            made = _convert(site_id, stored_id, source, target)
        taken = _poster_bytes(site_id, stored_id) + _put_video(site_id, stored_id, target)
    except images.Refused as refused:
        _refuse(payload, refused)
        return
    finally:
        target.unlink(missing_ok=True)
    prepared = Prepared(made.width, made.height, taken, duration_ms=made.duration_ms)
    with unit_of_work() as session:
        if not make_ready(session, site_id, stored_id, prepared):
            enqueue(session, "media.erase_files", payload)


def _looked_at(source: BinaryIO) -> video.Looked:
    return video.look_at(source, images.kind_of(source.read(images.HEAD)), _longest_ms())


def _convert(site_id: str, stored_id: str, source: BinaryIO, target: Path) -> video.Looked:
    require_disk(os.fstat(source.fileno()).st_size)
    looked = _looked_at(source)
    progress = Progress(site_id, stored_id, looked.duration_ms)
    return video.convert(source, looked, target, _longest_ms(), progress.hear)


def _longest_ms() -> int:
    return settings().max_video_minutes * 60_000


def _refuse(payload: dict[str, Any], refused: images.Refused) -> None:
    with unit_of_work() as session:
        refuse(session, payload["site_id"], payload["stored_id"], refused.why)


def _clean(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.unlink(missing_ok=True)
    return target


def _poster_bytes(site_id: str, stored_id: str) -> int:
    return sum(storage().size(places.key(site_id, stored_id, side)) for side in places.SIZES)


def _put_poster(site_id: str, stored_id: str, poster: images.Photo) -> None:
    for side, content in poster.files.items():
        storage().put(places.key(site_id, stored_id, str(side)), content, places.SHOWN_AS)


def _put_video(site_id: str, stored_id: str, target: Path) -> int:
    with target.open("rb") as made:
        os.fsync(made.fileno())
    size = target.stat().st_size
    storage().put(places.key(site_id, stored_id, places.VIDEO), target, video.SHOWN_AS)
    return size


@dataclass
class Progress:
    """Says now and then how far a video has come, and keeps the work at it."""

    site_id: str
    stored_id: str
    duration_ms: int
    percent: int = 0
    said_at: float = field(default_factory=time.monotonic)

    def hear(self, done_ms: int) -> None:
        still_at_it()
        percent = min(99, 100 * done_ms // self.duration_ms) if self.duration_ms else 0
        if percent <= self.percent or time.monotonic() < self.said_at + REPORT_SECONDS:
            return
        self.percent, self.said_at = percent, time.monotonic()
        with unit_of_work() as session:
            report_progress(session, self.site_id, self.stored_id, percent)
