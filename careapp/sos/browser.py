"""What the SOS pages do in the browser beyond forms and buttons (`assets/js/sos.js`, `hold.js`, `ladder.js`)."""

from typing import Any

import reflex as rx

from careapp.pwa.part import Part
from careapp.ui.el import Html, el, painted_for
from careapp.ui.words import t, tn

_LIBRARY = "$/public/js/sos.js"
HOLD = (
    "relative mx-auto flex size-56 max-w-full touch-none select-none items-center justify-center rounded-full "
    "text-center [-webkit-touch-callout:none] transition-transform data-[phase=held]:scale-105 aria-disabled:opacity-60"
)
RED = f"{HOLD} bg-sos text-on-sos"
QUIET = f"{HOLD} size-48! border-2 border-accent bg-accent-soft text-ink"
WARNING = "card mb-5 space-y-3 border-2 border-sos bg-sos-soft p-4"


class _Raise(Part):
    library = _LIBRARY
    tag = "RaiseButton"
    is_drill: rx.Var[bool]
    page: rx.Var[str]
    kinds: rx.Var[list[Any]]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _Where(Part):
    library = _LIBRARY
    tag = "WhereButton"
    alert: rx.Var[str]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _Seen(Part):
    library = _LIBRARY
    tag = "AlertSeen"
    alert: rx.Var[str]
    is_new: rx.Var[bool]


class _Ladder(Part):
    library = "$/public/js/ladder.js"
    tag = "LadderSteps"
    name: rx.Var[str]
    steps: rx.Var[list[Any]]
    fresh: rx.Var[dict[str, Any]]
    after: rx.Var[list[Any]]
    whom: rx.Var[list[Any]]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def raise_button(kinds: Any, called: Any, *, is_drill: bool = False) -> Any:
    """Held for a second it raises an SOS; a short press, and a screen reader's click, asks once more.

    `kinds`, what may have happened, are offered at once where the SOS cannot go out yet. It says for whom it is, what
    they are `called`: whoever looks after two must not call for the wrong one.
    """
    size = "text-2xl" if is_drill else "text-[44px] leading-none"
    face = [
        el.span(t("Drill") if is_drill else t("SOS"), class_name=f"block font-bold {size}"),
        el.span(t("for {name}", name=called), class_name="mt-1 line-clamp-2 block px-4 font-semibold wrap-anywhere"),
        el.span(t("Hold for a second"), class_name="mt-1 block font-medium"),
    ]
    look = QUIET if is_drill else RED
    if painted_for() is not None:
        return el.button(*face_of(face), type="button", class_name=look)
    return _Raise.create(
        *face,
        is_drill=is_drill,
        page="/alert",
        kinds=kinds,
        words=_raise_words(called, is_drill),
        looks=_raise_looks(look, is_drill),
    )


def where_button(alert_id: Any, label: Any, **attrs: Any) -> Any:
    """Asks the phone where it is, and adds that to the alert."""
    if painted_for() is not None:
        return el.button(label, type="button", **attrs)
    words = {
        "label": t("Where I am"),
        "looking": t("Finding out where you are"),
        "added": t("Where you are is added."),
        "kept": t("Where you are is kept, and sent as soon as there is a connection."),
        "denied": t("This phone may not say where it is. Write it in words, or allow it in the browser's settings."),
        "failed": t("Where you are could not be found out. Write it in words."),
    }
    return _Where.create(label, alert=alert_id, words=words, looks={"status": "text-small text-muted"}, **attrs)


def alert_seen(alert_id: Any, is_new: Any) -> Any:
    """Opening an alert is having seen it: its sender is told so."""
    return Html("") if painted_for() is not None else _Seen.create(alert=alert_id, is_new=is_new)


def face_of(words: list[Any]) -> list[Any]:
    """What stands on the button, with the ring around it, as the browser will draw it."""
    circles = [el.circle(cx="60", cy="60", r="56", class_name=look) for look in (TRACK,)]
    return [el.svg(*circles, view_box="0 0 120 120", aria_hidden="true", class_name=RING), el.span(*words)]


RING = "pointer-events-none absolute inset-0 size-full -rotate-90 fill-none stroke-current stroke-[5]"
TRACK = "opacity-30"


def _raise_words(called: Any, is_drill: bool) -> dict[str, Any]:
    drill = t("Start a drill for {name} now? Everyone is told that it is only a drill.", name=called)
    ask = drill if is_drill else t("Raise an SOS for {name} now?", name=called)
    return {
        "label": t("A drill") if is_drill else t("An SOS"),
        "ask": ask,
        "yes": t("Yes, start the drill") if is_drill else t("Yes, raise the SOS"),
        "no": t("No, go back"),
        "sending": t("Sending"),
        "not_sent": t("This has not gone out yet. Nobody knows."),
        "unsure": t("We do not know yet whether this has gone out."),
        "waiting": t("It is sent as soon as there is a connection. Until then, call or text someone below."),
        "signin": t("You are signed out here. Sign in again to send it, or call or text someone below."),
        "refused": t("This was not accepted."),
        "failed": t("This could not be sent. Call or text someone below."),
        "again": t("Try again"),
        "old": t("It was raised more than a day ago. It is sent only if you say that it is still needed."),
        "send": t("Send it now"),
        "take_back": t("Take it back"),
        "all_clear": t("The all-clear"),
        "happened": t("What happened?"),
    }


def _raise_looks(button: str, is_drill: bool) -> dict[str, str]:
    yes = "button button-primary min-h-16 w-full" if is_drill else "button min-h-16 w-full bg-sos text-on-sos"
    return {
        "button": button,
        "ring": RING,
        "track": TRACK,
        "fill": "",
        "face": "",
        "asking": "mx-auto mt-5 flex max-w-sm flex-col gap-3",
        "ask": "text-center text-lg font-semibold",
        "yes": yes,
        "no": "button button-secondary min-h-16 w-full",
        "sending": "mb-4 text-center text-lg font-semibold",
        "waiting": WARNING,
        "title": "text-lg font-semibold",
        "row": "flex flex-wrap gap-3",
        "small": "button button-secondary",
        "chips": "flex flex-wrap gap-2",
        "chip": "chip aria-pressed:border-primary aria-pressed:bg-primary aria-pressed:text-on-primary",
    }


# Seconds after the step before.
PAUSES = (30, 60, 120, 180, 300, 600, 900, 1800, 3600)


def ladder_steps(view: Any, painted: Any) -> Any:
    """The steps as part of a form, to be changed, added and taken away; `painted` stands there in the first paint."""
    if painted_for() is not None:
        return painted
    whom = {
        "circle": tn("Told at once: {n} person", "Told at once: {n} people", view.circle),
        "everyone": tn("Everyone: {n} person", "Everyone: {n} people", view.everyone),
        "named": t("Only these people"),
    }
    people = {"circle": view.circle, "everyone": view.everyone}
    return _Ladder.create(
        name="steps",
        steps=view.steps,
        fresh=view.new_step.to(dict),
        after=[{"value": str(seconds), "words": pause(seconds)} for seconds in PAUSES],
        whom=[{"value": key, "words": words, "people": people.get(key)} for key, words in whom.items()],
        words={
            "step": t("Step {n}"),
            "at_once": t("At once"),
            "after": t("When"),
            "who": t("Who is told"),
            "named": t("These people"),
            "how": t("By which ways"),
            "nobody": for_nobody(),
            "no_way": t("Please choose at least one way."),
            "remove": t("Take this step away"),
            "add": t("Add a step"),
        },
        looks={
            "list": "flex flex-col gap-4",
            "step": "card flex flex-col gap-4 p-4",
            "title": "text-lg",
            "hint": "text-muted",
            "label": "block",
            "name": "mb-1.5 block font-semibold",
            "select": "field appearance-auto",
            "ticks": "",
            "tick": "flex min-h-12 items-center gap-3",
            "box": "tick",
            "problem": "text-sm font-medium text-alert",
            "remove": "button button-quiet -mx-3 self-start px-3",
            "add": "button button-secondary mt-4 w-full",
        },
    )


def for_nobody() -> Any:
    return t("This step reaches nobody.")


def pause(seconds: int) -> Any:
    if seconds < 60:
        return t("{n} seconds after the step before", n=seconds)
    minutes = seconds // 60
    return tn("{n} minute after the step before", "{n} minutes after the step before", minutes)
