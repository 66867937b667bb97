"""The pages are built when something changed, and a build that fails changes nothing."""

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from careapp import build
from careapp.pwa.origin import STATE_JS, SameOrigin, same_origin
from careapp.pwa.outdated import OffersNewVersions, says_outdated
from rxconfig import config


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project small enough to build in a moment, and with a build that is there already."""
    monkeypatch.setattr(build, "ROOT", tmp_path)
    monkeypatch.setattr(build, "WORKSHOP", tmp_path / ".web")
    monkeypatch.setattr(build, "BUILDS", tmp_path / ".build")
    (tmp_path / "careapp").mkdir(parents=True)
    (tmp_path / "careapp" / "careapp.py").write_text("")
    (tmp_path / "rxconfig.py").write_text("")
    there = tmp_path / ".build" / build.fingerprint(build._sources_digest())
    (there / "build" / "client").mkdir(parents=True)
    (there / "build" / "client" / "index.html").write_text("what works")
    return tmp_path


def test_an_unchanged_tree_is_not_built_again(tree: Path) -> None:
    (tree / "careapp" / "__pycache__").mkdir()
    (tree / "careapp" / "__pycache__" / "careapp.pyc").write_text("made by running it")

    assert build.is_current()
    assert (build.ensure() / "build/client/index.html").read_text() == "what works"


@pytest.mark.parametrize("changed", ["careapp/careapp.py", "rxconfig.py", "assets/new.svg", "reflex.lock/package.json"])
def test_a_change_asks_for_a_build(tree: Path, changed: str) -> None:
    (tree / changed).parent.mkdir(exist_ok=True)
    (tree / changed).write_text("changed")

    assert not build.is_current()


def test_a_build_that_fails_says_why_and_leaves_the_one_that_works(tree: Path) -> None:
    working = build.ensure()
    (tree / "rxconfig.py").write_text("raise ValueError('a comma is missing')")

    with pytest.raises(build.BuildFailed, match="a comma is missing"):
        build.ensure()

    assert (working / "build/client/index.html").read_text() == "what works"
    assert [path for path in build.BUILDS.iterdir() if path.is_dir()] == [working]


def test_what_completes_the_list_of_packages_to_what_it_was_has_been_built_before(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = build.ensure()
    packages = tree / "reflex.lock" / "package.json"
    packages.parent.mkdir()
    packages.write_text("not in order")
    monkeypatch.setattr(build, "_run_builder", packages.unlink)

    assert build.ensure() == working
    assert (working / "build/client/index.html").read_text() == "what works"


@pytest.mark.parametrize(
    ("change", "says"), [(same_origin, "window.location.href"), (says_outdated, 'Event("careapp:outdated")')]
)
def test_pages_talk_to_the_address_they_came_from_and_are_not_reloaded(change: Callable[[str], str], says: str) -> None:
    """Also with the Reflex that is installed now, and when a build finds the work of the one before."""
    spec = find_spec("reflex_base")
    assert spec
    assert spec.origin
    script = (Path(spec.origin).parent / ".templates" / "web" / STATE_JS).read_text()

    changed = change(script)

    assert says in changed
    assert change(changed) == changed
    with pytest.raises(RuntimeError, match="written for"):
        change("a Reflex to come")


def test_a_build_uses_npm_and_asks_no_mirror_of_bun() -> None:
    assert build.environment()["REFLEX_USE_NPM"] == "1"
    lines = (build.ROOT / "bunfig.toml").read_text().splitlines()
    assert all(line.startswith("#") for line in lines), "of its keys, none is wanted; there it must be"


def test_the_build_changes_both_places() -> None:
    assert {SameOrigin, OffersNewVersions} <= {type(plugin) for plugin in config.plugins}
