"""Notifications on this device: the switch, the invitation to use it, and news of what has arrived."""

from typing import Any

import reflex as rx

from careapp.pwa.part import Part
from careapp.ui.buttons import LOOKS
from careapp.ui.el import Html, el, painted_for
from careapp.ui.words import t


class _Switch(Part):
    library = "$/public/js/notices.js"
    tag = "NoticeSwitch"
    vapid_key: rx.Var[str]
    is_known: rx.Var[bool]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _Follow(Part):
    library = "$/public/js/notices.js"
    tag = "FollowNotices"
    on_change: rx.EventHandler[rx.event.no_args_event_spec]


class _Confirm(Part):
    library = "$/public/js/notices.js"
    tag = "ConfirmArrival"
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _Invitation(Part):
    library = "$/public/js/invitation.js"
    tag = "Invitation"
    kind: rx.Var[str]


class _NotNow(Part):
    library = "$/public/js/invitation.js"
    tag = "NotNow"


def notice_switch(vapid_key: Any, is_known: Any, *install: Any, **attrs: Any) -> Any:
    """Switches notifications on and off on this device, sends it a test, or says why it gets none.

    `is_known`: the server has a device of this sign-in. `install` is shown on an iPhone outside its home screen.
    """
    words, looks = _switch_words(), _switch_looks()
    if painted_for() is not None:
        return _painted(words, looks, is_known, attrs)
    return _Switch.create(*install, vapid_key=vapid_key, is_known=is_known, words=words, looks=looks, **attrs)


def follow_notices(on_change: Any) -> Any:
    """Calls `on_change` after anything about notifications was done or has arrived. Draws nothing."""
    return Html("") if painted_for() is not None else _Follow.create(on_change=on_change)


def confirm_arrival(**looks: str) -> Any:
    """Where a test notification leads, coming is the answer to it; says so."""
    if painted_for() is not None:
        return Html("")
    words = {
        "works": t("It has arrived. Careapp now knows that notifications reach you here."),
        "expired": t("This test is too old. Please send yourself another one."),
        "waiting": t("Kept on this device. It is sent as soon as there is a connection."),
    }
    return _Confirm.create(words=words, looks=looks)


def invitation(kind: str, *content: Any) -> Any:
    """Content for who was not asked yet. `kind`: "ask" where notifications can be switched on, "install" on an iPhone
    that must have the app on its home screen first."""
    return Html("") if painted_for() is not None else _Invitation.create(*content, kind=kind)


def not_now(label: Any, **attrs: Any) -> Any:
    """Puts the invitation aside on this device, for good."""
    return Html("") if painted_for() is not None else _NotNow.create(label, **attrs)


def _painted(words: dict[str, Any], looks: dict[str, str], is_known: bool, attrs: dict[str, Any]) -> Any:
    state = "on" if is_known else "off"
    buttons = [(words["test"], "second"), (words["turn_off"], "quiet")] if is_known else [(words["turn_on"], "first")]
    return el.div(
        el.p(words[f"{state}_title"], class_name=looks["title"]),
        el.p(words[state], class_name=looks["text"]),
        el.div(
            *[el.button(label, type="button", class_name=looks[look]) for label, look in buttons],
            class_name=looks["row"],
        ),
        el.p(role="status", class_name=looks["note"]),
        **attrs,
    )


def _switch_looks() -> dict[str, str]:
    return {
        "title": "text-lg font-semibold",
        "text": "mt-1 text-muted",
        "row": "mt-4 flex flex-wrap gap-3",
        "first": f"{LOOKS['primary']} min-h-14 w-full",
        "second": LOOKS["secondary"],
        "quiet": LOOKS["quiet"],
        "note": "mt-3 font-medium text-primary empty:hidden",
    }


def _switch_words() -> dict[str, Any]:
    return {
        "on_title": t("On for this device"),
        "on": t("What happens is told here, also while Careapp is closed. Try it with a test from time to time."),
        "off_title": t("Hear at once when you are needed"),
        "off": t(
            "This device then tells you when someone calls for help or has news, also while Careapp is closed. "
            "A lock screen shows little. Your browser asks you next; please choose “Allow”."
        ),
        "blocked_title": t("Blocked in this browser"),
        "blocked": t(
            "Notifications from Careapp were refused here. Tap the sign to the left of the address, or open the "
            "settings of your phone for this app, allow notifications, and come back."
        ),
        "install_title": t("First the home screen"),
        "install": t("On an iPhone or iPad, notifications come only to an app on the home screen. It takes a minute."),
        "insecure_title": t("Not at this address"),
        "insecure": t("Notifications need an address that begins with https. Ask whoever runs this Careapp."),
        "unable_title": t("Not in this browser"),
        "unable": t("This browser cannot show notifications. Another one can, and below you can choose e-mail."),
        "turn_on": t("Switch on notifications"),
        "turn_off": t("Switch off here"),
        "asking": t("Your browser asks you now"),
        "test": t("Send me a test"),
        "tested": t("A test is on its way. Please tap it when it arrives, so that Careapp knows."),
        "failed": t("That did not work just now. Please check the connection and try again."),
    }
