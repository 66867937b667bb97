"""Places in soft light: hills, a garden, the sea, a house, a corridor."""

from math import sin

from careapp.demo.light import Canvas, Colour, Point, mixed

CREAM: Colour = (246, 238, 224)


def hills() -> Canvas:
    """Morning mist over hills."""
    canvas = Canvas((248, 206, 160), (253, 236, 208), "hills")
    canvas.glow(1.05, 0.34, 0.3, (255, 240, 200), 1)
    canvas.oval(1.05, 0.36, 0.05, 0.05, (255, 250, 230), 0.004)
    for n, colour in enumerate([(196, 178, 180), (158, 158, 158), (116, 138, 128), (74, 106, 88), (42, 70, 56)]):
        base = 0.44 + n * 0.11
        ridge = [(-0.1, 1.1), *_ridge(canvas, base, 0.07 - n * 0.004), (1.6, 1.1)]
        canvas.shape(ridge, colour, 0.003 if n else 0.006)
        if n < 4:
            canvas.box(-0.2, base + 0.07, 1.7, base + 0.14, CREAM, 0.05, 0.4)
    for n in range(14):
        _tree(canvas, canvas.random.uniform(-0.05, 1.55), 0.93 + (n % 4) * 0.02, canvas.random.uniform(0.05, 0.12))
    return canvas


def garden() -> Canvas:
    """The garden path in summer."""
    canvas = Canvas((186, 216, 236), (236, 240, 220), "garden")
    for n in range(26):
        x = canvas.random.uniform(-0.1, 1.6)
        leaf = mixed((62, 104, 62), (128, 158, 84), canvas.random.random())
        canvas.oval(x, canvas.random.uniform(0.3, 0.46), 0.14, 0.12, leaf, 0.02)
        if n % 4 == 0:
            canvas.oval(x, 0.22, 0.16, 0.13, (78, 120, 74), 0.03)
    canvas.box(-0.1, 0.48, 1.6, 1.1, (118, 156, 84), 0.02)
    canvas.shape([(0.72, 0.46), (0.8, 0.46), (1.12, 1.05), (0.36, 1.05)], (214, 196, 166), 0.006)
    for n in range(9):
        y = 0.5 + (n / 9) ** 1.7 * 0.55
        half = 0.02 + (y - 0.46) * 0.5
        middle = 0.76 - (y - 0.46) * 0.03
        canvas.oval(middle, y + 0.01, half, 0.008 + (y - 0.46) * 0.045, (178, 160, 134), 0.002)
        canvas.oval(middle, y, half, 0.008 + (y - 0.46) * 0.045, (226, 212, 188), 0.002)
    for _ in range(900):
        y = 0.5 + canvas.random.random() ** 1.5 * 0.55
        x = canvas.random.uniform(-0.05, 1.55)
        if abs(x - 0.76) > 0.06 + (y - 0.46) * 0.72:
            _flower(canvas, x, y, 0.004 + (y - 0.46) * 0.026)
    canvas.glow(1.3, 0.05, 0.6, (255, 244, 206), 0.7)
    return canvas


def sea() -> Canvas:
    """The ocean at dusk."""
    canvas = Canvas((82, 92, 138), (252, 182, 130), "sea")
    canvas.glow(0.75, 0.52, 0.4, (255, 214, 160), 1)
    canvas.oval(0.75, 0.5, 0.06, 0.06, (255, 236, 196), 0.004)
    for _ in range(14):
        x, y = canvas.random.uniform(-0.1, 1.6), canvas.random.uniform(0.08, 0.4)
        canvas.oval(x, y, canvas.random.uniform(0.1, 0.3), 0.012, (236, 160, 140), 0.02, 0.6)
    canvas.box(-0.1, 0.54, 1.6, 1.1, (66, 84, 118))
    for _ in range(420):
        deep = canvas.random.random()
        y, x = 0.545 + deep**1.4 * 0.34, canvas.random.uniform(-0.05, 1.55)
        bright = max(0.0, 1 - abs(x - 0.75) / (0.1 + deep * 0.4))
        wide = 0.01 + deep * 0.07
        canvas.oval(x, y, wide, 0.0012 + deep * 0.003, mixed((92, 108, 142), (255, 206, 156), bright), 0.001, 0.7)
    canvas.shape([(-0.1, 0.9), (0.5, 0.86), (1.1, 0.9), (1.6, 0.86), (1.6, 1.1), (-0.1, 1.1)], (112, 92, 88), 0.008)
    canvas.line([(-0.1, 0.885), (0.5, 0.852), (1.1, 0.888), (1.6, 0.85)], 0.012, (240, 222, 210), 0.006, 0.8)
    return canvas


def house() -> Canvas:
    """The house at dusk, with the lights on."""
    canvas = Canvas((70, 90, 130), (236, 190, 170), "house")
    for n in range(9):
        canvas.oval(n * 0.2 - 0.05, 0.62, 0.17, 0.2, mixed((48, 66, 66), (70, 84, 84), n % 3 / 2), 0.012)
    canvas.box(-0.1, 0.78, 1.6, 1.1, (66, 86, 64))
    canvas.shape([(0.34, 0.46), (0.75, 0.16), (1.16, 0.46)], (92, 60, 58))
    canvas.box(0.98, 0.18, 1.05, 0.4, (112, 74, 66))
    canvas.box(0.4, 0.45, 1.1, 0.82, (222, 206, 184))
    canvas.box(0.4, 0.45, 1.1, 0.5, (150, 132, 122), 0.02, 0.7)
    for x in (0.48, 0.88):
        _lit_window(canvas, x, 0.54, 0.15, 0.16)
    _lit_window(canvas, 0.695, 0.3, 0.11, 0.1)
    canvas.box(0.69, 0.56, 0.81, 0.82, (70, 100, 104), 0.001, 1, 0.008)
    canvas.oval(0.79, 0.7, 0.006, 0.006, (240, 200, 120))
    canvas.shape([(0.68, 0.82), (0.82, 0.82), (1.02, 1.05), (0.48, 1.05)], (176, 160, 144), 0.006)
    canvas.glow(0.75, 0.86, 0.2, (255, 206, 130), 0.7)
    for n in range(40):
        x = 0.36 + canvas.random.random() * 0.8
        if abs(x - 0.75) > 0.1:
            canvas.oval(x, 0.83 + (n % 3) * 0.012, 0.022, 0.02, mixed((60, 92, 60), (206, 96, 110), n % 2 * 0.8), 0.002)
    return canvas


def corridor() -> Canvas:
    """A corridor with the morning at its end."""
    canvas = Canvas((222, 228, 226), (206, 210, 204), "corridor")
    canvas.shape([(-0.1, -0.1), (0.62, 0.36), (0.62, 0.6), (-0.1, 1.1)], (206, 218, 214))
    canvas.shape([(1.6, -0.1), (0.88, 0.36), (0.88, 0.6), (1.6, 1.1)], (190, 204, 202))
    canvas.shape([(-0.1, 1.1), (0.62, 0.6), (0.88, 0.6), (1.6, 1.1)], (186, 172, 150))
    canvas.shape([(-0.1, -0.1), (0.62, 0.36), (0.88, 0.36), (1.6, -0.1)], (240, 240, 234))
    canvas.box(0.62, 0.36, 0.88, 0.6, (255, 246, 220))
    for x in (0.7, 0.748, 0.796):
        canvas.box(x, 0.36, x + 0.006, 0.6, (176, 160, 136))
    canvas.shape([(0.64, 0.61), (0.86, 0.61), (1.1, 1.05), (0.4, 1.05)], (255, 238, 196), 0.03, 0.65)
    for side in (-1, 1):
        for n in range(3):
            near, far = 0.2 + n * 0.24, 0.2 + n * 0.24 + 0.12
            _door(canvas, side, near, far)
        rail = [(0.75 + side * 0.13, 0.52), (0.75 + side * 0.86, 0.78)]
        canvas.line(rail, 0.012, (150, 112, 76), 0.001)
    canvas.glow(0.75, 0.48, 0.3, (255, 240, 200), 1)
    return canvas


def _ridge(canvas: Canvas, base: float, height: float) -> list[Point]:
    first, second = canvas.random.uniform(0, 6), canvas.random.uniform(0, 6)
    return [(x / 20 - 0.1, base - height * (sin(x / 3.4 + first) + 0.5 * sin(x / 1.3 + second))) for x in range(35)]


def _tree(canvas: Canvas, x: float, y: float, height: float) -> None:
    dark = mixed((30, 54, 44), (48, 78, 58), canvas.random.random())
    canvas.shape([(x - height * 0.22, y), (x, y - height), (x + height * 0.22, y)], dark, 0.003)
    canvas.box(x - 0.003, y - 0.005, x + 0.003, y + 0.02, dark)


def _flower(canvas: Canvas, x: float, y: float, size: float) -> None:
    petal = canvas.random.choice(
        [(226, 96, 112), (246, 206, 92), (250, 246, 240), (158, 120, 190), (92, 136, 66), (70, 116, 58)]
    )
    canvas.oval(x, y, size, size * 0.8, petal, 0.001)


def _lit_window(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.box(x - 0.01, y - 0.01, x + width + 0.01, y + height + 0.01, (250, 244, 232))
    canvas.box(x, y, x + width, y + height, (255, 214, 140))
    canvas.box(x + width / 2 - 0.004, y, x + width / 2 + 0.004, y + height, (250, 244, 232))
    canvas.glow(x + width / 2, y + height / 2, 0.14, (255, 210, 130), 0.7)


def _door(canvas: Canvas, side: int, near: float, far: float) -> None:
    edge, deep = 0.75 + side * (0.13 + near * 0.72), 0.75 + side * (0.13 + far * 0.72)
    tall = [(0.42 - part * 0.34, 0.6 + part * 0.48) for part in (near, far)]
    (top, bottom), (top2, bottom2) = tall
    canvas.shape([(edge, top), (deep, top2), (deep, bottom2), (edge, bottom)], (164, 142, 116), 0.001)
