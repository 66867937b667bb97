"""The frontend build: made only when something it is made of has changed, and swapped in whole.

A build is known by a digest of its sources. A failed one leaves the builds that are there as they are.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from careapp.lock import one_at_a_time

ROOT = Path(__file__).resolve().parent.parent
WORKSHOP = ROOT / ".web"
BUILDS = ROOT / ".build"
LOCK_FOLDER = ROOT / "reflex.lock"
SOURCES = ("careapp", "assets", "rxconfig.py", "requirements.txt", ".npmrc")
SERVED = ("build/client", "backend", "routes.json", "env.json", "reflex.json", "styles")
KEPT_BUILDS = 3
TIMEOUT_SECONDS = 900


class BuildFailed(Exception):
    """The frontend could not be built; the message holds the builder's last words."""


def ensure() -> Path:
    """The folder of the build that belongs to the sources as they are now, made first if need be."""
    current = BUILDS / fingerprint(_sources_digest())
    if not current.exists():
        with one_at_a_time(BUILDS / "lock"):
            current = _built()
    current.touch()
    return current


def is_current() -> bool:
    return (BUILDS / fingerprint(_sources_digest())).exists()


def environment() -> dict[str, str]:
    """The process environment for Reflex's builder and server: production, quiet, Node from the virtual environment."""
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "REFLEX_CHECK_LATEST_VERSION": "false",
        "REFLEX_DIR": str(ROOT / ".reflex"),
        "REFLEX_ENV_MODE": "prod",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_USE_NPM": "1",
    }


def fingerprint(sources: str) -> str:
    """What a build is known by: its sources and the npm packages, whose list a build itself may complete."""
    return _digest([sources, *_contents(_files("reflex.lock"))])[:20]


def _built() -> Path:
    sources = _sources_digest()
    if (ready := BUILDS / fingerprint(sources)).exists():
        return ready
    print("Building the pages. This takes about half a minute, and only after a change.", file=sys.stderr, flush=True)
    _run_builder()
    made = BUILDS / fingerprint(sources)  # the list of packages may only now be what it was when this was built before
    return made if made.exists() else _swap_in(made.name)


def _run_builder() -> None:
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    plain = {name: value for name, value in environment().items() if not name.startswith(("CAREAPP_", "PORT"))}
    done = subprocess.run(  # noqa: S603
        command,
        cwd=ROOT,
        env={**plain, "REFLEX_WEB_WORKDIR": str(WORKSHOP)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )
    if done.returncode or not (WORKSHOP / "build/client/index.html").exists():
        raise BuildFailed(f"The pages could not be built.\n{done.stdout[-6000:]}")


def _swap_in(name: str) -> Path:
    """Copy what is served beside the other builds, then give it its name in one step."""
    part = Path(tempfile.mkdtemp(prefix=".part-", dir=BUILDS))
    for served in SERVED:
        source, target = WORKSHOP / served, part / served
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            shutil.copy2(source, target)
    part.chmod(0o755)
    part.rename(BUILDS / name)
    _forget_old_builds()
    return BUILDS / name


def _forget_old_builds() -> None:
    builds = sorted((p for p in BUILDS.iterdir() if p.is_dir()), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in builds[KEPT_BUILDS:]:
        shutil.rmtree(old, ignore_errors=True)


def _sources_digest() -> str:
    return _digest(_contents(file for source in SOURCES for file in _files(source)))


def _files(source: str) -> list[Path]:
    path = ROOT / source
    found = [path] if path.is_file() else sorted(path.rglob("*"))
    return [f for f in found if f.is_file() and "__pycache__" not in f.parts and "external" not in f.parts]


def _contents(files: Iterable[Path]) -> Iterable[str]:
    for file in files:
        yield f"{file.relative_to(ROOT)} {hashlib.sha256(file.read_bytes()).hexdigest()}"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
