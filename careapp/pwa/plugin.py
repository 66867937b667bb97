"""What makes the built pages an app: the manifest, the service worker with its list of files, and the words.

Runs inside Reflex's build, before its files are compressed.
"""

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reflex.utils.prerequisites import get_web_dir
from reflex_base.plugins.base import Plugin

from careapp.catalogue import DEFAULT, LANGUAGES, catalogue
from careapp.pwa.manifest import manifest
from careapp.pwa.prerendered import SHADOW_SCRIPT, put_scripts_last
from careapp.words import library

HERE = Path(__file__).resolve().parent
WORKER = HERE.parents[1] / "assets" / "sw" / "sw.js"
COMPILED = ("app", "app_components", "components", "utils", "styles", "public")
SOURCES = ("js", "sw", "styles")
KEPT = {".js", ".css", ".woff2", ".svg", ".json", ".webmanifest", ".ico"}
NOT_KEPT = ("icons", "screenshots", "sw.js")
KEPT_ICONS = ("icons/icon-192.png", "icons/favicon.svg")


class InstallableApp(Plugin):
    """Give it to Reflex in rxconfig.py."""

    def update_env_json(self, **_: Any) -> dict[str, Any]:
        """Compiles the build's id into the pages: views kept by another build are not given to them."""
        return {"BUILD": _digest(Path(get_web_dir()))}

    def post_build(self, **context: Any) -> None:
        static = Path(context["static_dir"])
        for name in SOURCES:
            shutil.rmtree(static / name, ignore_errors=True)
        put_scripts_last(static)
        write_words(static / "words")
        write_sayings(static / "say")
        (static / "manifest.webmanifest").write_text(json.dumps(manifest(static), ensure_ascii=False))
        write_worker(Path(get_web_dir()), static)


def build_id() -> str:
    """The id of the build that is served, the same as its pages know; empty while there is none."""
    told = Path(get_web_dir()) / "env.json"
    return str(json.loads(told.read_text()).get("BUILD", "")) if told.exists() else ""


def write_words(folder: Path) -> None:
    """One JSON file for every language but the one that the pages are written in."""
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        if language != DEFAULT:
            words = json.dumps(catalogue(language), ensure_ascii=False)
            (folder / f"{language}.json").write_text(words)


def write_sayings(folder: Path) -> None:
    """The sentences of "What to say", one JSON file for every language, which only that page fetches."""
    folder.mkdir(exist_ok=True)
    for language in LANGUAGES:
        (folder / f"{language}.json").write_text(library.as_json(language), encoding="utf-8")


def write_worker(web_dir: Path, static: Path) -> None:
    """The service worker, which knows by name what it keeps."""
    shells = {route: f"/{file.relative_to(static)}" for route, file in _pages(static)}
    files = sorted(_files(static))
    values = {"BUILD": build_id(), "FILES": files, "SHELLS": shells, "SHADOW_SCRIPT": SHADOW_SCRIPT}
    bundle(web_dir, WORKER, static / "sw.js", {name: json.dumps(value) for name, value in values.items()})


def bundle(web_dir: Path, entry: Path, out: Path, definitions: Mapping[str, str]) -> None:
    """Make one file of a script and all it imports. Raises RuntimeError with the bundler's words."""
    command: list[str | Path] = ["node", HERE / "bundle.mjs", web_dir, entry, out, json.dumps(definitions)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{entry.name} could not be bundled.\n{done.stderr}")


def _pages(static: Path) -> Iterable[tuple[str, Path]]:
    """Every prerendered page by its route; `today.html` beside `today/index.html` is a second copy."""
    for file in static.rglob("index.html"):
        route = file.parent.relative_to(static).as_posix()
        yield ("/" if route == "." else f"/{route}"), file


def _files(static: Path) -> Iterable[str]:
    for file in static.rglob("*"):
        path = file.relative_to(static)
        is_kept = file.suffix in KEPT and path.parts[0] not in NOT_KEPT
        if file.is_file() and (is_kept or path.as_posix() in KEPT_ICONS):
            yield f"/{path.as_posix()}"


def _digest(web_dir: Path) -> str:
    """Of everything the pages are built from, so that the same sources give the same id."""
    digest = hashlib.sha256()
    for name in COMPILED:
        for file in sorted(f for f in (web_dir / name).rglob("*") if f.is_file()):
            digest.update(f"{file.relative_to(web_dir)}\0".encode() + file.read_bytes() + b"\0")
    for language in LANGUAGES:
        digest.update(json.dumps(catalogue(language), sort_keys=True).encode() + library.as_json(language).encode())
    return digest.hexdigest()[:16]
