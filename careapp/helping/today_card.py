"""Help on the home page: how much is open, and what I have taken on next."""

from typing import Any

from careapp.helping.parts import kind_icon
from careapp.pwa.keep import keeps_page
from careapp.ui.el import el, fragment, link, show
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.words import said, t, tn

WAY = "flex min-h-14 items-center gap-3 px-4 py-2.5 active:bg-sunken"


def help_card(help: Any) -> Any:
    return fragment(
        el.section(
            el.h2(t("Help wanted"), class_name="sr-only"),
            show(help.has_next, _mine(help.next)),
            show(help.open != 0, _open(help)),
            class_name="card mt-4 divide-y divide-line overflow-hidden",
        ),
        keeps_page("/help-wanted"),
    )


def _mine(slot: Any) -> Any:
    return link(
        to("/help-request", request=slot.request_id),
        kind_icon(slot.icon),
        el.span(
            el.span(t("You have taken this on"), class_name="block text-sm text-muted"),
            el.span(said(slot.title), dir="auto", class_name="block leading-snug font-semibold wrap-anywhere"),
            el.span(slot.day, show(slot.clock, fragment(", ", slot.clock)), class_name="block text-sm"),
            class_name="min-w-0 flex-1",
        ),
        icon("forward", class_name="icon-sm text-muted"),
        class_name=WAY,
    )


def _open(help: Any) -> Any:
    more = t("Help wanted: more than {n} open", n=help.open)
    count = tn("Help wanted: {n} open", "Help wanted: {n} open", help.open)
    return link(
        to("/help-wanted"),
        el.span(
            icon("hand"),
            class_name="flex size-11 flex-none items-center justify-center rounded-full bg-accent-soft text-accent-ink",
        ),
        el.span(show(help.has_more, more, count), class_name="min-w-0 flex-1 font-semibold"),
        icon("forward", class_name="icon-sm text-muted"),
        class_name=WAY,
    )
