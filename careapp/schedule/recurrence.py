"""What a series comes to between two moments, and the moments that bound it.

Rules are followed in wall times, so that a visit at nine stays at nine when summer ends. Nothing here is asked for
without an end: `most` and the bounds of `rules` keep a rule without end from stalling a page.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

from careapp.schedule.rules import Rule, parsed
from careapp.schedule.walls import moment, wall

DAY = timedelta(days=1)


class Series(Protocol):
    """What repeats by `rule`, or happens once when that is empty: an Appointment, or what looks like one. `ends_at` of
    what takes all day is the midnight after its last day."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    rule: str


@dataclass(frozen=True)
class Pattern:
    """When something is, and how it repeats: all that its times depend on."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    rule: str


class Changed(Series, Protocol):
    """An occurrence that was changed: what it is now, and the wall time it would have had."""

    recurrence_at: datetime | None


S = TypeVar("S", bound=Series)


@dataclass(frozen=True)
class Occurrence(Generic[S]):
    """One time of a series. `at` names it: the wall time it has by the rule. `of` is the series, or the row of the
    changed occurrence. `starts_at` and `ends_at` are wall times, `from_utc` and `until_utc` the moments they are."""

    of: S
    at: datetime
    starts_at: datetime
    ends_at: datetime
    from_utc: datetime
    until_utc: datetime


def occurrences(
    series: S,
    gaps: Collection[datetime],
    changed: Sequence[S],
    from_utc: datetime,
    until_utc: datetime,
    most: int = 500,
) -> list[Occurrence[S]]:
    """Every occurrence that touches the span, in order, at most `most`: those of the rule without the `gaps` (wall
    times), and the `changed` ones, which stand in for theirs wherever they were moved to."""
    replaced = {at for at in map(_named, changed) if at}
    left_out = {*gaps, *replaced}
    near = wall(from_utc, series.zone) - (series.ends_at - series.starts_at) - DAY
    found: list[Occurrence[S]] = []
    for at in walls(series, near):
        if at in left_out:
            continue
        one = occurrence_at(series, at)
        if one.from_utc >= until_utc:
            break
        if _touches(one, from_utc, until_utc):
            found.append(one)
        if len(found) >= most:
            break
    moved = [occurrence_at(row, row.starts_at, _named(row)) for row in changed]
    found += [one for one in moved if _touches(one, from_utc, until_utc)]
    return sorted(found, key=lambda one: (one.from_utc, one.at))[:most]


def walls(series: Series, near: datetime) -> Iterator[datetime]:
    """The wall times by the rule, in order, none left out, from `near` on; without end when the rule has none."""
    if not series.rule:
        yield series.starts_at
        return
    rule = parsed(series.rule, series.zone)
    for at in rule.walls(series.starts_at, series.zone, near):
        if rule.until and moment(at, series.zone) > rule.until:
            return
        if at >= near:
            yield at


def occurrence_at(series: S, starts_at: datetime, at: datetime | None = None) -> Occurrence[S]:
    """The occurrence that begins at a wall time. Its end is a wall time, too: a night until six ends at six."""
    ends_at = starts_at + (series.ends_at - series.starts_at)
    begins, ends = moment(starts_at, series.zone), moment(ends_at, series.zone)
    if ends < begins:  # the hour it begins in is one that summer time skips
        ends = begins + (ends_at - starts_at)
    return Occurrence(series, at or starts_at, starts_at, ends_at, begins, ends)


def has_occurrence(series: Series, gaps: Collection[datetime], at: datetime) -> bool:
    """Whether the rule has an occurrence at this wall time that was not left out."""
    return at not in gaps and next(walls(series, at), None) == at


def span(series: Series) -> tuple[datetime, datetime | None]:
    """The moments (UTC) before and after which nothing of the series lies by its rule; no end when that has none."""
    first = moment(series.starts_at, series.zone)
    if not series.rule:
        return first, occurrence_at(series, series.starts_at).until_utc
    rule = parsed(series.rule, series.zone)
    return first, _last(series, rule)


def _last(series: Series, rule: Rule) -> datetime | None:
    if rule.until:
        return rule.until + (series.ends_at - series.starts_at) + DAY
    if rule.count is None:
        return None
    last = series.starts_at
    for at in walls(series, series.starts_at):
        last = at
    return occurrence_at(series, last).until_utc


def _named(row: Series) -> datetime | None:
    found: datetime | None = getattr(row, "recurrence_at", None)
    return found


def _touches(one: Occurrence[S], from_utc: datetime, until_utc: datetime) -> bool:
    """What has no length touches the moment it is at."""
    return one.from_utc < until_utc and (one.until_utc > from_utc or one.from_utc >= from_utc)
