"""Collect every string that people read and bring the catalogues up to date: `python -m scripts.messages`.

A string is found where it is marked: by t(), tn(), Said() and mark(), as the words of a refusal or of one of its
fields, as the title of a page, and as a refusal's default words.
"""

import ast
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "careapp" / "locales"
REFUSALS = ("NotFound", "NotSignedIn", "NotAllowed", "Invalid", "Conflict", "TooLarge", "TooMany")
# Which arguments are the words: one, or the forms for one thing and for many.
WORDS_AT = {
    **dict.fromkeys(("t", "Said", "mark", *REFUSALS), (0,)),
    "tn": (0, 1),
    "translate": (1,),
    "plural": (1, 2),
}

Message: TypeAlias = str | tuple[str, ...]


def collected() -> Catalog:
    """Every message of the code, with the files it stands in."""
    messages = Catalog(project="Careapp", charset="utf-8", fuzzy=False)
    for file in sorted((ROOT / "careapp").rglob("*.py")):
        for message, line in messages_of(ast.parse(file.read_text())):
            messages.add(message, locations=[(str(file.relative_to(ROOT)), line)])
    return messages


def messages_of(code: ast.AST) -> Iterator[tuple[Message, int]]:
    """Each message with its line."""
    for node in ast.walk(code):
        line = getattr(node, "lineno", 0)
        yield from ((message, line) for message in _messages(node) if any(message))


def up_to_date(language: str) -> Catalog:
    """The catalogue of a language with what is new added and what is gone left out."""
    path = LOCALES / language / "LC_MESSAGES" / "careapp.po"
    catalogue = read_po(path.open("rb"), locale=language) if path.exists() else Catalog(locale=language)
    catalogue.fuzzy = False
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """A catalogue as its file holds it: no dates and no line numbers, so that only words make a difference."""
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=True, include_lineno=False, sort_output=True, width=120)
    return out.getvalue()


def _messages(node: ast.AST) -> list[Message]:
    return _arguments(node) + _fields(node) + _title(node) + _default(node)


def _arguments(node: ast.AST) -> list[Message]:
    if not (isinstance(node, ast.Call) and _name(node) in WORDS_AT):
        return []
    places = WORDS_AT[_name(node)]
    texts = [_texts(node.args[place]) for place in places if place < len(node.args)]
    if len(places) == 1:
        return [*texts[0]] if texts else []
    return [(one, many) for one, many in zip(*texts, strict=True)] if len(texts) == len(places) else []


def _fields(node: ast.AST) -> list[Message]:
    """The words beside the fields of a refusal: Invalid(fields={"name": "…"})."""
    if not (isinstance(node, ast.Call) and _name(node) in REFUSALS):
        return []
    by_name = [k.value for k in node.keywords if k.arg == "fields" and isinstance(k.value, ast.Dict)]
    return [text for words in by_name for value in words.values for text in _texts(value)]


def _title(node: ast.AST) -> list[Message]:
    if not (isinstance(node, ast.Call) and _name(node) in ("page", "static_page")):
        return []
    return [text for k in node.keywords if k.arg == "title" for text in _texts(k.value)]


def _default(node: ast.AST) -> list[Message]:
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "default_words":
        return [*_texts(node.value)]
    return []


def _name(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def _texts(node: ast.AST) -> list[str]:
    """The text of a constant, or of both sides of a choice between two; nothing for what is only known later."""
    if isinstance(node, ast.IfExp):
        return _texts(node.body) + _texts(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


if __name__ == "__main__":
    for folder in sorted(path.parent for path in LOCALES.glob("*/LC_MESSAGES")):
        target = folder / "LC_MESSAGES" / "careapp.po"
        target.write_bytes(written(up_to_date(folder.name)))
        print(target.relative_to(ROOT))
