"""The lines of an iCalendar file (RFC 5545, 3.1) with the numbers by which people find them, and the blocks they make.

Files come from anywhere. Nothing here asks that one is right: what cannot be read is told by its line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from icalendar.parser import Contentline

from careapp.said import Said

_BREAK = re.compile(r"\r\n|\n|\r")
_SHAPE = re.compile(r"[A-Za-z0-9-]+\s*[;:]")
_ESCAPED = re.compile(r"\\([nN,;\\:\"])")
DEEPEST = 8


class Unreadable(Exception):
    """Why something is refused, and the line where that shows, counted from 1."""

    def __init__(self, line: int, words: Said) -> None:
        super().__init__(line, words)
        self.line, self.words = line, words


@dataclass(frozen=True)
class Refused:
    """Something in the file that is not taken over: its line, and why. `is_other`: it is no appointment at all."""

    line: int
    words: Said
    is_other: bool = False


@dataclass(frozen=True)
class Line:
    """One line, put together where it was folded. `name` is in capitals."""

    number: int
    text: str
    name: str

    @property
    def has_shape(self) -> bool:
        return bool(_SHAPE.match(self.text))

    def parts(self) -> tuple[dict[str, str], str]:
        """The parameters, by their names in capitals, and the value. Raises Unreadable."""
        head, _, value = self.text.partition(":")
        if '"' not in head:  # nearly all: the library takes its time
            pairs = (part.partition("=") for part in head.split(";")[1:])
            return {name.strip().upper(): said for name, _, said in pairs}, value
        try:
            _, params, value = Contentline(self.text).parts()  # type: ignore[no-untyped-call]
        except ValueError:
            raise Unreadable(self.number, Said("This line cannot be understood.")) from None
        return {str(name).upper(): said if isinstance(said, str) else said[0] for name, said in params.items()}, value

    def words(self) -> str:
        """The value as text, its escapes undone and without what no keyboard types."""
        text = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.parts()[1])
        return "".join(sign for sign in text if sign >= " " or sign in "\n\t").strip()


@dataclass
class Block:
    """What stands between a BEGIN and its END."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    inner: list["Block"] = field(default_factory=list)
    is_closed: bool = False

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)


def unfolded(text: str) -> Iterator[Line]:
    """The lines without empty ones, each with the number of where it begins."""
    number, open_line = 0, ""
    for position, part in enumerate(_BREAK.split(text.removeprefix("\ufeff")), start=1):
        if part[:1] in (" ", "\t") and open_line:
            open_line += part[1:]
            continue
        if open_line.strip():
            yield _line(number, open_line)
        number, open_line = position, part
    if open_line.strip():
        yield _line(number, open_line)


def _line(number: int, text: str) -> Line:
    return Line(number, text, text.partition(":")[0].partition(";")[0].strip().upper())


def blocks(text: str, refused: list[Refused]) -> list[Block]:
    """The calendars of a file. Lines that belong nowhere are added to `refused`."""
    found: list[Block] = []
    opened: list[Block] = []
    for line in unfolded(text):
        if line.name == "BEGIN" and len(opened) < DEEPEST:
            block = Block(line.text.partition(":")[2].strip().upper(), line.number)
            (opened[-1].inner if opened else found).append(block)
            opened.append(block)
        elif line.name == "END" and opened and line.text.partition(":")[2].strip().upper() == opened[-1].name:
            opened.pop().is_closed = True
        elif opened and line.has_shape and line.name not in ("BEGIN", "END"):
            opened[-1].lines.append(line)
        elif opened and opened[-1].name == "VEVENT":
            opened[-1].lines.append(line)  # it spoils its appointment, which is then refused with this line
        else:
            refused.append(Refused(line.number, Said("This line cannot be understood.")))
            if not opened:
                break
    return found
