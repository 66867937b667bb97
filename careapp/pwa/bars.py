"""How things stand between the page, the device and the server: bars, live changes, the last view, the way out."""

from collections.abc import Callable
from functools import cache
from typing import Any

import reflex as rx

from careapp.pwa.part import Part
from careapp.ui.el import Html, el, painted_for
from careapp.ui.words import t


class _OfflineBar(Part):
    library = "$/public/js/bars.js"
    tag = "OfflineBar"
    words: rx.Var[dict[str, str]]


class _UnsentSosBar(Part):
    library = "$/public/js/bars.js"
    tag = "UnsentSosBar"
    page: rx.Var[str]
    words: rx.Var[dict[str, str]]


class _WhileOffline(Part):
    library = "$/public/js/bars.js"
    tag = "WhileOffline"


class _NotSeen(Part):
    library = "$/public/js/bars.js"
    tag = "NotSeen"
    words: rx.Var[dict[str, str]]


class _UpdateBar(Part):
    library = "$/public/js/bars.js"
    tag = "UpdateBar"
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _SignOut(Part):
    library = "$/public/js/bars.js"
    tag = "SignOutButton"
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _Live(Part):
    library = "$/public/js/live.js"
    tag = "Live"
    site: rx.Var[str]
    on_change: rx.EventHandler[rx.event.no_args_event_spec]


class _LastView(Part):
    library = "$/public/js/view.js"
    tag = "LastView"
    state: rx.Var[str]


class _Later(Part):
    library = "$/public/js/view.js"
    tag = "Later"
    skeleton: rx.Var[rx.Component]


class _InTurn(Part):
    library = "$/public/js/view.js"
    tag = "InTurn"


def offline_bar(**attrs: Any) -> Any:
    """Says that there is no connection, when what is shown was current, and how much waits to be sent."""
    if painted_for() is not None:
        return Html("")
    words = {
        "none": t("No connection."),
        "seen": t("You see what was here at {time}."),
        **_how_much_waits(),
    }
    attrs = {"class_name": "bg-sunken px-4 py-2 text-small text-ink", **attrs}
    return _OfflineBar.create(words=words, **attrs)


def unsent_sos_bar(page: str) -> Any:
    """An SOS of this device of which it is not known that it has gone out; leads to the page that it is raised on."""
    if painted_for() is not None:
        return Html("")
    words = {
        "waiting": t("Your SOS has not gone out yet. Nobody knows."),
        "unsure": t("We do not know yet whether your SOS has gone out."),
        "refused": t("Your SOS was not accepted. Nobody knows."),
        "drill": t("Your drill has not gone out yet."),
        "taking_back": t("We do not know yet whether your SOS is taken back."),
    }
    look = "flex min-h-12 items-center bg-sos px-4 py-2 font-semibold text-on-sos"
    return _UnsentSosBar.create(page=page, words=words, class_name=look)


def while_offline(words: Any, **attrs: Any) -> Any:
    """A line that is worth saying only while there is no connection."""
    return Html("") if painted_for() is not None else _WhileOffline.create(words, **attrs)


def not_seen(**attrs: Any) -> Any:
    """In place of a page that this device has not kept and cannot fetch now; says how much waits to be sent, too."""
    if painted_for() is not None:
        return Html("")
    words = {
        "none": t(
            "There is no connection, and this page was not opened on this device before. What you opened is here."
        ),
        **_how_much_waits(),
    }
    attrs = {"class_name": "mx-auto max-w-xl px-4 py-8 text-center", **attrs}
    return _NotSeen.create(words=words, **attrs)


def _how_much_waits() -> dict[str, Any]:
    return {"one": t("1 thing waits to be sent."), "many": t("{n} things wait to be sent.")}


def update_bar(**attrs: Any) -> Any:
    """Offers a new version of the app; asks first when something half written would be lost."""
    if painted_for() is not None:
        return Html("")
    words = {
        "ready": t("A new version is ready."),
        "use": t("Use it now"),
        "ask": t("What you are writing is not sent yet. Use the new version all the same?"),
    }
    attrs = {"class_name": "flex items-center justify-between gap-3 bg-sunken px-4 py-2 text-small text-ink", **attrs}
    return _UpdateBar.create(words=words, looks={"button": "button button-quiet"}, **attrs)


def sign_out_button(label: Any, **attrs: Any) -> Any:
    """Ends the session and erases everything of it from this device; asks first when something waits to be sent."""
    if painted_for() is not None:
        return el.button(label, type="button", **attrs)
    words = {
        "ask_one": t("1 thing is not sent yet and would be lost. Sign out all the same?"),
        "ask_many": t("{n} things are not sent yet and would be lost. Sign out all the same?"),
        "yes": t("Sign out"),
        "no": t("Stay"),
        "failed": t("There is no connection, and this needs one."),
    }
    looks = {
        "dialog": "sheet",
        "row": "mt-5 flex flex-col gap-3 sm:flex-row-reverse sm:justify-start",
        "yes": "button button-danger",
        "no": "button button-secondary",
        "refused": "text-small text-alert",
    }
    return _SignOut.create(label, words=words, looks=looks, **attrs)


def live(site: Any, on_change: Any) -> Any:
    """Follows the site's changes while the page is looked at. Draws nothing."""
    return Html("") if painted_for() is not None else _Live.create(site=site, on_change=on_change)


def last_view(state: str = "") -> Any:
    """Shows what the page showed last until its rows arrive, and keeps what it shows. Every page has one.

    `state` is the full name of the page's state; a page that says the same to everyone has none.
    """
    return Html("") if painted_for() is not None else _LastView.create(state=state)


def later(content: Any, skeleton: Any) -> Any:
    """Content of a page that is drawn a little at a time, behind the first paint or the skeleton."""
    return content if painted_for() is not None else _Later.create(content, skeleton=skeleton)


def in_turn(draw: Callable[..., Any], item: Any, *settled: Any, **attrs: Any) -> Any:
    """`draw(item, *settled)`, one part of a long page, which behind the first paint is drawn in a turn of its own.

    `key` as for any element. What is `settled` is known when the pages are built.
    """
    if painted_for() is not None:
        return draw(item, *settled)
    return _InTurn.create(_component(draw, item._var_type, settled)(item=item), **attrs)


@cache
def _component(draw: Callable[..., Any], kind: Any, settled: tuple[Any, ...]) -> Any:
    """A React component of its own: what stands in the page itself would be made all at once."""

    def drawn(item: Any) -> Any:
        return draw(item, *settled)

    drawn.__name__ = "_".join((draw.__name__, *map(str, settled)))
    drawn.__module__ = draw.__module__
    drawn.__annotations__ = {"item": rx.Var[kind], "return": rx.Component}
    return rx.memo(drawn)
