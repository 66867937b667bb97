"""The program that opens a stranger's photo, run by images.py as a process of its own. It imports nothing of Careapp.

Called with the decoder's name, it reads the photo from standard input and prints one line of JSON, then the WebP files
it speaks of, one after the other. Pixels alone go into them: what a photo says about place, time or camera is left.
"""

import json
import sys
from base64 import b64encode
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageChops, ImageCms, ImageFile

SIDES = (320, 960, 2048)
QUALITY = {320: 74, 960: 78, 2048: 80}
BLUR_SIDE = 16
# A JPEG is decoded at a half, a quarter or an eighth of its size where that is enough; everything else as a whole.
MOST_PIXELS = {"JPEG": 400_000_000}
MOST_PIXELS_ELSE = 110_000_000
LARGEST_LOSS = 0.05

Image.MAX_IMAGE_PIXELS = None  # the figures above stand in its place


class Refused(Exception):
    """Why not, as a code that images.py knows."""


def main(decoder: str) -> None:
    with open(0, "rb", closefd=False) as source:
        header, files = _answer(source, decoder)
    out = sys.stdout.buffer
    out.write(json.dumps(header).encode() + b"\n")
    for content in files:
        out.write(content)
    out.flush()


def _answer(source: BinaryIO, decoder: str) -> tuple[dict[str, Any], list[bytes]]:
    try:
        shown, size = _prepared(source, decoder)
        files = _files(shown)
        blur = _blur(shown)
    except Refused as refused:
        return {"refused": str(refused)}, []
    except MemoryError:
        return {"refused": "too_large"}, []
    except Exception as error:
        return {"refused": "damaged", "because": f"{type(error).__name__}: {error}"[:300]}, []
    return {"width": size[0], "height": size[1], "blur": blur, "lengths": [len(file) for file in files]}, files


def _files(shown: Image.Image) -> list[bytes]:
    """One WebP for each side, the smallest first; a photo smaller than a side repeats itself."""
    made: dict[tuple[int, int], bytes] = {}
    files = []
    for side in SIDES:
        fitted = _fitted(shown, side)
        if fitted.size not in made:
            made[fitted.size] = _webp(fitted, QUALITY[side])
        files.append(made[fitted.size])
    return files


def _prepared(source: BinaryIO, decoder: str) -> tuple[Image.Image, tuple[int, int]]:
    """The photo upright, in sRGB, at most 2048 pixels long, without anything but pixels; and its full size upright."""
    image = _open(source, decoder)
    full = image.size
    if full[0] * full[1] > MOST_PIXELS.get(decoder, MOST_PIXELS_ELSE):
        raise Refused("too_large")
    # 1 for every HEIC: pillow-heif has turned it already, by the boxes that its standard puts above EXIF.
    orientation = _orientation(image)
    image.draft(image.mode, _size_within(full, SIDES[-1]))
    profile = image.info.get("icc_profile")
    image = _load(image, source, decoder)
    small = _fitted(_plain(image, bool(profile)), SIDES[-1])
    upright = _turned(_in_srgb(small, profile), orientation)
    return upright, full[::-1] if orientation >= 5 else full


def _open(source: BinaryIO, decoder: str) -> Image.Image:
    if decoder == "HEIF":
        # Only a HEIC pays for loading it.
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False)
    return Image.open(source, formats=(decoder,))


def _orientation(image: Image.Image) -> int:
    """1 to 8 as EXIF counts them; 1 where nothing, or nothing sensible, is said."""
    try:
        orientation = int(image.getexif().get(0x0112, 1))
    except Exception:
        return 1
    return orientation if 1 <= orientation <= 8 else 1


def _load(image: Image.Image, source: BinaryIO, decoder: str) -> Image.Image:
    """The photo's first frame, decoded. One that lacks no more than its last few rows is shown all the same."""
    try:
        image.load()
        return image
    except OSError:
        if decoder not in ("JPEG", "PNG"):
            raise
    source.seek(0)
    again = _open(source, decoder)
    again.draft(again.mode, _size_within(again.size, SIDES[-1]))
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    again.load()
    if _lost_share(again) > LARGEST_LOSS:
        raise Refused("incomplete")
    return again


def _lost_share(image: Image.Image) -> float:
    """How much of the photo, from below, is one flat colour: what a decoder leaves where data is missing."""
    image = image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGBA")
    last = image.getpixel((image.width - 1, image.height - 1))
    flat = Image.new(image.mode, image.size, last or 0)
    box = ImageChops.difference(image, flat).getbbox(alpha_only=False)
    return 1 - box[3] / image.height if box else 1


def _plain(image: Image.Image, has_profile: bool) -> Image.Image:
    """RGB, or RGBA where something shines through; CMYK and grey stay until their colour profile was applied."""
    if image.mode in ("RGB", "RGBA") or (has_profile and image.mode in ("CMYK", "L")):
        return image
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return image.point(lambda value: value / 257).convert("L").convert("RGB")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _fitted(image: Image.Image, side: int) -> Image.Image:
    """At most `side` pixels long, and never larger than it was."""
    if max(image.size) <= side:
        return image
    return image.resize(_size_within(image.size, side), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _size_within(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = side / max(size)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every screen shows them. A profile that cannot be used is left aside."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            return _converted(image, ImageCms.ImageCmsProfile(BytesIO(profile)), mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert(mode)


def _converted(image: Image.Image, profile: ImageCms.ImageCmsProfile, mode: str) -> Image.Image:
    converted = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode=mode)
    assert converted is not None
    return converted


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    """Upright, by what EXIF's orientation means."""
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(orientation)
    return image if turn is None else image.transpose(turn)


def _webp(image: Image.Image, quality: int, method: int = 4) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=quality, method=method)
    return out.getvalue()


def _blur(image: Image.Image) -> str:
    """A picture of 16 pixels as an address of its own, to stand in until the photo has come."""
    small = _fitted(image, BLUR_SIDE)
    if small.mode == "RGBA":
        white = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(white, small).convert("RGB")
    return "data:image/webp;base64," + b64encode(_webp(small, 20, 6)).decode()


if __name__ == "__main__":
    main(sys.argv[1])
