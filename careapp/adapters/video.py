"""Videos from strangers: how long they are, a first picture, and an MP4 that every browser plays.

ffmpeg does it, as a program of its own that reads one open file and nothing else: no network, no playlists, no file
that a video may name. Containers and decoders are listed here; everything else it knows stays switched off.
"""

import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import BinaryIO, cast

from imageio_ffmpeg import get_ffmpeg_exe

from careapp.adapters import confined, images
from careapp.adapters.confined import MEGABYTE, Exhausted, Limits
from careapp.adapters.images import Kind, Photo, Refused, Why

SHOWN_AS = "video/mp4"
LONG_SIDE, SHORT_SIDE = 1280, 720
MOST_FRAMES = 30
MOST_PIXELS = 36_000_000  # a frame of 8K
MOST_BITS = 4_000_000  # a second
CPU_A_SECOND, CPU_AT_LEAST = 15, 60
LOOKING = Limits(cpu=6, patience=30)
POSTER = Limits(cpu=20, patience=120, is_patient=True)

_DEMUXERS = {Kind.MP4: "mov", Kind.WEBM: "matroska", Kind.AVI: "avi", Kind.MPEG: "mpeg"}
_PICTURES = {"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mpeg1video", "mpeg2video", "h263", "mjpeg", "prores"}
_SOUNDS = {"aac", "mp3", "mp2", "opus", "vorbis", "ac3", "eac3", "alac", "flac", "amr_nb", "amr_wb", "pcm"}
_DECODERS = (
    "h264,hevc,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,mpeg4,mpeg1video,mpeg2video,mpegvideo,h263,mjpeg,prores,"
    "aac,mp3,mp3float,mp2,mp2float,opus,libopus,vorbis,ac3,eac3,alac,flac,amrnb,amrwb,pcm_s16le,pcm_s16be,pcm_s24le,"
    "pcm_s24be,pcm_s32le,pcm_f32le,pcm_u8,pcm_s8,pcm_mulaw,pcm_alaw"
)
_HDR = ("arib-std-b67", "smpte2084")
_IN_SDR = "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=mobius:desat=0,zscale=t=bt709:m=bt709:r=tv"
_STREAM = re.compile(r"Stream #0:(\d+)\S*: (Video|Audio): (\w+)(.*)")
_LENGTH = re.compile(r"Duration: (\d+):(\d\d):(\d\d)\.(\d\d)")


@dataclass(frozen=True)
class Looked:
    """What a video says of itself: its length, and which of its streams are shown. One recorded in a browser does not
    know its length, which is 0 then."""

    kind: Kind
    duration_ms: int
    picture: int
    sound: int | None
    width: int
    height: int
    frames: float = 0
    is_hdr: bool = False


def look_at(source: BinaryIO, kind: Kind, longest_ms: int) -> Looked:
    """What is in the file, by its own word. Raises Refused where that cannot be shown, or is longer than allowed."""
    told = _told(source, [*_open(kind), "-i", "fd:"])
    streams = _STREAM.findall(told)
    pictures = [found for found in streams if found[1] == "Video" and "attached pic" not in found[3]]
    picture = next((found for found in pictures if found[2] in _PICTURES), None)
    if picture is None:
        raise _why_none(told, bool(streams))
    sound = next((int(at) for at, what, codec, _ in streams if what == "Audio" and _is_sound(codec)), None)
    is_hdr = any(curve in picture[3] for curve in _HDR)
    looked = Looked(kind, _length(told), int(picture[0]), sound, *_size(picture[3]), _frames(picture[3]), is_hdr)
    if looked.duration_ms > longest_ms:
        raise Refused(Why.VIDEO_TOO_LONG, f"{looked.duration_ms} ms")
    return looked


def poster_of(source: BinaryIO, looked: Looked) -> Photo:
    """A picture from its beginning, upright, in the sizes of a photo."""
    at = "1" if looked.duration_ms > 3000 else "0"
    ask = ["-ss", at, *_open(looked.kind), "-i", "fd:", "-map", f"0:{looked.picture}", "-frames:v", "1"]
    ask += ["-vf", ",".join(["thumbnail=12", *_upright(looked, 2048, 2048), "format=rgb24"])]
    try:
        picture = _run(source, [*ask, "-c:v", "png", "-f", "image2pipe", "pipe:1"], POSTER)
    except Exhausted as error:
        raise _refusal(error) from None
    if not picture:
        raise Refused(Why.VIDEO_DAMAGED, "no frame")
    with tempfile.TemporaryFile() as file:
        file.write(picture)
        file.seek(0)
        return images.made_from(cast("BinaryIO", file))


def convert(source: BinaryIO, looked: Looked, target: Path, longest_ms: int, hear: Callable[[int], None]) -> Looked:
    """Write to `target` an MP4 (H.264 and AAC, 720p at most, ready to play before it is loaded as a whole) without a
    word about place, time or camera; and say what it has become. `hear` gets the milliseconds that are done, again and
    again; what it raises ends the work. Raises Refused, and confined.Interrupted where another try may succeed."""
    seconds = (looked.duration_ms or longest_ms) // 1000 + 10
    cpu = CPU_AT_LEAST + CPU_A_SECOND * seconds
    limits = Limits(cpu=cpu, patience=60 + 4 * cpu, file=2 * seconds * MOST_BITS // 8 + 8 * MEGABYTE, is_patient=True)
    ask = [*_open(looked.kind), "-i", "fd:", *_as_mp4(looked), "-progress", "pipe:1", "-f", "mp4", "-y"]
    try:
        confined.follow(_ffmpeg(ask, f"file:{target}"), _from_start(source), limits, partial(_hear, hear, longest_ms))
    except Exhausted as error:
        raise _refusal(error) from None
    with target.open("rb") as made:
        return look_at(made, Kind.MP4, longest_ms)


@cache
def program() -> str:
    """Where ffmpeg lies, as its package brings it."""
    return str(get_ffmpeg_exe())


def _open(kind: Kind) -> list[str]:
    """How every file is opened: as this container by these decoders, from standard input, and with no more threads and
    pixels than the memory allows."""
    if kind not in _DEMUXERS:
        raise Refused(Why.NOT_A_PHOTO)
    listed = ["-protocol_whitelist", "fd", "-codec_whitelist", _DECODERS, "-format_whitelist", _DEMUXERS[kind]]
    return [*listed, "-max_pixels", str(MOST_PIXELS), "-threads", "2", "-f", _DEMUXERS[kind], "-fd", "0"]


def _as_mp4(looked: Looked) -> list[str]:
    sound = ["-map", f"0:{looked.sound}", "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"]
    picture = ["-map", f"0:{looked.picture}", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-threads", "2"]
    small = [*_upright(looked, LONG_SIDE, SHORT_SIDE), "format=yuv420p"]
    filters = [*([f"fps={MOST_FRAMES}"] if looked.frames > MOST_FRAMES + 1 else []), *small]
    rates = ["-maxrate", str(MOST_BITS), "-bufsize", str(2 * MOST_BITS), "-profile:v", "high", "-fps_mode", "vfr"]
    silent = ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]
    sounds = [*sound, "-flags:a", "+bitexact"] if looked.sound is not None else []
    return [*picture, "-vf", ",".join(filters), *rates, *sounds, *silent, "-movflags", "+faststart"]


def _upright(looked: Looked, long_side: int, short_side: int) -> list[str]:
    """Never enlarged, with square and even pixels, in colours that every screen shows. ffmpeg turns it by itself."""
    wide = f"'if(gt(iw,ih),min({long_side},iw),min({short_side},iw))'"
    high = f"'if(gt(iw,ih),min({short_side},ih),min({long_side},ih))'"
    fitted = f"scale=w={wide}:h={high}:force_original_aspect_ratio=decrease:force_divisible_by=2"
    return ["scale='max(2,iw*sar)':'max(2,ih)',setsar=1", fitted, *([_IN_SDR] if looked.is_hdr else [])]


def _ffmpeg(ask: list[str], *last: str) -> list[str]:
    return [
        program(),
        "-hide_banner",
        "-nostdin",
        "-nostats",
        "-loglevel",
        "error",
        "-filter_threads",
        "2",
        *ask,
        *last,
    ]


def _run(source: BinaryIO, ask: list[str], limits: Limits) -> bytes:
    return confined.run(_ffmpeg(ask), _from_start(source), limits)


def _from_start(source: BinaryIO) -> BinaryIO:
    """As the program sees it: `seek` may move within what this process has read already, and nothing else."""
    os.lseek(source.fileno(), 0, os.SEEK_SET)
    return source


def _told(source: BinaryIO, ask: list[str]) -> str:
    """What ffmpeg says of a file when it is asked for nothing else, which it takes for an error."""
    try:
        confined.run([program(), "-hide_banner", "-nostdin", *ask], _from_start(source), LOOKING)
    except Exhausted as ended:
        if ended.code < 0:
            raise Refused(Why.VIDEO_TOO_LARGE, str(ended)) from None
        return ended.said
    return ""


def _hear(hear: Callable[[int], None], longest_ms: int, line: str) -> None:
    name, _, value = line.partition("=")
    if name == "out_time_us" and value.lstrip("-").isdigit():
        if int(value) // 1000 > longest_ms + 1000:
            raise Refused(Why.VIDEO_TOO_LONG, "longer than it said")
        hear(max(0, int(value) // 1000))


def _why_none(told: str, has_streams: bool) -> Refused:
    if has_streams:
        return Refused(Why.NO_PICTURE)
    return Refused(Why.VIDEO_INCOMPLETE if "moov atom not found" in told else Why.VIDEO_DAMAGED, told[-300:])


def _refusal(error: Exhausted) -> Exception:
    if "No space left" in error.said:
        return confined.Interrupted(str(error))
    too_much = ("Cannot allocate memory", "File too large")
    is_too_much = error.code < 0 or error.code == 255 or any(words in error.said for words in too_much)
    return Refused(Why.VIDEO_TOO_LARGE if is_too_much else Why.VIDEO_DAMAGED, str(error))


def _is_sound(codec: str) -> bool:
    return codec in _SOUNDS or codec.startswith("pcm_")


def _length(told: str) -> int:
    found = _LENGTH.search(told)
    hours, minutes, seconds, hundredths = map(int, found.groups()) if found else (0, 0, 0, 0)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + hundredths * 10


def _size(words: str) -> tuple[int, int]:
    found = re.search(r", (\d+)x(\d+)", words)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _frames(words: str) -> float:
    found = re.search(r", ([\d.]+)(k?) fps", words)
    return float(found[1]) * (1000 if found[2] else 1) if found else 0
