"""Words in the reader's language, in React and in the first paint."""

from typing import Any

import reflex as rx

from careapp.catalogue import plural, spoken_time, translate
from careapp.ui.el import el, fragment, painted_for

_MODULE = "$/public/js/words.js"
_WORDS = rx.vars.VarData(imports={_MODULE: ["useWords"]}, hooks={"const words = useWords()": None})
_WHEN = rx.vars.VarData(imports={_MODULE: ["useWhen"]}, hooks={"const whenWords = useWhen()": None})


def t(words: str, **params: Any) -> Any:
    """The words in the reader's language, their {names} filled. The English text is its own key."""
    whom = painted_for()
    if whom is not None:
        return translate(whom.language, words, **params)
    return _called("words", _WORDS, words, params)


def tn(one: str, many: str, n: Any, **params: Any) -> Any:
    """The same for a number of things; {n} is the number."""
    whom = painted_for()
    if whom is not None:
        return plural(whom.language, one, many, n, **params)
    return _called("words", _WORDS, one, {"n": n, **params}, many)


def said(words: Any) -> Any:
    """Words that a query chose, which the catalogue knows."""
    whom = painted_for()
    if whom is not None:
        return translate(whom.language, words) if words else ""
    return _called("words", _WORDS, words, {})


def when(at: Any, style: str = "ago", **props: Any) -> Any:
    """A moment as people say it: "ago", "day", "time" or "full"."""
    whom = painted_for()
    if whom is not None:
        return el.time(spoken_time(at, style, whom.language, whom.time_zone), date_time=_iso(at), **props)
    moment = at.to(str)
    return el.time(_called("whenWords", _WHEN, moment, style), date_time=moment, **props)


def day_and_time(at: Any) -> Any:
    return fragment(when(at, "day"), ", ", when(at, "time"))


def written_when(at: Any) -> Any:
    """Of what arrived later than it was written."""
    return el.span(t("written"), " ", when(at))


def _iso(at: Any) -> str:
    return at.isoformat() if hasattr(at, "isoformat") else str(at or "")


def _called(function: str, data: Any, *arguments: Any) -> Any:
    made = [rx.Var.create(argument) for argument in arguments]
    merged = rx.vars.VarData.merge(data, *(part._get_all_var_data() for part in made))
    return rx.Var(f"{function}({', '.join(map(str, made))})", _var_type=str, _var_data=merged).to(str)
