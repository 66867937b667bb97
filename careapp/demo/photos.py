"""The demo family's photos, drawn so that they show nobody: places, things, and people out of focus."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

from careapp.demo import places, things
from careapp.demo.light import Canvas, Colour, mixed

CREAM: Colour = (246, 238, 224)


def photo(name: str) -> bytes:
    """The JPEG of one of `SCENES`."""
    out = BytesIO()
    SCENES[name]().photograph().save(out, "JPEG", quality=86)
    return out.getvalue()


def portrait(seed: str, wall: Colour, skin: Colour, hair: Colour, dress: Colour, style: str) -> Canvas:
    """Someone out of focus: hair, shoulders and warmth, and no face that could be anyone's."""
    canvas = Canvas(mixed(wall, CREAM, 0.4), wall, seed)
    canvas.glow(0.4, 0.2, 0.5, (255, 240, 214), 0.8)
    for n in range(6):
        canvas.oval(0.1 + n * 0.28, 0.2 + (n % 3) * 0.2, 0.07, 0.07, mixed(wall, CREAM, 0.6), 0.03, 0.5)
    if style == "long":
        canvas.oval(0.75, 0.5, 0.25, 0.36, hair, 0.012)
    canvas.shape([(0.66, 0.6), (0.84, 0.6), (0.86, 0.82), (0.64, 0.82)], mixed(skin, (120, 70, 60), 0.25), 0.008)
    canvas.oval(0.75, 1.1, 0.5, 0.36, dress, 0.006)
    canvas.oval(0.75, 0.77, 0.11, 0.06, mixed(skin, (120, 70, 60), 0.12), 0.008)
    canvas.oval(0.75, 0.44, 0.165, 0.22, skin, 0.005)
    canvas.oval(0.82, 0.48, 0.1, 0.2, mixed(skin, (110, 60, 60), 0.35), 0.06, 0.6)
    canvas.oval(0.75, 0.3, 0.19, 0.13, hair, 0.01)
    if style == "bun":
        canvas.oval(0.75, 0.14, 0.085, 0.075, hair, 0.008)
    if style in ("bun", "short"):
        for side in (-1, 1):
            canvas.oval(0.75 + side * 0.16, 0.36, 0.045, 0.11, hair, 0.01)
    canvas.oval(0.68, 0.25, 0.1, 0.04, mixed(hair, (255, 255, 255), 0.4), 0.03, 0.6)
    canvas.glow(0.45, 0.3, 0.3, (255, 230, 190), 0.35)
    canvas.soften(0.008)
    return canvas


SCENES: dict[str, Callable[[], Canvas]] = {
    "hills": places.hills,
    "tea": things.tea,
    "garden": places.garden,
    "hands": things.hands,
    "cat": things.cat,
    "soup": things.soup,
    "sea": places.sea,
    "house": places.house,
    "piano": things.piano,
    "flowers": things.flowers,
    "corridor": places.corridor,
    "wool": things.wool,
    "rose": partial(portrait, "rose", (150, 158, 140), (240, 206, 184), (226, 226, 228), (120, 134, 168), "bun"),
    "maya": partial(portrait, "maya", (190, 150, 120), (232, 190, 160), (86, 56, 44), (44, 104, 104), "long"),
    "tom": partial(portrait, "tom", (110, 136, 160), (226, 182, 152), (70, 52, 44), (74, 84, 104), "short"),
    "ida": partial(portrait, "ida", (176, 170, 140), (238, 200, 178), (200, 190, 182), (150, 76, 84), "short"),
}
