"""Showing only one kind, or only what one person goes along to, on every view of the calendar."""

from typing import Any

from careapp.ui.buttons import button
from careapp.ui.el import each, el, link, show
from careapp.ui.places import to
from careapp.ui.words import said, t

QUIET = "inline-flex min-h-12 items-center gap-1 font-medium text-primary underline-offset-4 hover:underline"


def filters(route: str, view: Any, begins: Any = "") -> Any:
    """A plain form: it leads to an address, so it works before any script has run. `begins`: the day to stay at."""
    return el.form(
        el.input(type="hidden", name="site", value=view.frame.site),
        el.input(type="hidden", name="begins", value=begins),
        _select("kind", t("Kind"), view.kinds, view.kind),
        _select("person", t("Who goes along"), view.people, view.person),
        button(t("Show"), "secondary", type="submit"),
        show(view.is_filtered, link(to(route, begins=begins), t("Show everything"), class_name=QUIET)),
        method="get",
        action=route,
        class_name="mb-2 flex flex-wrap items-end gap-3 print:hidden",
        key=view.kind + view.person,
    )


def _select(name: str, label: Any, options: Any, chosen: Any) -> Any:
    return el.label(
        el.span(label, class_name="mb-1 block text-sm font-semibold"),
        el.select(
            each(options, lambda option: el.option(said(option.words), value=option.value, key=option.value)),
            name=name,
            default_value=chosen,
            class_name="field",
        ),
        class_name="min-w-32 flex-1",
    )
