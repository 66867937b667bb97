"""Buttons: one look for the main action, three quieter ones, all at least 48 px high."""

from typing import Any

from careapp.ui.el import el, link
from careapp.ui.icons import icon

LOOKS = {
    "primary": "button button-primary",
    "secondary": "button button-secondary",
    "quiet": "button button-quiet",
    "danger": "button button-danger",
}

# A way on that stands within other things, as high as a finger needs.
QUIET_LINK = "inline-flex min-h-12 items-center font-medium text-primary underline-offset-4 hover:underline"


def button(label: Any, look: str = "primary", icon_name: str | None = None, wide: bool = False, **attrs: Any) -> Any:
    """Draw a button. `look`: primary (one a page), secondary, quiet, danger. `wide` fills the line."""
    return el.button(
        *_face(label, icon_name), type=attrs.pop("type", "button"), class_name=_look(look, wide, attrs), **attrs
    )


def primary_button(label: Any, **attrs: Any) -> Any:
    """The one main action of a page or sheet."""
    return button(label, "primary", **attrs)


def submit_button(label: Any, **attrs: Any) -> Any:
    """The main action of a form, as wide as the form on a phone."""
    return button(label, "primary", type="submit", class_name="w-full sm:w-auto", **attrs)


def secondary_button(label: Any, **attrs: Any) -> Any:
    """An action beside the main one."""
    return button(label, "secondary", **attrs)


def quiet_button(label: Any, **attrs: Any) -> Any:
    """An action that must not draw the eye."""
    return button(label, "quiet", **attrs)


def danger_button(label: Any, **attrs: Any) -> Any:
    """An action that removes something; ask again before it happens."""
    return button(label, "danger", **attrs)


def button_link(
    label: Any, target: Any, look: str = "primary", icon_name: str | None = None, wide: bool = False, **attrs: Any
) -> Any:
    """A link to a page of the app (`target` as made by `to`) that looks like a button."""
    return link(target, *_face(label, icon_name), class_name=_look(look, wide, attrs), **attrs)


def outside_link(
    label: Any, href: Any, look: str = "secondary", icon_name: str | None = None, wide: bool = False, **attrs: Any
) -> Any:
    """A button-like link that leaves the app: a telephone number, a text message, a file."""
    return el.a(*_face(label, icon_name), href=href, class_name=_look(look, wide, attrs), **attrs)


def icon_button(icon_name: str, label: Any, **attrs: Any) -> Any:
    """A round 48 px button with a picture only; `label` is its name for those who do not see it."""
    look = f"button button-quiet size-12 p-0 rounded-full {attrs.pop('class_name', '')}".strip()
    return el.button(
        icon(icon_name), type=attrs.pop("type", "button"), aria_label=label, title=label, class_name=look, **attrs
    )


def _face(label: Any, icon_name: str | None) -> list[Any]:
    return ([icon(icon_name, class_name="icon-sm")] if icon_name else []) + [label]


def _look(look: str, wide: bool, attrs: dict[str, Any]) -> str:
    return f"{LOOKS[look]} {'w-full' if wide else ''} {attrs.pop('class_name', '')}".strip()
