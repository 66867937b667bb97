"""50 members who take one slot at the same moment: how soon each has their answer, and that one of them has it."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import Session, select

from bench.family import TOKEN, _account, add_site
from bench.tables import Tables, medians
from careapp import db, features
from careapp.access import Credentials
from careapp.clock import now
from careapp.errors import Conflict
from careapp.ids import new_id
from careapp.models import HelpRequest, HelpSlot, Member, Site
from careapp.perform import Asked, do

ADDRESS = "claims"
NAMES = tuple(f"friend-{n}" for n in range(50))
TITLE = "Through the front door, each in a thread of its own; medians of {runs}"


def measure(runs: int) -> Tables:
    features.load()
    with db.unit_of_work() as session:
        add_site(session, ADDRESS, {name: _account(session, name) for name in NAMES}, 0)
    row = medians(_once() for _ in range(runs))
    return [(TITLE.format(runs=runs), [{"people": len(NAMES), **row}])]


def _once() -> dict[str, float | None]:
    with db.unit_of_work() as session:
        slot_id = _slot(session)
    together = Barrier(len(NAMES))
    with ThreadPoolExecutor(len(NAMES)) as pool:
        answers = list(pool.map(lambda name: _claim(name, slot_id, together), NAMES))
    waits = sorted(wait for wait, _ in answers)
    taken = sum(is_taken for _, is_taken in answers)
    return {
        "have it": float(taken),
        "first answer ms": waits[0],
        "median ms": statistics.median(waits),
        "last answer ms": waits[-1],
    }


def _claim(name: str, slot_id: str, together: Barrier) -> tuple[float, bool]:
    credentials = Credentials(session=TOKEN.format(name))
    together.wait()
    began, is_taken = time.perf_counter(), True
    try:
        do(Asked("helping.take_slot", {"slot_id": slot_id}, new_id(), ADDRESS), credentials)
    except Conflict:
        is_taken = False
    return (time.perf_counter() - began) * 1000, is_taken


def _slot(session: Session) -> str:
    site = session.exec(select(Site).where(Site.address == ADDRESS)).one()
    author = session.exec(select(Member).where(Member.site_id == site.id)).first()
    assert author
    request = HelpRequest(site_id=site.id, author_id=author.id, kind="rides", title="To the clinic", zone="UTC")
    session.add(request)
    session.flush()
    slot = HelpSlot(request_id=request.id, site_id=site.id, due_at=now())
    session.add(slot)
    return slot.id
