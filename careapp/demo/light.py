"""Light, colour and grain: what makes drawn pictures look like photographs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]

# Drawn larger than it is kept, so that edges come out smooth.
SIZE = (1920, 1280)
KEPT = (1600, 1067)


class Canvas:
    """A picture being drawn, in units of its height: x from 0 to 1.5, y from 0 (top) to 1."""

    def __init__(self, top: Colour, bottom: Colour, seed: str, is_upright: bool = False) -> None:
        self.width, self.height = SIZE[::-1] if is_upright else SIZE
        self.unit = SIZE[1]
        self.image = gradient((self.width, self.height), top, bottom)
        self.random = Random(seed)

    def shape(self, points: Sequence[Point], colour: Colour, blur: float = 0, alpha: float = 1) -> None:
        with self._mask(points, 0, blur, alpha, colour) as (draw, place):
            draw.polygon([place(point) for point in points], fill=255)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: Colour, blur: float = 0, alpha: float = 1) -> None:
        corners = [(x - rx, y - ry), (x + rx, y + ry)]
        with self._mask(corners, 0, blur, alpha, colour) as (draw, place):
            draw.ellipse([place(corner) for corner in corners], fill=255)

    def box(
        self,
        x: float,
        y: float,
        x2: float,
        y2: float,
        colour: Colour,
        blur: float = 0,
        alpha: float = 1,
        round_: float = 0,
    ) -> None:
        corners = [(x, y), (x2, y2)]
        with self._mask(corners, 0, blur, alpha, colour) as (draw, place):
            draw.rounded_rectangle([place(corner) for corner in corners], radius=round_ * self.unit, fill=255)

    def line(self, points: Sequence[Point], width: float, colour: Colour, blur: float = 0, alpha: float = 1) -> None:
        thick = max(1, round(width * self.unit))
        with self._mask(points, width, blur, alpha, colour) as (draw, place):
            draw.line([place(point) for point in points], fill=255, width=thick, joint="curve")
            for x, y in (place(points[0]), place(points[-1])):
                draw.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)

    def ring(self, x: float, y: float, rx: float, ry: float, width: float, colour: Colour, alpha: float = 1) -> None:
        corners = [(x - rx, y - ry), (x + rx, y + ry)]
        with self._mask(corners, 0, 0, alpha, colour) as (draw, place):
            draw.ellipse([place(corner) for corner in corners], outline=255, width=round(width * self.unit))

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.6) -> None:
        """Light that spreads from a point and only brightens."""
        mask = Image.new("L", (self.width // 8, self.height // 8))
        scale = self.unit / 8
        box = ((x - radius) * scale, (y - radius) * scale, (x + radius) * scale, (y + radius) * scale)
        ImageDraw.Draw(mask).ellipse(box, fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(radius * scale / 2)).resize(self.image.size)
        light = Image.new("RGB", self.image.size, colour)
        self.image = Image.composite(ImageChops.screen(self.image, light), self.image, mask)

    def soften(self, blur: float) -> None:
        """Put everything drawn so far out of focus."""
        self.image = self.image.filter(ImageFilter.GaussianBlur(blur * self.unit))

    def photograph(self) -> Image.Image:
        """The finished picture: darker towards its corners, with the grain of a sensor."""
        kept = self.image.resize(KEPT if self.width > self.height else KEPT[::-1], Image.Resampling.LANCZOS)
        shade = Image.radial_gradient("L").resize(kept.size).point(lambda value: max(0, value - 110) // 2)
        kept = Image.composite(Image.new("RGB", kept.size, (20, 16, 24)), kept, shade)
        grain = Image.effect_noise(kept.size, 26).convert("RGB")
        return Image.blend(kept, ImageChops.overlay(kept, grain), 0.35)

    @contextmanager
    def _mask(
        self, points: Sequence[Point], width: float, blur: float, alpha: float, colour: Colour
    ) -> Iterator[tuple[ImageDraw.ImageDraw, Callable[[Point], Point]]]:
        """A mask just around the points, to draw on; the colour goes through it onto the picture."""
        edge = (width + blur * 3) * self.unit + 2
        left, top = (max(0, int(min(side) * self.unit - edge)) for side in zip(*points, strict=True))
        right, bottom = (int(max(side) * self.unit + edge) for side in zip(*points, strict=True))
        size = (min(right, self.width) - left, min(bottom, self.height) - top)
        mask = Image.new("L", (max(1, size[0]), max(1, size[1])))
        yield ImageDraw.Draw(mask), lambda point: (point[0] * self.unit - left, point[1] * self.unit - top)
        if blur:
            mask = blurred(mask, blur * self.unit)
        if alpha < 1:
            mask = mask.point(lambda value: round(value * alpha))
        self.image.paste(colour, (left, top, left + mask.width, top + mask.height), mask)


def gradient(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), mask)


def blurred(mask: Image.Image, radius: float) -> Image.Image:
    """A wide blur on a small copy looks the same, and takes a fraction of the time."""
    if radius < 16:
        return mask.filter(ImageFilter.GaussianBlur(radius))
    small = mask.resize((max(1, mask.width // 8), max(1, mask.height // 8)), Image.Resampling.BOX)
    return small.filter(ImageFilter.GaussianBlur(radius / 8)).resize(mask.size, Image.Resampling.BICUBIC)


def mixed(one: Colour, other: Colour, part: float) -> Colour:
    """A colour between two; `part` is how much of the other."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return (red, green, blue)
