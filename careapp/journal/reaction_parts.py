"""Reactions: given by one tap, and by whom they were given."""

from typing import Any

from careapp.journal.looks import EMOJI
from careapp.journal.replies import react
from careapp.pwa.send import action_button
from careapp.ui.avatar import avatar
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.el import each, el, show
from careapp.ui.icons import icon
from careapp.ui.words import said, t, tn

REACTION = (
    "group inline-flex min-h-12 min-w-12 items-center justify-center gap-1.5 rounded-full border-[1.5px] border-line "
    "px-2.5 active:scale-95 aria-pressed:border-primary aria-pressed:bg-tint aria-pressed:text-primary"
)


def reactions(update: Any) -> Any:
    """One tap gives a reaction or takes it back; who may not react sees what others gave."""
    given = show(update.reaction_total != 0, el.ul(each(update.reactions, _given), class_name="flex flex-wrap gap-3"))
    return el.div(
        show(
            update.can_comment,
            el.div(
                each(update.reactions, lambda one: _reaction(update, one)),
                role="group",
                aria_label=t("Reactions"),
                class_name="flex flex-wrap gap-1.5",
            ),
            given,
        ),
        class_name="px-4 pt-3",
    )


def _reaction(update: Any, one: Any) -> Any:
    """The number follows the button at once: `pressed` turns before the server has answered."""
    with_mine, without = show(one.is_mine, one.n, one.n + 1), show(one.is_mine, one.n - 1, one.n)
    return action_button(
        [
            el.span(one.sign, aria_hidden="true", class_name=f"text-[22px] leading-none {EMOJI}"),
            el.span(said(one.words), class_name="sr-only"),
            _number(with_mine, "hidden group-aria-pressed:inline"),
            _number(without, "group-aria-pressed:hidden"),
        ],
        react,
        {"update_id": update.id, "kind": one.wanted},
        pressed=one.is_mine,
        key=one.kind,
        custom_attrs={"title": said(one.words)},
        class_name=REACTION,
    )


def _number(n: Any, look: str) -> Any:
    return show(n != 0, el.span(n, class_name=f"{look} text-sm font-semibold tabular-nums"))


def _given(one: Any) -> Any:
    return show(
        one.n != 0,
        el.li(
            el.span(one.sign, aria_hidden="true", class_name=EMOJI),
            el.span(said(one.words), class_name="sr-only"),
            el.span(one.n, class_name="ms-1 text-sm font-semibold tabular-nums"),
            class_name="inline-flex min-h-12 items-center",
        ),
    )


def who_reacted(update: Any, reactors: Any) -> Any:
    return show(
        update.reaction_total != 0,
        el.details(
            el.summary(
                tn("{n} reaction", "{n} reactions", update.reaction_total),
                icon("down", class_name="icon-sm transition-transform group-open:rotate-180"),
                class_name=f"{QUIET_LINK} gap-1",
            ),
            el.ul(each(reactors, _reactor), class_name="grid gap-1 pb-2 sm:grid-cols-2"),
            class_name="group px-4",
        ),
    )


def _reactor(one: Any) -> Any:
    return el.li(
        avatar(one.face, "sm"),
        el.span(one.face.name, class_name="min-w-0 flex-1"),
        el.span(one.sign, role="img", aria_label=said(one.words), class_name=f"text-xl {EMOJI}"),
        class_name="flex min-h-12 items-center gap-3 pe-2",
    )
