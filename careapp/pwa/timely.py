"""What stands on a page only for a while."""

from datetime import datetime
from typing import Any

import reflex as rx

from careapp.clock import now
from careapp.pwa.part import Part
from careapp.ui.el import Html, el, painted_for


class _Between(Part):
    library = "$/public/js/timely.js"
    tag = "Between"
    begins: rx.Var[str]
    ends: rx.Var[str]


class _OwnZone(Part):
    library = "$/public/js/timely.js"
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
