"""Photos from strangers: the sizes that are shown. And of any file: what kind it is."""

import json
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from careapp.adapters import confined

SIDES = (320, 960, 2048)
HEAD = 64
LIMITS = confined.Limits()
DECODER = Path(__file__).with_name("photo_decoder.py")


class Kind(StrEnum):
    """What a file is, by its first bytes; its name and what the browser calls it are not asked."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    GIF = "image/gif"
    HEIC = "image/heic"
    AVIF = "image/avif"
    MP4 = "video/mp4"
    WEBM = "video/webm"
    AVI = "video/x-msvideo"
    MPEG = "video/mpeg"
    PDF = "application/pdf"
    EMPTY = "empty"
    OTHER = "other"

    @property
    def is_video(self) -> bool:
        return self.startswith("video/")

    @property
    def is_document(self) -> bool:
        return self is Kind.PDF


class Why(StrEnum):
    """Why a file is not shown."""

    EMPTY = "empty"
    NOT_A_PHOTO = "not_a_photo"
    DAMAGED = "damaged"
    INCOMPLETE = "incomplete"
    TOO_LARGE = "too_large"
    VIDEO_DAMAGED = "video_damaged"
    VIDEO_INCOMPLETE = "video_incomplete"
    VIDEO_TOO_LARGE = "video_too_large"
    VIDEO_TOO_LONG = "video_too_long"
    NO_PICTURE = "no_picture"


class Refused(Exception):
    """This file cannot be shown, now or later."""

    def __init__(self, why: Why, because: str = "") -> None:
        super().__init__(f"{why}: {because}" if because else why)
        self.why = why


@dataclass(frozen=True)
class Photo:
    """What is shown: WebP files by their longest side, the size of the whole photo upright, and a blur as data: URI."""

    width: int
    height: int
    blur: str
    files: dict[int, bytes]


_DECODERS = {
    Kind.JPEG: "JPEG",
    Kind.PNG: "PNG",
    Kind.WEBP: "WEBP",
    Kind.GIF: "GIF",
    Kind.HEIC: "HEIF",
    Kind.AVIF: "AVIF",
}


def made_from(source: BinaryIO, limits: confined.Limits = LIMITS) -> Photo:
    """The sizes of the photo in `source`, a real file. Upright, in sRGB, never enlarged, nothing but pixels.

    Raises Refused, and confined.Interrupted where another try may succeed.
    """
    kind = kind_of(source.read(HEAD))
    if kind not in _DECODERS:
        raise Refused(Why.NOT_A_PHOTO if source.tell() else Why.EMPTY)
    source.seek(0)
    try:
        printed = confined.run([sys.executable, "-I", str(DECODER), _DECODERS[kind]], source, limits)
    except confined.Exhausted as error:
        raise Refused(Why.TOO_LARGE, str(error)) from None
    return _understood(printed)


def require_shown(kind: Kind) -> None:
    """Raise Refused for what is neither a photo nor a video, nor a document to be read elsewhere."""
    if kind is Kind.EMPTY:
        raise Refused(Why.EMPTY)
    if kind is Kind.OTHER:
        raise Refused(Why.NOT_A_PHOTO)


def kind_of(head: bytes) -> Kind:
    """What a file is that starts with these bytes; 64 are enough."""
    if not head:
        return Kind.EMPTY
    if head[4:8] == b"ftyp":
        return _kind_of_brands(head)
    if head[:4] == b"RIFF":
        return {b"WEBP": Kind.WEBP, b"AVI ": Kind.AVI}.get(head[8:12], Kind.OTHER)
    for start, kind in _STARTS.items():
        if head.startswith(start):
            return kind
    return Kind.MP4 if head[4:8] in _QUICKTIME_BOXES else Kind.OTHER


_STARTS = {
    b"\xff\xd8\xff": Kind.JPEG,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"GIF87a": Kind.GIF,
    b"GIF89a": Kind.GIF,
    b"\x1aE\xdf\xa3": Kind.WEBM,
    b"\x00\x00\x01\xba": Kind.MPEG,
    b"\x00\x00\x01\xb3": Kind.MPEG,
    b"%PDF-": Kind.PDF,
}
_QUICKTIME_BOXES = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2", b"msf1"}


def _kind_of_brands(head: bytes) -> Kind:
    """ISO media files name the standards they follow: the main one, a version, then all others."""
    length = min(int.from_bytes(head[:4]), len(head))
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, length, 4))}
    if brands & _AVIF_BRANDS:
        return Kind.AVIF
    return Kind.HEIC if brands & _HEIC_BRANDS else Kind.MP4


def _understood(printed: bytes) -> Photo:
    line, _, rest = printed.partition(b"\n")
    header = json.loads(line)
    if "refused" in header:
        raise Refused(Why(header["refused"]), header.get("because", ""))
    files, at = {}, 0
    for side, length in zip(SIDES, header["lengths"], strict=True):
        files[side] = rest[at : at + length]
        at += length
    return Photo(header["width"], header["height"], header["blur"], files)
