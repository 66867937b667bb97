"""Appointments as people write them, for tests."""

from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session

from careapp.access import Actor
from careapp.errors import CareError
from careapp.schedule.commands import AddAppointment, ChangeAppointment, Content, OneAppointment
from careapp.schedule.operations import add_appointment, change_appointment
from careapp.schedule.series import pick
from tests.cast import Cast

ZONE = "America/New_York"
# Three weeks of Tuesdays and Fridays.
TWICE_A_WEEK = {"repeats": "weekly", "days": ("TU", "FR"), "until": date(2026, 3, 20)}


def content(**more: Any) -> dict[str, Any]:
    """A visit at the doctor's on Tuesday the third of March at ten."""
    usual = {"title": "Dr Meyer", "starts_on": date(2026, 3, 3), "starts": time(10), "ends": time(11), "zone": ZONE}
    return {**usual, **more}


def added(session: Session, cast: Cast, by: str = "maya", **more: Any) -> str:
    return add_appointment(session, cast.actor(by), AddAppointment(**content(**more))).id


def changed(session: Session, cast: Cast, by: str, id_: str, at: str = "", **more: Any) -> Any:
    """What is changed of the usual content; `version` is the present one unless given."""
    named = {"appointment_id": id_, "at": datetime.fromisoformat(at) if at else None}
    version = more.pop("version", None) or _version(session, cast.actor(by), OneAppointment(**named))
    command = ChangeAppointment(**named, version=version, **content(**more))
    return change_appointment(session, cast.actor(by), command)


def _version(session: Session, actor: Actor, named: OneAppointment) -> int:
    try:
        return pick(session, actor, named).version
    except CareError:
        return 1


__all__ = ["Content", "added", "changed", "content"]
