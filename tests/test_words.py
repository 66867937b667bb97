"""Every string a person reads goes through the catalogue, and Spanish has all of them."""

import ast
import re
from pathlib import Path

import pytest

from careapp.catalogue import best_language, catalogue, plural, translate
from careapp.said import Said
from scripts.messages import ROOT, up_to_date, written

PAGES = [*(ROOT / "careapp").glob("*/*page.py"), *(ROOT / "careapp").glob("*/components.py"), *(ROOT / "careapp/ui").glob("*.py")]
SPOKEN = ("aria_label", "title", "placeholder", "alt", "label", "hint")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def test_spanish_says_everything():
    missing = [message.id for message in up_to_date("es") if message.id and not all(_forms(message.string))]

    assert missing == []


def test_the_catalogue_is_what_make_messages_writes():
    path = ROOT / "careapp/locales/es/LC_MESSAGES/careapp.po"

    assert path.read_bytes() == written(up_to_date("es"))


def test_spanish_fills_in_the_same_names():
    for message in up_to_date("es"):
        known = set(PLACEHOLDER.findall(" ".join(_forms(message.id))))
        assert all(set(PLACEHOLDER.findall(form)) <= known for form in _forms(message.string)), message.id


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_words_stand_in_a_page_untranslated(path: Path):
    assert _bare_words(ast.parse(path.read_text())) == []


def test_words_carry_their_figures_into_any_language():
    assert translate("en", Said("At most {max} characters.", max=5)) == "At most 5 characters."
    assert plural("en", "{n} thing", "{n} things", 2) == "2 things"
    assert translate("xx", "Not translated {name}", name="{max}") == "Not translated {max}"


@pytest.mark.parametrize(
    ("accepted", "language"), [("es-MX,es;q=0.9", "es"), ("de,en;q=0.5", "en"), ("fr", "en"), ("", "en"), (";;,", "en")]
)
def test_the_browser_asks_and_the_best_language_answers(accepted, language):
    assert best_language(accepted) == language


def test_the_spanish_catalogue_is_read():
    assert catalogue("es")["Sign in"] != "Sign in"


def _forms(message) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def _bare_words(tree: ast.AST) -> list[str]:
    """Texts given to an element or as spoken attributes without passing through t()."""
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        is_element = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "el"
        texts = list(call.args) if is_element else []
        texts += [k.value for k in call.keywords if k.arg in SPOKEN and getattr(call.func, "id", "") not in ("page", "static_page")]
        found += [text.value for text in texts if _is_words(text)]
    return found


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.search(r"[A-Za-z]{2}", node.value)) and node.value != "Careapp"
