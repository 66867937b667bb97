"""What docs/operating.md and the lists of packages promise is what the code does."""

import re
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from careapp.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
NAMES = re.compile(r"^\| `(PORT|CAREAPP_\w+)` \|", re.MULTILINE)
PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;]+)", re.MULTILINE)
ADDRESS = re.compile(r"https?://(?!opencollective|github\.com/sponsors)\S*(?:npmjs|pypi|registry|mirror)\S*")


def test_every_setting_is_in_the_table_and_nothing_else_is() -> None:
    table = NAMES.findall((ROOT / "docs/operating.md").read_text())
    fields = {"PORT" if name == "port" else f"CAREAPP_{name.upper()}" for name in Settings.model_fields}

    assert sorted(table) == sorted(fields)


def test_every_package_and_all_it_brings_is_pinned() -> None:
    pins = _pins("requirements.txt")
    direct = _pins("requirements.in")

    assert direct.items() <= pins.items()
    assert _brought(set(direct)) <= pins.keys()


def test_what_is_installed_is_what_is_pinned() -> None:
    pins = _pins("requirements.txt")
    installed = {name: distribution(name).version for name in _brought(set(_pins("requirements.in")))}

    assert {name: pins[name] for name in installed} == installed


def test_no_list_names_where_packages_came_from() -> None:
    lists = [*ROOT.glob("requirements*"), *(ROOT / "reflex.lock").glob("*.json"), ROOT / ".npmrc"]

    assert [path.name for path in lists if ADDRESS.search(path.read_text())] == []
    assert '"resolved": "http' not in (ROOT / "reflex.lock/package-lock.json").read_text()


def _pins(name: str) -> dict[str, str]:
    return {canonicalize_name(found): version for found, version in PINNED.findall((ROOT / name).read_text())}


def _brought(names: set[str]) -> set[str]:
    """These packages and, as installed here, everything they ask for."""
    found: set[str] = set()
    waiting = {(name, "") for name in names} | {("psycopg", "binary"), ("libpass", "argon2")}
    while waiting:
        name, extra = waiting.pop()
        found.add(name)
        for requirement in map(Requirement, distribution(name).requires or []):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                needs = {(canonicalize_name(requirement.name), each) for each in (*requirement.extras, "")}
                waiting |= {need for need in needs if need[0] not in found}
    return found
