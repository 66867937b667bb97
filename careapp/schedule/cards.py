"""Occurrences as they are shown: their times in words, for readers here and elsewhere."""

from datetime import timedelta

from careapp.access import Actor
from careapp.clock import now
from careapp.errors import Invalid
from careapp.schedule.asking import Found
from careapp.schedule.kinds import ACCOMPANIED, KINDS
from careapp.schedule.spoken import place_of_zone, short_day, spoken_span, spoken_time_of
from careapp.schedule.views import Item
from careapp.schedule.walls import wall
from careapp.sites.frame import Face, face_of

BEFORE, AFTER = timedelta(minutes=15), timedelta(hours=1)
DAY = timedelta(days=1)


def item_of(actor: Actor, found: Found) -> Item:
    """One occurrence, for the reader."""
    one, companion = found.one, found.companion
    row = one.of
    words, icon = KINDS.get(row.kind, KINDS["other"])
    here = _here(actor, found)
    is_repeated = bool(row.rule or row.series_id)
    at = one.at.isoformat() if is_repeated else ""
    return Item(
        id=row.series_id or row.id,
        at=at,
        key=f"{row.id}{at}",
        kind_words=words,
        icon=icon,
        title=row.title,
        day=one.starts_at.date().isoformat(),
        time=_time(actor, found),
        there=place_of_zone(row.zone, actor.language) if here else "",
        here=here,
        place=row.place,
        provider=row.provider,
        companion=face_of(companion.id, companion.name, found.photo_id) if companion else Face(),
        has_companion=companion is not None,
        has_agreed=found.has_agreed,
        declined=found.declined,
        has_gap=companion is None and (bool(found.declined) or (row.kind in ACCOMPANIED and not row.is_all_day)),
        is_mine=companion is not None and companion.id == actor.member_id,
        is_all_day=row.is_all_day,
        is_cancelled=row.cancelled_at is not None,
        repeats=is_repeated,
        **_joining(found),
    )


def is_over(found: Found) -> bool:
    return found.one.until_utc <= now()


def _time(actor: Actor, found: Found) -> str:
    one = found.one
    if one.of.is_all_day:
        last = one.ends_at - DAY
        return (
            f"{short_day(one.starts_at, actor.language)} – {short_day(last, actor.language)}"
            if last > one.starts_at
            else ""
        )
    if one.starts_at.date() == one.ends_at.date() or one.ends_at - one.starts_at < DAY:
        return spoken_span(one.starts_at, one.ends_at, actor.language)
    ends = f"{short_day(one.ends_at, actor.language)}, {spoken_time_of(one.ends_at, actor.language)}"
    return f"{spoken_time_of(one.starts_at, actor.language)} – {ends}"


def _here(actor: Actor, found: Found) -> str:
    """When that is on the reader's own clock, where it shows another time."""
    one = found.one
    if one.of.is_all_day or not actor.time_zone:
        return ""
    try:
        begins = wall(one.from_utc, actor.time_zone)
    except Invalid:  # a zone that was known once
        return ""
    if begins == one.starts_at:
        return ""
    time = spoken_span(begins, begins + (one.until_utc - one.from_utc), actor.language)
    is_same_day = begins.date() == one.starts_at.date()
    return time if is_same_day else f"{short_day(begins, actor.language)}, {time}"


def _joining(found: Found) -> dict[str, str]:
    one = found.one
    if not one.of.link or one.of.cancelled_at:
        return {}
    until = max(one.until_utc, one.from_utc + AFTER)
    return {
        "link": one.of.link,
        "join_from": (one.from_utc - BEFORE).isoformat(),
        "join_until": until.isoformat(),
    }
