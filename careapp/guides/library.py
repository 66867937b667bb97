"""The guides, read from their files once, in the order in which they are offered."""

import tomllib
from functools import cache
from pathlib import Path

from careapp.guides.schema import Guide

CONTENT = Path(__file__).resolve().parent / "content"


@cache
def guides() -> dict[str, Guide]:
    """Every guide by its key."""
    found = {
        path.stem: Guide.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in CONTENT.glob("*.toml")
    }
    return dict(sorted(found.items(), key=lambda item: item[1].order))
