"""Things on tables and window sills: tea, soup, flowers, wool, piano keys, the cat, two hands."""

from functools import partial
from math import cos, pi, sin

from careapp.demo.light import Canvas, Colour, Point, mixed

WOOD: Colour = (150, 106, 70)
CREAM: Colour = (246, 238, 224)


def tea() -> Canvas:
    """A cup of tea by the window."""
    canvas = Canvas((236, 232, 220), (214, 200, 178), "tea")
    _window(canvas, 0.85, -0.1, 0.62, (250, 248, 236), (176, 200, 170))
    _table(canvas, 0.66)
    canvas.oval(0.62, 0.9, 0.4, 0.07, (70, 44, 28), 0.04, 0.55)
    canvas.oval(0.6, 0.85, 0.36, 0.085, (226, 232, 232))
    canvas.oval(0.6, 0.842, 0.35, 0.078, (247, 249, 247))
    canvas.oval(0.6, 0.845, 0.2, 0.04, (214, 220, 218), 0.01)
    canvas.ring(0.83, 0.65, 0.1, 0.09, 0.034, (232, 238, 236))
    canvas.shape(
        [(0.36, 0.54), (0.84, 0.54), (0.79, 0.74), (0.71, 0.84), (0.49, 0.84), (0.41, 0.74)], (238, 243, 241), 0.004
    )
    canvas.shape([(0.66, 0.54), (0.84, 0.54), (0.79, 0.74), (0.71, 0.84), (0.62, 0.84)], (206, 216, 216), 0.03, 0.8)
    canvas.oval(0.6, 0.54, 0.24, 0.06, (250, 252, 250))
    canvas.oval(0.6, 0.546, 0.22, 0.05, (134, 70, 26))
    canvas.oval(0.56, 0.54, 0.13, 0.02, (198, 130, 66), 0.01, 0.8)
    for n in range(3):
        x = 0.5 + n * 0.1
        wisp = [(x + 0.025 * sin(step * 0.9 + n), 0.5 - step * 0.04) for step in range(9)]
        canvas.line(wisp, 0.018, (255, 255, 255), 0.014, 0.45)
    canvas.box(1.08, 0.8, 1.44, 0.85, (62, 94, 104), 0.002, 1, 0.008)
    canvas.box(1.06, 0.76, 1.4, 0.8, (176, 84, 66), 0.002, 1, 0.008)
    canvas.glow(0.3, 0.2, 0.5, (255, 238, 204), 0.5)
    return canvas


def hands() -> Canvas:
    """Two hands, one laid over the other, on a knitted blanket."""
    canvas = Canvas((104, 122, 132), (74, 92, 104), "hands")
    for row in range(30):
        for column in range(46):
            x, y = column * 0.035 + (row % 2) * 0.017, row * 0.036
            canvas.oval(x, y, 0.014, 0.016, mixed((124, 146, 154), (96, 118, 130), canvas.random.random()), 0.002)
    canvas.glow(0.3, 0.1, 0.6, (255, 226, 190), 0.5)
    _hand(canvas, (0.8, 0.66), pi * 1.02, (228, 184, 160), (122, 58, 66))
    _hand(canvas, (0.72, 0.52), pi * -0.06, (244, 206, 180), (232, 224, 208))
    return canvas


def cat() -> Canvas:
    """The cat in the evening window."""
    canvas = Canvas((228, 168, 120), (250, 214, 160), "cat")
    canvas.glow(1.0, 0.6, 0.5, (255, 236, 180), 1)
    for n in range(7):
        canvas.oval(0.1 + n * 0.24, 0.72, 0.2, 0.12, mixed((150, 118, 92), (120, 104, 92), n / 7), 0.03)
    canvas.box(-0.1, 0.8, 1.6, 1.1, (236, 226, 210))
    canvas.box(-0.1, 0.8, 1.6, 0.83, (250, 244, 232))
    canvas.box(0.72, -0.1, 0.78, 0.8, (238, 228, 212))
    fur = (46, 38, 42)
    canvas.oval(0.5, 0.83, 0.28, 0.03, (120, 92, 70), 0.02, 0.6)
    canvas.oval(0.46, 0.64, 0.15, 0.2, fur, 0.003)
    canvas.oval(0.47, 0.48, 0.1, 0.15, fur, 0.003)
    canvas.oval(0.48, 0.37, 0.1, 0.085, fur, 0.003)
    canvas.shape([(0.39, 0.35), (0.395, 0.23), (0.465, 0.3)], fur, 0.003)
    canvas.shape([(0.5, 0.3), (0.565, 0.23), (0.57, 0.35)], fur, 0.003)
    canvas.line([(0.34 - 0.1 * sin(n / 3), 0.79 + 0.05 * sin(n / 2.2)) for n in range(9)], 0.04, fur, 0.003)
    canvas.line([(0.58, 0.36), (0.555, 0.5), (0.6, 0.68)], 0.01, (255, 220, 160), 0.01, 0.8)
    return canvas


def soup() -> Canvas:
    """Ida's soup, from above."""
    canvas = Canvas((168, 122, 84), (140, 98, 64), "soup")
    for n in range(12):
        canvas.box(-0.1, n * 0.09, 1.6, n * 0.09 + 0.004, (108, 72, 46), 0.002, 0.7)
    canvas.box(0.1, 0.62, 0.5, 1.06, (226, 220, 206), 0.004)
    canvas.oval(0.83, 0.56, 0.42, 0.42, (60, 38, 24), 0.05, 0.6)
    canvas.oval(0.8, 0.5, 0.42, 0.42, (70, 104, 116))
    canvas.oval(0.8, 0.5, 0.385, 0.385, (96, 132, 142))
    canvas.oval(0.8, 0.5, 0.345, 0.345, (54, 82, 92))
    canvas.oval(0.8, 0.5, 0.33, 0.33, (218, 158, 70))
    canvas.glow(0.7, 0.38, 0.2, (255, 222, 150), 0.6)
    for _ in range(70):
        angle, far = canvas.random.uniform(0, 2 * pi), canvas.random.random() ** 0.5 * 0.29
        x, y = 0.8 + far * cos(angle), 0.5 + far * sin(angle)
        kind = canvas.random.choice([(232, 116, 40), (96, 138, 58), (244, 226, 176), (206, 100, 46)])
        canvas.oval(x + 0.004, y + 0.005, 0.022, 0.018, (150, 96, 34), 0.006, 0.6)
        canvas.oval(x, y, canvas.random.uniform(0.012, 0.026), canvas.random.uniform(0.01, 0.02), kind, 0.002)
    canvas.line([(1.3, 0.95), (1.2, 0.4)], 0.024, (214, 214, 210), 0.002)
    canvas.oval(1.18, 0.3, 0.05, 0.085, (226, 226, 222), 0.003)
    canvas.oval(0.28, 0.3, 0.19, 0.13, (70, 44, 26), 0.04, 0.6)
    canvas.oval(0.26, 0.27, 0.18, 0.12, (176, 112, 54), 0.004)
    canvas.oval(0.27, 0.27, 0.155, 0.1, (236, 206, 156), 0.008)
    return canvas


def piano() -> Canvas:
    """The keys of her piano, seen along their row."""
    canvas = Canvas((58, 42, 36), (88, 62, 48), "piano")
    canvas.box(-0.1, 0.5, 1.6, 1.1, (244, 240, 230))
    for n in range(18):
        canvas.box(n * 0.09, 0.5, n * 0.09 + 0.005, 1.0, (150, 142, 132), 0.001)
        canvas.box(n * 0.09 + 0.006, 0.5, n * 0.09 + 0.03, 1.0, (255, 255, 252), 0.008, 0.6)
        if n % 7 not in (2, 6):
            canvas.box(n * 0.09 + 0.068, 0.5, n * 0.09 + 0.128, 0.8, (60, 52, 50), 0.012, 0.5)
            canvas.box(n * 0.09 + 0.066, 0.49, n * 0.09 + 0.116, 0.77, (28, 26, 28), 0.001, 1, 0.008)
            canvas.box(n * 0.09 + 0.074, 0.5, n * 0.09 + 0.084, 0.74, (110, 106, 108), 0.004, 0.7)
    canvas.box(-0.1, 0.44, 1.6, 0.5, (92, 30, 40))
    canvas.box(-0.1, 0.94, 1.6, 1.1, (74, 52, 42))
    canvas.shape([(0.4, 0.06), (0.86, 0.03), (0.88, 0.4), (0.42, 0.42)], (240, 230, 208), 0.002)
    for n in range(5):
        for staff in range(5):
            y = 0.1 + n * 0.06 + staff * 0.008
            canvas.line([(0.45, y), (0.84, y - 0.025)], 0.0012, (120, 104, 92), 0, 0.8)
        for _ in range(9):
            canvas.oval(
                canvas.random.uniform(0.47, 0.82),
                0.09 + n * 0.06 + canvas.random.random() * 0.03,
                0.006,
                0.004,
                (50, 40, 38),
            )
    canvas.glow(1.2, 0.1, 0.6, (255, 216, 160), 0.7)
    return canvas


def flowers() -> Canvas:
    """Garden flowers in a jug, upright."""
    canvas = Canvas((224, 226, 214), (206, 194, 176), "flowers", is_upright=True)
    _window(canvas, -0.2, -0.1, 0.66, (252, 250, 240), (190, 208, 184))
    _table(canvas, 1.12)
    canvas.oval(0.55, 1.33, 0.26, 0.04, (60, 40, 26), 0.03, 0.6)
    for n in range(24):
        angle = -pi / 2 + canvas.random.uniform(-1.0, 1.0)
        far = canvas.random.uniform(0.26, 0.56)
        x, y = 0.52 + far * cos(angle), 0.86 + far * sin(angle)
        canvas.line([(0.52, 0.94), ((0.52 + x) / 2 + 0.02, (0.9 + y) / 2), (x, y)], 0.007, (78, 112, 66), 0.001)
        canvas.oval((0.52 + x) / 2, (0.92 + y) / 2, 0.035, 0.015, (96, 134, 80), 0.003)
        if n > 4:
            _blossom(canvas, x, y, canvas.random.uniform(0.035, 0.065))
    canvas.ring(0.72, 1.1, 0.09, 0.12, 0.03, (120, 152, 166))
    jug = [
        (0.4, 0.92),
        (0.64, 0.92),
        (0.66, 1.04),
        (0.72, 1.16),
        (0.68, 1.32),
        (0.36, 1.32),
        (0.32, 1.16),
        (0.38, 1.04),
    ]
    canvas.shape(jug, (140, 172, 184), 0.006)
    canvas.shape([(0.56, 0.93), (0.64, 0.93), (0.72, 1.16), (0.68, 1.32), (0.56, 1.32)], (92, 124, 140), 0.03, 0.8)
    canvas.oval(0.44, 1.14, 0.02, 0.1, (220, 236, 240), 0.02, 0.8)
    canvas.glow(0.1, 0.3, 0.5, (255, 240, 210), 0.6)
    return canvas


def wool() -> Canvas:
    """A basket of wool, and what is becoming of it."""
    canvas = Canvas((230, 222, 208), (196, 178, 154), "wool")
    _table(canvas, 0.74)
    balls: list[tuple[float, float, float, Colour]] = [
        (0.5, 0.5, 0.17, (168, 84, 74)),
        (0.94, 0.5, 0.18, (84, 124, 130)),
        (0.72, 0.42, 0.19, (222, 176, 96)),
    ]
    for x, y, size, colour in balls:
        _ball(canvas, x, y, size, colour)
    canvas.line([(0.62, 0.62), (1.16, 0.1)], 0.014, (196, 152, 100), 0.001)
    canvas.line([(0.84, 0.62), (0.38, 0.12)], 0.014, (206, 164, 112), 0.001)
    canvas.oval(0.73, 0.93, 0.44, 0.05, (70, 44, 28), 0.04, 0.6)
    basket = [(0.3, 0.56), (1.16, 0.56), (1.08, 0.92), (0.38, 0.92)]
    canvas.shape(basket, (164, 122, 78), 0.003)
    for row in range(8):
        for column in range(24):
            x = 0.33 + column * 0.035 + (row % 2) * 0.017
            if 0.31 + row * 0.01 < x < 1.14 - row * 0.01:
                tone = mixed((190, 146, 96), (134, 94, 58), canvas.random.random())
                canvas.oval(x, 0.59 + row * 0.044, 0.02, 0.016, tone, 0.003)
    canvas.line([(0.3, 0.56), (1.16, 0.56)], 0.03, (196, 152, 102), 0.002)
    canvas.glow(1.3, 0.1, 0.5, (255, 236, 200), 0.6)
    return canvas


def _window(canvas: Canvas, x: float, y: float, size: float, light: Colour, leaves: Colour) -> None:
    canvas.box(x, y, x + size, y + size, light)
    for n in range(16):
        far = canvas.random.random()
        canvas.oval(
            x + far * size, y + size * (0.4 + canvas.random.random() * 0.5), 0.1, 0.09, leaves, 0.04, 0.35 + n % 2 * 0.2
        )
    for part in (0.0, 0.49, 0.98):
        canvas.box(x + part * size, y, x + part * size + 0.018, y + size, (240, 234, 222), 0.002)
        canvas.box(x, y + part * size, x + size, y + part * size + 0.018, (240, 234, 222), 0.002)


def _table(canvas: Canvas, y: float) -> None:
    canvas.box(-0.1, y, 1.7, 1.7, WOOD)
    canvas.box(-0.1, y, 1.7, y + 0.012, mixed(WOOD, CREAM, 0.4), 0.004)
    for n in range(26):
        start = y + 0.02 + n * 0.022
        tone = mixed(WOOD, (96, 62, 40), canvas.random.random() * 0.5)
        canvas.line([(-0.1, start), (0.7, start + 0.006), (1.7, start - 0.003)], 0.003, tone, 0.002, 0.5)


def _blossom(canvas: Canvas, x: float, y: float, size: float) -> None:
    petal = canvas.random.choice([(228, 108, 120), (248, 214, 120), (250, 246, 238), (170, 136, 198), (238, 150, 110)])
    for n in range(7):
        angle = n * 2 * pi / 7
        tone = mixed(petal, (255, 255, 255), 0.3 * canvas.random.random())
        canvas.oval(x + size * 0.6 * cos(angle), y + size * 0.6 * sin(angle), size * 0.5, size * 0.5, tone, 0.003)
    canvas.oval(x, y, size * 0.36, size * 0.36, (206, 150, 60), 0.003)


def _ball(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    canvas.oval(x, y, size, size, colour, 0.003)
    canvas.oval(x + size * 0.3, y + size * 0.3, size * 0.7, size * 0.7, mixed(colour, (40, 24, 24), 0.5), 0.05, 0.6)
    for turn in range(3):
        for n in range(9):
            part = (n - 4) / 5
            bow = [
                _turned(x, y, size * part, size * 0.98 * (1 - part * part) ** 0.5 * step / 5, turn * pi / 3)
                for step in range(-5, 6)
            ]
            canvas.line(bow, 0.004, mixed(colour, (255, 255, 255), 0.35), 0.001, 0.5)


def _hand(canvas: Canvas, wrist: Point, turn: float, skin: Colour, sleeve: Colour) -> None:
    """A hand from above with its sleeve, its fingers pointing where `turn` says."""
    x, y = wrist
    dark = mixed(skin, (110, 60, 50), 0.4)
    at = partial(_turned, x, y, turn=turn)
    canvas.line([at(-1.0, 0), at(-0.12, 0)], 0.25, mixed(sleeve, (30, 30, 30), 0.45), 0.03, 0.6)
    canvas.line([at(-1.0, 0), at(-0.14, 0)], 0.23, sleeve, 0.004)
    fingers = [(-0.075, 0.26, 0.046), (-0.026, 0.31, 0.05), (0.026, 0.29, 0.048), (0.074, 0.23, 0.042)]
    for offset, length, width in fingers:
        canvas.line([at(0.08, offset), at(length, offset * 1.3 + 0.012)], width + 0.014, dark, 0.012, 0.7)
    canvas.line([at(-0.02, 0.09), at(0.1, 0.17), at(0.16, 0.165)], 0.07, dark, 0.012, 0.6)
    canvas.line([at(-0.2, 0), at(0.02, 0)], 0.15, skin, 0.006)
    canvas.line([at(0.0, -0.01), at(0.08, 0.0)], 0.2, skin, 0.006)
    canvas.line([at(-0.04, 0.08), at(0.09, 0.16), at(0.15, 0.155)], 0.052, skin, 0.004)
    for offset, length, width in fingers:
        canvas.line([at(0.06, offset), at(length, offset * 1.3)], width, skin, 0.003)
        tip = at(length + 0.004, offset * 1.3)
        canvas.oval(tip[0], tip[1], width * 0.3, width * 0.26, mixed(skin, (255, 240, 236), 0.6), 0.003, 0.8)
    for offset, length, _ in fingers:
        knuckle = at(length * 0.52, offset * 1.15)
        canvas.oval(knuckle[0], knuckle[1], 0.014, 0.01, dark, 0.008, 0.5)


def _turned(x: float, y: float, along: float, across: float, turn: float) -> Point:
    return (x + along * cos(turn) - across * sin(turn), y + along * sin(turn) + across * cos(turn))
