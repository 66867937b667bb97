"""What every component of ours in the browser has in common."""

from typing import Any

import reflex as rx

from careapp.ui.el import as_attributes


class Part(rx.Component):
    """A component whose unknown properties are attributes, where Reflex would take them for style."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Any:
        return super().create(*children, **as_attributes(cls, props))
