"""Plain tables of medians."""

import statistics
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from typing import Any

Rows = Sequence[Mapping[str, Any]]
Tables = Sequence[tuple[str, Rows]]
Measuring = Awaitable[Tables]


def show(title: str, rows: Rows) -> None:
    """Print rows of the same columns, in columns."""
    names = list(rows[0])
    cells = [names, *([_said(row.get(name)) for name in names] for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(names))]
    print(f"{title}\n")
    for line in cells:
        first, *others = zip(line, widths, strict=True)
        print("  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]))
    print(flush=True)


def medians(runs: Iterable[Mapping[str, float | None]]) -> dict[str, float | None]:
    """By name, the middle of what was measured; None where nothing was."""
    found: dict[str, list[float]] = {}
    for run in runs:
        for name, value in run.items():
            found.setdefault(name, []).extend([] if value is None else [value])
    return {name: statistics.median(values) if values else None for name, values in found.items()}


def _said(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.3f}" if 0 < abs(value) < 1 else f"{value:.1f}" if abs(value) < 10 else f"{value:.0f}"
    return str(value)
