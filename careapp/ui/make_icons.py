"""Draw the app's icons from one mark: `python -m careapp.ui.make_icons` writes them into assets/icons.

Run it after changing `mark.py`; the results are committed.
"""

import re
from itertools import pairwise
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw

from careapp.ui.mark import HAND, HAND_WIDTH, HEART, HOUSE, HOUSE_WIDTH, VIEW_BOX

PAPER, TEAL, MARIGOLD, WHITE = "#fbf8f3", "#0e5a5a", "#e0a03a", "#ffffff"
SHARPER = 4
ICONS = Path(__file__).parents[2] / "assets" / "icons"

Point = tuple[float, float]
Look = Literal["colour", "shape"]


def main() -> None:
    ICONS.mkdir(parents=True, exist_ok=True)
    for name, size, share, ground in (
        ("icon-192", 192, 1.0, PAPER),
        ("icon-512", 512, 1.0, PAPER),
        ("maskable-512", 512, 0.78, PAPER),
        ("apple-touch-icon-180", 180, 0.94, PAPER),
    ):
        picture(size, share, ground).save(ICONS / f"{name}.png", optimize=True)
    picture(512, 0.86, None, "shape").save(ICONS / "monochrome-512.png", optimize=True)
    picture(96, 1.1, None, "shape").save(ICONS / "badge-96.png", optimize=True)
    picture(48, 1.16, None).save(ICONS / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])
    (ICONS / "favicon.svg").write_text(drawing())


def picture(size: int, share: float, ground: str | None, look: Look = "colour") -> Image.Image:
    """The mark at `share` of a square of `size` pixels; without `ground` the square is transparent.

    As a "shape" it is white, with the heart left out, for systems that colour it themselves.
    """
    side = size * SHARPER
    image = Image.new("RGBA", (side, side), ground or "#ffffff00")
    draw = ImageDraw.Draw(image)
    scale, shift = side * share / 100, side * (1 - share) / 2

    def placed(path: str) -> list[Point]:
        return [(x * scale + shift, (y + 0.5) * scale + shift) for x, y in points(path)]

    house = TEAL if look == "colour" else WHITE
    draw.polygon(placed(HOUSE), fill=house)
    _line(draw, placed(HOUSE), HOUSE_WIDTH * scale, house)
    draw.polygon(placed(HEART), fill=(ground or WHITE) if look == "colour" else "#ffffff00")
    _line(draw, placed(HAND), HAND_WIDTH * scale, MARIGOLD if look == "colour" else WHITE)
    small = image.resize((size, size), Image.Resampling.LANCZOS)
    return small.convert("RGB").quantize(64, dither=Image.Dither.NONE) if ground else small


def drawing() -> str:
    """The mark as SVG, for the browser's tab."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{VIEW_BOX}" fill="none" stroke-linejoin="round">'
        f'<path d="{HOUSE}" fill="{TEAL}" stroke="{TEAL}" stroke-width="{HOUSE_WIDTH}"/>'
        f'<path d="{HEART}" fill="{PAPER}"/>'
        f'<path d="{HAND}" stroke="{MARIGOLD}" stroke-width="{HAND_WIDTH}" stroke-linecap="round"/></svg>\n'
    )


def points(path: str, steps: int = 40) -> list[Point]:
    """The corners of a path made of M, L, C and Z, its curves cut into short lines."""
    found: list[Point] = []
    for command, numbers in re.findall(r"([MLCZ])([^MLCZ]*)", path):
        values = [float(number) for number in numbers.split()]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        if command in "ML":
            found += pairs
        elif command == "C":
            start = found[-1]
            found += [_on_curve([start, *pairs], step / steps) for step in range(1, steps + 1)]
        else:
            found.append(found[0])
    return found


def _line(draw: ImageDraw.ImageDraw, corners: list[Point], width: float, colour: str) -> None:
    """A line with round joints and ends, which Pillow's own does not have."""
    draw.line(corners, fill=colour, width=round(width))
    for x, y in corners:
        draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=colour)


def _on_curve(corners: list[Point], t: float) -> Point:
    """De Casteljau: between neighbours, again and again, until one point is left."""
    while len(corners) > 1:
        corners = [(x + (to_x - x) * t, y + (to_y - y) * t) for (x, y), (to_x, to_y) in pairwise(corners)]
    return corners[0]


if __name__ == "__main__":
    main()
