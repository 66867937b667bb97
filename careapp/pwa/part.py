"""What every component of ours in the browser has in common."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from careapp.operation import name_of
from careapp.ui.el import as_attributes

Operation = str | Callable[..., Any]


class Part(rx.Component):
    """A component whose unknown properties are attributes, where Reflex would take them for style."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Any:
        return super().create(*children, **as_attributes(cls, props))


def called(operation: Operation) -> str:
    """An operation's name, of its function or as it is."""
    return operation if isinstance(operation, str) else name_of(operation)


def given(**props: Any) -> dict[str, Any]:
    """Those that were given at all; a component has words of its own for the others."""
    return {name: value for name, value in props.items() if value is not None}
