"""Slots and swaps as they are drawn: what it is, when, who has it, and what one can do about it."""

from typing import Any

from careapp.helping.acts import cancel_button, release_button, release_form, slot_words, thank_form
from careapp.helping.kinds import KINDS
from careapp.helping.operations import answer_swap, mark_done, take_slot
from careapp.pwa.send import action_button
from careapp.ui.avatar import avatar
from careapp.ui.el import all_of, any_of, choose, each, el, fragment, link, no, show
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import MENU_LINK, badge, tab, tabs
from careapp.ui.sheet import menu
from careapp.ui.words import said, t

BUTTONS = "flex flex-wrap items-center gap-2 empty:hidden"
TAKE = "button button-primary flex-none px-4 aria-busy:opacity-70"


def help_tabs(current: str) -> Any:
    """`current` is wanted or meals."""
    return tabs(
        t("Help"),
        tab(to("/calendar"), t("Calendar")),
        tab(to("/help-wanted"), t("Help wanted"), current == "wanted"),
        tab(to("/meals"), t("Meals"), current == "meals"),
    )


def kind_icon(name: Any, size: str = "size-11") -> Any:
    """The picture of a kind, which only a query knows."""
    drawn = choose(name, {about.icon: icon(about.icon) for about in KINDS.values()}, icon("star"))
    look = f"flex {size} flex-none items-center justify-center rounded-full bg-tint text-primary"
    return el.span(drawn, class_name=look)


def open_slot(slot: Any) -> Any:
    """What one can take, on the list of a day."""
    return el.li(
        link(
            to("/help-request", request=slot.request_id),
            kind_icon(slot.icon),
            el.span(
                el.span(said(slot.title), dir="auto", class_name="block leading-snug font-semibold wrap-anywhere"),
                el.span(_clock(slot), class_name="block text-sm text-muted"),
                el.span(t("asked by {name}", name=slot.author), class_name="block text-sm text-muted"),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex min-h-12 min-w-0 flex-1 basis-52 items-center gap-3",
        ),
        show(slot.can_take, take_button(slot)),
        class_name="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3",
        key=slot.id,
    )


def take_button(slot: Any) -> Any:
    """Without a connection it is one's own once it was sent, which the button says."""
    return action_button(
        t("I can do this"),
        take_slot,
        {"slot_id": slot.id},
        pending=t("Yours, once it is sent"),
        about=slot_words(slot),
        class_name=TAKE,
    )


def my_slot(slot: Any) -> Any:
    """What I have taken on, with where it is and what I can say about it."""
    return el.li(
        link(
            to("/help-request", request=slot.request_id),
            kind_icon(slot.icon),
            el.span(
                el.span(said(slot.title), dir="auto", class_name="block leading-snug font-semibold wrap-anywhere"),
                el.span(_when(slot), class_name="block text-sm"),
                show(slot.address, el.span(slot.address, dir="auto", class_name="block text-sm text-muted")),
                class_name="min-w-0 flex-1",
            ),
            icon("forward", class_name="icon-sm text-muted"),
            class_name="flex min-h-12 items-center gap-3",
        ),
        show(slot.can_mark_done, el.div(done_button(slot), class_name="mt-2")),
        class_name="px-4 py-3",
        key=slot.id,
    )


def done_button(slot: Any) -> Any:
    return action_button(
        [icon("check", class_name="icon-sm"), t("It is done")],
        mark_done,
        {"slot_id": slot.id},
        pending=t("Being sent"),
        about=slot_words(slot),
        class_name="button button-secondary px-4",
    )


def request_slot(slot: Any, swap: Any) -> Any:
    """One time on the page of its request: who has it, and what one can do. `swap` draws a further way."""
    free = show(all_of(slot.can_release, no(slot.is_mine), no(slot.needs_why)), release_button(slot, MENU_LINK))
    more = menu(t("More about this time"), free, cancel_button(slot))
    open_words = show(slot.is_over, badge(t("nobody"), "plain"), badge(t("still open"), "warm"))
    holder = el.span(
        avatar(slot.holder, "sm"),
        el.bdi(slot.holder.name, class_name="font-medium"),
        show(slot.is_mine, badge(t("you"), "own")),
        show(slot.is_guest, badge(t("guest"))),
        class_name="flex min-w-0 flex-wrap items-center gap-2",
    )
    return el.li(
        el.div(
            el.p(_when(slot), class_name="min-w-0 flex-1 font-semibold"),
            show(slot.is_done, badge(t("done"), "good", "check")),
            show(slot.can_cancel, more),
            class_name="flex items-center gap-2",
        ),
        el.div(show(slot.has_holder, holder, open_words), class_name="mt-1.5"),
        show(slot.guest_contact, lambda: guest_contact(slot.guest_contact, slot.guest_href)),
        show(slot.is_thanked, thanks(slot)),
        el.div(
            show(slot.can_take, take_button(slot)),
            show(slot.can_mark_done, done_button(slot)),
            show(slot.can_thank, thank_form(slot)),
            show(slot.can_release, show(any_of(slot.is_mine, slot.needs_why), release_form(slot))),
            show(slot.is_mine, swap(slot)),
            class_name=f"mt-2 {BUTTONS}",
        ),
        class_name="px-4 py-3",
        key=slot.id,
    )


def guest_contact(contact: Any, href: Any) -> Any:
    """Calls or writes to a guest, whom Careapp itself does not reach."""
    return el.a(contact, href=href, class_name="inline-flex min-h-12 items-center font-medium text-primary underline")


def thanks(slot: Any) -> Any:
    words = show(slot.thanks, el.span("“", slot.thanks, "”", dir="auto"), t("Thank you"))
    return el.p(
        icon("heart", class_name="icon-sm mt-1 text-accent-ink"),
        el.span(words, class_name="min-w-0 wrap-anywhere"),
        class_name="mt-1.5 flex items-start gap-2 text-sm",
    )


def swap_card(swap: Any) -> Any:
    """Somebody asks me to take over."""
    answer = {"swap_id": swap.id}
    return el.li(
        el.div(
            avatar(swap.by),
            el.div(
                el.p(
                    t("{name} asks you to take this over", name=swap.by.name), class_name="leading-snug font-semibold"
                ),
                el.p(said(swap.slot.title), " · ", _when(swap.slot), class_name="text-sm"),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex items-start gap-3",
        ),
        el.div(
            action_button(
                t("I take it over"),
                answer_swap,
                {**answer, "accepts": True},
                pending=t("Being sent"),
                about=slot_words(swap.slot),
                class_name="button button-primary px-4",
            ),
            action_button(
                t("I cannot"),
                answer_swap,
                {**answer, "accepts": False},
                about=slot_words(swap.slot),
                class_name="button button-secondary px-4",
            ),
            class_name=f"mt-3 {BUTTONS}",
        ),
        class_name="card p-4",
        key=swap.id,
    )


def done_row(slot: Any) -> Any:
    return el.li(
        avatar(slot.holder),
        el.div(
            el.p(el.bdi(slot.holder.name), " · ", said(slot.title), class_name="leading-snug font-medium"),
            el.p(_when(slot), class_name="text-sm text-muted"),
            show(slot.is_thanked, thanks(slot)),
            show(slot.can_thank, el.div(thank_form(slot), class_name="mt-2")),
            class_name="min-w-0 flex-1",
        ),
        class_name="flex items-start gap-3 px-4 py-3",
        key=slot.id,
    )


def _clock(slot: Any) -> Any:
    there = show(slot.elsewhere, fragment(" (", t("{time} where you are", time=slot.elsewhere), ")"))
    return fragment(slot.clock, there)


def _when(slot: Any) -> Any:
    return show(slot.clock, fragment(slot.day, ", ", _clock(slot)), slot.day)


def slots_of_day(slots: Any, draw: Any) -> Any:
    return el.ul(each(slots, draw), class_name="card divide-y divide-line")
