"""Appointments as they are drawn in lists."""

from typing import Any

from careapp.pwa.timely import between
from careapp.schedule.kinds import KINDS
from careapp.ui.avatar import avatar
from careapp.ui.buttons import outside_link
from careapp.ui.el import all_of, choose, el, fragment, link, no, show
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import badge
from careapp.ui.words import said, t

SIGN = "flex size-11 flex-none items-center justify-center rounded-full bg-tint text-primary"
LINE = "flex min-h-14 items-start gap-3 px-4 py-3 hover:bg-sunken active:bg-sunken focus-visible:-outline-offset-2"


def appointment_row(item: Any) -> Any:
    """One line of a list: when, what, where, and who goes along or that nobody does yet."""
    return el.li(
        link(
            to("/appointment", appointment=item.id, at=item.at),
            kind_sign(item),
            el.div(
                el.p(when_words(item), class_name="font-semibold tabular-nums"),
                el.p(
                    el.span(item.title, dir="auto", class_name=show(item.is_cancelled, "line-through", "")),
                    class_name="wrap-anywhere",
                ),
                show(item.here, _for_you(item)),
                el.p(
                    said(item.kind_words),
                    show(item.provider, fragment(" · ", el.bdi(item.provider))),
                    show(item.place, fragment(" · ", el.bdi(item.place))),
                    class_name="text-sm text-muted wrap-anywhere",
                ),
                el.div(who(item), class_name="mt-1.5 empty:hidden"),
                class_name="min-w-0 flex-1",
            ),
            show(item.repeats, icon("refresh", t("Repeats"), "icon-sm mt-1 text-muted")),
            class_name=LINE,
        ),
        show(item.link, join_button(item, class_name="mx-4 mb-3")),
        key=item.key,
    )


def kind_sign(item: Any) -> Any:
    """The picture of its kind, which only a query knows."""
    names = {name for _, name in KINDS.values()}
    return el.span(choose(item.icon, {name: icon(name) for name in sorted(names)}, icon("calendar")), class_name=SIGN)


def when_words(item: Any) -> Any:
    whole = show(item.time, item.time, t("All day"))
    return fragment(show(item.is_all_day, whole, item.time), show(item.there, fragment(" ", item.there)))


def who(item: Any) -> Any:
    """Who goes along, and whether they have said so; a gap shows, but not where nobody has to."""
    name = item.companion.name
    named = el.span(
        avatar(item.companion, "sm"),
        show(item.has_agreed, t("{name} comes", name=name), el.bdi(name)),
        show(item.has_agreed, icon("check", class_name="icon-sm text-primary")),
        class_name="inline-flex items-center gap-2 text-sm",
    )
    declined = t("{name} can't: nobody goes along yet", name=item.declined)
    gap = badge(show(item.declined, declined, t("Nobody goes along yet")), "warm", "people")
    return show(
        item.is_cancelled,
        badge(t("Called off"), "plain", "close"),
        show(item.has_companion, named, show(item.has_gap, gap)),
    )


def check_link(item: Any, class_name: str = "") -> Any:
    """The way to try camera and microphone. It loads the page anew, as only that one may use them."""
    href = to("/video-check", appointment=item.id, at=item.at)
    return el.a(
        icon("video"), t("Try camera and microphone"), href=href, class_name=f"button button-secondary {class_name}"
    )


def join_button(item: Any, class_name: str = "") -> Any:
    """The way into a video visit, from a quarter of an hour before until it is over."""
    button = outside_link(
        t("Join the video visit"), item.link, "primary", "video", wide=True, target="_blank", rel="noreferrer noopener"
    )
    return show(
        all_of(item.link != "", no(item.is_cancelled)),
        between(item.join_from, item.join_until, el.div(button, class_name=class_name)),
    )


def _for_you(item: Any) -> Any:
    return el.p(t("For you: {time}", time=item.here), class_name="text-sm text-muted tabular-nums")
