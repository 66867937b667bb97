"""Where the files of a photo or video lie."""

from pathlib import Path

from careapp.adapters.images import SIDES
from careapp.settings import settings

ORIGINAL = "original"
VIDEO = "video"
SIZES = tuple(str(side) for side in SIDES)
SHOWN_AS = "image/webp"
# How the storage labels an original, which no browser may take for something to run.
KEPT_AS = "application/octet-stream"


def folder(site_id: str, stored_id: str) -> str:
    return f"{site_folder(site_id)}/media/{stored_id}"


def site_folder(site_id: str) -> str:
    """Everything that a site keeps in files."""
    return f"sites/{site_id}"


def key(site_id: str, stored_id: str, variant: str) -> str:
    return f"{folder(site_id, stored_id)}/{variant}"


def uploads() -> Path:
    """The folder of what is still arriving; always on this machine."""
    return settings().data / "uploads"


def work() -> Path:
    """The folder of what is being made and is not whole yet, under the ids of what it is made for."""
    return settings().data / "work"
