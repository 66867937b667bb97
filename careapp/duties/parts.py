"""Responsibilities as they are drawn: what it is, who has it, who stands in, and what one can do about it."""

from typing import Any

from careapp.duties.operations import take_on
from careapp.pwa.send import action_button
from careapp.ui.avatar import avatar
from careapp.ui.el import any_of, choose, el, fragment, link, show
from careapp.ui.icons import PATHS, icon
from careapp.ui.places import to
from careapp.ui.rows import badge
from careapp.ui.words import said, t

ICONS = ("heart", "calendar", "mail", "place", "today", "edit", "phone", "smile", "star")
assert set(ICONS) <= set(PATHS)


def duty_icon(name: Any) -> Any:
    """The picture of one, which only a query knows."""
    drawn = choose(name, {each: icon(each) for each in ICONS}, icon("star"))
    look = "flex size-11 flex-none items-center justify-center rounded-full bg-tint text-primary"
    return el.span(drawn, class_name=look)


def duty_card(duty: Any) -> Any:
    """One on the list, with a way to all about it, and to take what nobody has."""
    return el.li(
        link(
            to("/responsibility", responsibility=duty.id),
            duty_icon(duty.icon),
            el.span(
                el.span(said(duty.title), dir="auto", class_name="block text-lg leading-snug font-semibold"),
                show(
                    duty.words,
                    el.span(duty.words, dir="auto", class_name="line-clamp-2 block text-sm text-muted"),
                    el.span(said(duty.about), class_name="block text-sm text-muted"),
                ),
                class_name="min-w-0 flex-1",
            ),
            icon("forward", class_name="icon-sm text-muted"),
            class_name="flex min-h-12 items-center gap-3 p-4 pb-2",
        ),
        holders(duty, "px-4"),
        show(any_of(duty.can_take, duty.can_stand_in), _offers(duty)),
        class_name="card pb-4",
        key=duty.id,
    )


def holders(duty: Any, look: str = "") -> Any:
    return el.dl(
        _holder(t("Looks after it"), duty.owner, t("nobody yet")),
        _holder(t("Stands in"), duty.stand_in, t("no stand-in")),
        class_name=f"grid gap-1 {look}",
    )


def _holder(words: Any, holder: Any, nobody: Any) -> Any:
    left = show(holder.left, el.span(t("{name} has left", name=holder.left), class_name="text-sm text-muted"))
    missing = el.span(badge(nobody, "warm", "warning"), left, class_name="flex flex-wrap items-center gap-x-2 gap-y-1")
    there = fragment(
        avatar(holder.face, "sm"),
        el.bdi(holder.face.name, class_name="font-medium"),
        show(holder.is_me, badge(t("you"), "own")),
    )
    return el.div(
        el.dt(words, class_name="w-28 flex-none text-sm text-muted"),
        el.dd(show(holder.member_id, there, missing), class_name="flex min-w-0 flex-wrap items-center gap-2"),
        class_name="flex min-h-10 items-center gap-3",
    )


def _offers(duty: Any) -> Any:
    return el.div(
        show(duty.can_take, _take(duty, "owner", t("I will do this"), "button-primary")),
        show(duty.can_stand_in, _take(duty, "stand_in", t("I can stand in"), "button-secondary")),
        class_name="mt-3 flex flex-wrap gap-3 px-4",
    )


def _take(duty: Any, part: str, words: Any, look: str) -> Any:
    return action_button(
        words,
        take_on,
        {"responsibility_id": duty.id, "part": part},
        pending=t("Being sent"),
        about=said(duty.title),
        class_name=f"button {look} flex-1",
    )
