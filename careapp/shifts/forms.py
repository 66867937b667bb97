"""What planning shifts and handing over start from."""

from datetime import datetime, time
from typing import Annotated, Any

from pydantic import AfterValidator
from sqlalchemy import exists, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_handover, access_shift, right_to_change_shift
from careapp.availability.free import free_times
from careapp.choice import Choice
from careapp.duties.lists import people_to_ask
from careapp.errors import NotFound
from careapp.journal.choices import STATUS_MOODS
from careapp.models import Shift
from careapp.operation import Params, query
from careapp.said import mark
from careapp.schedule.agenda import day_from
from careapp.schedule.zones import usual_zone, zone_choices
from careapp.shifts.handing import handover_text
from careapp.shifts.planning import shift_text
from careapp.shifts.times import when_words
from careapp.shifts.views import HandoverForm, PlanView
from careapp.sites.frame import frame
from careapp.sites.tables import Option


def _hour(value: str) -> str:
    try:
        return f"{time.fromisoformat(value):%H:%M}" if value else value
    except ValueError:
        raise NotFound from None


Hour = Annotated[str, AfterValidator(_hour)]


class PlanPage(Params):
    """The shift that is to be changed; or when a new one is to be."""

    shift: str = ""
    on: str = ""
    starts: Hour = ""
    ends: Hour = ""


class HandOverPage(Params):
    """The note that is to be changed; or the shift that ends."""

    handover: str = ""
    shift: str = ""


@query(section=Section.SCHEDULE, right=Right.TAKE_PART)
def planning(session: Session, actor: Actor, params: PlanPage) -> PlanView:
    """For new shifts, or with the one that the address names."""
    shift = access_shift(session, actor, params.shift) if params.shift else None
    actor.require(Section.SCHEDULE, right_to_change_shift(actor, shift) if shift else Right.WRITE)
    choices: dict[str, Any] = {
        "frame": frame(session, actor),
        "people": (Option("", mark("Nobody yet")), *people_to_ask(session, actor)),
        "free": free_times(session, actor),
    }
    if shift is None:
        on = day_from(params.on)
        choices |= zone_choices(actor, usual_zone(session, actor))
        return PlanView(on=on.isoformat() if on else "", starts=params.starts, ends=params.ends, **choices)
    follows = exists().where(
        col(Shift.series_id) == shift.series_id,
        col(Shift.site_id) == actor.site_id,
        col(Shift.begins_at) > shift.begins_at,
        col(Shift.cancelled_at).is_(None),
    )
    return PlanView(
        shift_id=shift.id,
        version=shift.version,
        on=shift.starts_at.date().isoformat(),
        starts=_clock(shift.starts_at),
        ends=_clock(shift.ends_at),
        member_id=shift.member_id or "",
        zone=shift.zone,
        is_series=session.execute(select(follows)).scalar_one(),
        summary=shift_text(session, actor, shift),
        **choices,
    )


@query(section=Section.SCHEDULE, right=Right.TAKE_PART)
def hand_over_form(session: Session, actor: Actor, params: HandOverPage) -> HandoverForm:
    """For a new note, or with the one that the address names."""
    if params.handover:
        return _changed(session, actor, params.handover)
    shift = access_shift(session, actor, params.shift) if params.shift else None
    is_mine = shift is not None and shift.member_id == actor.member_id
    return HandoverForm(
        frame=frame(session, actor),
        shift_id=shift.id if shift else "",
        shift=when_words(shift, actor.language) if shift else "",
        moods=_moods(),
        can_write=bool(actor.member_id) and (is_mine or actor.may(Section.SCHEDULE, Right.WRITE)),
    )


def _changed(session: Session, actor: Actor, handover_id: str) -> HandoverForm:
    found = access_handover(session, actor, handover_id)
    shift = session.get(Shift, found.shift_id) if found.shift_id else None
    return HandoverForm(
        frame=frame(session, actor),
        handover_id=found.id,
        shift_id=found.shift_id or "",
        shift=when_words(shift, actor.language) if shift else "",
        moods=_moods(found.mood),
        medicines=found.medicines,
        food=found.food,
        incidents=found.incidents,
        words=found.words,
        summary=handover_text(found),
        version=found.version,
        is_closed=found.confirmed_at is not None,
        can_write=bool(actor.member_id) and found.author_id == actor.member_id and found.confirmed_at is None,
    )


def _moods(chosen: str = "") -> tuple[Choice, ...]:
    return tuple(Choice(key, words, key == chosen) for key, words in STATUS_MOODS.items())


def _clock(at: datetime) -> str:
    return f"{at:%H:%M}"
