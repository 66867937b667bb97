"""A video in place: its poster at once, word of how far it has come, then a player; and gone with its files."""

import subprocess
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from careapp import clock, db, jobs
from careapp.adapters import images, video
from careapp.adapters.storage import storage
from careapp.jobs import Lane
from careapp.media import arrival, places, videos
from careapp.media.check import find_orphans
from careapp.media.operations import prepare
from careapp.media.refusals import REFUSALS
from careapp.models import Job, Media, Site
from careapp.models.media import MediaState
from careapp.settings import settings
from tests.films import film
from tests.phone import Phone, do_jobs
from tests.test_media import media_of, post, sweep_after, who_sees

pytestmark = pytest.mark.usefixtures("stored_site")


@pytest.fixture
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return film(tmp_path_factory.mktemp("film"))


def counter() -> int:
    with db.reading() as session:
        return session.exec(select(Site.change_counter)).one()


@pytest.mark.both_databases
def test_a_video_is_made_ready_with_its_poster(clip: bytes) -> None:
    media_id = Phone("tom").send(clip, name="garden.mov")
    waiting = media_of(media_id)
    assert (waiting.kind, waiting.state, waiting.original_bytes) == ("video", MediaState.WAITING, len(clip))

    do_jobs()

    media = media_of(media_id)
    assert (media.state, media.width, media.height, media.progress) == (MediaState.READY, 640, 360, 100)
    assert abs(media.duration_ms - 2000) < 150
    assert media.blur.startswith("data:image/webp;base64,")
    assert Phone("tom").get(media_id, "960").headers["content-type"] == "image/webp"
    keys = list(storage().keys(places.folder(media.site_id, media_id)))
    assert sorted(key.rsplit("/")[-1] for key in keys) == ["2048", "320", "960", "original", "video"]
    assert media.stored_bytes == sum(storage().size(key) for key in keys)
    assert find_orphans() == []
    assert list(places.work().glob("*")) == []

    storage().delete(shown := places.key(media.site_id, media_id, "video"))
    assert find_orphans() == [f"The file {shown} of a photo or video that is ready is missing."]


def test_the_poster_is_there_and_progress_is_told_before_the_video_is(
    clip: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = Phone("tom").send(clip)
    post("tom", media_id)
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(videos, "REPORT_SECONDS", 0)
    before = counter()

    def convert(
        source: object, looked: video.Looked, target: object, longest: int, hear: Callable[[int], None]
    ) -> None:
        assert find_orphans() == []
        assert Phone("ida").get(media_id, "320").status_code == 200
        assert Phone("ida").get(media_id, "video").status_code == 404
        for done in (0, 500, 1000, 1900, 2300):
            hear(done)
            seen.append((media_of(media_id).progress, counter() - before))
        raise images.Refused(images.Why.VIDEO_DAMAGED)

    monkeypatch.setattr(video, "convert", convert)
    do_jobs()

    assert [percent for percent, _ in seen] == [0, 25, 50, 95, 99]
    assert [moved for _, moved in seen] == [1, 2, 3, 4, 5]
    assert media_of(media_id).state == MediaState.REFUSED
    assert list(storage().keys("sites")) == []
    assert find_orphans() == []


def test_a_video_is_played_by_who_may_see_its_update_in_the_parts_it_asks_for(clip: bytes) -> None:
    media_id, ida = Phone("tom").send(clip), Phone("ida")
    do_jobs()
    assert who_sees(media_id, "video") == {"tom"}
    post("tom", media_id)

    assert who_sees(media_id, "video") == {"maya", "tom", "ida", "cole", "rose"}
    assert who_sees(media_id, "original") == {"tom"}
    assert Phone("sam").get(media_id, "video").status_code == 404
    whole = ida.get(media_id, "video")
    assert (whole.status_code, whole.headers["content-type"]) == (200, "video/mp4")
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["cache-control"] == "private, max-age=31536000, immutable"
    part = ida.get(media_id, "video", Range="bytes=100-299")
    assert (part.status_code, part.content) == (206, whole.content[100:300])
    assert part.headers["content-range"] == f"bytes 100-299/{len(whole.content)}"
    last = ida.get(media_id, "video", Range="bytes=-10")
    assert (last.status_code, last.content) == (206, whole.content[-10:])
    assert ida.get(media_id, "video", Range=f"bytes={len(whole.content)}-").status_code == 416
    head = ida.ask("HEAD", f"/media/{media_id}/video")
    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(len(whole.content)), b"")


def test_the_same_video_sent_twice_is_prepared_once(clip: bytes) -> None:
    first = Phone("tom").send(clip)
    second = Phone("tom").send(clip)
    do_jobs()

    assert media_of(second).stored_id == first
    assert media_of(second).duration_ms == media_of(first).duration_ms > 0
    assert Phone("tom").get(second, "video").status_code == 200
    assert find_orphans() == []


def test_no_percentage_is_told_of_a_video_that_does_not_know_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = ("-c:v", "libvpx", "-deadline", "realtime", "-live", "1")
    media_id = Phone("tom").send(film(tmp_path, *live, name="film.webm"), name="film.webm")
    told: list[int] = []
    monkeypatch.setattr(videos, "REPORT_SECONDS", 0)
    monkeypatch.setattr(videos, "report_progress", lambda *asked: told.append(asked[-1]))
    do_jobs()

    media = media_of(media_id)
    assert (media.state, told) == (MediaState.READY, [])
    assert abs(media.duration_ms - 2000) < 150


def test_a_poster_does_not_wait_for_the_videos_before_it(clip: bytes) -> None:
    media_id = Phone("tom").send(clip)
    post("tom", media_id)
    assert jobs.run_next(Lane.PATIENT) is True

    assert media_of(media_id).has_poster
    assert Phone("ida").get(media_id, "320").status_code == 200
    assert (waiting_for(Lane.PATIENT), waiting_for(Lane.LONG)) == ([], ["media.convert_video"])
    assert find_orphans() == []


def waiting_for(lane: Lane) -> list[str]:
    with db.reading() as session:
        waiting = session.exec(select(Job.kind).where(Job.state == "waiting")).all()
    return [kind for kind in waiting if jobs.LANES[kind] is lane]


def test_a_video_is_converted_once_however_often_it_is_asked_for(clip: bytes) -> None:
    media_id = Phone("tom").send(clip)
    named = {"site_id": media_of(media_id).site_id, "stored_id": media_id}
    for _ in range(2):
        videos.prepare_video(named)
    with db.unit_of_work() as session:
        prepare(session, session.get_one(Media, media_id))

    assert waiting_for(Lane.LONG) == ["media.convert_video"]
    assert waiting_for(Lane.PATIENT) == ["media.prepare_video"]


def test_photos_go_first(clip: bytes) -> None:
    """A video waits in lanes of its own, so that whoever prepares photos never has one in hand."""
    Phone("tom").send(clip)

    while jobs.run_next(Lane.PHOTOS) or jobs.run_next(Lane.USUAL):
        pass

    with db.reading() as session:
        assert [
            job.kind for job in session.exec(select(Job).where(Job.state == "waiting")) if job.run_at <= clock.now()
        ] == ["media.prepare_video"]


def test_a_refused_video_says_why_and_its_bytes_go(clip: bytes) -> None:
    media_id = Phone("tom").send(clip[: len(clip) // 2])
    do_jobs()

    media = media_of(media_id)
    assert media.state == MediaState.REFUSED
    assert REFUSALS[media.refusal] == "A part of this video is missing. Please choose it again."
    assert (media.stored_bytes, media.original_bytes) == (0, 0)
    assert list(storage().keys("sites")) == []
    assert find_orphans() == []


def test_a_video_longer_than_the_house_allows_is_refused(clip: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_video_minutes", 0)
    media_id = Phone("tom").send(clip)
    do_jobs()

    assert REFUSALS[media_of(media_id).refusal].startswith("This video is too long.")


def test_a_video_cut_off_begins_anew_and_leaves_nothing_behind(clip: bytes) -> None:
    media_id = Phone("tom").send(clip)
    jobs.run_next(Lane.PATIENT)
    (places.work()).mkdir(parents=True, exist_ok=True)
    (places.work() / f"{media_id}.mp4").write_bytes(b"half a video, as after a power cut")
    with db.unit_of_work() as session:
        job = session.exec(select(Job).where(Job.kind == "media.convert_video")).one()
        job.state, job.leased_until, job.attempts = "leased", clock.now() - timedelta(seconds=1), 1
    assert find_orphans() == []

    do_jobs()

    assert media_of(media_id).state == MediaState.READY
    assert list(places.work().glob("*")) == []
    assert find_orphans() == []


def test_a_video_waits_while_the_disk_is_full(clip: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    media_id = Phone("tom").send(clip)
    with monkeypatch.context() as full:
        full.setattr(arrival, "LEAST_FREE", 10**18)
        do_jobs()
        assert media_of(media_id).state == MediaState.WAITING

    with clock.freeze(clock.now() + timedelta(minutes=1)):
        do_jobs()

    assert media_of(media_id).state == MediaState.READY


def test_a_video_dropped_while_it_is_prepared_leaves_no_file(clip: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    media_id = Phone("tom").send(clip)
    convert = video.convert

    def dropped_meanwhile(*asked: object) -> video.Looked:
        with db.unit_of_work() as session:
            session.delete(session.get_one(Media, media_id))
        return convert(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(video, "convert", dropped_meanwhile)
    do_jobs()

    assert list(storage().keys("sites")) == []
    assert find_orphans() == []


def test_a_stop_ends_the_work_at_once_and_the_next_start_takes_it_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media_id = Phone("tom").send(film(tmp_path, seconds=60, size="1280x720"))
    jobs.run_next(Lane.PATIENT)
    stopped = threading.Event()
    worker = threading.Thread(target=jobs.run_until, args=(stopped, Lane.LONG))
    worker.start()
    until = time.monotonic() + 60
    while not list(places.work().glob("*")):
        assert time.monotonic() < until
        time.sleep(0.05)

    began = time.monotonic()
    stopped.set()
    jobs.stop_waiting()
    worker.join(20)

    assert not worker.is_alive()
    assert time.monotonic() - began < 5
    assert media_of(media_id).state == MediaState.WAITING
    assert list(places.work().glob("*")) == []
    assert not [line for line in processes() if media_id in line]


def processes() -> list[str]:
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()


def test_a_video_that_stands_nowhere_goes_after_two_days(clip: bytes) -> None:
    media_id = Phone("tom").send(clip)
    do_jobs()

    sweep_after(timedelta(days=31))

    assert Phone("tom").get(media_id, "video").status_code == 404
    assert list(storage().keys("sites")) == []
    assert find_orphans() == []


@pytest.mark.both_databases
def test_orphans_of_videos_are_found(clip: bytes) -> None:
    media_id = Phone("tom").send(clip)
    do_jobs()
    storage().delete(places.key(media_of(media_id).site_id, media_id, "video"))
    (places.work() / "nobodys.mp4").write_bytes(b"x")

    key = places.key(media_of(media_id).site_id, media_id, "video")
    assert find_orphans() == [
        f"The file {key} of a photo or video that is ready is missing.",
        "The file nobodys.mp4 in the work folder belongs to no video that is being prepared.",
    ]
