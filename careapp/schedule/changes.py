"""What changed of an appointment, as people say it, each by their own clock."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from careapp.catalogue import translate
from careapp.said import mark
from careapp.schedule.readers import Reader, by_their_clock
from careapp.schedule.repeating import repeat_of, words_of
from careapp.schedule.spoken import DAY, spoken_span, spoken_when

# What there is to know of an appointment, as it is kept until it is told.
State = dict[str, Any]
Names = Mapping[str, str]


def change_lines(reader: Reader, before: State | None, after: State | None, names: Names) -> Iterator[str]:
    """What changed, from old to new. For what is new or gone: when it is, how it repeats, and where."""
    if before is None or after is None:
        yield from _whole(reader, before or after or {}, names)
        return
    yield _times(reader, before, after)
    language = reader.language
    old, new = (repeats(state, language) or translate(language, mark("once")) for state in (before, after))
    if old != new:
        yield translate(language, mark("Repeats: {old} → {new}"), old=old, new=new)
    if before["place"] != after["place"]:
        none = translate(language, mark("no place"))
        pair = {"old": before["place"] or none, "new": after["place"] or none}
        yield translate(language, mark("Place: {old} → {new}"), **pair)
    if before["companion_id"] != after["companion_id"]:
        pair = {"old": _name(language, before, names), "new": _name(language, after, names)}
        yield translate(language, mark("Goes along: {old} → {new}"), **pair)


def repeats(state: State, language: str) -> str:
    """How a whole series does; empty for one occurrence."""
    if not state.get("rule"):
        return ""
    begins = datetime.fromisoformat(state["begins"])
    return words_of(repeat_of(state["rule"], begins, state["zone"]), begins, language)


def _whole(reader: Reader, state: State, names: Names) -> Iterator[str]:
    yield _when(reader, state)
    how = repeats(state, reader.language)
    yield from filter(None, (how, state["place"]))
    yield translate(reader.language, mark("Goes along: {name}"), name=_name(reader.language, state, names))


def _times(reader: Reader, before: State, after: State) -> str:
    """Until when, too, where it takes another while."""
    is_long, is_elsewhere = _lasts(before) != _lasts(after), before["zone"] != after["zone"]
    old, new = (_when(reader, state, is_long, is_elsewhere) for state in (before, after))
    return f"{old} → {new}" if old != new else new


def _when(reader: Reader, state: State, is_long: bool = False, names_zone: bool = False) -> str:
    starts_at, is_all_day = datetime.fromisoformat(state["starts"]), state["is_all_day"]
    words = spoken_when(starts_at, is_all_day, reader.language)
    if is_long:
        words = _until(words, starts_at, starts_at + _lasts(state), is_all_day, reader.language)
    return words if is_all_day else by_their_clock(words, starts_at, state["zone"], reader, names_zone)


def _until(words: str, starts_at: datetime, ends_at: datetime, is_all_day: bool, language: str) -> str:
    last = ends_at - DAY if is_all_day else ends_at
    if last.date() > starts_at.date():
        return f"{words} – {spoken_when(last, is_all_day, language)}"
    return (
        words if is_all_day else f"{spoken_when(starts_at, True, language)}, {spoken_span(starts_at, last, language)}"
    )


def _lasts(state: State) -> timedelta:
    starts_at = datetime.fromisoformat(state["starts"])
    return datetime.fromisoformat(state.get("ends") or state["starts"]) - starts_at


def _name(language: str, state: State, names: Names) -> str:
    return names.get(state["companion_id"], "") or translate(language, mark("nobody yet"))
