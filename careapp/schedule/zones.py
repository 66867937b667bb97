"""By which clock a form's times are meant."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field
from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor
from careapp.errors import Invalid
from careapp.models import Appointment
from careapp.said import Said
from careapp.schedule.spoken import place_of_zone
from careapp.schedule.walls import zone_of
from careapp.sites.tables import Option


def _is_known(name: str) -> bool:
    try:
        zone_of(name)
    except Invalid:
        return False
    return True


def _known(value: str) -> str:
    if not _is_known(value):
        raise ValueError(Said("This time zone is not known."))
    return value


Zone = Annotated[str, Field(max_length=60), AfterValidator(_known)]


def usual_zone(session: Session, actor: Actor) -> str:
    """The zone of what was written last, so that everyone writes in the clock of where it happens."""
    statement = (
        select(col(Appointment.zone))
        .where(col(Appointment.site_id) == actor.site_id, col(Appointment.source_id).is_(None))
        .order_by(col(Appointment.created_at).desc())
        .limit(1)
    )
    return session.scalar(statement) or actor.time_zone


def zone_choices(actor: Actor, zone: str) -> dict[str, Any]:
    """What a form says about its zone: which are near, and whether that is more than one."""
    zones = dict.fromkeys(name for name in (zone, actor.time_zone) if _is_known(name))
    return {
        "zone": zone,
        "zones": tuple(Option(name, place_of_zone(name, actor.language)) for name in zones),
        "has_zones": len(zones) > 1,
    }
