"""How the page behind a guest link looks: the PIN, the request with its free times, and what this guest has taken on.

Plain forms and no script, so that it works on any phone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from careapp.guests.links import PATH
from careapp.guests.views import FreeSlot, GuestView
from careapp.ui.el import each, el, fragment, show
from careapp.ui.words import said, t


@dataclass(frozen=True)
class Sent:
    """What was typed and why it was refused: `step` is the form, `fields` the words beside each field."""

    secret: str
    step: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    def wrong(self, step: str, name: str) -> str:
        return self.fields.get(name, "") if step == self.step else ""

    def kept(self, name: str) -> str:
        return self.typed.get(name, "")


def title_of_page(view: GuestView) -> str:
    return str(said(view.title)) if view.is_let_in else str(t("Someone asks for your help"))


def picture(view: GuestView, sent: Sent) -> Any:
    if not view.is_let_in:
        return _locked(sent)
    return fragment(
        el.h1(title_of_page(view), dir="auto"),
        el.p(t("{name} asks for a hand.", name=view.asker), class_name="quiet"),
        show(view.mine, lambda: _taken(view, sent)),
        show(view.written, lambda: _written(view)),
        _about(view),
        show(not view.written and (not view.mine or view.is_cancelled), lambda: _ways(view, sent)),
        el.footer(
            el.p(t("This page shows one request alone. Please ask {name} before you pass it on.", name=view.asker))
        ),
    )


def _locked(sent: Sent) -> Any:
    """Nothing yet of what it is, or for whom."""
    return fragment(
        el.h1(t("Someone asks for your help")),
        el.article(
            el.p(t("This page opens with a PIN of six digits. Whoever sent you the link tells it to you.")),
            _form(
                sent,
                "pin",
                _field(
                    sent, "pin", "pin", t("PIN"), class_name="pin", input_mode="numeric", auto_complete="off",
                    max_length="20",
                ),
                el.button(t("Open"), type="submit"),
            ),
        ),
    )  # fmt: skip


def _about(view: GuestView) -> Any:
    is_any = view.words or view.food or view.address or view.hides_address
    place = fragment(
        el.p(view.address, dir="auto"),
        el.a(t("Show on a map"), href=view.map_href, target="_blank", rel="noreferrer", class_name="button plain"),
    )
    return show(
        is_any,
        lambda: el.article(
            show(view.words, el.p(view.words, dir="auto", class_name="prose-words")),
            show(view.food, lambda: _food(view.food)),
            show(view.address, place),
            show(view.hides_address, el.p(t("Where it is you see once you have taken a time."), class_name="quiet")),
        ),
    )


def _food(food: str) -> Any:
    heading = el.b(t("Food: what they like, and what they must not eat"))
    return el.div(el.p(heading), el.p(food, dir="auto", class_name="prose-words"), class_name="note")


def _ways(view: GuestView, sent: Sent) -> Any:
    write = el.details(
        el.summary(t("Send a message instead")),
        _form(
            sent,
            "write",
            _area(sent, "write", "words", t("Your message"), required=True, max_length="1000"),
            *_who(sent, "write"),
            el.button(t("Send the message"), type="submit", class_name="plain"),
        ),
        open=sent.step == "write" or not view.slots or None,
    )
    taken = el.p(t("Everything is taken. Thank you for looking."))
    return fragment(el.article(_take(view, sent) if view.slots else taken), el.article(write))


def _take(view: GuestView, sent: Sent) -> Any:
    is_only = len(view.slots) == 1
    return _form(
        sent,
        "take",
        el.fieldset(
            el.legend(t("When can you?")),
            _wrong(sent, "take", "slot_id"),
            each(view.slots, lambda slot: _slot(slot, is_only or slot.id == sent.kept("slot_id"))),
        ),
        *_who(sent, "take"),
        el.p(
            t(
                "Only {name} and those who look after this see how to reach you. It is forgotten 30 days after.",
                name=view.asker,
            ),
            class_name="quiet",
        ),
        el.button(t("I can do this"), type="submit"),
    )


def _slot(slot: FreeSlot, is_chosen: bool) -> Any:
    pick = el.input(type="radio", name="slot_id", value=slot.id, required=True, default_checked=is_chosen or None)
    return el.label(pick, el.span(slot.when), class_name="slot")


def _who(sent: Sent, step: str) -> tuple[Any, Any]:
    name = _field(sent, step, "name", t("Your name"), auto_complete="name", max_length="80")
    return name, _field(sent, step, "contact", t("Your phone number or e-mail address"), max_length="200")


def _taken(view: GuestView, sent: Sent) -> Any:
    if view.is_cancelled:
        return el.article(
            el.p(t("This is no longer needed. Thank you for having been ready.")),
            el.p(view.mine, class_name="quiet"),
            _call(view),
        )
    let_go = el.details(
        el.summary(t("I cannot after all")),
        _form(
            sent,
            "release",
            _area(
                sent,
                "release",
                "why",
                t("Why can you not come?") if view.needs_why else t("A word about it (optional)"),
                required=view.needs_why,
                max_length="500",
            ),
            el.button(t("Let go of it"), type="submit", class_name="plain"),
        ),
        open=sent.step == "release" or None,
    )
    thanks = t("It is done. Thank you, {name}.", name=view.name)
    words = thanks if view.is_done else t("Thank you, {name}. You have taken this on:", name=view.name)
    mine = el.div(el.p(words), el.p(view.mine, class_name="mine"), role="status")
    return el.article(mine, _call(view), show(not view.is_done, let_go))


def _written(view: GuestView) -> Any:
    return el.article(
        el.p(t("Thank you, {name}. Your message has arrived.", name=view.name), role="status"),
        el.p(view.written, dir="auto", class_name="prose-words"),
        _call(view),
    )


def _call(view: GuestView) -> Any:
    return show(
        view.call_href,
        lambda: el.a(t("Call {name}", name=view.asker), el.span(view.phone), href=view.call_href, class_name="button"),
        el.p(t("If something changes, {name} will get in touch with you.", name=view.asker), class_name="quiet"),
    )


def _form(sent: Sent, step: str, *fields: Any) -> Any:
    refused = el.p(sent.words, role="alert", class_name="wrong") if sent.words and step == sent.step else None
    return el.form(
        el.input(type="hidden", name="link", value=sent.secret),
        refused,
        *fields,
        method="post",
        action=f"{PATH}/{step}",
    )


def _field(sent: Sent, step: str, name: str, label: Any, **attrs: Any) -> Any:
    more = {"type": "text", "required": True, "default_value": sent.kept(name) if name != "pin" else "", **attrs}
    return _labelled(sent, step, name, label, el.input(**_named(sent, step, name), **more))


def _area(sent: Sent, step: str, name: str, label: Any, required: bool, **attrs: Any) -> Any:
    more = {"rows": "3", "required": required or None, "default_value": sent.kept(name), **attrs}
    return _labelled(sent, step, name, label, el.textarea(**_named(sent, step, name), **more))


def _named(sent: Sent, step: str, name: str) -> dict[str, Any]:
    told = {"aria_invalid": "true", "aria_describedby": f"wrong-{step}-{name}"} if sent.wrong(step, name) else {}
    return {"id": f"{step}-{name}", "name": name, **told}


def _labelled(sent: Sent, step: str, name: str, label: Any, control: Any) -> Any:
    return fragment(el.label(label, html_for=f"{step}-{name}"), _wrong(sent, step, name), control)


def _wrong(sent: Sent, step: str, name: str) -> Any:
    words = sent.wrong(step, name)
    return el.p(words, id=f"wrong-{step}-{name}", role="alert", class_name="wrong") if words else None
