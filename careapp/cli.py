"""python -m careapp serve | worker | migrate | demo | doctor | build | check-rights"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from careapp.build import ROOT


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code is 0 when all is well. What was refused is said in one paragraph."""
    _go_home()
    parser = argparse.ArgumentParser(prog="python -m careapp", description="Careapp: care, coordinated in one place.")
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, (run, says) in COMMANDS.items():
        commands.add_parser(name, help=says, description=says).set_defaults(run=run)
    run = parser.parse_args(arguments).run
    try:
        return int(run())
    except KeyboardInterrupt:
        return 0
    except Exception as error:
        if type(error).__module__ not in ("careapp.unsafe", "careapp.lock", "careapp.build", "careapp.cli"):
            raise
        print(error, file=sys.stderr)
        return 1


class Refused(Exception):
    """A command that makes no sense here; the words say why."""


def serve() -> int:
    from careapp.serve import serve

    return serve()


def worker() -> int:
    from careapp.settings import settings
    from careapp.worker import work

    if settings().is_embedded:
        raise Refused("With SQLite the web process does the work itself. A worker needs CAREAPP_DATABASE_URL.")
    return work()


def migrate() -> int:
    from careapp.lock import make_data_folder, own_data
    from careapp.migrate import migrate

    make_data_folder()
    with own_data():
        migrate()
    print("The database is up to date.")
    return 0


def demo() -> int:
    from careapp.lock import make_data_folder, own_data
    from careapp.migrate import migrate

    make_data_folder()
    with own_data():
        from careapp.demo.fill import fill

        migrate()
        fill()
    return 0


def doctor() -> int:
    from careapp.doctor import examine

    return examine()


def build() -> int:
    from careapp.build import ensure

    print(f"The pages are ready in {ensure()}")
    return 0


def check_rights() -> int:
    from careapp.rights import problems

    found = problems()
    print("\n".join(found) or "Every operation and query says who may reach it.")
    return 1 if found else 0


COMMANDS: dict[str, tuple[Callable[[], int], str]] = {
    "serve": (serve, "build what changed, bring the database up to date, and serve until told to stop"),
    "worker": (worker, "do background work only (PostgreSQL)"),
    "migrate": (migrate, "bring the database up to date"),
    "demo": (demo, "fill the data folder with a family to look around with"),
    "doctor": (doctor, "say what is well and what is not"),
    "build": (build, "build the pages"),
    "check-rights": (check_rights, "look for operations and queries that do not say who may call them"),
}


def _go_home() -> None:
    """Reflex looks for its files where it is started, so start there; paths given keep their meaning."""
    os.environ["CAREAPP_DATA"] = str(Path(os.environ.get("CAREAPP_DATA") or ROOT / "data").resolve())
    os.chdir(ROOT)
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
