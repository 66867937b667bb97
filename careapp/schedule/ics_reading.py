"""Reading a calendar that somebody else wrote (iCalendar, RFC 5545): what it says, or why not, by the line.

An appointment is taken over whole, with all its exceptions, or refused. All of it is bounded: a file cannot stall the
server by its size, by rules that are finer than daily, or by thousands of exceptions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from careapp.said import Said, mark
from careapp.schedule.ics_event import Entry, event
from careapp.schedule.ics_lines import Block, Refused, Unreadable, blocks
from careapp.schedule.ics_zones import Zones

MOST_CHARACTERS = 5 * 1024 * 1024
MOST_EVENTS = 2000
LONGEST_NAME = 120
OTHERS = {
    "VTODO": mark("This is a task, not an appointment."),
    "VJOURNAL": mark("This is a note, not an appointment."),
}


@dataclass(frozen=True)
class Calendar:
    """What a file says. `entries` are in its order, each series before its changed occurrences."""

    name: str = ""
    entries: tuple[Entry, ...] = ()
    refused: tuple[Refused, ...] = ()

    @property
    def missed(self) -> Refused | None:
        """The first that may be an appointment and could not be read; None where all of them could."""
        return next((one for one in self.refused if not one.is_other), None)


def read(text: str, zone: str) -> Calendar:
    """What the file says; `zone` is where times without one are meant. Never raises."""
    if len(text) > MOST_CHARACTERS:
        return _none(1, Said("This file is too large."))
    refused: list[Refused] = []
    found = [block for block in blocks(text, refused) if block.name == "VCALENDAR"]
    if not found:
        return _none(1, Said("This is not a calendar file: it does not begin with BEGIN:VCALENDAR."))
    many = sum(each.name == "VEVENT" for block in found for each in block.inner)
    made = (entry for block in found for entry in _entries(block, zone, refused))
    entries = tuple(islice(made, MOST_EVENTS + 1)) if many <= MOST_EVENTS else ()
    if max(many, len(entries)) > MOST_EVENTS:  # one may name many dates
        return _none(1, Said("There are more than {most} appointments in this file.", most=MOST_EVENTS))
    if not found[-1].is_closed and all(one.is_other for one in refused):
        refused.append(Refused(found[-1].number, Said("The file ends before this calendar does.")))
    if not entries and not refused:
        refused.append(Refused(found[0].number, Said("There is no appointment in this file.")))
    return Calendar(_name(found[0]), entries, tuple(sorted(refused, key=lambda one: one.line)))


def _none(line: int, words: Said) -> Calendar:
    return Calendar(refused=(Refused(line, words),))


def _name(calendar: Block) -> str:
    line = calendar.first("X-WR-CALNAME") or calendar.first("NAME")
    try:
        return " ".join(line.words().split())[:LONGEST_NAME] if line else ""
    except Unreadable:
        return ""


def _entries(calendar: Block, usual: str, refused: list[Refused]) -> Iterator[Entry]:
    zones = Zones([block for block in calendar.inner if block.name == "VTIMEZONE"], usual)
    zone = _zone(calendar, zones) or zones.only() or usual
    is_cancelled = bool((method := calendar.first("METHOD")) and "CANCEL" in method.text.upper())
    for group in _groups(calendar, refused).values():
        try:
            found = [event(block, zones, zone) for block in group]
            made = list(_series(found))
        except Unreadable as problem:
            refused.extend(_refusals(group, problem))
        else:
            for one in made:
                gaps = one.gaps if one.rule else frozenset()
                yield replace(one, gaps=gaps, is_cancelled=one.is_cancelled or is_cancelled)


def _zone(calendar: Block, zones: Zones) -> str:
    line = calendar.first("X-WR-TIMEZONE")
    return zones.of(line.text.partition(":")[2].strip()) if line else ""


def _groups(calendar: Block, refused: list[Refused]) -> dict[str, list[Block]]:
    """The appointments of a calendar, those together that say they are one series."""
    groups: dict[str, list[Block]] = {}
    for block in calendar.inner:
        if block.name == "VEVENT":
            line = block.first("UID")
            groups.setdefault(line.text if line else f"line {block.number}", []).append(block)
        elif block.name in OTHERS:
            refused.append(Refused(block.number, Said(OTHERS[block.name]), is_other=True))
    return groups


def _refusals(group: list[Block], problem: Unreadable) -> Iterator[Refused]:
    yield Refused(problem.line, problem.words)
    for block in group:
        if not block.number <= problem.line <= max([block.number, *(line.number for line in block.lines)]):
            yield Refused(
                block.number, Said("It belongs to a series that is refused in line {line}.", line=problem.line)
            )


def _series(found: list[Entry]) -> Iterator[Entry]:
    """The appointment, the further dates that it names, and its changed occurrences by the zone of the series."""
    whole = [entry for entry in found if entry.named is None]
    if len(whole) > 1:
        raise Unreadable(whole[1].line, Said("This appointment is in the file twice."))
    named = [entry for entry in found if entry.named is not None]
    if not whole:  # a part of a series without the series: each stands for itself
        yield from (entry.alone() for entry in named)
        return
    series = whole[0]
    changed = [entry.of(series) for entry in named]
    if len({entry.recurrence_at for entry in changed}) < len(changed):
        raise Unreadable(series.line, Said("One of its dates is changed twice."))
    if series.is_ever() or changed:
        yield series
    yield from series.further([entry.recurrence_at for entry in changed])
    yield from changed
