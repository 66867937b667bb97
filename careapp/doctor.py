"""What is well and what is not, said so that the person who runs Careapp knows what to do next."""

import os
import shutil
import sqlite3
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import and_, func, or_, select, text
from sqlmodel import col

from careapp import build, lock
from careapp.adapters import push_hosts, sms, vapid
from careapp.book.check import find_stray_books
from careapp.clock import now
from careapp.db import dispose, reader, reading, writer
from careapp.media.check import find_orphans
from careapp.migrate import pending
from careapp.models import Delivery, DeliveryState, Device, Job
from careapp.operator_link import operator_link
from careapp.settings import settings
from careapp.unsafe import Unsafe, refuse_what_is_unsafe

WAL_RESET_FIXED = (3, 51, 3)
LEAST_FREE = 2 * 1024**3
NODE_NEEDED = (22, 22)
LATE = timedelta(minutes=5)


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `is_well` is None for what is only worth knowing."""

    is_well: bool | None
    about: str
    words: str


def examine() -> int:
    """Print every finding; 1 when something is wrong."""
    findings = [finding for look in LOOKS for finding in _looked(look)]
    for finding in findings:
        mark = {True: "ok  ", False: "FIX ", None: "note"}[finding.is_well]
        print(f"{mark}  {finding.about:<12} {finding.words}")
    wrong = sum(finding.is_well is False for finding in findings)
    print("\nAll is well." if not wrong else f"\n{wrong} of {len(findings)} want attention.")
    return 1 if wrong else 0


def _looked(look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(look())
    except Exception as error:
        return [Finding(False, look.__name__.strip("_"), f"could not be looked at: {error}")]


def _versions() -> Iterator[Finding]:
    yield Finding(sys.version_info >= (3, 11), "Python", sys.version.split()[0])
    node = subprocess.run(  # noqa: S603
        [Path(sys.executable).parent / "node", "--version"], capture_output=True, text=True, check=False
    )
    version = tuple(int(part) for part in node.stdout.strip().lstrip("v").split(".")[:2] if part.isdigit())
    yield Finding(version >= NODE_NEEDED, "Node", f"{node.stdout.strip() or 'missing'} (builds the pages)")
    yield Finding(None, "OpenSSL", ssl.OPENSSL_VERSION)


def _sqlite() -> Iterator[Finding]:
    if not settings().is_embedded:
        return
    version = sqlite3.sqlite_version_info
    if (3, 7, 0) <= version < WAL_RESET_FIXED:
        yield Finding(
            None,
            "SQLite",
            f"{sqlite3.sqlite_version} has the WAL-reset bug of 3.7.0 to 3.51.2, by which two connections that write "
            "and checkpoint at once can damage the file. Careapp writes through one connection of one process, so it "
            "cannot happen here; do not open the file with other programs while Careapp runs.",
        )
    else:
        yield Finding(True, "SQLite", sqlite3.sqlite_version)


def _folder() -> Iterator[Finding]:
    data = settings().data
    if not data.exists():
        yield Finding(None, "data folder", f"{data} is made at the first start")
        return
    free = shutil.disk_usage(data).free
    yield Finding(free >= LEAST_FREE, "disk", f"{free / 1024**3:.1f} GB free where {data} is")
    open_to_others = [path for path in _private(data) if path.stat().st_mode & 0o077]
    if open_to_others:
        listed = ", ".join(str(path) for path in open_to_others[:5])
        yield Finding(False, "data folder", f"others on this machine can read {listed}: chmod -R go= {data}")
    else:
        yield Finding(True, "data folder", f"{data} is for its owner alone")
    if not os.access(data, os.W_OK):
        yield Finding(False, "data folder", f"{data} cannot be written to")


def _private(data: Path) -> list[Path]:
    return [data, *(path for path in (data / "secrets", *(data / "secrets").glob("*")) if path.exists())]


def _start() -> Iterator[Finding]:
    try:
        refuse_what_is_unsafe(settings())
    except Unsafe as unsafe:
        yield Finding(False, "settings", str(unsafe))
        return
    where = "only from this machine" if settings().host in ("127.0.0.1", "::1", "localhost") else "from the network"
    yield Finding(True, "settings", f"{settings().public_url}, reached on port {settings().port} {where}")
    if settings().allow_http_lan:
        yield Finding(
            None, "https", "CAREAPP_ALLOW_HTTP_LAN is set: for a trial only. No installing, no offline, no push."
        )


def _pages() -> Iterator[Finding]:
    words = "built" if build.is_current() else "will be built at the next start"
    yield Finding(None if words != "built" else True, "pages", words)


def _database() -> Iterator[Finding]:
    if settings().is_embedded and not Path(settings().database.removeprefix("sqlite:///")).exists():
        yield Finding(None, "database", "is made at the first start")
        return
    try:
        missing = pending()
        yield Finding(
            not missing,
            "migrations",
            f"pending: {', '.join(missing)}; the next start runs them" if missing else "none pending",
        )
        yield from _integrity()
        if not missing:
            yield from _photos()
            yield from _books()
            yield from _failed_jobs()
            yield from _refused_devices()
            yield from _stuck_deliveries()
    finally:
        dispose()


def _integrity() -> Iterator[Finding]:
    if not settings().is_embedded:
        with writer().connect() as connection:
            yield Finding(True, "database", str(connection.execute(text("SHOW server_version")).scalar()))
        return
    with reader().connect() as connection:
        said = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check(5)"))]
        yield Finding(said == ["ok"], "database", "is whole" if said == ["ok"] else f"is damaged: {'; '.join(said)}")
        loose = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
        if loose:
            yield Finding(False, "database", f"{len(loose)} rows point at rows that are gone, first in {loose[0][0]}")


def _photos() -> Iterator[Finding]:
    orphans = find_orphans()
    words = " ".join(orphans[:5]) or "every photo and video has its files, and every file its photo or video"
    yield Finding(not orphans, "photos", words)


def _books() -> Iterator[Finding]:
    strays = find_stray_books()
    yield Finding(not strays, "books", "every book has its file" if not strays else " ".join(strays[:5]))


def _failed_jobs() -> Iterator[Finding]:
    """What was given up after many tries: someone is waiting for it."""
    with reading() as session:
        failed = session.execute(
            select(col(Job.kind), func.count()).where(col(Job.state) == "failed").group_by(col(Job.kind))
        )
        found = [f"{count} × {kind}" for kind, count in failed.tuples()]
    yield Finding(not found, "work", f"given up: {', '.join(found)}" if found else "nothing was given up")


def _refused_devices() -> Iterator[Finding]:
    """Their push services do not believe who we are, so that nothing reaches them until that is mended."""
    refused = [col(Device.problem).startswith(f"the push service answered {status}") for status in (401, 403)]
    with reading() as session:
        count = session.execute(select(func.count()).select_from(Device).where(or_(*refused))).scalar_one()
        said = session.execute(select(col(Device.problem)).where(or_(*refused)).limit(1)).scalar()
    words = f"{count} devices are not reached ({said}). Look at CAREAPP_CONTACT, and that the clock is right"
    yield Finding(not count, "push", words if count else "no push service refuses this installation")


def _stuck_deliveries() -> Iterator[Finding]:
    """Due, and nobody sends them: the courier does not run, or does not come to an end."""
    overdue = or_(
        and_(col(Delivery.state) == DeliveryState.WAITING, col(Delivery.run_at) < now() - LATE),
        and_(col(Delivery.state) == DeliveryState.LEASED, col(Delivery.leased_until) < now() - LATE),
    )
    with reading() as session:
        count = session.execute(select(func.count()).select_from(Delivery).where(overdue)).scalar_one()
    # While Careapp does not run, nothing is sent; what was due then goes out at the next start.
    is_wrong = False if not settings().is_embedded or lock.is_taken() else None
    words = f"{count} notices should have been sent by now" if count else "no notice waits longer than it should"
    yield Finding(is_wrong if count else True, "courier", words)


def _mail() -> Iterator[Finding]:
    if settings().smtp_url:
        yield Finding(True, "mail", f"is sent as {settings().mail_from or 'the server chooses'}")
        return
    folder = settings().mail_folder
    waiting = len(list(folder.glob("*.eml"))) if folder.exists() else 0
    yield Finding(None, "mail", f"no mail server is set: mail is written to {folder} ({waiting} there now)")


def _push() -> Iterator[Finding]:
    key = settings().data / "secrets" / "vapid_private_key.pem"
    yield Finding(key.exists() or None, "push key", "is there" if key.exists() else "is made at the first start")
    problem = vapid.contact_problem()
    # Where nobody outside reaches the pages, nobody has switched push on for good.
    is_wrong = False if settings().is_https or settings().contact else None
    yield Finding(is_wrong if problem else True, "push contact", problem or f"push services are told {vapid.contact()}")
    if strange := push_hosts.strange(settings().push_hosts):
        yield Finding(False, "push hosts", f"CAREAPP_PUSH_HOSTS has what is no host: {', '.join(strange)}")


def _text_messages() -> Iterator[Finding]:
    if not sms.is_set_up():
        yield Finding(None, "SMS", "no service is set: nobody is told by text message")
        return
    yield Finding(not sms.problem(), "SMS", sms.problem() or "a service is set")


def _health_page() -> Iterator[Finding]:
    if (settings().data / "secrets" / "secret_key").exists():
        yield Finding(None, "health page", f"for a day, and for whoever has it: {operator_link()}")


def _clock() -> Iterator[Finding]:
    year = time.gmtime().tm_year
    yield Finding(year >= 2026, "clock", time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()))


def _owner() -> Iterator[Finding]:
    if settings().is_embedded and settings().data.exists():
        yield Finding(None, "running", "yes" if lock.is_taken() else "no")


LOOKS = (
    _versions,
    _sqlite,
    _start,
    _folder,
    _pages,
    _database,
    _mail,
    _push,
    _text_messages,
    _health_page,
    _clock,
    _owner,
)
