"""What people write: how it is shown, and how it reads without its marks."""

from collections.abc import Collection

from careapp.journal.marks import shaped
from careapp.journal.views import TextPart

EXCERPT = 1200
LOOKED_AT = 2000


def parts(text: str, names: Collection[str] = ()) -> tuple[TextPart, ...]:
    """The text in pieces: plain, stressed, links, mentions of the given names, and lists."""
    return tuple(shaped(text, names))


def without_marks(text: str) -> str:
    """What is read aloud, or stands on a lock screen: the words alone, and the items of a list after one another."""
    return "".join(_words(part) for part in shaped(text))


def _words(part: TextPart) -> str:
    if not part.points:
        return part.text
    items = ("".join(piece.text for piece in item.parts) for item in part.points)
    return f"\n{', '.join(items)}\n"


def beginning(text: str, length: int = EXCERPT) -> str:
    """The text, or its first `length` characters up to the end of a word."""
    if len(text) <= length:
        return text
    start = text[:length]
    space = max(start.rfind(" "), start.rfind("\n"))
    return start[: space if space > length // 2 else length].rstrip()


def one_line(text: str, length: int = 140) -> str:
    """The beginning of the text on one line, without its marks, ending in "…" where there is more."""
    line = " ".join(without_marks(text[:LOOKED_AT]).split())
    start = beginning(line, length)
    return start if start == line and len(text) <= LOOKED_AT else f"{start}…"
