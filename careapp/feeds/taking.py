"""Putting a calendar that somebody else keeps into the schedule: what is new, what has changed, what is gone.

What people of the site add to such an appointment, such as who goes along, stays theirs.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from careapp.clock import now
from careapp.feeds.news import Known, known, known_at, tell_of_change, tell_of_gap
from careapp.feeds.rows import OURS, SHARED, added, different_in
from careapp.models import Appointment, AppointmentGap, CalendarSource
from careapp.schedule.answers import forget_answers
from careapp.schedule.ics_event import Entry
from careapp.schedule.ics_reading import Calendar
from careapp.schedule.recurrence import has_occurrence
from careapp.schedule.reminders import plan_reminders
from careapp.schedule.series import Picked, changed_rows, shift_exceptions, touch

AT_ONCE, A_PIECE = 400, 50
# Of more than so many only what concerns someone is told.
FEW = 10
Key = tuple[str, datetime | None]


@dataclass(frozen=True)
class Taken:
    """How much became of it. `own` were written here in the first place, and are left alone."""

    added: int = 0
    changed: int = 0
    own: int = 0
    gone: int = 0
    told: int = 0


def pieces(session: Session, source: CalendarSource, calendar: Calendar) -> list[set[str]]:
    """What is taken over at once, by UID: each series whole, else so little that nobody waits long to write."""
    weights: Counter[str] = Counter()
    for entry in calendar.entries:
        weights[entry.uid] += 1 + len(entry.gaps)
    if _is_whole(source, calendar):
        weights.update(session.scalars(select(col(Appointment.uid)).where(_ahead(source))))
    found: list[set[str]] = [set()]
    weight = 0
    for uid, its in weights.items():
        if weight >= A_PIECE:
            found.append(set())
            weight = 0
        found[-1].add(uid)
        weight += its
    return found


def take_over(
    session: Session,
    source: CalendarSource,
    calendar: Calendar,
    piece: Collection[str],
    before: Taken,
    by: str = "",
) -> Taken:
    """Bring a piece of the schedule to what the calendar says, and count it to what was taken over `before`. An
    appointment is known by its UID, whichever file it came in. Whom it concerns is told; not `by`, the member who takes
    it over for the first time."""
    there = _there(session, source.site_id, piece)
    others = {one.id for one in followed(session, source.site_id) if one.id != source.id and not one.problem}
    return _Taking(session, source, there, others, by, before.told).over(calendar, piece, before)


def followed(session: Session, site_id: str) -> list[CalendarSource]:
    """The addresses that are looked at every hour."""
    is_followed = col(CalendarSource.address) != "", col(CalendarSource.taken_at).is_not(None)
    here = col(CalendarSource.site_id) == site_id, col(CalendarSource.removed_at).is_(None)
    return list(session.scalars(select(CalendarSource).where(*here, *is_followed)))


@dataclass
class _Taking:
    """`there` are the rows by UID and the wall time of a changed occurrence; `others` the calendars that are followed
    as well. `aside` are changed occurrences whose series was moved, as they were known before. `by` is whoever takes
    the calendar over, `told` how much is told already."""

    session: Session
    source: CalendarSource
    there: dict[Key, Appointment]
    others: Collection[str]
    by: str
    told: int
    aside: dict[str, Known] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)

    def over(self, calendar: Calendar, piece: Collection[str], before: Taken) -> Taken:
        new = changed = own = 0
        for entry in calendar.entries:
            if entry.uid not in piece:
                continue
            series = self.there.get((entry.uid, None))
            row = self.there.get((entry.uid, entry.recurrence_at))
            if (there := row or series) and self._is_left(there):
                own += 1
            elif row is None:
                self._add(entry, series)
                new += 1
            else:
                changed += self._update(entry, row)
        gone = self._end_what_is_gone(calendar, piece) if _is_whole(self.source, calendar) else 0
        self.session.flush()
        for one in self.aside.values():
            self._tell(one)
        counted = before.added + new, before.changed + changed, before.own + own, before.gone + gone
        return Taken(*counted, self.told)

    def _tell(self, one: Known) -> None:
        self.told += tell_of_change(self.session, one, self.by, is_much=self.told >= FEW)

    def _is_left(self, row: Appointment) -> bool:
        """What was written here is, and what comes from another calendar as long as it takes place by that."""
        return row.source_id is None or (row.source_id in self.others and not row.cancelled_at)

    def _add(self, entry: Entry, series: Appointment | None) -> None:
        state = known_at(self.session, series, entry.recurrence_at) if series and entry.recurrence_at else None
        row = self.there[entry.uid, entry.recurrence_at] = added(self.session, self.source, entry, series)
        self.new.add(row.id)
        plan_reminders(self.session, row)
        if row.series_id not in self.new:
            self._tell(Known(row, state))

    def _update(self, entry: Entry, row: Appointment) -> bool:
        """Whether anything of it changed. What somebody deleted here stays away; what went with a calendar that was
        removed is back with another, or with the same added anew."""
        is_back = row.deleted_at is not None and self._went_with_its_calendar(row)
        row.source_id = self.source.id
        different = different_in(row, entry)
        is_series = not entry.recurrence_at and bool(row.rule or entry.rule)
        is_moved = is_series and not {"starts_at", "rule"}.isdisjoint(different)
        is_left_out = not is_moved and self._leave_out(entry, row)
        if not (different or is_back or is_left_out):
            return False
        before = self.aside.pop(row.id, None) or known(self.session, row)
        self._put(entry, row, different, is_moved)
        if is_back:
            row.deleted_at = None
        row.sequence = max(row.sequence, entry.sequence)
        touch(row)
        self.session.flush()
        plan_reminders(self.session, row)
        self._tell(before)
        return True

    def _went_with_its_calendar(self, row: Appointment) -> bool:
        assert row.source_id and row.deleted_at
        removed_at = self.session.get_one(CalendarSource, row.source_id).removed_at
        return removed_at is not None and row.deleted_at >= removed_at

    def _put(self, entry: Entry, row: Appointment, different: Mapping[str, object], is_moved: bool) -> None:
        """A series that only begins earlier or later by the same rule is where it was."""
        began, is_same = row.starts_at, has_occurrence(row, (), entry.starts_at)
        if is_moved:
            self.aside |= {one.id: known(self.session, one) for one in changed_rows(self.session, row)}
        for name, said in different.items():
            setattr(row, name, said)
        if is_moved:
            is_same = is_same or has_occurrence(row, (), began)
            self._move(row, timedelta() if is_same else row.starts_at - began)
            self._leave_out(entry, row)

    def _move(self, series: Appointment, by: timedelta) -> None:
        """What people of the site left out or said of one occurrence goes with its series."""
        for one in shift_exceptions(self.session, series, by):
            plan_reminders(self.session, one)
        if by:
            forget_answers(self.session, series.id)
        for key in [key for key, row in self.there.items() if row.id in self.aside]:
            row = self.there.pop(key)
            self.there[row.uid, row.recurrence_at] = row

    def _leave_out(self, entry: Entry, row: Appointment) -> bool:
        """What is left out here, too, stays so."""
        mine = select(AppointmentGap).where(col(AppointmentGap.appointment_id) == row.id)
        there = {gap.at: gap for gap in self.session.scalars(mine)} if entry.rule else {}
        missing = sorted(entry.gaps - there.keys())
        known_ones = {at: known_at(self.session, row, at) for at in missing}
        self.session.add_all(AppointmentGap(appointment_id=row.id, at=at) for at in missing)
        back = [gap for at, gap in there.items() if at not in entry.gaps and not gap.left_out_at]
        for gap in back:
            self.session.delete(gap)
        self.session.flush()
        for at, state in known_ones.items():
            self.told += tell_of_gap(self.session, Picked(row, at), state, self.by, is_much=self.told >= FEW)
        return bool(missing or back)

    def _end_what_is_gone(self, calendar: Calendar, piece: Collection[str]) -> int:
        """Cancel what the address no longer names; a changed occurrence goes back to what its series says."""
        named = {(entry.uid, entry.recurrence_at) for entry in calendar.entries}
        rows = self.session.scalars(select(Appointment).where(_ahead(self.source))).all()
        touched = [row for row in rows if row.uid in piece or row.id in self.aside]
        return sum(self._end(row, named) for row in touched if (row.uid, row.recurrence_at) not in named)

    def _end(self, row: Appointment, named: Collection[Key]) -> bool:
        """Whether anything of it changed."""
        is_of_series = bool(row.series_id) and (row.uid, None) in named
        if row.cancelled_at and not is_of_series:
            return False
        before = self.aside.get(row.id) or known(self.session, row)
        if is_of_series:
            self.aside[row.id] = before
            return self._give_back(row)
        row.cancelled_at = now()
        touch(row)
        self.session.flush()
        plan_reminders(self.session, row)
        if row.series_id is None:
            self._tell(before)
        return True

    def _give_back(self, row: Appointment) -> bool:
        """What people of the site said of it stays: who goes along, what to bring."""
        series = self.session.get_one(Appointment, row.series_id)
        if all(getattr(row, name) == getattr(series, name) for name in OURS):
            self.session.delete(row)
            series.version += row.version  # together they were that far already
            touch(series)
            self.session.flush()
            plan_reminders(self.session, series)
            return True
        assert row.recurrence_at
        length = series.ends_at - series.starts_at
        said = {name: getattr(series, name) for name in (*SHARED, "cancelled_at")}
        said |= {"starts_at": row.recurrence_at, "ends_at": row.recurrence_at + length}
        differs = any(getattr(row, name) != value for name, value in said.items())
        if differs:
            for name, value in said.items():
                setattr(row, name, value)
            touch(row)
            self.session.flush()
            plan_reminders(self.session, row)
        return differs


def _is_whole(source: CalendarSource, calendar: Calendar) -> bool:
    """Whether what is missing in it is gone."""
    return bool(source.address) and not calendar.missed


def _ahead(source: CalendarSource) -> ColumnElement[bool]:
    is_ahead = or_(col(Appointment.last_at).is_(None), col(Appointment.last_at) > now())
    return and_(col(Appointment.source_id) == source.id, col(Appointment.deleted_at).is_(None), is_ahead)


def _there(session: Session, site_id: str, uids: Collection[str]) -> dict[Key, Appointment]:
    ordered, found = sorted(uids), {}
    for start in range(0, len(ordered), AT_ONCE):
        some = col(Appointment.uid).in_(ordered[start : start + AT_ONCE])
        for row in session.scalars(select(Appointment).where(col(Appointment.site_id) == site_id, some)):
            found[row.uid, row.recurrence_at] = row
    return found
