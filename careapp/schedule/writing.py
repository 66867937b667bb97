"""What a form says, put into the rows of an appointment or a series."""

from datetime import datetime, timedelta

from sqlmodel import Session

from careapp.access import Actor, Right, Role, Section, access_member, rights_of
from careapp.errors import Invalid, NotFound
from careapp.journal.attached import attach
from careapp.models import Appointment, Member
from careapp.said import Said
from careapp.schedule.commands import ChangeAppointment, Content
from careapp.schedule.reminders import plan_reminders
from careapp.schedule.repeating import WEEKDAYS, Repeat, first_day, rule_from
from careapp.schedule.rules import check_rule, parsed
from careapp.schedule.series import bound, changed_rows, shift_exceptions
from careapp.schedule.times import times_of

FIELDS = ("kind", "title", "provider", "place", "link", "notes", "bring", "questions")
# What a calendar that others keep says of an appointment.
ELSEWHERE = ("title", "place", "link", "notes", "starts_at", "ends_at", "zone", "is_all_day", "rule")
FOLLOWED = (*FIELDS, "companion_id", "zone", "is_all_day")


def write_once(session: Session, actor: Actor, row: Appointment, content: Content) -> None:
    """Put all but the repeating into one row."""
    if not content.title:
        raise Invalid(fields={"title": Said("Please say what it is.")})
    row.starts_at, row.ends_at = times_of(content)
    row.zone, row.is_all_day = content.zone, content.is_all_day
    row.companion_id = _companion(session, actor, row, content.companion_id)
    for name in FIELDS:
        setattr(row, name, getattr(content, name))
    bound(row)
    session.add(row)
    session.flush()
    attach(session, actor, row, content.photos)


def write_series(session: Session, actor: Actor, row: Appointment, content: Content) -> None:
    """Put everything into the row of an appointment that did not repeat so far."""
    write_once(session, actor, row, content)
    row.rule = rule_from(content, row.starts_at, row.zone)
    _begin_on(row, first_day(row.rule, row.starts_at))


def rewrite_series(
    session: Session, actor: Actor, row: Appointment, command: ChangeAppointment, was: Repeat, shown: datetime
) -> None:
    """Change a series, or the rest of one, from what one of its occurrences shows: `shown`, its wall time. `was` is how
    it repeated. What was left out or changed by itself stays so; of a changed occurrence, what it shared follows."""
    before = {name: getattr(row, name) for name in FOLLOWED}
    length, began = row.ends_at - row.starts_at, row.starts_at
    rest = row.rule
    write_once(session, actor, row, command)
    said, by = row.starts_at, row.starts_at - shown
    _begin_at(row, began + by)
    row.rule = _rule(command, row, rest, was, by)
    if row.rule != rest or said.date() != shown.date():
        _require_same_day(command, row, said)
    _begin_on(row, first_day(row.rule, row.starts_at))
    for one in changed_rows(session, row):
        _follow(one, row, before, length)
    session.flush()
    for one in shift_exceptions(session, row, by):
        session.flush()
        plan_reminders(session, one)


def said_elsewhere(row: Appointment) -> list[object]:
    """What follows a calendar that others keep, where it comes from one; spaces do not count."""
    values = [getattr(row, name) for name in ELSEWHERE]
    return [" ".join(value.split()) if isinstance(value, str) else value for value in values]


def _rule(command: ChangeAppointment, row: Appointment, rest: str, was: Repeat, by: timedelta) -> str:
    """The form's, when it was touched; else the present one, moved by as many days as the occurrence was."""
    asked = Repeat(
        command.repeats,
        (command.every or 1) if command.repeats else 1,
        tuple(day for day in WEEKDAYS if day in command.days) if command.repeats == "weekly" else (),
        command.until.isoformat() if command.until else "",
        command.times or 0,
    )
    days = (row.starts_at.date() - (row.starts_at - by).date()).days
    if command.repeats == "kept" and days:
        words = Said(
            "What repeats by a rule of its own keeps its days. Change one at a time, or choose how it repeats."
        )
        raise Invalid(fields={"starts_on": words})
    if command.repeats == "kept" or (asked == was and not days):
        return rest
    if asked != was:
        return rule_from(command, row.starts_at, row.zone)
    moved = tuple(WEEKDAYS[(WEEKDAYS.index(day) + days) % 7] for day in asked.days)
    made = rule_from(Repeat(asked.repeats, asked.every, moved), row.starts_at, row.zone)
    end = [part for part in rest.split(";") if part.startswith(("UNTIL=", "COUNT="))]
    return ";".join([made, *end])


def _require_same_day(command: ChangeAppointment, row: Appointment, said: datetime) -> None:
    """By the month or the year, the day that the form says is one of those it comes to when counted from the first."""
    if command.repeats not in ("monthly", "monthly_weekday", "yearly"):
        return
    rule = rule_from(Repeat(command.repeats, command.every or 1), row.starts_at, row.zone)
    if said not in parsed(rule, row.zone).walls(row.starts_at, row.zone, said):
        words = Said(
            "Counted from the first, they would fall on another day than this. "
            "Please choose “This and all after it”, or change this one alone."
        )
        raise Invalid(fields={"starts_on": words})


def _follow(one: Appointment, series: Appointment, before: dict[str, object], length: timedelta) -> None:
    for name in FOLLOWED:
        if getattr(one, name) == before[name]:
            setattr(one, name, getattr(series, name))
    if one.ends_at - one.starts_at == length:
        one.ends_at = one.starts_at + (series.ends_at - series.starts_at)


def _begin_on(row: Appointment, starts_at: datetime) -> None:
    """Begin on the first day of the rule, and refuse a rule that cannot be kept."""
    _begin_at(row, starts_at)
    if row.rule:
        check_rule(row.rule, row.starts_at, row.zone)
    bound(row)


def _begin_at(row: Appointment, starts_at: datetime) -> None:
    row.starts_at, row.ends_at = starts_at, starts_at + (row.ends_at - row.starts_at)


def _companion(session: Session, actor: Actor, row: Appointment, member_id: str) -> str | None:
    """Who is to go along: a member who takes part in the schedule. Whoever has left since may stay named."""
    if not member_id or member_id == row.companion_id:
        return member_id or None
    member: Member = access_member(session, actor, member_id) if member_id != actor.member_id else _me(session, actor)
    rights = rights_of(session, member.site_id, member.id, Role(member.role))
    if rights.get(Section.SCHEDULE, Right.NONE) < Right.TAKE_PART:
        raise Invalid(fields={"companion_id": Said("{name} cannot take anything on here.", name=member.name)})
    return member.id


def _me(session: Session, actor: Actor) -> Member:
    found = session.get(Member, actor.member_id)
    if found is None:
        raise NotFound
    return found
