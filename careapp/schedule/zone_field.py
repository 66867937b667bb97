"""By which clock a form's times are meant: asked of those who live by another, and else known."""

from typing import Any

from careapp.pwa.timely import own_zone
from careapp.ui.el import show
from careapp.ui.fields import select_each
from careapp.ui.words import t


def zone_field(view: Any, **attrs: Any) -> Any:
    """The field `zone`, for a view with what `zone_choices` answers."""
    choice = select_each("zone", t("Times are as the clock shows them in"), view.zones, value=view.zone, **attrs)
    return show(view.has_zones, choice, own_zone("zone", view.zone))
