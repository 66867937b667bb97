"""What people write: whether there is anything to see in it, its links and names, and its beginning."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from careapp.journal.views import TextPart

EXCERPT = 1200
INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
# Blank by design, though Unicode files them under letters and symbols: Hangul fillers, the empty Braille pattern, and
# the selectors that only choose between text and emoji forms.
INVISIBLE_SIGNS = frozenset("\u115f\u1160\u3164\uffa0\u2800\ufe0e\ufe0f\u034f")
# Signs that reverse the reading direction end an address, since they can make it look like another one.
_URL = r"https?://\w[^\s<>\"\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*"
_TRAILING = ".,;:!?'’”»…"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def is_blank(text: str) -> bool:
    """Whether nothing of the text can be seen."""
    return all(sign in INVISIBLE_SIGNS or unicodedata.category(sign) in INVISIBLE_CATEGORIES for sign in text)


def parts(text: str, names: Collection[str] = ()) -> tuple[TextPart, ...]:
    """The text in pieces: plain, links (http and https only), and mentions of the given names."""
    return tuple(part for part in _pieces(text, _pattern(names)) if part.text)


def beginning(text: str, length: int = EXCERPT) -> str:
    """The text, or its first `length` characters up to the end of a word."""
    if len(text) <= length:
        return text
    start = text[:length]
    space = max(start.rfind(" "), start.rfind("\n"))
    return start[: space if space > length // 2 else length].rstrip()


def one_line(text: str, length: int = 140) -> str:
    """The beginning of the text on one line, ending in "…" where there is more."""
    line = " ".join(text.split())
    start = beginning(line, length)
    return start if start == line else f"{start}…"


def names_pattern(names: Collection[str]) -> str:
    """A regular expression for @ and one of the names, the longest first, each as whole words."""
    choices = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return rf"(?<![\w@])@(?P<name>{choices})(?!\w)"


def _pattern(names: Collection[str]) -> re.Pattern[str]:
    mention = rf"|{names_pattern(names)}" if names else ""
    return re.compile(rf"(?P<url>{_URL}){mention}", re.IGNORECASE)


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterator[TextPart]:
    end = 0
    for found in pattern.finditer(text):
        piece = _piece(found)
        yield TextPart(text[end : found.start()])
        yield piece
        end = found.start() + len(piece.text)
    yield TextPart(text[end:])


def _piece(found: re.Match[str]) -> TextPart:
    if not found.group("url"):
        return TextPart(found.group(), is_mention=True)
    url = _without_ending(found.group("url"))
    return TextPart(url, url=url)


def _without_ending(url: str) -> str:
    """Without the full stop or bracket that belongs to the sentence around the address."""
    while url[-1] in _TRAILING or (url[-1] in _BRACKETS and url.count(url[-1]) > url.count(_BRACKETS[url[-1]])):
        url = url[:-1]
    return url
