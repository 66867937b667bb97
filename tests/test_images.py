"""Photos as phones make them: upright, small, without a word about place or camera; everything else is refused."""

import io
import os
import random
import struct
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageCms, ImageDraw, ImageStat

from careapp.adapters import confined, images
from careapp.adapters.images import Kind, Photo, Refused, Why, kind_of, made_from

SAMPLES = Path(os.environ.get("CAREAPP_SAMPLES", "../shared/data")) / "media"
SPOILED = {
    "corrupted.heic": Why.DAMAGED,
    "empty.heic": Why.EMPTY,
}
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 200, 30), (30, 30, 220), (220, 220, 30)
ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def four_corners(width: int = 640, height: int = 480) -> Image.Image:
    """Red, green on top; blue, yellow below."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for at, colour in enumerate((RED, GREEN, BLUE, YELLOW)):
        left, top = at % 2 * width // 2, at // 2 * height // 2
        draw.rectangle((left, top, left + width // 2, top + height // 2), fill=colour)
    return image


def corners(photo: Photo, side: int = 320) -> list[tuple[int, ...]]:
    image = opened(photo, side).convert("RGB")
    wide, high = image.size
    spots = [
        (wide // 4, high // 4),
        (wide * 3 // 4, high // 4),
        (wide // 4, high * 3 // 4),
        (wide * 3 // 4, high * 3 // 4),
    ]
    return [image.getpixel(spot) for spot in spots]


def alike(one: list[tuple[int, ...]], other: list[tuple[int, ...]]) -> bool:
    return all(
        abs(a - b) < 25 for left, right in zip(one, other, strict=True) for a, b in zip(left, right, strict=True)
    )


def opened(photo: Photo, side: int) -> Image.Image:
    return Image.open(io.BytesIO(photo.files[side]))


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def shown(content: bytes, tmp_path: Path) -> Photo:
    path = tmp_path / "arrived"
    path.write_bytes(content)
    with path.open("rb") as source:
        return made_from(source)


def refusal(content: bytes, tmp_path: Path) -> Why:
    with pytest.raises(Refused) as refused:
        shown(content, tmp_path)
    return refused.value.why


def exif(orientation: int = 1) -> bytes:
    told = Image.Exif()
    told[ORIENTATION] = orientation
    told[MAKE] = "A phone of Maya's"
    told[GPS] = {1: "N", 2: (40.0, 43.0, 29.0), 3: "W", 4: (73.0, 59.0, 39.0)}
    return told.tobytes()


def riff_chunks(webp: bytes) -> list[bytes]:
    assert webp[:4] == b"RIFF"
    assert webp[8:12] == b"WEBP"
    names, at = [], 12
    while at < len(webp):
        names.append(webp[at : at + 4])
        length = struct.unpack("<I", webp[at + 4 : at + 8])[0]
        at += 8 + length + length % 2
    return names


def tells_nothing(photo: Photo) -> bool:
    """Whether the files hold pixels only: no EXIF, no XMP, no colour profile, nothing unknown."""
    return all(set(riff_chunks(file)) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"} for file in photo.files.values())


def turned_away(image: Image.Image, orientation: int) -> Image.Image:
    """The photo as a camera held that way stores it: what `orientation` undoes."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    return image if orientation == 1 else image.transpose(undo[orientation])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(orientation, kind, tmp_path):
    content = saved(turned_away(four_corners(), orientation), kind, exif=exif(orientation))

    photo = shown(content, tmp_path)

    assert (photo.width, photo.height) == (640, 480)
    assert alike(corners(photo), [RED, GREEN, BLUE, YELLOW])
    assert tells_nothing(photo)


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_heic_is_turned_once_by_its_own_box_and_not_again_by_exif(orientation, tmp_path):
    content = heic(turned_away(four_corners(), orientation), orientation)
    content = content.replace(told_orientation(1), told_orientation(orientation))
    assert b"irot" in content or b"imir" in content
    assert told_orientation(orientation) in content

    photo = shown(content, tmp_path)

    assert (photo.width, photo.height) == (640, 480)
    assert alike(corners(photo), [RED, GREEN, BLUE, YELLOW])
    assert tells_nothing(photo)


def test_a_heic_is_not_turned_by_exif_alone(tmp_path):
    content = heic(four_corners(), 1).replace(told_orientation(1), told_orientation(6))
    assert told_orientation(6) in content

    assert alike(corners(shown(content, tmp_path)), [RED, GREEN, BLUE, YELLOW])


def heic(image: Image.Image, orientation: int) -> bytes:
    pillow_heif.register_heif_opener()
    return saved(image, "HEIF", exif=exif(orientation))


def told_orientation(orientation: int) -> bytes:
    """EXIF's entry for it, as Pillow writes it: tag, type, count, value."""
    return struct.pack(">HHIHH", ORIENTATION, 3, 1, orientation, 0)


def test_the_sizes_are_320_960_and_2048_on_the_longest_side(tmp_path):
    photo = shown(saved(four_corners(4032, 3024)), tmp_path)

    assert (photo.width, photo.height) == (4032, 3024)
    assert [opened(photo, side).size for side in images.SIDES] == [(320, 240), (960, 720), (2048, 1536)]


def test_a_small_photo_is_never_enlarged(tmp_path):
    photo = shown(saved(four_corners(100, 40), "PNG"), tmp_path)

    assert [opened(photo, side).size for side in images.SIDES] == [(100, 40)] * 3


def test_a_panorama_one_pixel_high_is_shown(tmp_path):
    assert opened(shown(saved(Image.new("RGB", (30_000, 1)), "PNG"), tmp_path), 960).size == (960, 1)


def test_the_blur_is_a_tiny_picture_of_the_photo(tmp_path):
    photo = shown(saved(four_corners()), tmp_path)

    assert photo.blur.startswith("data:image/webp;base64,")
    assert len(photo.blur) <= 400


def test_what_shines_through_still_does(tmp_path):
    image = four_corners().convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 320, 240))

    photo = shown(saved(image, "PNG"), tmp_path)

    assert opened(photo, 320).mode == "RGBA"
    assert opened(photo, 320).getpixel((40, 40))[3] == 0
    assert opened(photo, 320).getpixel((300, 200))[3] == 255
    assert tells_nothing(photo)


def test_place_camera_and_comments_are_gone(tmp_path):
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>40,43.48N</exif:GPSLatitude></x:xmpmeta>'
    content = saved(four_corners(), exif=exif(), xmp=xmp, comment=b"at home with Rose")
    assert b"Maya" in content
    assert b"GPSLatitude" in content
    assert b"at home" in content

    photo = shown(content, tmp_path)

    assert tells_nothing(photo)
    for file in photo.files.values():
        assert not set(Image.open(io.BytesIO(file)).getexif())
        assert not any(word in file for word in (b"Maya", b"GPS", b"at home", b"Exif", b"xmp"))


def test_colours_of_a_wide_profile_become_those_of_every_screen(tmp_path):
    photo = shown(saved(four_corners(), "PNG", icc_profile=with_red_and_green_swapped()), tmp_path)

    assert alike(corners(photo), [GREEN, RED, BLUE, YELLOW])
    assert tells_nothing(photo)


@pytest.mark.parametrize(
    "profile", [b"no profile at all", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()]
)
def test_a_profile_that_cannot_be_used_is_left_aside(profile, tmp_path):
    photo = shown(saved(four_corners(), icc_profile=profile), tmp_path)

    assert alike(corners(photo), [RED, GREEN, BLUE, YELLOW])
    assert tells_nothing(photo)


def with_red_and_green_swapped() -> bytes:
    """sRGB whose red and green primaries have changed places, so that using the profile shows."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return srgb.replace(b"rXYZ", b"tmp?").replace(b"gXYZ", b"rXYZ").replace(b"tmp?", b"gXYZ")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK", "RGBA"])
def test_every_way_to_store_colours_is_understood(mode, tmp_path):
    grey = Image.new("I;16", (64, 64), 32896) if mode == "I;16" else Image.new("L", (64, 64), 128).convert(mode)

    photo = shown(saved(grey, "JPEG" if mode == "CMYK" else "PNG"), tmp_path)

    mean = ImageStat.Stat(opened(photo, 320).convert("RGB")).mean
    assert all(abs(value - 128) < (130 if mode == "1" else 6) for value in mean)


def test_the_first_picture_of_an_animation_is_shown(tmp_path):
    frames = [Image.new("RGB", (64, 48), colour) for colour in (RED, GREEN, BLUE)]

    photo = shown(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), tmp_path)

    assert alike(corners(photo), [RED] * 4)


def test_a_name_tells_nothing_about_a_file():
    assert kind_of(saved(four_corners(), "PNG")) is Kind.PNG
    assert kind_of(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom") is Kind.MP4
    assert kind_of(b"\0\0\0\x14ftypqt  \0\0\0\0qt  ") is Kind.MP4
    assert kind_of(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf") is Kind.AVIF
    assert kind_of(b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0#webm") is Kind.WEBM
    assert kind_of(b"RIFF\0\0\0\0AVI LIST") is Kind.AVI
    assert kind_of(b"%PDF-1.7") is Kind.PDF
    assert kind_of(b"PK\3\4") is Kind.OTHER
    assert kind_of(b"") is Kind.EMPTY


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", Why.EMPTY),
        (b"Dear Rose, this is no photo at all.", Why.NOT_A_PHOTO),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", Why.NOT_A_PHOTO),
        (b"\0" * 5000, Why.NOT_A_PHOTO),
        (b"\xff\xd8\xff", Why.DAMAGED),
        (b"\xff\xd8\xff\xe0" + b"nonsense" * 1000, Why.DAMAGED),
        (b"\x89PNG\r\n\x1a\n" + b"nonsense" * 1000, Why.DAMAGED),
        (b"GIF89a", Why.DAMAGED),
        (b"RIFF\0\0\0\0WEBPVP8 ", Why.DAMAGED),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\xff" * 500, Why.DAMAGED),
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf" + b"\0" * 500, Why.DAMAGED),
    ],
)
def test_what_is_no_photo_is_refused_with_a_reason(content, why, tmp_path):
    assert refusal(content, tmp_path) is why


def noisy(width: int = 800, height: int = 600) -> Image.Image:
    return Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_photo_is_refused(kind, tmp_path):
    content = saved(noisy(), kind)

    assert refusal(content[: len(content) // 2], tmp_path) is Why.INCOMPLETE


@pytest.mark.parametrize("kind", ["WEBP", "AVIF", "HEIF"])
def test_half_a_modern_photo_is_refused(kind, tmp_path):
    pillow_heif.register_heif_opener()
    content = saved(noisy(), kind)

    assert refusal(content[: len(content) // 2], tmp_path) is Why.DAMAGED


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_without_its_very_end_is_shown_all_the_same(kind, tmp_path):
    content = saved(noisy(), kind)

    assert shown(content[: len(content) * 98 // 100], tmp_path).width == 800


def test_random_damage_never_does_more_than_refuse(tmp_path):
    pillow_heif.register_heif_opener()
    dice = random.Random(7)
    for kind in ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF"):
        whole = saved(four_corners(200, 160), kind)
        for _ in range(4):
            spoiled = bytearray(whole)
            for _ in range(30):
                spoiled[dice.randrange(12, len(spoiled))] = dice.randrange(256)
            with suppress(Refused):
                assert shown(bytes(spoiled), tmp_path).files


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_claiming(width: int, height: int, rows: int) -> bytes:
    """A PNG of one bit a pixel that packs a very large black picture into a few bytes."""
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    packed = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", packed) + png_chunk(b"IEND", b"")


def heic_claiming(width: int, height: int) -> bytes:
    pillow_heif.register_heif_opener()
    content = saved(four_corners(64, 64), "HEIF")
    at = content.index(b"ispe") + 8
    return content[:at] + struct.pack(">II", width, height) + content[at + 8 :]


def gif_without_end() -> bytes:
    """A GIF of one enormous picture whose data goes on and on."""
    header = b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0) + b"\x02"
    return header + frame + (b"\xff" + b"\x44" * 255) * 20_000


BOMBS = {
    "a PNG of 50,000 by 50,000": lambda: png_claiming(50_000, 50_000, 2_000),
    "a GIF without end": gif_without_end,
    "a HEIC of 60,000 by 60,000": lambda: heic_claiming(60_000, 60_000),
    "a PNG of a million by a hundred thousand": lambda: png_claiming(1_000_000, 100_000, 1),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_words_within_ten_seconds(name, tmp_path):
    content = BOMBS[name]()
    started = time.monotonic()

    assert refusal(content, tmp_path) in (Why.TOO_LARGE, Why.DAMAGED)

    assert time.monotonic() - started < 10


def test_a_million_frames_cost_no_more_than_one(tmp_path):
    one = saved(Image.new("RGB", (300, 300), RED), "GIF")
    frame = one[one.index(b",") : -1]

    assert shown(one[:-1] + frame * 60_000 + b";", tmp_path).width == 300


def test_a_program_that_takes_too_much_memory_is_stopped(tmp_path):
    with empty(tmp_path) as nothing, pytest.raises(confined.Exhausted):
        confined.run([sys.executable, "-c", "b'x' * 2_000_000_000"], nothing, confined.Limits())


def test_a_program_that_never_ends_is_stopped(tmp_path):
    started = time.monotonic()
    with empty(tmp_path) as nothing, pytest.raises(confined.Exhausted):
        confined.run([sys.executable, "-c", "while True: pass"], nothing, confined.Limits(cpu=1))
    assert time.monotonic() - started < 10


def test_a_program_at_its_ceiling_has_used_it_up_whatever_was_counted(tmp_path):
    ends = "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"
    with empty(tmp_path) as nothing, pytest.raises(confined.Exhausted):
        confined.run([sys.executable, "-c", ends], nothing, confined.Limits())


def test_a_program_that_sleeps_is_worth_another_try(tmp_path):
    with empty(tmp_path) as nothing, pytest.raises(confined.Interrupted):
        confined.run([sys.executable, "-c", "import time; time.sleep(30)"], nothing, confined.Limits(patience=0.5))


def test_a_program_that_the_machine_ends_for_want_of_memory_is_tried_again(tmp_path) -> None:
    ends = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    with empty(tmp_path) as nothing, pytest.raises(confined.Interrupted):
        confined.run([sys.executable, "-c", ends], nothing, confined.Limits())


def test_a_confined_program_writes_no_file_and_sees_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("CAREAPP_SMTP_URL", "smtp://maya:secret@mail")
    target = tmp_path / "written"
    with empty(tmp_path) as nothing:
        told = confined.run([sys.executable, "-c", "import os; print(dict(os.environ))"], nothing, confined.Limits())
        assert b"secret" not in told
        confined.run([sys.executable, "-c", f"open({str(target)!r}, 'w').write('x')"], nothing, confined.Limits())
    assert target.read_bytes() == b""


def empty(tmp_path: Path) -> io.BufferedReader:
    (tmp_path / "nothing").touch()
    return (tmp_path / "nothing").open("rb")


def test_the_decoder_knows_nothing_of_careapp():
    source = images.DECODER.read_text()
    assert "careapp" not in source
    loaded = subprocess.run(
        [sys.executable, "-c", "import careapp.adapters.images, sys; print('PIL' in sys.modules)"],
        capture_output=True,
        check=True,
    )
    assert loaded.stdout.strip() == b"False"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real photos are not here; set CAREAPP_SAMPLES")
@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*") if path.suffix not in (".mov", ".mp4")))
def test_a_real_file_is_shown_upright_and_silent_or_refused(name):
    with (SAMPLES / name).open("rb") as source:
        if name in SPOILED:
            with pytest.raises(Refused) as refused:
                made_from(source)
            assert refused.value.why is SPOILED[name]
            return
        photo = made_from(source)

    assert tells_nothing(photo)
    expected = upright_reference(SAMPLES / name)
    assert (photo.width, photo.height) == expected.size
    turnings = [difference(opened(photo, 320), expected.rotate(angle, expand=True)) for angle in (0, 90, 180, 270)]
    assert turnings[0] < 20
    assert turnings[0] == min(turnings)


def upright_reference(path: Path) -> Image.Image:
    """The photo turned upright by hand, by other means than the decoder's."""
    pillow_heif.register_heif_opener()
    image = Image.open(path)
    if path.suffix == ".heic":
        return image.convert("RGB")
    quarter_turns = {3: 180, 6: 270, 8: 90}.get(image.getexif().get(ORIENTATION, 1), 0)
    return image.convert("RGB").rotate(quarter_turns, expand=True)


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean distance of their colours, 0 to 255, on a grid of 24 by 24."""
    pair = [image.convert("RGB").resize((24, 24), Image.Resampling.BOX).tobytes() for image in (one, other)]
    return sum(abs(a - b) for a, b in zip(*pair, strict=True)) / len(pair[0])
