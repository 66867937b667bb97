"""What a notice says: message ids with their values, kept until it is sent and then put into the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from careapp.catalogue import translate
from careapp.said import Said

TITLE, BODY = 120, 240


@dataclass(frozen=True)
class Words:
    """Message ids or `Said`. A lock screen shows `title` and `body`, which say little; where the reader allows more,
    `more_title` and `more_body` take their place, each where there is one."""

    title: str
    body: str = ""
    more_title: str = ""
    more_body: str = ""


@dataclass(frozen=True)
class Action:
    """A button of a notice. The service worker knows by `key` what it does; else it opens `path`, or the notice's."""

    key: str
    title: str
    path: str = ""


@dataclass(frozen=True)
class Spoken:
    """A notice in its reader's words; `actions` are pairs of key and title, `ways` what they open by their key."""

    title: str
    body: str
    actions: tuple[tuple[str, str], ...]
    ways: Mapping[str, str] = field(default_factory=dict)


def stored(words: Words, actions: Sequence[Action] = (), *, is_urgent: bool = False) -> dict[str, Any]:
    """The words as JSON keeps them."""
    return {
        "title": _stored(words.title),
        "body": _stored(words.body),
        "more_title": _stored(words.more_title),
        "more_body": _stored(words.more_body),
        "actions": [[action.key, action.title, action.path] for action in actions],
        "urgent": is_urgent,
    }


def spoken(kept: Mapping[str, Any], language: str, *, says_more: bool = False) -> Spoken:
    """The words in the reader's language, no longer than screens show."""
    more = kept if says_more else {}
    title = _spoken(more.get("more_title"), language) or _spoken(kept["title"], language)
    body = _spoken(more.get("more_body"), language) or _spoken(kept.get("body"), language)
    asked = kept.get("actions", ())
    actions = tuple((key, translate(language, words)) for key, words, *_ in asked)
    ways = {key: path[0] for key, _, *path in asked if any(path)}
    return Spoken(_short(title, TITLE), _short(body, BODY), actions, ways)


def _stored(words: str) -> list[Any]:
    """A value that is itself `Said` keeps its own values, and is translated too."""
    params = getattr(words, "params", {})
    return [
        str(words),
        {name: _stored(value) if isinstance(value, Said) else str(value) for name, value in params.items()},
    ]


def _spoken(kept: Any, language: str) -> str:
    if not kept or not kept[0]:
        return ""
    words, params = kept
    return translate(
        language,
        words,
        **{name: _spoken(value, language) if isinstance(value, list) else value for name, value in params.items()},
    )


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
