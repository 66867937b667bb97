"""What people wrote, as the paragraphs of a book: each in the direction it is read in."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from careapp.journal.text import parts
from careapp.journal.views import Phrase, TextPart

LONGEST_ADDRESS = 2000
RIGHT_TO_LEFT = ("R", "AL")
# Latin, Greek and Cyrillic letters and signs: no part of what is one sign to the eye, as in other writing or in emoji.
LONG_WORD = re.compile(r"[!-~\u00c0-\u024f\u0370-\u0481]{24}(?=[!-~\u00c0-\u024f\u0370-\u0481]{8})")
MAY_BREAK = "\u200b"
BULLET, INNER_BULLET = "•", "–"


def paragraphs(text: str) -> list[dict[str, Any]]:
    """A text as it was typed, as paragraphs."""
    return set_out(parts(text))


def set_out(written: Iterable[TextPart]) -> list[dict[str, Any]]:
    """A blank line begins a new paragraph, and so does each item of a list, which brings its own mark."""
    return [one for one in _paragraphs(written) if any(run["text"] for line in one["lines"] for run in line)]


def is_right_to_left(text: str) -> bool:
    """By the first letter that has a direction."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("L", *RIGHT_TO_LEFT):
            return direction in RIGHT_TO_LEFT
    return False


def _paragraphs(written: Iterable[TextPart]) -> Iterator[dict[str, Any]]:
    lines: list[list[dict[str, Any]]] = [[]]
    for part in written:
        if part.points:
            yield _paragraph(lines)
            yield from _items(part)
            lines = [[]]
            continue
        for n, piece in enumerate(part.text.split("\n")):
            if n and not any(run["text"].strip() for run in lines[-1]):
                yield _paragraph(lines[:-1])
                lines = []
            if n:
                lines.append([])
            lines[-1].append(_run(part, piece))
    yield _paragraph(lines)


def _items(part: TextPart) -> Iterator[dict[str, Any]]:
    number = 0
    for item in part.points:
        number += not item.is_inner
        mark = INNER_BULLET if item.is_inner else f"{number}." if part.is_numbered else BULLET
        yield {
            **_paragraph([[_run(phrase, phrase.text) for phrase in item.parts]]),
            "mark": mark,
            "inner": item.is_inner,
        }


def _paragraph(lines: list[list[dict[str, Any]]]) -> dict[str, Any]:
    said = " ".join(run["text"] for line in lines for run in line)
    shown = [[run for run in line if run["text"]] for line in lines]
    return {"lines": shown, "rtl": is_right_to_left(said), "mark": "", "inner": False}


def breakable(text: str) -> str:
    """With places where a word may go on in the next line that is longer than a line, as addresses are."""
    return LONG_WORD.sub(rf"\g<0>{MAY_BREAK}", text)


def _run(phrase: Phrase, text: str) -> dict[str, Any]:
    url = phrase.url if len(phrase.url) <= LONGEST_ADDRESS else ""
    return {"text": breakable(text), "url": url, "strong": phrase.is_strong, "stressed": phrase.is_stressed}
