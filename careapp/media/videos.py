"""Videos in the background: a poster at once, then an MP4 that every browser plays, and word of how far it has come."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from careapp.adapters import images, video
from careapp.adapters.storage import storage
from careapp.db import unit_of_work
from careapp.jobs import enqueue, job, still_at_it
from careapp.media import places
from careapp.media.files import is_awaited, original
from careapp.media.operations import Prepared, make_ready, refuse, report_progress, show_poster
from careapp.settings import settings

REPORT_SECONDS = 4.0


@job("media.prepare_video", is_long=True)
def prepare_video(payload: dict[str, Any]) -> None:
    """Make of a video what is shown, or say why it cannot be shown. Begun anew when it was cut off."""
    site_id, stored_id = payload["site_id"], payload["stored_id"]
    if not is_awaited(stored_id):
        return
    target = _clean(places.work() / f"{stored_id}.mp4")
    try:
        with original(site_id, stored_id) as source:
            prepared = _made(site_id, stored_id, source, target)
    except images.Refused as refused:
        with unit_of_work() as session:
            refuse(session, site_id, stored_id, refused.why)
        return
    finally:
        target.unlink(missing_ok=True)
    with unit_of_work() as session:
        if not make_ready(session, site_id, stored_id, prepared):
            enqueue(session, "media.erase_files", payload)


def _clean(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    target.unlink(missing_ok=True)
    return target


def _made(site_id: str, stored_id: str, source: BinaryIO, target: Path) -> Prepared:
    longest = settings().max_video_minutes * 60_000
    kind = images.kind_of(source.read(images.HEAD))
    looked = video.look_at(source, kind, longest)
    poster = video.poster_of(source, looked)
    taken = _put_poster(site_id, stored_id, poster)
    shown = Prepared(poster.width, poster.height, poster.blur, taken, looked.duration_ms)
    with unit_of_work() as session:
        show_poster(session, site_id, stored_id, shown)
    made = video.convert(source, looked, target, longest, Progress(site_id, stored_id, looked.duration_ms).hear)
    return Prepared(
        made.width, made.height, poster.blur, taken + _put_video(site_id, stored_id, target), made.duration_ms
    )


def _put_poster(site_id: str, stored_id: str, poster: images.Photo) -> int:
    for side, content in poster.files.items():
        storage().put(places.key(site_id, stored_id, str(side)), content, places.SHOWN_AS)
    return sum(map(len, poster.files.values()))


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
        percent = min(99, 100 * done_ms // max(1, self.duration_ms))
        if percent <= self.percent or time.monotonic() < self.said_at + REPORT_SECONDS:
            return
        self.percent, self.said_at = percent, time.monotonic()
        with unit_of_work() as session:
            report_progress(session, self.site_id, self.stored_id, percent)
