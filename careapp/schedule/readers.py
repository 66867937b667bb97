"""Who reads a notice: in which language, and by which clock they live."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.catalogue import translate
from careapp.errors import Invalid
from careapp.models import Account, Member
from careapp.said import mark
from careapp.schedule.spoken import place_of_zone, spoken_time_of, spoken_when
from careapp.schedule.walls import moment, wall


@dataclass(frozen=True)
class Reader:
    language: str
    zone: str = ""


def by_reader(session: Session, member_ids: Collection[str]) -> dict[Reader, list[str]]:
    """The members by what they read and the clock they live by."""
    rows = (
        select(col(Account.language), col(Account.time_zone), col(Member.id))
        .join(Account, col(Account.id) == col(Member.account_id))
        .where(col(Member.id).in_(member_ids))
        .order_by(col(Member.id))
    )
    found: dict[Reader, list[str]] = {}
    for language, zone, member_id in session.execute(rows):
        found.setdefault(Reader(language, zone), []).append(member_id)
    return found


def by_their_clock(words: str, starts_at: datetime, zone: str, reader: Reader, names_zone: bool = False) -> str:
    """What says in words when something is there, with the place and the reader's own time where that is another."""
    own = _own_time(starts_at, zone, reader)
    place = place_of_zone(zone, reader.language) if own or names_zone else ""
    if own:
        both = mark("{when} in {place} ({time} where you are)")
        return translate(reader.language, both, when=words, place=place, time=own)
    return translate(reader.language, mark("{when} in {place}"), when=words, place=place) if place else words


def _own_time(starts_at: datetime, zone: str, reader: Reader) -> str:
    """With the day where that is another, too."""
    try:
        own = wall(moment(starts_at, zone), reader.zone) if reader.zone else starts_at
    except Invalid:  # a zone that was known once
        own = starts_at
    if own == starts_at:
        return ""
    if own.date() == starts_at.date():
        return spoken_time_of(own, reader.language)
    return spoken_when(own, False, reader.language)
