"""Who hears of a change of the calendar: one message for what was changed within two minutes, from old to new."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import who_sees_schedule
from careapp.clock import now
from careapp.errors import NotFound
from careapp.jobs import enqueue
from careapp.models import Appointment, Kind, Member, NoticeChoice, Site
from careapp.notify.tell import Action, Telling, Words, page_of, tell
from careapp.said import Said, mark
from careapp.schedule.changes import State, change_lines, repeats
from careapp.schedule.readers import Reader, by_reader
from careapp.schedule.recurrence import Occurrence
from careapp.schedule.series import Picked, coming, picked_at
from careapp.schedule.waiting import JOB, waiting_at

WAIT, SOON = timedelta(minutes=2), timedelta(hours=48)
# The buttons for who goes along.
COMES, CANNOT = Action("comes", mark("Yes, I come")), Action("cannot_come", mark("No, I can't"))


def state_of(session: Session, picked: Picked) -> State | None:
    """What people need to know of an occurrence, or of the next one of a whole series; None when all are over."""
    one = picked.occurrence if picked.at or not picked.series.rule else coming(session, picked.series)
    return _state(one, None if picked.at else picked.series) if one else None


def tell_later(session: Session, by: str, picked: Picked, before: State | None, is_new: bool = False) -> None:
    """Have it told in two minutes. What was changed since goes into the same message, which knows the first state. `by`
    is the member who changed it; empty where that was a calendar that others keep."""
    if before is None and not is_new:
        return
    there = waiting_at(session, picked.series.id, picked.at)
    if there:
        there.payload = {**there.payload, "by": sorted({*there.payload["by"], by})}
        return
    named = {"appointment_id": picked.series.id, "at": picked.at.isoformat() if picked.at else ""}
    payload = {**named, "site_id": picked.series.site_id, "before": before, "by": [by]}
    enqueue(session, JOB, payload, run_at=now() + WAIT)


def tell_change(session: Session, payload: Mapping[str, Any]) -> None:
    """Tell what became of it, compared with how it was; nothing when it is as it was, or over."""
    before, after = payload["before"], _present(session, payload)
    site = session.get(Site, payload["site_id"])
    if site is None or site.deleted_at or not is_news(before, after):
        return
    names, told = _names(session, before, after), after or before or {}
    named = {"at": told["at"]} if told["at"] else {}
    path = page_of("/appointment", site, appointment=payload["appointment_id"], **named) if after else _calendar(site)
    whom = _whom(session, site.id, before, after) - _only(payload["by"])
    # An answer belongs to one time: of a whole series it is given on the page, where each is named.
    asked = set() if told["at"] and not payload["at"] else _asked(after)
    for reader, members, actions in readers(session, whom, asked):
        lines = [*change_lines(reader, before, after, names)]
        title, more = _titles(before, after, payload["by"], names)
        words = Words(Said(title, site=site.name), more_title=more, more_body=" · ".join(lines))
        tell(session, site, members, Telling(Kind.SCHEDULE, words, path, _tag(told["id"], payload["at"]), actions))


def readers(
    session: Session, member_ids: set[str], asked: set[str]
) -> Iterator[tuple[Reader, list[str], tuple[Action, ...]]]:
    """The members by how they read it, with the buttons for those who are asked whether they come."""
    for reader, members in by_reader(session, member_ids - asked).items():
        yield reader, members, ()
    for reader, members in by_reader(session, member_ids & asked).items():
        yield reader, members, (COMES, CANNOT)


def contact_ids(session: Session, site_id: str) -> set[str]:
    """The point of contact."""
    statement = select(col(Member.id)).where(
        col(Member.site_id) == site_id, col(Member.left_at).is_(None), col(Member.is_contact)
    )
    return set(session.scalars(statement))


def _tag(appointment_id: str, at: str) -> str:
    """Each time of a series has its own place on a screen."""
    return (
        f"appointment-{appointment_id}-{datetime.fromisoformat(at):%Y%m%d%H%M}"
        if at
        else f"appointment-{appointment_id}"
    )


def _calendar(site: Site) -> str:
    return page_of("/calendar", site)


def _state(one: Occurrence[Appointment], whole: Appointment | None) -> State:
    is_repeated = bool(one.of.rule or one.of.series_id)
    return {
        "id": one.of.series_id or one.of.id,
        "at": one.at.isoformat() if is_repeated else "",
        "author_id": one.of.author_id,
        "title": one.of.title,
        "starts": one.starts_at.isoformat(),
        "ends": one.ends_at.isoformat(),
        "rule": whole.rule if whole else "",
        "begins": (whole or one).starts_at.isoformat(),
        "moment": one.from_utc.isoformat(),
        "zone": one.of.zone,
        "is_all_day": one.of.is_all_day,
        "place": one.of.place,
        "companion_id": one.of.companion_id or "",
        "is_cancelled": one.of.cancelled_at is not None,
    }


def _present(session: Session, payload: Mapping[str, Any]) -> State | None:
    series = session.get(Appointment, payload["appointment_id"])
    if series is None or series.deleted_at:
        return None
    at = datetime.fromisoformat(payload["at"]) if payload["at"] else None
    if at and not series.rule:
        return None
    try:
        picked = picked_at(session, series, at) if at else Picked(series)
    except NotFound:
        return None
    return state_of(session, picked)


def is_news(before: State | None, after: State | None) -> bool:
    """Whether people are to hear of it; of what is new, when it is soon."""
    if before is None:
        return after is not None and not after["is_cancelled"] and is_soon(after)
    if after is None:
        return _moment(before) > now() and not before["is_cancelled"]
    told = ("starts", "ends", "zone", "is_all_day", "place", "companion_id", "is_cancelled")
    is_ahead = max(_moment(before), _moment(after)) > now()
    is_other = any(before.get(name, after[name]) != after[name] for name in told)
    return is_ahead and (is_other or repeats(before, "en") != repeats(after, "en"))


def is_soon(state: State) -> bool:
    return now() < _moment(state) < now() + SOON


def _moment(state: State) -> datetime:
    return datetime.fromisoformat(state["moment"])


def _titles(before: State | None, after: State | None, by: Sequence[str], names: Mapping[str, str]) -> tuple[str, str]:
    """For the lock screen, and in full."""
    told = (after or before or {})["title"]
    if before is None:
        return mark("{site}: a new appointment"), told
    if after is None or (after["is_cancelled"] and not before["is_cancelled"]):
        return mark("{site}: an appointment was cancelled"), told
    if before["is_cancelled"] and not after["is_cancelled"]:
        return mark("{site}: an appointment takes place after all"), told
    if _is_let_go(before, after) and before["companion_id"] in by:
        name = names.get(before["companion_id"], "")
        return mark("{site}: nobody goes along yet"), Said("{name} can't: {title}", name=name, title=told)
    return mark("{site}: an appointment was changed"), told


def _is_let_go(before: State | None, after: State | None) -> bool:
    return bool(before and after and before["companion_id"] and not after["companion_id"])


def _asked(after: State | None) -> set[str]:
    """Who is to say whether they come."""
    return {after["companion_id"]} if after and after["companion_id"] and not after["is_cancelled"] else set()


def _whom(session: Session, site_id: str, before: State | None, after: State | None) -> set[str]:
    """Who goes along, or was to; the point of contact; whoever asked for this kind of notice; and whoever wrote it
    down, when nobody goes along any more."""
    companions = {state["companion_id"] for state in (before, after) if state and state["companion_id"]}
    if after and _is_let_go(before, after):
        companions.add(after["author_id"])
    chose = (
        select(col(Member.id))
        .join(NoticeChoice, col(NoticeChoice.account_id) == col(Member.account_id))
        .where(col(Member.site_id) == site_id, col(NoticeChoice.kind) == Kind.SCHEDULE, col(NoticeChoice.is_on))
    )
    wanted = companions | contact_ids(session, site_id) | set(session.scalars(chose))
    return wanted & who_sees_schedule(session, site_id)


def _only(by: Sequence[str]) -> set[str]:
    """Whoever changed it knows what they did, but not what another has done as well."""
    return set(by) if len(by) == 1 else set()


def _names(session: Session, *states: State | None) -> dict[str, str]:
    ids = {state["companion_id"] for state in states if state}
    rows = session.execute(select(col(Member.id), col(Member.name)).where(col(Member.id).in_(ids)))
    return {row[0]: row[1] for row in rows}
