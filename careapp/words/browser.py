"""What "What to say" does in the browser (`assets/js/say.js`, `hard_update.js`), and how it is painted first."""

from typing import Any

import reflex as rx

from careapp.pwa.part import Part
from careapp.ui.el import el, join, link, painted_for, show
from careapp.ui.places import to
from careapp.ui.words import t
from careapp.words.looks import LOOKS

_LIBRARY = "$/public/js/say.js"
_ANSWERED = rx.vars.VarData(imports={_LIBRARY: ["useAnswered"]}, hooks={"const answered = useAnswered()": None})


class _Modes(Part):
    library = _LIBRARY
    tag = "Modes"
    is_for_writers: rx.Var[bool]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _Guide(Part):
    library = _LIBRARY
    tag = "Guide"
    names: rx.Var[dict[str, str]]
    can: rx.Var[dict[str, bool]]
    choices: rx.Var[dict[str, Any]]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


class _HardUpdate(Part):
    library = "$/public/js/hard_update.js"
    tag = "HardUpdate"
    names: rx.Var[dict[str, str]]
    words: rx.Var[dict[str, str]]
    looks: rx.Var[dict[str, str]]


def answered() -> Any:
    """The update that the message is for; nothing while painting, as only the form asks for it."""
    return "" if painted_for() is not None else rx.Var("answered", _var_type=str, _var_data=_ANSWERED).to(str)


def modes(view: Any, message: Any, update: Any) -> Any:
    """A message, or for those who write updates a hard one."""
    words = {
        "modes": t("What are you writing?"),
        "message_mode": t("A kind message"),
        "hard_mode": t("A hard update"),
    }
    if painted_for() is None:
        return _Modes.create(message, update, is_for_writers=view.frame.can_write, words=words, looks=LOOKS)
    tabs = el.nav(
        link(to("/words"), words["message_mode"], aria_current="page", class_name=LOOKS["tab"]),
        link(to("/words"), words["hard_mode"], class_name=LOOKS["tab"]),
        aria_label=words["modes"],
        class_name=LOOKS["tabs"],
    )
    return el.div(show(view.frame.can_write, tabs), message)


def guide(view: Any) -> Any:
    """The three choices, the sentences, and the text."""
    choices = _choices(view)
    words = _words(view)
    if painted_for() is not None:
        return _first_question(choices["relation"], words)
    frame = view.frame
    can = {
        "comment": frame.can_take_part,
        "message": frame.can_write_messages,
        "write": frame.can_write,
        "offer": frame.can_take_on,
        "faith": view.has_faith,
    }
    return _Guide.create(names=_names(view), can=can, choices=choices, words=words, looks=LOOKS)


def hard_update(view: Any) -> Any:
    """Four parts with beginnings; not painted, as it is never what the page opens with."""
    if painted_for() is not None:
        return el.div()
    return _HardUpdate.create(names=_names(view), words=_hard_words(), looks=LOOKS)


def _names(view: Any) -> dict[str, Any]:
    return {"name": view.frame.called, "carer": view.carer}


def _first_question(options: list[dict[str, Any]], words: dict[str, Any]) -> Any:
    one = [
        el.li(
            el.button(
                el.span(option["words"], class_name=LOOKS["label"]),
                *([el.span(option["detail"], class_name=LOOKS["detail"])] if "detail" in option else []),
                type="button",
                class_name=LOOKS["option"],
            )
        )
        for option in options
    ]
    return el.section(
        el.p(t("Step {n} of 3", n=1), class_name=LOOKS["step"]),
        el.h2(words["ask_relation"], class_name=LOOKS["question"]),
        el.ul(*one, class_name=LOOKS["options"]),
    )


def _choices(view: Any) -> dict[str, list[dict[str, Any]]]:
    name = view.frame.called
    return {
        "relation": [
            {"key": "family", "words": t("Close family")},
            {"key": "friend", "words": t("A friend")},
            {"key": "colleague", "words": t("Someone from work")},
            {"key": "neighbour", "words": t("A neighbour")},
            {"key": "professional", "words": t("I care professionally")},
        ],
        "to": [
            {"key": "person", "words": t("To {name}", name=name)},
            {
                "key": "caregiver",
                "words": show(view.carer != "", t("To {name}", name=view.carer), t("To whoever cares the most")),
                "detail": t("Caring is hard, and few ask how it goes"),
            },
            {"key": "family", "words": t("To the whole family"), "detail": t("Everyone around {name}", name=name)},
        ],
    }


def _words(view: Any) -> dict[str, Any]:
    return {
        "step": t("Step {n} of 3"),
        "ask_relation": t("What are you to {name}?", name=view.frame.called),
        "ask_to": t("To whom do you write?"),
        "ask_situation": t("What has happened?"),
        "made": t("What you chose"),
        "change": t("Change:"),
        "tone": t("How should it sound?"),
        "short": t("Short"),
        "warm": t("Warm"),
        "practical": t("Practical help"),
        "faith": t("With faith"),
        "light": t("Light"),
        "opening": t("To begin"),
        "line": t("To go on"),
        "offer": t("To offer something"),
        "not_said": t("Better not said here, and why"),
        "never": t("What helps nobody, anywhere"),
        "onward": t("Go to your message"),
        "message": t("Your message"),
        "placeholder": t("Tap sentences above, or write your own."),
        "yours": t("Days and details are examples: change them, and every word, until it sounds like you."),
        "stays": t("It is kept on this device while you write."),
        "post": t("Post as a comment"),
        "post_message": t("Post as a message"),
        "on_wall": t("A message stands under Messages, where everyone on this site can read it."),
        "under_update": t("A comment stands under the update, for everyone who sees that."),
        "into_message": t("Put into a message"),
        "into_offer": t("Offer this as help"),
        "share": t("Share"),
        "copy": t("Copy"),
        "copied": t("Copied"),
        "keep": t("Keep as a draft"),
        "kept": t("Kept on this device. You find it here when you come back."),
        "empty": t("Empty the text"),
        "bring_back": t("Bring it back"),
        **_shared_words(),
    }


def _hard_words() -> dict[str, Any]:
    return {
        "ask_update": t("What do you have to tell?"),
        "other_update": t("Something else"),
        "starters": t("Beginnings to tap"),
        "happened": t("What happened"),
        "happened_hint": t("Plain and short. Only what may be known."),
        "known": t("What we know"),
        "known_hint": t("And what nobody knows yet."),
        "needed": t("What we need"),
        "needed_hint": t("One or two things that someone can really do."),
        "unwanted": t("What we do not want"),
        "unwanted_hint": t("You may say it. Most people are glad to know."),
        "then": t("Next you choose who sees it. Nothing is posted yet."),
        **_shared_words(),
    }


def _shared_words() -> dict[str, Any]:
    return {
        "into_update": t("Put into an update"),
        "failed": t("The sentences did not come. What you wrote is still here."),
        "again": t("Try again"),
        "not_kept": t("This device has no room left to keep it. Your text is still here."),
    }


def comment_draft() -> Any:
    """Where a half-written message is kept: apart for every update that is answered."""
    return join("what-to-say", answered())
