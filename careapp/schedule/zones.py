"""By which clock a form's times are meant."""

from typing import Any

from careapp.access import Actor
from careapp.schedule.spoken import place_of_zone
from careapp.sites.tables import Option


def zone_choices(actor: Actor, zone: str) -> dict[str, Any]:
    """What a form says about its zone: there is a choice only for who lives by another clock."""
    zones = dict.fromkeys(name for name in (zone, actor.time_zone) if name)
    return {
        "zone": zone,
        "zones": tuple(Option(name, place_of_zone(name, actor.language)) for name in zones),
        "has_zones": len(zones) > 1,
    }
