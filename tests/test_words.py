"""Every string a person reads goes through the catalogue, and Spanish has all of them."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel.messages import Catalog, Message

from careapp import clock
from careapp.catalogue import best_language, catalogue, plural, spoken_time, translate
from careapp.said import Said
from scripts.messages import ROOT, messages_of, up_to_date, written

APP = ROOT / "careapp"
PAGES = [*APP.glob("*/*page.py"), *APP.glob("*/components.py"), *(APP / "ui").glob("*.py")]
SPOKEN = ("aria_label", "title", "placeholder", "alt", "label", "hint")
# Read by who runs or writes Careapp, in English; and a story that is told in English.
FOR_WHO_RUNS_IT = (
    *(
        "build",
        "cli",
        "db",
        "doctor",
        "drain",
        "lock",
        "logs",
        "migrate",
        "operation",
        "rights",
        "serve",
        "unsafe",
        "worker",
    ),
    *("adapters", "demo", "api/openapi", "api/shell", "media/check", "pwa/origin", "pwa/plugin", "pwa/prerendered"),
)
PLACEHOLDER = re.compile(r"\{(\w+)\}")
SENTENCE = re.compile(r"[A-Z][a-z']* [^<>=]*[.?:]")
JAVASCRIPT_WORDS = re.compile(r'\bwords\(\s*(?:\w+ \? )?"([^"]+)"(?: : "([^"]+)")?')
NOON = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def spanish() -> Catalog:
    return up_to_date("es")


@pytest.fixture(scope="module")
def messages(spanish: Catalog) -> list[Message]:
    return [message for message in spanish if message.id]


def test_spanish_says_everything(messages):
    missing = [message.id for message in messages if not all(_forms(message.string))]

    assert missing == []


def test_the_catalogue_is_what_the_script_writes(spanish):
    path = APP / "locales/es/LC_MESSAGES/careapp.po"

    assert path.read_bytes() == written(spanish)


def test_spanish_fills_in_the_same_names(messages):
    for message in messages:
        known = [set(PLACEHOLDER.findall(form)) for form in _forms(message.id)]
        assert [set(PLACEHOLDER.findall(form)) for form in _forms(message.string)] == known, message.id


def test_spanish_is_calm_and_says_tu(messages):
    for message in messages:
        for form in _forms(message.string):
            assert not re.search(r"[!¡]|\b(ustedes|usted|vos|vosotr[oa]s)\b", form, re.IGNORECASE), message.id


def test_spanish_sentences_end_where_english_ones_do(messages):
    for message in messages:
        for one, other in zip(_forms(message.id), _forms(message.string), strict=True):
            assert _is_sentence(one) == _is_sentence(other) or other == "Último uso:", message.id


def test_a_sentence_that_people_read_is_in_the_catalogue(messages):
    known = {form for message in messages for form in _forms(message.id)}
    bypassing = [
        (str(path.relative_to(ROOT)), text)
        for path in APP.rglob("*.py")
        if not str(path.relative_to(APP)).startswith(FOR_WHO_RUNS_IT)
        for text in _sentences(ast.parse(path.read_text()))
        if text not in known
    ]

    assert bypassing == []


def test_the_browser_modules_have_no_words_but_those_of_the_catalogue():
    found = [word for path in (ROOT / "assets/js").glob("*.js") for words in _looked_up(path) for word in words if word]

    assert {"just now", "{day} {month} {year}"} <= set(found)
    assert [words for words in found if words not in catalogue("es")] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_words_stand_in_a_page_untranslated(path: Path):
    assert _bare_words(ast.parse(path.read_text())) == []


def test_the_script_finds_every_way_of_marking():
    code = """
t("One")
t("Two" if calm else "Three", name="Not this")
tn("{n} four", "{n} fours", 4)
raise Invalid("Five", fields={"not_this": Said("Six {max}", max=6), "nor_this": "Seven"})
default_words = "Eight"
page("/nine", title="Nine", state=State)
translate(language, mark("Ten"))
translate(language, "Eleven")
raise Conflict(KNOWN_ELSEWHERE)
"""
    found = {message for message, _line in messages_of(ast.parse(code))}

    words = {"One", "Two", "Three", "Five", "Six {max}", "Seven", "Eight", "Nine", "Ten", "Eleven"}
    assert found == {*words, ("{n} four", "{n} fours")}


def test_words_carry_their_figures_into_any_language():
    assert translate("en", Said("At most {max} characters.", max=5)) == "At most 5 characters."
    assert plural("en", "{n} thing", "{n} things", 2) == "2 things"
    assert translate("xx", "Not translated {name}", name="{max}") == "Not translated {max}"


def test_spanish_counts():
    assert plural("es", "{n} photo", "{n} photos", 1) == "1 foto"
    assert plural("es", "{n} photo", "{n} photos", 3) == "3 fotos"


@pytest.mark.parametrize(
    ("ago", "english", "spanish"),
    [
        (timedelta(seconds=20), "just now", "hace un momento"),
        (timedelta(minutes=5), "5 minutes ago", "hace 5 minutos"),
        (timedelta(hours=1), "1 hour ago", "hace 1 hora"),
        (timedelta(days=2), "2 days ago", "hace 2 días"),
        (timedelta(days=9), "3 May", "3 de mayo"),
        (timedelta(days=190), "3 November 2025", "3 de noviembre de 2025"),
    ],
)
def test_a_moment_is_told_as_people_tell_it(ago, english, spanish):
    with clock.freeze(NOON):
        assert spoken_time(NOON - ago, "ago", "en", "UTC") == english
        assert spoken_time(NOON - ago, "ago", "es", "UTC") == spanish


def test_a_day_is_told_in_the_readers_zone():
    late = datetime(2026, 5, 12, 2, 30, tzinfo=UTC)

    assert spoken_time(late, "day", "en", "UTC") == "12 May 2026"
    assert spoken_time(late, "day", "es", "America/Lima") == "11 de mayo de 2026"


@pytest.mark.parametrize(
    ("accepted", "language"), [("es-MX,es;q=0.9", "es"), ("de,en;q=0.5", "en"), ("fr", "en"), ("", "en"), (";;,", "en")]
)
def test_the_browser_asks_and_the_best_language_answers(accepted, language):
    assert best_language(accepted) == language


def _forms(message) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def _is_sentence(words: str) -> bool:
    return words.rstrip("”").endswith((".", "?", ":"))


def _looked_up(path: Path) -> list[tuple[str, str]]:
    return JAVASCRIPT_WORDS.findall(path.read_text())


def _sentences(tree: ast.AST) -> Iterator[str]:
    """Texts that read like a sentence, but for documentation and what is only logged."""
    silent = {id(part) for node in ast.walk(tree) if _is_silent(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in silent else None
        if isinstance(text, str) and SENTENCE.fullmatch(text) and "CAREAPP_" not in text:
            yield text


def _is_silent(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return isinstance(node, ast.Raise) and getattr(getattr(node.exc, "func", None), "id", "") == "RuntimeError"
    return getattr(node.func.value, "id", "") in ("log", "logger")


def _bare_words(tree: ast.AST) -> list[str]:
    """Texts given to an element or as spoken attributes without passing through t()."""
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        is_element = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "el"
        texts = list(call.args) if is_element else []
        texts += [
            k.value
            for k in call.keywords
            if k.arg in SPOKEN and getattr(call.func, "id", "") not in ("page", "static_page")
        ]
        found += [text.value for text in texts if _is_words(text)]
    return found


def _is_words(node: ast.AST) -> bool:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return is_text and bool(re.search(r"[A-Za-z]{2}", node.value)) and node.value != "Careapp"
