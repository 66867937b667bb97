"""Where photos stand on a page: one across it, or two beside each other of one height."""

from collections.abc import Sequence
from typing import TypeVar

WIDTH, HIGHEST = 114.0, 92.0  # millimetres; the width between the margins of book.typ
WIDE = 1.9
T = TypeVar("T")


def in_rows(shapes: Sequence[tuple[T, float]]) -> list[list[tuple[T, float]]]:
    """Things with their width divided by their height, as rows of one or two with the share of the width each takes."""
    rows: list[list[tuple[T, float]]] = []
    left = list(shapes)
    while left:
        pair = left[:2]
        is_alone = len(pair) == 1 or pair[0][1] > WIDE or pair[1][1] > WIDE or _begins_alone(shapes, left)
        row = pair[:1] if is_alone else pair
        rows.append(_shared(row))
        left = left[len(row) :]
    return rows


def _begins_alone(shapes: Sequence[tuple[T, float]], left: Sequence[tuple[T, float]]) -> bool:
    """The first of an odd number takes the whole width, if it is no upright one."""
    return len(left) == len(shapes) and len(shapes) % 2 == 1 and left[0][1] >= 1


def _shared(row: Sequence[tuple[T, float]]) -> list[tuple[T, float]]:
    if len(row) == 1:
        thing, shape = row[0]
        return [(thing, min(1.0, HIGHEST * shape / WIDTH))]
    total = sum(shape for _, shape in row)
    return [(thing, shape / total) for thing, shape in row]
