"""One appointment of a calendar file (VEVENT): its texts, its times as the wall shows them, its rule and exceptions."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from careapp.errors import Invalid
from careapp.said import Said
from careapp.schedule.ics_lines import Block, Line, Unreadable
from careapp.schedule.ics_texts import Texts, texts_of
from careapp.schedule.ics_times import At, duration_of, rule_of, times_of
from careapp.schedule.ics_zones import Zones
from careapp.schedule.recurrence import has_occurrence
from careapp.schedule.rules import check_rule
from careapp.schedule.walls import moment, wall

LONGEST_UID = 255
LONGEST_DAYS = 400
MOST_DATES = 1000


@dataclass
class Entry:
    """What an appointment is to say. `named` is the occurrence that a changed one stands for, as the file gives it, and
    `recurrence_at` the same as wall time of the series. `dates` are further ones beside the rule."""

    uid: str
    line: int
    texts: Texts
    starts_at: datetime
    ends_at: datetime
    zone: str
    is_all_day: bool = False
    rule: str = ""
    gaps: frozenset[datetime] = frozenset()
    dates: tuple[datetime, ...] = ()
    named: At | None = None
    recurrence_at: datetime | None = None
    sequence: int = 0
    is_cancelled: bool = False

    def of(self, series: "Entry") -> "Entry":
        """As a changed occurrence of this series."""
        assert self.named is not None
        return replace(self, uid=series.uid, recurrence_at=self.named.in_series(series), rule="", gaps=frozenset())

    def alone(self) -> "Entry":
        """As an appointment of its own, where its series is not in the file."""
        assert self.named is not None
        return replace(self, uid=_fitting(f"{self.uid}/{self.named.wall:%Y%m%dT%H%M%S}"), named=None)

    def is_ever(self) -> bool:
        """False where all that is left are further dates."""
        return bool(self.rule) or self.starts_at not in self.gaps

    def further(self, changed: Collection[datetime | None]) -> Iterator["Entry"]:
        """The dates beside the rule, each as an appointment of its own."""
        length = self.ends_at - self.starts_at
        for at in self.dates:
            if at not in changed and at not in self.gaps and not has_occurrence(self, (), at):
                uid = _fitting(f"{self.uid}/{at:%Y%m%dT%H%M%S}")
                yield replace(self, uid=uid, starts_at=at, ends_at=at + length, rule="", gaps=frozenset(), dates=())


def event(block: Block, zones: Zones, zone: str) -> Entry:
    """What the appointment says. Raises Unreadable with the first line that cannot be taken over."""
    _check(block)
    starts, ends = _start_and_end(block, zones, zone)
    entry = Entry(
        uid="",
        line=block.number,
        texts=texts_of(block),
        starts_at=starts.wall,
        ends_at=ends,
        zone=starts.zone,
        is_all_day=starts.is_date,
        rule=rule_of(block, starts),
        dates=tuple(sorted({at.in_series(starts) for at in _each(block, "RDATE", zones, zone)})),
        gaps=frozenset(at.in_series(starts) for at in _each(block, "EXDATE", zones, zone)),
        named=_named(block, zones, zone),
        sequence=_sequence(block),
        is_cancelled=bool((line := block.first("STATUS")) and line.words().upper() == "CANCELLED"),
    )
    _check_rule(block, entry)
    return replace(entry, uid=_uid(block, entry))


def _check(block: Block) -> None:
    if not block.is_closed:
        raise Unreadable(block.number, Said("The file ends before this appointment does."))
    for line in block.lines:
        if not line.has_shape:
            raise Unreadable(line.number, Said("This line cannot be understood."))
    for once in ("DTSTART", "DTEND", "RRULE", "RECURRENCE-ID", "UID", "DURATION"):
        if len(lines := block.all(once)) > 1:
            raise Unreadable(lines[1].number, Said("This appointment says {what} twice.", what=once))
    if excluded := block.first("EXRULE"):
        raise Unreadable(
            excluded.number, Said("It leaves out dates by a rule of their own, which cannot be taken over.")
        )


def _start_and_end(block: Block, zones: Zones, zone: str) -> tuple[At, datetime]:
    line = block.first("DTSTART")
    if line is None:
        raise Unreadable(block.number, Said("This appointment does not say when it begins."))
    starts = _at(line, zones, zone)
    if starts.is_utc and not block.first("RRULE"):
        starts = starts.moved_to(zone)
    if end := block.first("DTEND"):
        ends = _end(end, starts, zones, zone)
    elif length := block.first("DURATION"):
        ends = _after(length, starts)
    else:
        ends = starts.wall
    if starts.is_date and ends == starts.wall:
        ends += timedelta(days=1)
    return starts, ends


def _end(line: Line, starts: At, zones: Zones, zone: str) -> datetime:
    ends = _at(line, zones, zone)
    if ends.is_date != starts.is_date:
        raise Unreadable(line.number, Said("It begins at a time and ends on a day, or the other way round."))
    at = ends.moved_to(starts.zone).wall
    if at < starts.wall:
        raise Unreadable(line.number, Said("It ends before it begins."))
    if at - starts.wall > timedelta(days=LONGEST_DAYS):
        raise Unreadable(line.number, Said("It lasts longer than a year."))
    return at


def _after(line: Line, starts: At) -> datetime:
    length = duration_of(line)
    if not timedelta() <= length <= timedelta(days=LONGEST_DAYS):
        raise Unreadable(line.number, Said("How long it lasts cannot be understood."))
    if starts.is_date or length % timedelta(days=1) == timedelta():
        return starts.wall + length
    return wall(moment(starts.wall, starts.zone) + length, starts.zone)


def _at(line: Line, zones: Zones, zone: str) -> At:
    found = times_of(line, zones, zone)
    if len(found) != 1:
        raise Unreadable(line.number, Said("This time cannot be understood."))
    return found[0]


def _each(block: Block, name: str, zones: Zones, zone: str) -> Iterator[At]:
    taken = 0
    for line in block.all(name):
        found = times_of(line, zones, zone)
        taken += len(found)
        if taken > MOST_DATES:
            raise Unreadable(line.number, Said("It has more than {most} exceptions.", most=MOST_DATES))
        yield from found


def _named(block: Block, zones: Zones, zone: str) -> At | None:
    line = block.first("RECURRENCE-ID")
    if line is None:
        return None
    if "RANGE" in line.parts()[0]:
        raise Unreadable(line.number, Said("It changes all that follow, too, which cannot be taken over."))
    return _at(line, zones, zone)


def _check_rule(block: Block, entry: Entry) -> None:
    line = block.first("RRULE")
    if line is None or entry.named is not None:
        return
    try:
        check_rule(entry.rule, entry.starts_at, entry.zone)
    except Invalid as refusal:
        words = next(iter(refusal.fields.values()), Said("This way of repeating cannot be read."))
        raise Unreadable(line.number, words if isinstance(words, Said) else Said(words)) from None


def _sequence(block: Block) -> int:
    line = block.first("SEQUENCE")
    said = line.words() if line else ""
    return int(said) if said.isdecimal() and len(said) < 9 else 0


def _uid(block: Block, entry: Entry) -> str:
    """What the file calls it, else made of what it says, so that the same file read again means the same."""
    line = block.first("UID")
    if line and (said := line.words()):
        return _fitting(said)
    return _digest(f"{entry.starts_at} {entry.zone} {entry.texts.title} {entry.rule}")


def _fitting(uid: str) -> str:
    return uid if len(uid) <= LONGEST_UID else _digest(uid)


def _digest(text: str) -> str:
    return f"careapp-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:40]}"
