"""Words that matter now: notices in the page, and short toasts over it."""

from typing import Any

import reflex as rx

from careapp.ui.el import el, painted_for
from careapp.ui.icons import icon

KINDS = {
    "info": ("info", "bg-tint text-ink", "text-primary"),
    "good": ("check", "bg-success-soft text-ink", "text-success"),
    "warm": ("warning", "bg-accent-soft text-ink", "text-accent-ink"),
    "danger": ("warning", "bg-sos-soft text-ink", "text-sos-ink"),
}


def banner(kind: str, *content: Any, **attrs: Any) -> Any:
    """A notice. Kinds: info, good, warm (something to see to), danger (a real one: an allergy, an emergency)."""
    name, ground, sign = KINDS[kind]
    return el.div(
        icon(name, class_name=f"mt-0.5 {sign}"),
        el.div(*content, class_name="min-w-0 flex-1"),
        class_name=f"flex gap-3 rounded-card p-4 {ground} {attrs.pop('class_name', '')}".strip(),
        **attrs,
    )


class _Toasts(rx.Component):
    library = "$/public/js/ui.js"
    tag = "Toasts"


def toasts() -> Any:
    """Where `toast(words)` of `assets/js/ui.js` speaks, and what brings that module; once a page, in the frame."""
    return el.div(class_name="toasts") if painted_for() is not None else _Toasts.create(class_name="toasts")
