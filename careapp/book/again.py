"""A page that looks again by itself while something is being made (`assets/js/again.js`)."""

from typing import Any

import reflex as rx

from careapp.pwa.part import Part
from careapp.ui.el import Html, painted_for


class _LooksAgain(Part):
    library = "$/public/js/again.js"
    tag = "LooksAgain"
    is_on: rx.Var[bool]
    on_time: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


def looks_again(is_on: Any, load: Any) -> Any:
    """Every few seconds while `is_on`, and the page is looked at. Draws nothing."""
    return Html("") if painted_for() is not None else _LooksAgain.create(is_on=is_on, on_time=load)
