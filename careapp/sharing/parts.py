"""What the pages about shared links have in common: one open link, with the ways to hand it on and to take it back."""

from collections.abc import Sequence
from typing import Any

from careapp.pwa.send import action_button, field_error
from careapp.pwa.share import copy_button, share_button
from careapp.sharing.operations import revoke_link
from careapp.ui.el import el, join, link, show
from careapp.ui.facts import small_facts
from careapp.ui.places import to
from careapp.ui.words import day_and_time, said, t, tn, when

LEGEND = "font-semibold"
EXCERPT = "line-clamp-2 text-muted wrap-anywhere"


def link_row(one: Any, shows_what: bool = False) -> Any:
    """One open link: what it shows, since and until when, how often it was opened."""
    return el.li(
        el.div(
            show(one.photo_id, lambda: thumbnail(one.photo_id, "size-16")),
            el.div(
                el.p(said(one.what_words), class_name="font-medium leading-snug"),
                *([el.p(one.excerpt, dir="auto", class_name=EXCERPT)] if shows_what else []),
                small_facts(
                    (True, opened(one)),
                    (True, el.span(t("until"), " ", day_and_time(one.expires_at))),
                    (True, el.span(t("made by {name}", name=one.by), " ", when(one.made_at))),
                ),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex items-start gap-3",
        ),
        el.div(
            show(one.address, lambda: hand_on(one, "quiet")),
            *(
                [link(to("/update", update=one.update_id), t("See it"), class_name="button button-quiet px-3")]
                if shows_what
                else []
            ),
            take_back(one),
            class_name="-mx-3 mt-1 flex flex-wrap gap-1",
        ),
        key=one.id,
        class_name="card p-4",
    )


def thumbnail(photo_id: Any, size: str, alt: Any = "") -> Any:
    """A photo in a small square; its words stand beside it."""
    look = f"{size} flex-none rounded-field bg-sunken object-cover"
    return el.img(src=join("/media/", photo_id, "/320"), alt=alt, loading="lazy", decoding="async", class_name=look)


def opened(one: Any) -> Any:
    return show(one.opened == 0, t("not opened yet"), tn("opened {n} time", "opened {n} times", one.opened))


def hand_on(one: Any, look: str = "primary") -> Any:
    """The phone's own ways of sharing, and the clipboard."""
    width = "px-3" if look == "quiet" else "flex-1"
    other = look if look == "quiet" else "secondary"
    return el.div(
        share_button(t("Share the link"), url=one.address, class_name=f"button button-{look} {width}"),
        copy_button(t("Copy"), text=one.address, class_name=f"button button-{other} {width}"),
        class_name="contents" if look == "quiet" else "flex flex-wrap gap-3",
    )


def how_long(choices: Sequence[tuple[int, str]], usual: int) -> Any:
    """The field `days`: `choices` are numbers with their message ids."""
    return el.fieldset(
        el.legend(t("How long does the link work?"), class_name=LEGEND),
        field_error("days"),
        el.div(*[_days(days, words, days == usual) for days, words in choices], class_name="mt-2 flex flex-wrap gap-2"),
    )


def _days(days: int, words: str, is_chosen: bool) -> Any:
    pick = {"type": "radio", "name": "days", "value": str(days), "data_type": "number"}
    return el.label(el.input(**pick, default_checked=is_chosen, class_name="sr-only"), t(words), class_name="chip")


def take_back(one: Any) -> Any:
    return action_button(
        t("Take it back"),
        revoke_link,
        {"link_id": one.id},
        t("Take this link back? From then on it shows nothing to anybody."),
        class_name="button button-quiet px-3",
    )
