"""Videos as phones make them: right way up, small, silent about place and camera, and played by every browser."""

import io
import os
import signal
import struct
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image

from careapp import jobs
from careapp.adapters import confined, video
from careapp.adapters.images import Kind, Refused, Why, kind_of
from tests.films import described, ffmpeg, film
from tests.test_images import SAMPLES

LONGEST = 20 * 60_000
PLACE = "+40.7248-073.9883"


@pytest.fixture
def shown(tmp_path: Path):
    """What becomes of a video's bytes: its looks before and after, its poster, and the file."""

    def make(content: bytes) -> tuple[video.Looked, Image.Image, video.Looked, Path]:
        path, target = tmp_path / "arrived", tmp_path / "made.mp4"
        path.write_bytes(content)
        with path.open("rb") as source:
            looked = video.look_at(source, kind_of(content[:64]), LONGEST)
            poster = video.poster_of(source, looked)
            made = video.convert(source, looked, target, LONGEST, lambda _: None)
        return looked, Image.open(io.BytesIO(poster.files[960])), made, target

    return make


def is_for_every_browser(path: Path) -> bool:
    told = described(path)
    assert "Video: h264 (High) (avc1" in told and "yuv420p" in told, told
    assert "Audio" not in told or "Audio: aac (LC) (mp4a" in told, told
    assert told.count("Stream #") <= 2 and "rotation" not in told
    content = path.read_bytes()
    return content.index(b"moov") < content.index(b"mdat")


def turned(tmp_path: Path, degrees: int) -> bytes:
    """As a phone held upright films: the picture lies, and a note says how it is to be turned."""
    film(tmp_path)
    ffmpeg("-display_rotation", str(degrees), "-i", str(tmp_path / "film.mp4"), "-c", "copy", str(tmp_path / "t.mov"))
    return (tmp_path / "t.mov").read_bytes()


def test_a_video_becomes_an_mp4_that_plays_before_it_is_loaded_as_a_whole(shown, tmp_path) -> None:
    looked, poster, made, path = shown(film(tmp_path, size="1920x1080"))

    assert (looked.width, looked.height, made.width, made.height) == (1920, 1080, 1280, 720)
    assert poster.size == (960, 540)
    assert abs(made.duration_ms - 2000) < 150
    assert is_for_every_browser(path)


def test_a_small_video_is_not_enlarged(shown, tmp_path) -> None:
    _, _, made, _ = shown(film(tmp_path, size="322x182"))

    assert (made.width, made.height) == (322, 182)


@pytest.mark.parametrize("degrees", [90, -90])
def test_a_video_filmed_upright_stands_upright(shown, tmp_path, degrees) -> None:
    _, poster, made, path = shown(turned(tmp_path, degrees))

    assert (made.width, made.height) == (360, 640)
    assert poster.size == (360, 640)
    assert is_for_every_browser(path)


def test_an_upright_video_in_4k_becomes_720_wide(shown, tmp_path) -> None:
    fast = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
    _, _, made, _ = shown(film(tmp_path, *fast, size="2160x3840", seconds=0.4))

    assert (made.width, made.height) == (720, 1280)


def test_hevc_of_phones_is_made_playable(shown, tmp_path) -> None:
    hevc = ("-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=none", "-tag:v", "hvc1")
    looked, _, made, path = shown(film(tmp_path, *hevc, name="film.mov"))

    assert looked.kind is Kind.MP4
    assert is_for_every_browser(path)
    assert abs(made.duration_ms - 2000) < 150


def test_hdr_is_brought_into_colours_that_every_screen_shows(shown, tmp_path) -> None:
    colours = "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc:range=limited:log-level=none"
    hlg = (
        "-vf",
        "format=yuv420p10le,setparams=color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc:range=tv",
    )
    tags = ("-color_trc", "arib-std-b67", "-color_primaries", "bt2020", "-colorspace", "bt2020nc", "-tag:v", "hvc1")
    asked = (*hlg, "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", colours, *tags)
    looked, _, made, path = shown(film(tmp_path, *asked, name="film.mov", seconds=0.5))

    assert looked.is_hdr and not made.is_hdr
    assert "bt709" in described(path)


def test_webm_of_browsers_is_made_playable(shown, tmp_path) -> None:
    looked, _, made, path = shown(
        film(tmp_path, "-c:v", "libvpx", "-c:a", "libopus", "-deadline", "realtime", name="f.webm")
    )

    assert looked.kind is Kind.WEBM
    assert is_for_every_browser(path)
    assert abs(made.duration_ms - 2000) < 150


def test_a_recording_that_does_not_know_its_length_may_be_as_long_as_any(shown, tmp_path, monkeypatch) -> None:
    follow, asked = confined.follow, []
    monkeypatch.setattr(confined, "follow", lambda *told: (asked.append(told[2]), follow(*told)))
    live = ("-c:v", "libvpx", "-deadline", "realtime", "-live", "1")
    looked, _, made, path = shown(film(tmp_path, *live, name="f.webm"))

    assert looked.duration_ms == 0
    assert abs(made.duration_ms - 2000) < 150
    assert is_for_every_browser(path)
    assert asked[0].file > LONGEST / 1000 * video.MOST_BITS / 8
    assert asked[0].cpu > LONGEST / 1000 * video.CPU_A_SECOND


def test_a_video_without_sound_stays_silent(shown, tmp_path) -> None:
    looked, _, made, path = shown(film(tmp_path, has_sound=False))

    assert looked.sound is None and made.sound is None
    assert is_for_every_browser(path)


def test_uneven_frames_keep_their_moments(shown, tmp_path) -> None:
    uneven = (
        "-vf",
        "select='not(mod(n,7))+between(n,20,30)'",
        "-fps_mode",
        "vfr",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
    )
    _, _, made, path = shown(film(tmp_path, *uneven, "-pix_fmt", "yuv420p", seconds=4))

    assert abs(made.duration_ms - 4000) < 300
    assert is_for_every_browser(path)


def test_slow_motion_is_played_at_most_thirty_frames_a_second(shown, tmp_path) -> None:
    looked, _, made, _ = shown(film(tmp_path, rate=120))

    assert (looked.frames, made.frames) == (120, 30)
    assert abs(made.duration_ms - 2000) < 150


def test_nothing_of_place_time_or_camera_is_left(shown, tmp_path) -> None:
    told = ("location", PLACE), ("location-eng", PLACE), ("make", "Phone"), ("creation_time", "2024-01-01T00:00:00Z")
    marks = [part for key, value in told for part in ("-metadata", f"{key}={value}")]
    own = ("-metadata", "com.apple.quicktime.location.ISO6709=" + PLACE, "-metadata:s:v", "handler_name=Anna's phone")
    asked = ("-c:v", "libx264", "-preset", "ultrafast", "-movflags", "use_metadata_tags", *marks, *own)
    content = film(tmp_path, *asked, name="film.mov")
    assert PLACE.encode() in content

    _, _, _, path = shown(content)

    made = path.read_bytes()
    assert not any(word in made for word in (PLACE.encode(), b"Phone", b"Anna", b"2024", b"location"))
    assert "creation_time" not in described(path)


@pytest.mark.parametrize("name", ["iphone_rotated.mov", "video-640-360.mp4"])
def test_real_videos_are_made_playable(shown, name) -> None:
    looked, poster, made, path = shown((SAMPLES / name).read_bytes())

    assert is_for_every_browser(path)
    assert abs(made.duration_ms - looked.duration_ms) < 150
    assert b"+40.7248" not in path.read_bytes()
    assert (poster.size[0] < poster.size[1]) == (name == "iphone_rotated.mov")


def refusal(content: bytes, tmp_path: Path) -> Why:
    path = tmp_path / "arrived"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        prepare(path, kind_of(content[:64]), tmp_path / "made.mp4")
    return refused.value.why


def prepare(path: Path, kind: Kind, target: Path) -> None:
    with path.open("rb") as source:
        looked = video.look_at(source, kind, LONGEST)
        video.poster_of(source, looked)
        video.convert(source, looked, target, LONGEST, lambda _: None)


def test_a_video_whose_end_is_missing_is_refused_or_shown_as_far_as_it_goes(shown, tmp_path) -> None:
    late, early = film(tmp_path), film(tmp_path, "-c:v", "libx264", "-movflags", "+faststart")

    assert refusal(late[: len(late) // 2], tmp_path) is Why.VIDEO_INCOMPLETE
    _, _, made, path = shown(early[: len(early) * 2 // 3])
    assert 0 < made.duration_ms < 2000
    assert is_for_every_browser(path)


def test_what_only_looks_like_a_video_is_refused(tmp_path) -> None:
    start = b"\0\0\0\x14ftypqt  \0\0\0\0qt  "

    assert refusal(start + b"Dear family, " * 1000, tmp_path) in (Why.VIDEO_DAMAGED, Why.VIDEO_INCOMPLETE)
    assert kind_of(b"Dear family, this is a letter.") is Kind.OTHER


def test_a_tone_without_a_picture_is_refused(tmp_path) -> None:
    ffmpeg("-f", "lavfi", "-i", "sine=duration=1", str(tmp_path / "tone.m4a"))

    assert refusal((tmp_path / "tone.m4a").read_bytes(), tmp_path) is Why.NO_PICTURE


def lasting(content: bytes, hours: float) -> bytes:
    """The same few frames, each of which claims to be shown for so long that all take these hours."""
    at = content.index(b"stts") + 8
    frames, _ = struct.unpack(">II", content[at + 4 : at + 12])
    scale = struct.unpack(">I", content[(mdhd := content.index(b"mdhd")) + 16 : mdhd + 20])[0]
    return content[: at + 8] + struct.pack(">I", int(hours * 3600 * scale / frames)) + content[at + 12 :]


def test_a_video_that_claims_ten_hours_is_refused_at_once(tmp_path) -> None:
    plain = film(tmp_path, "-c:v", "libx264", "-bf", "0", "-use_editlist", "0")
    began = time.monotonic()

    assert refusal(lasting(plain, 10), tmp_path) is Why.VIDEO_TOO_LONG
    assert time.monotonic() - began < 10


def test_a_video_longer_than_it_claims_is_found_out(tmp_path) -> None:
    path, target = tmp_path / "film.mp4", tmp_path / "made.mp4"
    film(tmp_path, seconds=20, size="64x64")
    with path.open("rb") as source:
        looked = video.look_at(source, Kind.MP4, LONGEST)
        with pytest.raises(Refused) as refused:
            video.convert(source, looked, target, 5000, lambda _: None)

    assert refused.value.why is Why.VIDEO_TOO_LONG


def test_a_picture_too_large_to_be_drawn_is_refused_quickly(tmp_path) -> None:
    vast = ("-c:v", "mjpeg", "-vf", "format=yuvj420p,scale=12000:8000:flags=neighbor", "-frames:v", "1")
    content = film(tmp_path, *vast, name="vast.mov", has_sound=False)
    began = time.monotonic()

    assert refusal(content, tmp_path) in (Why.VIDEO_TOO_LARGE, Why.VIDEO_DAMAGED, Why.NO_PICTURE)
    assert time.monotonic() - began < 10


def test_a_list_of_other_files_is_not_followed(tmp_path) -> None:
    """ffmpeg's own lists may name any file of this machine; they are no video here."""
    secret = tmp_path / "secret.mp4"
    secret.write_bytes(film(tmp_path))
    for content in (f"ffconcat version 1.0\nfile {secret}\n", f"#EXTM3U\n#EXTINF:1,\n{secret}\n"):
        assert kind_of(content.encode()[:64]) is Kind.OTHER
        for kind in (Kind.MP4, Kind.WEBM, Kind.AVI, Kind.MPEG):
            path = tmp_path / "list"
            path.write_text(content)
            with path.open("rb") as source, pytest.raises(Refused):
                video.look_at(source, kind, LONGEST)


def test_work_that_is_to_end_ends_the_program(tmp_path) -> None:
    path = tmp_path / "film.mp4"
    film(tmp_path, seconds=30)

    def stop(_: int) -> None:
        raise jobs.Overtaken("enough")

    with path.open("rb") as source, pytest.raises(jobs.Overtaken):
        video.convert(source, video.look_at(source, Kind.MP4, LONGEST), tmp_path / "made.mp4", LONGEST, stop)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_machine_that_stops_is_not_the_videos_fault(tmp_path, stop) -> None:
    path = tmp_path / "film.mp4"
    film(tmp_path, seconds=30)

    def stopped(_: int) -> None:
        os.kill(child(), stop)

    with path.open("rb") as source, pytest.raises(confined.Interrupted):
        video.convert(source, video.look_at(source, Kind.MP4, LONGEST), tmp_path / "made.mp4", LONGEST, stopped)


def child() -> int:
    """The program that this process runs."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid=,comm="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in told.splitlines()]
    return next(int(pid) for pid, parent, name in rows if int(parent) == os.getpid() and "ffmpeg" in name)


def test_a_file_that_grows_too_large_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(video, "MEGABYTE", 1)
    monkeypatch.setattr(video, "MOST_BITS", 20_000)

    assert refusal(film(tmp_path, seconds=12, size="1280x720"), tmp_path) is Why.VIDEO_TOO_LARGE


def test_a_program_over_its_ceiling_is_ended(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(video, "CPU_AT_LEAST", 1)
    monkeypatch.setattr(video, "CPU_A_SECOND", 0)
    fast = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")

    assert refusal(film(tmp_path, *fast, size="1920x1080", seconds=12), tmp_path) is Why.VIDEO_TOO_LARGE
    assert confined.Limits().memory == 1024**3
