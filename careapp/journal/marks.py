"""The few marks that shape what people write: **strong**, *stressed*, [words](address), addresses, names, and lists.

A mark counts only where hardly anyone would type it for another reason: emphasis around whole words with a letter in
them, a list from two lines on. Everything else stays as it was typed, so a sum, a file's name or a date looks as it
always did.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from careapp.journal.views import ListItem, TextPart

# Signs that reverse the reading direction end an address, since they can make it look like another one.
_IN_ADDRESS = r"[^\s<>\"\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
_WWW = r"(?<![\w@./-])www\.(?=[\w-]+\.\w{2})"
_URL = rf"(?:https?://\w|{_WWW}){_IN_ADDRESS}*"
_TARGET = rf"(?:https?://\w|mailto:\w|tel:[+\d])(?:(?![()]){_IN_ADDRESS})*"
_LINK = rf"\[(?P<label>[^\[\]\n]{{1,200}})\]\((?P<target>{_TARGET})\)"
_STRONG = r"(?<![\w*\\])\*\*(?=[^\s*])(?=[^*\n]*[^\W\d_])(?P<strong>[^*\n]+)(?<=[^\s*])\*\*(?![\w*])"
_STARS = r"(?<![\w*\\])\*(?=[^\s*])(?=[^*\n]*[^\W\d_])(?P<stars>[^*\n]+)(?<=[^\s*])\*(?![\w*])"
_LOWLINES = r"(?<![\w\\])_(?=[^\s_])(?=[^_\n]*[^\W\d_])(?P<lowlines>[^_\n]+)(?<=[^\s_])_(?!\w)"
_MARK = re.compile("|".join([_LINK, rf"(?P<url>{_URL})", _STRONG, _STARS, _LOWLINES]), re.IGNORECASE)
# Where one may begin: looked for first, as it is found a hundred times faster, and most texts have none.
_START = re.compile(rf"[*_\[@]|https?://|{_WWW}", re.IGNORECASE)
_LOOKS_LIKE_AN_ADDRESS = re.compile(r"\w://|\w\.\w{2,}(?:[/:?#]|$)|\w@\w", re.IGNORECASE)
_TRAILING = ".,;:!?'’”»…"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_LIST = re.compile(r"^ {0,8}(?:[-*•]|\d{1,3}\.)[ \t]", re.MULTILINE)
_ITEM = re.compile(r"(?P<indent> {0,8})(?:(?P<bullet>[-*•])|(?P<number>\d{1,3})\.)[ \t]+(?P<words>\S.*)")


# What finds the names of members after an @; None where nobody is named.
Name = re.Pattern[str] | None


class _Line(NamedTuple):
    """A line of text; `sign` is what makes it an item of a list, "" for any other."""

    text: str
    sign: str = ""
    words: str = ""
    number: int = 0
    is_inner: bool = False


def shaped(text: str, names: Collection[str] = ()) -> Iterator[TextPart]:
    """The text in pieces, in its order; a list is one piece. Nothing that can be read is left out but the marks."""
    name = re.compile(names_pattern(names), re.IGNORECASE) if names else None
    if not _LIST.search(text):
        yield from _pieces(text, name)
        return
    for lines in _blocks(text):
        if lines[0].sign:
            items = tuple(ListItem(tuple(_pieces(line.words, name)), line.is_inner) for line in lines)
            yield TextPart(points=items, is_numbered=lines[0].number > 0)
        else:
            yield from _pieces("\n".join(line.text for line in lines), name)


def names_pattern(names: Collection[str]) -> str:
    """A regular expression for @ and one of the names, the longest first, each as whole words."""
    choices = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return rf"(?<![\w@])@(?P<name>{choices})(?!\w)"


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Lines that belong together: those of a list, or all between two lists."""
    plain: list[_Line] = []
    for sign, group in groupby(map(_line, text.split("\n")), lambda line: line.sign):
        lines = list(group)
        if not sign or not _is_list(lines):
            plain += [line._replace(sign="") for line in lines]
            continue
        if plain:
            yield plain
        yield lines
        plain = []
    if plain:
        yield plain


def _line(text: str) -> _Line:
    found = _ITEM.fullmatch(text)
    if not found:
        return _Line(text)
    number = int(found["number"] or 0)
    return _Line(text, found["bullet"] or ".", found["words"], number, len(found["indent"]) > 1)


def _is_list(lines: list[_Line]) -> bool:
    """At least two items, and if they are numbered, from 1 on without a gap."""
    if lines[0].sign != ".":
        return len(lines) > 1
    return len(lines) > 1 and [line.number for line in lines] == [*range(1, len(lines) + 1)]


def _pieces(text: str, name: Name) -> Iterator[TextPart]:
    end = at = 0
    while start := _START.search(text, at):
        pieces, at = _found(text, start.start(), name)
        if not pieces:
            continue
        if start.start() > end:
            yield TextPart(text[end : start.start()])
        yield from pieces
        end = at
    if end < len(text):
        yield TextPart(text[end:])


def _found(text: str, at: int, name: Name) -> tuple[list[TextPart], int]:
    """What is meant at this place, and where it ends; nothing where a sign is only a sign."""
    if text[at] == "@":
        named = name.match(text, at) if name else None
        return ([TextPart(named.group(), is_mention=True)], named.end()) if named else ([], at + 1)
    found = _MARK.match(text, at)
    return (_meant(found, name), _end(found)) if found else ([], at + 1)


def _meant(found: re.Match[str], name: Name) -> list[TextPart]:
    match {key: value for key, value in found.groupdict().items() if value is not None}:
        case {"url": address}:
            url = _without_ending(address)
            return [TextPart(url, url=url if url[:4].lower() == "http" else f"https://{url}")]
        case {"label": label, "target": target}:
            return [_link(label, target, found.group())]
        case {"strong": words}:
            return _each(words, name, lambda part: replace(part, is_strong=True))
        case {"stars": words} | {"lowlines": words}:
            return _each(words, name, lambda part: replace(part, is_stressed=True))
    return []


def _end(found: re.Match[str]) -> int:
    """What belongs to the sentence around an address is looked at again."""
    return found.start() + len(_without_ending(found["url"])) if found["url"] else found.end()


def _each(words: str, name: Name, change: Callable[[TextPart], TextPart]) -> list[TextPart]:
    return [change(part) for part in _pieces(words, name)]


def _link(label: str, target: str, typed: str) -> TextPart:
    """Words that look like an address themselves could pretend to lead elsewhere: they stay as they were typed."""
    if not label.strip() or _LOOKS_LIKE_AN_ADDRESS.search(label):
        return TextPart(typed)
    return TextPart(label, url=target)


def _without_ending(url: str) -> str:
    """Without the full stop, bracket that belongs to the sentence around the address."""
    surplus = {closing: url.count(closing) - url.count(opening) for closing, opening in _BRACKETS.items()}
    end = len(url)
    while (last := url[end - 1]) in _TRAILING or surplus.get(last, 0) > 0:
        end -= 1
        if last in surplus:
            surplus[last] -= 1
    return url[:end]
