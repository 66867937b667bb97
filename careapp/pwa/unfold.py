"""A form that stands as a button until it is wanted."""

from collections.abc import Callable, Mapping
from typing import Any

import reflex as rx

from careapp.operation import name_of
from careapp.pwa.part import Part
from careapp.ui.el import el, painted_for


class _Unfold(Part):
    library = "$/public/js/unfold.js"
    tag = "Unfold"
    operation: rx.Var[str]
    fixed: rx.Var[dict[str, Any]]
    draft: rx.Var[str]
    face: rx.Var[Any]


def unfold(
    face: Any, form: Any, operation: Callable[..., Any], fixed: Mapping[str, Any], draft: Any, **attrs: Any
) -> Any:
    """The form in place of a button that says `face`, once it is pressed. It stands there at once where a draft of that
    name is kept on this device. `operation`, `fixed` and `draft` are the form's own."""
    if painted_for() is not None:
        return el.div(el.button(face, type="button", **attrs))
    told = {"operation": name_of(operation), "fixed": dict(fixed), "draft": draft}
    return _Unfold.create(form, face=face, **told, **attrs)
