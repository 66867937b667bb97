"""Sets a book: photos made fit for print, and pages set by Typst, both in confined processes.

What people wrote comes as data in `book.json`, which the template reads as strings: text never becomes an instruction.
Typst sees the files of its folder and no others, and has no way to a network.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from careapp.adapters import confined

PRINTER = Path(__file__).with_name("book_printer.py")
AT_ONCE = 12
LARGEST = 400 * confined.MEGABYTE
PICTURES = confined.Limits(cpu=60, patience=180, is_patient=True)
PAGES = confined.Limits(cpu=150, patience=600, file=LARGEST, is_patient=True)
BOOK = "book.pdf"


def print_pictures(folder: Path, pictures: Sequence[tuple[Path, str]], limits: confined.Limits = PICTURES) -> None:
    """Write JPEGs for some of our own WebP files, at most `AT_ONCE`, under these names into the folder. Raises as
    `confined.run`."""
    command = [sys.executable, "-I", str(PRINTER), "pictures", *(str(source) for source, _ in pictures)]
    with open(os.devnull, "rb") as nothing:
        printed = confined.run(command, nothing, limits)
    line, _, rest = printed.partition(b"\n")
    for length, (_, name) in zip(json.loads(line), pictures, strict=True):
        (folder / name).write_bytes(rest[:length])
        rest = rest[length:]


def set_pages(folder: Path, template: Path, fonts: Path, limits: confined.Limits = PAGES) -> int:
    """Set the template with the `book.json` and the pictures of the folder as `book.pdf` beside them; how many pages
    it has. Raises as `confined.run`."""
    (folder / template.name).write_bytes(template.read_bytes())
    command = [sys.executable, "-I", str(PRINTER), "pages", str(folder), template.name, str(fonts), BOOK]
    with open(os.devnull, "rb") as nothing:
        return int(confined.run(command, nothing, limits))
