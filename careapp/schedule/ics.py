"""Appointments as other calendars read them (iCalendar, RFC 5545; folding, escapes and zones by the icalendar package).

The same appointments give the same bytes, so that a reader that asks whether something changed is answered truly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone
from icalendar.prop import vDuration, vRecur

from careapp.models import Appointment
from careapp.schedule.rules import parsed
from careapp.schedule.walls import wall, zone_of

PRODUCT = "-//Careapp//Careapp//EN"
REFRESHED = timedelta(hours=1)
ZONES_FROM, ZONES_UNTIL = date(2000, 1, 1), date(2038, 1, 1)


@dataclass(frozen=True)
class Item:
    """One appointment to be written. `series` is what a changed occurrence belongs to, unless it is to stand alone.
    `words` goes into the description, `address` leads to the appointment, `alarms` are so long before it begins. With
    `busy`, nothing is said but that word."""

    row: Appointment
    uid: str
    series: Appointment | None = None
    gaps: Sequence[datetime] = ()
    words: str = ""
    address: str = ""
    alarms: Sequence[timedelta] = ()
    busy: str = ""


def written(name: str, items: Iterable[Item]) -> bytes:
    """The calendar as a file, its zones included."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(REFRESHED), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESHED))
    events = [(item, _event(item)) for item in items]
    for zone in sorted({zone for item, _ in events for zone in _zones(item)}):
        calendar.add_component(_described(zone))
    for _, event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(item: Item) -> Event:
    row, event = item.row, Event()
    event.add("uid", item.uid)
    event.add("sequence", row.sequence)
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("created", row.created_at)
    event.add("dtstart", _placed(row.starts_at, row))
    event.add("dtend", _placed(row.ends_at, row))
    event.add("status", "CANCELLED" if row.cancelled_at else "CONFIRMED")
    if item.series and row.recurrence_at:
        event.add("recurrence-id", _placed(row.recurrence_at, item.series))
    elif row.rule:
        event.add("rrule", _rule(row))
        if item.gaps:
            event.add("exdate", [_placed(at, row) for at in sorted(item.gaps)])
    _say(event, item)
    return event


def _say(event: Event, item: Item) -> None:
    row = item.row
    if item.busy:
        event.add("summary", item.busy)
        event.add("class", "PRIVATE")
        return
    event.add("summary", row.title)
    event.add("categories", [row.kind])
    for name, said in (("location", row.place), ("description", item.words), ("url", row.link or item.address)):
        if said:
            event.add(name, said)
    if not row.cancelled_at:
        for before in item.alarms:
            event.add_component(_alarm(row.title, before))


def _alarm(words: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", -before)
    return alarm


def _placed(at: datetime, row: Appointment) -> date:
    """A day, a moment in UTC, or a time on the wall of the appointment's zone."""
    if row.is_all_day:
        return at.date()
    return at.replace(tzinfo=UTC if row.zone == "UTC" else ZoneInfo(row.zone))


def _rule(row: Appointment) -> vRecur:
    """The rule with its end as the standard wants it: a day for what takes all day, else a moment in UTC."""
    rule = parsed(row.rule, row.zone)
    parts: vRecur = vRecur.from_ical(rule.text)
    if rule.count:
        parts["COUNT"] = [rule.count]
    if rule.until:
        parts["UNTIL"] = [wall(rule.until, row.zone).date() if row.is_all_day else rule.until]
    return parts


def _zones(item: Item) -> Iterable[str]:
    for row in (item.row, item.series):
        if row and not row.is_all_day and row.zone != "UTC":
            yield row.zone


@lru_cache(maxsize=128)
def _described(zone: str) -> Timezone:
    made = Timezone.from_tzinfo(zone_of(zone), zone, ZONES_FROM, ZONES_UNTIL)
    for part in made.subcomponents:
        _begin_by_the_old_wall(part)
    return made


def _begin_by_the_old_wall(part: Any) -> None:
    """Where clocks go forward, the library names the hour that they go to; the standard wants the one they come from
    (RFC 5545, 3.6.5)."""
    ahead = part["TZOFFSETTO"].td - part["TZOFFSETFROM"].td
    if ahead <= timedelta():
        return
    part["DTSTART"].dt -= ahead
    for later in part["RDATE"].dts if "RDATE" in part else ():
        later.dt -= ahead
