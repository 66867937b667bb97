"""Stretches of time between two moments: put together, taken from each other, and written down in few signs."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

QUARTER = timedelta(minutes=15)
SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Span(NamedTuple):
    begins: datetime
    ends: datetime


def merged(spans: Iterable[Span]) -> list[Span]:
    """In order; what overlaps or touches is one."""
    found: list[Span] = []
    for one in sorted(spans):
        if found and one.begins <= found[-1].ends:
            found[-1] = Span(found[-1].begins, max(found[-1].ends, one.ends))
        else:
            found.append(one)
    return found


def without(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """What is left of `spans`; both are in order and do not overlap among themselves."""
    return [left for one in spans for left in _left_of(one, others)]


def within(spans: Iterable[Span], begins: datetime, ends: datetime) -> list[Span]:
    """What of them lies between two moments."""
    cut = (Span(max(one.begins, begins), min(one.ends, ends)) for one in spans)
    return [one for one in cut if one.begins < one.ends]


def holds(spans: Iterable[Span], begins: datetime, ends: datetime) -> bool:
    """Whether one of them covers all of a time."""
    return any(one.begins <= begins and ends <= one.ends for one in spans)


def in_signs(spans: Iterable[Span], since: datetime) -> str:
    """How long none, then how long one, and so on, in quarters of an hour since a moment, to the base of 36. Quarters
    that are only partly covered are left out."""
    at, lengths = 0, list[str]()
    for one in spans:
        begins, ends = -((since - one.begins) // QUARTER), (one.ends - since) // QUARTER
        if begins < ends:
            lengths += [_sign(begins - at), _sign(ends - begins)]
            at = ends
    return ".".join(lengths)


def _left_of(one: Span, others: Sequence[Span]) -> Iterator[Span]:
    begins = one.begins
    for other in others:
        if other.ends <= begins:
            continue
        if other.begins >= one.ends:
            break
        if other.begins > begins:
            yield Span(begins, other.begins)
        begins = other.ends
    if begins < one.ends:
        yield Span(begins, one.ends)


def _sign(number: int) -> str:
    high, low = divmod(number, len(SIGNS))
    return (_sign(high) if high else "") + SIGNS[low]
