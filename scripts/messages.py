"""Collect every string that people read and bring the catalogues up to date: `make messages`.

Strings are marked by t(), tn(), Said(), and by being the words of a refusal.
"""

import ast
import io
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "careapp" / "locales"
KEYWORDS = {
    **{name: None for name in ("t", "Said")},
    "tn": (1, 2),
    **{name: None for name in ("NotFound", "NotSignedIn", "NotAllowed", "Invalid", "Conflict", "TooLarge", "TooMany")},
}


def collected() -> Catalog:
    """Every message of the code, with the files it stands in."""
    messages = Catalog(project="Careapp", charset="utf-8", fuzzy=False)
    found = extract_from_dir(ROOT / "careapp", [("**.py", "python")], keywords=KEYWORDS)
    for file, line, message, _comments, context in found:
        messages.add(message, locations=[(f"careapp/{file}", line)], context=context)
    for path, words in _titles_and_defaults():
        messages.add(words, locations=[(path, 1)])
    return messages


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


def _titles_and_defaults() -> list[tuple[str, str]]:
    """Page titles, and the default words of refusals."""
    found = []
    for file in sorted((ROOT / "careapp").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            words = _title(node) or _default(node)
            if words:
                found.append((str(file.relative_to(ROOT)), words))
    return found


def _title(node: ast.AST) -> str:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("page", "static_page")):
        return ""
    return next((str(ast.literal_eval(k.value)) for k in node.keywords if k.arg == "title"), "")


def _default(node: ast.AST) -> str:
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "default_words":
        return str(ast.literal_eval(node.value))
    return ""


if __name__ == "__main__":
    for folder in sorted(path.parent for path in LOCALES.glob("*/LC_MESSAGES")):
        target = folder / "LC_MESSAGES" / "careapp.po"
        target.write_bytes(written(up_to_date(folder.name)))
        print(target.relative_to(ROOT))
