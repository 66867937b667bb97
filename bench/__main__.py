"""python -m bench [topic …] [--runs N]: measures an installation of its own and prints one table a topic.

It fills a folder of its own, serves it on a free port of this machine, and ends only what it started.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import machine, tables

TOPICS = {
    "statements": "SQL statements and the server's own time for each page",
    "lighthouse": "Lighthouse with its mobile profile, in simulation",
    "visits": "first, repeat and offline visit and a tap, on a slow phone and network",
    "push": "how soon a call for help leaves the house, and how many devices are asked a second",
    "media": "large files in, and how soon they are shown",
    "calendar": "agenda, week and month with 10, 1,000 and 10,000 items",
    "feed": "a member's calendar of 1,000 appointments, as other calendars fetch it",
    "claims": "50 people who take the same help at once",
    "gallery": "all photos of a site: bytes and time at 10 and 2,000, and scrolling to the end on a slow phone",
    "load": "400 open pages with one read a second each",
}


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    asked = _asked()
    topics = asked.topics or list(TOPICS)
    print(machine.described(), flush=True)
    with tempfile.TemporaryDirectory(prefix="careapp-bench-") as folder:
        data = Path(folder) / "data"
        _use(data)
        from bench import family

        family.fill()
        for topic in topics:
            print(f"\n{TOPICS[topic][0].upper()}{TOPICS[topic][1:]}\n", flush=True)
            for title, rows in _measure(topic, data, asked.runs):
                tables.show(title, rows)
        print(f"\n{machine.load()}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("topics", nargs="*", metavar="topic", help=", ".join(TOPICS))
    parser.add_argument("--runs", type=int, default=3, help="how often each is measured; medians are printed")
    asked = parser.parse_args()
    if unknown := set(asked.topics) - set(TOPICS):
        parser.error(f"unknown topic {', '.join(unknown)}; there are {', '.join(TOPICS)}")
    return asked


def _use(data: Path) -> None:
    """This process, and those it starts, belong to the measured installation and to no other."""
    for name in [name for name in os.environ if name.startswith(("CAREAPP_", "REFLEX_")) or name == "PORT"]:
        del os.environ[name]
    os.environ["CAREAPP_DATA"] = str(data)


def _measure(topic: str, data: Path, runs: int) -> tables.Tables:
    if topic == "statements":
        from bench import painting

        return painting.measure(runs)
    if topic == "calendar":
        from bench import calendar

        return calendar.measure(runs)
    if topic == "feed":
        from bench import feed

        return feed.measure(runs)
    if topic == "claims":
        from bench import claims

        return claims.measure(runs)
    if topic == "push":
        from bench import push

        return push.measure(data, runs)
    if topic == "gallery":
        from bench import gallery

        return gallery.measure(data, runs)
    return asyncio.run(_with_server(topic, data, runs))


async def _with_server(topic: str, data: Path, runs: int) -> tables.Tables:
    from bench import lighthouse, load, media, visits
    from bench.server import serving

    measures: dict[str, Callable[..., tables.Measuring]] = {
        "lighthouse": lighthouse.measure,
        "visits": visits.measure,
        "media": media.measure,
        "load": load.measure,
    }
    with serving(data) as server:
        return await measures[topic](server, runs)


if __name__ == "__main__":
    main()
