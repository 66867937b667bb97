"""The words of the helper: read from their files, and written as the file that a browser reads."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from careapp.words.schema import PARTS, Fitting, HardUpdate, Never, NotSaid, Situation

CONTENT = Path(__file__).resolve().parent / "content"


@cache
def situations() -> dict[str, Situation]:
    """Every situation by its key, in the order in which they are offered."""
    found = {path.stem: Situation.model_validate(_read(path)) for path in (CONTENT / "situations").glob("*.toml")}
    return dict(sorted(found.items(), key=lambda item: item[1].order))


@cache
def hard_updates() -> dict[str, HardUpdate]:
    """Every hard update by its key, in the order in which they are offered."""
    found = {path.stem: HardUpdate.model_validate(_read(path)) for path in (CONTENT / "updates").glob("*.toml")}
    return dict(sorted(found.items(), key=lambda item: item[1].order))


@cache
def never() -> tuple[Never, ...]:
    """What no line may say."""
    return tuple(Never.model_validate(item) for item in _read(CONTENT / "never.toml")["never"])


def as_json(language: str) -> str:
    """All of it in one language, for `assets/js/say.js`."""
    content = {
        "situations": [_situation(key, one, language) for key, one in situations().items()],
        "never": [_not_said(one, language) for one in never()],
        "updates": [_update(key, one, language) for key, one in hard_updates().items()],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _read(path: Path) -> dict[str, Any]:
    """The file's content, its lists as the tuples that a frozen model holds."""
    read = _frozen(tomllib.loads(path.read_text(encoding="utf-8")))
    assert isinstance(read, dict)
    return read


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(one) for key, one in value.items()}
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def _situation(key: str, one: Situation, language: str) -> dict[str, Any]:
    return {
        "key": key,
        "name": getattr(one.name, language),
        "hint": getattr(one.hint, language),
        "to": one.to,
        "tones": one.tones,
        "lines": [_line(fitting, language) for fitting in one.all_lines()],
        "notSaid": [_not_said(said, language) for said in one.not_said],
    }


def _line(fitting: Fitting, language: str) -> dict[str, Any]:
    text, for_all = fitting.line.texts(language)
    line = {"part": fitting.part, "who": fitting.who, "to": fitting.to, "tones": fitting.tones, "text": text}
    return line | ({"all": for_all} if for_all != text else {}) | ({"kind": fitting.kind} if fitting.kind else {})


def _not_said(said: NotSaid, language: str) -> dict[str, str]:
    return {"said": getattr(said, language), "why": getattr(said, f"why_{language}")}


def _update(key: str, one: HardUpdate, language: str) -> dict[str, Any]:
    starters = {part: [said.texts(language)[1] for said in getattr(one, part)] for part in PARTS}
    return {"key": key, "name": getattr(one.name, language), "hint": getattr(one.hint, language), **starters}
