"""Shifts and what is handed over as they are drawn."""

from typing import Any

from careapp.pwa.send import action_button
from careapp.shifts.operations import confirm_handover, release_shift, take_shift
from careapp.ui.avatar import avatar
from careapp.ui.buttons import button_link
from careapp.ui.el import el, fragment, join, link, show
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import badge
from careapp.ui.words import said, t, when

SIGN = "flex size-11 flex-none items-center justify-center rounded-full"
SMALL = "button button-quiet flex-none px-3"


def shift_row(shift: Any) -> Any:
    """A line of a day: from when until when, who has it or that nobody is there, and what one can do about it."""
    return el.li(
        show(
            shift.has_holder,
            avatar(shift.holder),
            el.span(icon("clock"), class_name=f"{SIGN} bg-accent-soft text-accent-ink"),
        ),
        el.div(
            el.p(shift.clock, class_name="font-semibold tabular-nums"),
            show(
                shift.elsewhere,
                el.p(t("For you: {time}", time=shift.elsewhere), class_name="text-sm text-muted tabular-nums"),
            ),
            _who(shift),
            class_name="min-w-0 flex-1 basis-28",
        ),
        _ways(shift),
        key=shift.key,
        class_name="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3",
    )


def _who(shift: Any) -> Any:
    named = fragment(el.bdi(shift.holder.name), show(shift.is_mine, fragment(" ", badge(t("you"), "own"))))
    left = show(shift.left, el.span(t("{name} has left", name=shift.left), class_name="text-sm text-muted"))
    gap = el.span(badge(t("nobody yet"), "warm", "warning"), left, class_name="flex flex-wrap items-center gap-2")
    return el.p(show(shift.has_holder, named, gap))


def _ways(shift: Any) -> Any:
    fill = link(
        to("/plan-shifts", on=shift.on, starts=shift.starts, ends=shift.ends),
        t("Plan someone in"),
        class_name=SMALL,
    )
    change = link(
        to("/plan-shifts", shift=shift.id),
        icon("edit", t("Change {time}", time=shift.clock)),
        class_name="button button-quiet size-12 flex-none rounded-full p-0",
    )
    return el.div(
        show(shift.can_take, take_button(shift)),
        show(shift.can_fill, fill),
        show(shift.can_release, release_button(shift)),
        show(shift.can_change, change),
        class_name="flex flex-wrap items-center gap-1 empty:hidden",
    )


def take_button(shift: Any) -> Any:
    return action_button(
        t("I can do this"),
        take_shift,
        {"shift_id": shift.id},
        pending=t("Yours, once it is sent"),
        about=shift_words(shift),
        class_name="button button-primary flex-none px-4",
    )


def release_button(shift: Any) -> Any:
    return action_button(
        t("I cannot after all"),
        release_shift,
        {"shift_id": shift.id},
        t("Let go of this time on duty? Who looks after the plan is told."),
        pending=t("Being sent"),
        about=shift_words(shift),
        class_name=SMALL,
    )


def shift_words(shift: Any) -> Any:
    """Which one it is, in a line."""
    return join(shift.day, ", ", shift.clock)


def handover_card(note: Any) -> Any:
    """What matters, part by part, and the way to take over by it."""
    return el.article(
        el.header(
            avatar(note.author),
            el.div(
                el.p(el.bdi(note.author.name), class_name="font-semibold"),
                el.p(
                    show(note.shift, fragment(note.shift, " · ")),
                    when(note.at),
                    show(note.is_edited, fragment(" · ", t("changed"))),
                    class_name="text-sm text-muted",
                ),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex items-center gap-3",
        ),
        el.dl(
            _part(t("Medicines given"), note.medicines),
            show(note.mood_words, _line(t("How they are"), said(note.mood_words))),
            _part(t("Food and drink"), note.food),
            _part(t("What happened"), note.incidents),
            _part(t("Anything else"), note.words),
            class_name="mt-3 flex flex-col gap-3",
        ),
        show(note.is_confirmed, _taken_over(note)),
        show(note.can_confirm, el.div(_confirm(note), class_name="mt-4")),
        show(note.can_edit, el.p(_edit(note), class_name="mt-2 -ms-3")),
        key=note.id,
        class_name="card p-4",
    )


def _part(name: Any, words: Any) -> Any:
    return show(words, _line(name, words))


def _line(name: Any, words: Any) -> Any:
    return el.div(
        el.dt(name, class_name="text-sm text-muted"),
        el.dd(words, dir="auto", class_name="prose-words"),
    )


def _taken_over(note: Any) -> Any:
    return el.p(
        icon("check", class_name="icon-sm text-success"),
        el.span(t("Read and taken over by {name}", name=note.confirmed_by), " · ", when(note.confirmed_at)),
        class_name="mt-3 flex items-center gap-2 text-sm text-muted",
    )


def _confirm(note: Any) -> Any:
    return action_button(
        [icon("check", class_name="icon-sm"), t("Read and taken over")],
        confirm_handover,
        {"handover_id": note.id},
        pending=t("Being sent"),
        class_name="button button-primary w-full",
    )


def _edit(note: Any) -> Any:
    return button_link(t("Change it"), to("/hand-over", handover=note.id), "quiet", "edit")
