"""Who hears of a change of the calendar: one message for what was changed within two minutes, from old to new."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, who_sees_schedule
from careapp.clock import now
from careapp.errors import NotFound
from careapp.jobs import enqueue
from careapp.models import Account, Appointment, Job, Kind, Member, NoticeChoice, Site
from careapp.notify.tell import Telling, Words, page_of, tell
from careapp.said import Said
from careapp.schedule.asking import next_of
from careapp.schedule.recurrence import Occurrence
from careapp.schedule.series import Picked, picked_at
from careapp.schedule.spoken import change_lines

JOB = "schedule.tell_change"
WAIT, SOON = timedelta(minutes=2), timedelta(hours=48)
State = dict[str, Any]


def state_of(session: Session, picked: Picked) -> State | None:
    """What people need to know of an occurrence, or of the next one of a whole series; None when all are over."""
    one = picked.occurrence if picked.at or not picked.series.rule else next_of(session, picked.series)
    return _state(one) if one else None


def tell_later(session: Session, actor: Actor, picked: Picked, before: State | None, is_new: bool = False) -> None:
    """Have it told in two minutes. What was changed since goes into the same message, which knows the first state."""
    if before is None and not is_new:
        return
    at = picked.at.isoformat() if picked.at else ""
    named = {"appointment_id": picked.series.id, "at": at}
    for waiting in session.scalars(select(Job).where(col(Job.kind) == JOB, col(Job.state) == "waiting")):
        if {name: waiting.payload[name] for name in named} == named:
            waiting.payload = {**waiting.payload, "by": sorted({*waiting.payload["by"], actor.member_id})}
            return
    payload = {**named, "site_id": actor.site_id, "before": before, "by": [actor.member_id]}
    enqueue(session, JOB, payload, run_at=now() + WAIT)


def tell_change(session: Session, payload: Mapping[str, Any]) -> None:
    """Tell what became of it, compared with how it was; nothing when it is as it was, or over."""
    before, after = payload["before"], _present(session, payload)
    site = session.get(Site, payload["site_id"])
    if site is None or site.deleted_at or not _is_news(before, after):
        return
    whom = _whom(session, site.id, before, after) - set(payload["by"])
    names = _names(session, before, after)
    told = after or before or {}
    path = page_of("/appointment", site, appointment=payload["appointment_id"], at=payload["at"]).removesuffix("&at=")
    for language, members in by_language(session, whom).items():
        lines = [*change_lines(language, before, after, names)]
        words = Words(_title(before, after, site.name), more_title=told["title"], more_body=" · ".join(lines))
        tag = f"appointment-{payload['appointment_id']}"
        tell(session, site, members, Telling(Kind.SCHEDULE, words, path if after else _calendar(site), tag))


def by_language(session: Session, member_ids: set[str]) -> dict[str, list[str]]:
    """The members by the language that they read."""
    rows = (
        select(col(Account.language), col(Member.id))
        .join(Account, col(Account.id) == col(Member.account_id))
        .where(col(Member.id).in_(member_ids))
        .order_by(col(Member.id))
    )
    found: dict[str, list[str]] = {}
    for language, member_id in session.execute(rows):
        found.setdefault(language, []).append(member_id)
    return found


def contact_ids(session: Session, site_id: str) -> set[str]:
    """The point of contact."""
    statement = select(col(Member.id)).where(
        col(Member.site_id) == site_id, col(Member.left_at).is_(None), col(Member.is_contact)
    )
    return set(session.scalars(statement))


def _calendar(site: Site) -> str:
    return page_of("/calendar", site)


def _state(one: Occurrence[Appointment]) -> State:
    return {
        "title": one.of.title,
        "starts": one.starts_at.isoformat(),
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
    try:
        picked = picked_at(session, series, at) if at else Picked(series)
    except NotFound:
        return None
    return state_of(session, picked)


def _is_news(before: State | None, after: State | None) -> bool:
    if before is None:
        return after is not None and now() < _moment(after) < now() + SOON
    if after is None:
        return _moment(before) > now() and not before["is_cancelled"]
    told = ("starts", "zone", "is_all_day", "place", "companion_id", "is_cancelled")
    is_ahead = max(_moment(before), _moment(after)) > now()
    return is_ahead and any(before[name] != after[name] for name in told)


def _moment(state: State) -> datetime:
    return datetime.fromisoformat(state["moment"])


def _title(before: State | None, after: State | None, site: str) -> Said:
    if before is None:
        return Said("{site}: a new appointment", site=site)
    if after is None or (after["is_cancelled"] and not before["is_cancelled"]):
        return Said("{site}: an appointment was cancelled", site=site)
    if before["is_cancelled"] and not after["is_cancelled"]:
        return Said("{site}: an appointment takes place after all", site=site)
    return Said("{site}: an appointment was changed", site=site)


def _whom(session: Session, site_id: str, before: State | None, after: State | None) -> set[str]:
    """Who goes along, or was to; the point of contact; and whoever asked for this kind of notice."""
    companions = {state["companion_id"] for state in (before, after) if state and state["companion_id"]}
    chose = (
        select(col(Member.id))
        .join(NoticeChoice, col(NoticeChoice.account_id) == col(Member.account_id))
        .where(col(Member.site_id) == site_id, col(NoticeChoice.kind) == Kind.SCHEDULE, col(NoticeChoice.is_on))
    )
    wanted = companions | contact_ids(session, site_id) | set(session.scalars(chose))
    return wanted & who_sees_schedule(session, site_id)


def _names(session: Session, *states: State | None) -> dict[str, str]:
    ids = {state["companion_id"] for state in states if state}
    rows = session.execute(select(col(Member.id), col(Member.name)).where(col(Member.id).in_(ids)))
    return {row[0]: row[1] for row in rows}
