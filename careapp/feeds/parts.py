"""What stands on the pages about calendars elsewhere: an address of one's own, and a calendar of others."""

from typing import Any

from careapp.feeds.operations import remove_source, revoke_feed
from careapp.pwa.send import action_button
from careapp.pwa.share import copy_button
from careapp.ui.banner import banner
from careapp.ui.buttons import outside_link
from careapp.ui.el import all_of, el, link, no, show
from careapp.ui.facts import small_facts
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import qr_code
from careapp.ui.words import said, t, tn, when

MORE = "flex min-h-12 cursor-pointer items-center gap-2 font-medium text-primary"


def feed_card(one: Any) -> Any:
    """One address: what is in it, and the ways to hand it to a calendar."""
    return el.li(
        show(one.is_new, _ready()),
        el.p(said(one.scope_words), class_name="font-semibold"),
        small_facts(
            (True, el.span(t("made"), " ", when(one.made_at))),
            (one.fetched_at, el.span(t("a calendar looked"), " ", when(one.fetched_at))),
            (no(one.fetched_at), t("no calendar has looked yet")),
        ),
        el.div(
            outside_link(t("Open in my calendar"), one.webcal, "primary", "calendar", class_name="w-full"),
            copy_button(t("Copy the address"), text=one.address, class_name="button button-secondary w-full"),
            class_name="mt-4 flex flex-wrap gap-3",
        ),
        _other_device(one),
        action_button(
            t("Take it back"),
            revoke_feed,
            {"feed_id": one.id},
            t("Take this address back? Calendars that follow it get nothing more."),
            offline=False,
            class_name="button button-quiet -ms-3 px-3",
        ),
        key=one.id,
        class_name="card p-4",
    )


def _ready() -> Any:
    words = t("Your address is ready. Whoever has it can read along, so keep it to yourself.")
    return el.p(icon("check", class_name="text-success"), words, class_name="mb-3 flex gap-2", role="status")


def _other_device(one: Any) -> Any:
    return el.details(
        el.summary(icon("qr"), t("For another device"), class_name=MORE),
        el.p(t("Point that device's camera at this code, or type the address."), class_name="text-sm text-muted"),
        el.div(qr_code(one.qr.path, one.qr.view_box, t("The address as a code to scan")), class_name="my-4"),
        el.p(one.address, class_name="break-all text-sm text-muted"),
        class_name="mt-2",
    )


def source_card(one: Any) -> Any:
    """A calendar of others: where it comes from, how it is, and how to be rid of it."""
    return el.li(
        el.p(
            show(one.name, one.name, show(one.host, one.host, t("A calendar"))),
            class_name="font-semibold wrap-anywhere",
        ),
        small_facts(
            (all_of(one.name, one.host), one.host),
            (no(one.host), t("from a file")),
            (one.is_taken, tn("{n} to come", "{n} to come", one.coming)),
            (True, t("added by {name}", name=one.by)),
            (all_of(one.host, one.fetched_at), el.span(t("looked at"), " ", when(one.fetched_at))),
        ),
        show(one.is_working, el.p(t("It is being taken over."), class_name="mt-2", role="status")),
        show(one.problem, banner("warm", el.p(one.problem), class_name="mt-3")),
        show(one.can_change, lambda: _changes(one)),
        key=one.id,
        class_name="card p-4",
    )


def _changes(one: Any) -> Any:
    return el.div(
        show(
            no(one.is_taken),
            link(
                to("/import-calendar", source=one.id), t("See what is in it"), class_name="button button-secondary px-3"
            ),
        ),
        action_button(
            t("Remove"),
            remove_source,
            {"source_id": one.id},
            t("Remove this calendar? What is still to come of it goes from the schedule; what is over stays."),
            offline=False,
            class_name="button button-quiet px-3",
        ),
        class_name="-mx-3 mt-2 flex flex-wrap gap-1 px-3",
    )
