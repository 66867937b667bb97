"""Who is on duty now and next, as long as that holds: also on a page that stays open, or is read offline."""

from typing import Any

from careapp.pwa.timely import between
from careapp.ui.avatar import avatar
from careapp.ui.el import each, el, fragment, show
from careapp.ui.rows import badge
from careapp.ui.words import t

LINE = "flex min-h-14 items-center gap-3 px-4 py-2.5"


def now_and_next(near: Any) -> Any:
    """`near` are the shifts of now and the next ones, in order."""
    return fragment(each(near, _now), each(near, _next))


def _now(shift: Any) -> Any:
    named = t("On duty now: {name} until {time}", name=shift.holder.name, time=shift.until)
    gap = t("Nobody is on duty until {time}", time=shift.until)
    line = _line(shift, show(shift.has_holder, named, gap), "font-semibold leading-snug")
    return el.div(between(shift.begins_at, shift.until_at, line), key=shift.key, class_name="empty:hidden")


def _next(shift: Any) -> Any:
    who = show(shift.has_holder, shift.holder.name, t("nobody yet"))
    words = fragment(t("Next: {name}", name=who), ", ", shift.day, ", ", shift.clock)
    line = _line(shift, words, "text-sm leading-snug")
    return el.div(between(shift.next_from, shift.begins_at, line), key=shift.key, class_name="empty:hidden")


def _line(shift: Any, words: Any, look: str) -> Any:
    return el.div(
        show(shift.has_holder, avatar(shift.holder), badge(t("gap"), "warm", "warning")),
        el.p(words, show(shift.is_mine, fragment(" ", badge(t("you"), "own"))), class_name=f"min-w-0 flex-1 {look}"),
        class_name=LINE,
    )
