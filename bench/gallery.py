"""The gallery at 10 and at 2,000 photos: what it costs the server, and how it scrolls on a slow phone."""

import asyncio
import re
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import httpx
from playwright.async_api import async_playwright
from sqlmodel import Session, col, select

from bench import family, painting
from bench.network import network_to
from bench.phone import opened, phone
from bench.places import Place
from bench.server import Server, serving
from bench.tables import Rows, Tables, medians
from careapp import db, features
from careapp.clock import now
from careapp.ids import new_id
from careapp.lock import own_data
from careapp.models import Account, Media, Site, Update, UpdateMedia

FETCHES = 10
SIZES = {"pond": 10, "lake": 2000}
HELPER, SENTENCES = "/words?site=rose", "/say/en.json"
MORE, PAGE, SCRIPTS, SAYINGS = "60 photos more", "What to say, the page", "its scripts", "its sentences"
SCRIPT = re.compile(r"/assets/[\w.-]+\.js")
ON_A_PHONE = "On a phone four times slower; the first page over the slow network, then to the end over a fast one"
FURTHER = "What a page that is open fetches next; medians of {n}"
SCROLL = (Path(__file__).parent / "scrolling.js").read_text()


def measure(data: Path, runs: int) -> Tables:
    fill()
    every = tuple(Place(f"gallery-{n}", f"/photos?site={name}", "h2", "maya") for name, n in SIZES.items())
    on_server = painting.measure(runs, every)
    with serving(data) as server:
        further = _further(server, runs)
        on_phone = asyncio.run(_on_phone(server, every))
    return [*on_server, (FURTHER.format(n=FETCHES * runs), further), (ON_A_PHONE, on_phone)]


def _further(server: Server, runs: int) -> Rows:
    """The pages of the largest gallery one after the other, as one scrolls; beside them what the helper weighs."""
    site = list(SIZES)[-1]
    before = ""
    fetched: dict[str, list[dict[str, float]]] = {name: [] for name in (MORE, PAGE, SCRIPTS, SAYINGS)}
    with httpx.Client(base_url=server.url, headers={"Cookie": f"careapp={family.TOKEN.format('maya')}"}) as client:
        for _ in range(FETCHES * runs):
            row, answer = _fetched(client, f"/api/photos?{urlencode({'site': site, 'before': before})}")
            before = answer.json()["older"]
            fetched[MORE].append(row)
            row, answer = _fetched(client, HELPER)
            fetched[PAGE].append(row)
            scripts = [_fetched(client, script)[0] for script in sorted({*SCRIPT.findall(answer.text)})]
            fetched[SCRIPTS].append({name: sum(each[name] for each in scripts) for name in row})
            fetched[SAYINGS].append(_fetched(client, SENTENCES)[0])
    return [{"fetched": name, **medians(found)} for name, found in fetched.items()]


def _fetched(client: httpx.Client, path: str) -> tuple[dict[str, float], httpx.Response]:
    began = time.perf_counter()
    answer = client.get(path).raise_for_status()
    took, sent = time.perf_counter() - began, answer.num_bytes_downloaded
    return {"ms": took * 1000, "KiB": sent / 1024, "raw KiB": len(answer.content) / 1024}, answer


async def _on_phone(server: Server, every: tuple[Place, ...]) -> Rows:
    rows = []
    async with async_playwright() as playwright:
        for place in every:
            async with network_to(server.port) as network, phone(playwright, server, network, place) as context:
                network.slow()
                page, first = await opened(context, place, server.url)
                first["KiB"] = network.received / 1024
                network.fast()
                rows.append({"page": place.name, **first, **await page.evaluate(SCROLL)})
    return rows


def fill() -> None:
    """Add the two sites to the measured installation, which nobody may be serving."""
    features.load()
    with own_data():
        with db.unit_of_work() as session:
            for address, count in SIZES.items():
                _site(session, address, count)
        db.dispose()


def _site(session: Session, address: str, count: int) -> None:
    accounts = session.exec(select(Account).where(col(Account.email).in_(map(family.email, family.PEOPLE))))
    family.add_site(session, address, {one.name.lower(): one.id for one in accounts}, 0, family.SCENES)
    site = session.exec(select(Site).where(Site.address == address)).one()
    first = session.exec(select(Media).where(Media.site_id == site.id)).all()
    rows = [_shown(site, first[n % len(first)], n) for n in range(count)]
    session.add_all(row for update, media in rows for row in (update, media))
    session.flush()
    session.add_all(UpdateMedia(update_id=update.id, media_id=media.id, position=0) for update, media in rows)


def _shown(site: Site, like: Media, n: int) -> tuple[Update, Media]:
    """A photo with the files of another, for an update of its own."""
    at = now() - timedelta(hours=9 * n)
    update = Update(site_id=site.id, author_id=like.uploader_id, text="By the window.", published_at=at)
    same = like.model_dump(exclude={"id", "created_at", "sha256", "stored_bytes"})
    media = Media(id=new_id(), created_at=at, sha256=f"{n}", stored_bytes=0, **same)
    return update, media
