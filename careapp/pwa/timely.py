"""What a page has of the device's own clock (`assets/js/timely.js`)."""

from datetime import datetime
from typing import Any

import reflex as rx

from careapp.clock import now
from careapp.pwa.part import Part
from careapp.ui.el import Html, el, painted_for

_LIBRARY = "$/public/js/timely.js"


class _Between(Part):
    library = _LIBRARY
    tag = "Between"
    begins: rx.Var[str]
    ends: rx.Var[str]


class _OwnZone(Part):
    library = _LIBRARY
    tag = "OwnZone"
    name: rx.Var[str]
    given: rx.Var[str]


def between(begins: Any, ends: Any, shown: Any) -> Any:
    """`shown` from one moment until another (ISO 8601), also on a page that stays open."""
    if painted_for() is None:
        return _Between.create(shown, begins=begins, ends=ends)
    is_now = bool(begins) and datetime.fromisoformat(begins) <= now() < datetime.fromisoformat(ends)
    return shown if is_now else Html("")


def own_zone(name: str, given: Any) -> Any:
    """A hidden field with a time zone: `given`, or the device's own where that is empty."""
    if painted_for() is not None:
        return el.input(type="hidden", name=name, value=given)
    return _OwnZone.create(name=name, given=given)


def local_day() -> Any:
    """Today, where the device is, as a date field writes it; nothing while painting, as only forms ask for it."""
    if painted_for() is not None:
        return ""
    made = rx.vars.VarData(imports={_LIBRARY: ["localDay"]})
    return rx.Var("localDay()", _var_type=str, _var_data=made).to(str)
