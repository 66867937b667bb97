"""Open pages hear of changes at once, and of being left out at once; two hear nothing of each other's sites."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlmodel import col, select

from careapp import db, live
from careapp.access import Role
from careapp.api import live as api_live
from careapp.clock import now
from careapp.ids import new_id
from careapp.models import Account, Member, SignIn, Site
from careapp.perform import Asked, do
from tests.cast import Cast, add_site
from tests.client import Browser, front

pytestmark = pytest.mark.usefixtures("stored_site")

SECONDS = 5.0


class OpenPage:
    """One page that follows its site, as the browser's EventSource does. `status` is the answer's."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.is_ended = False
        self._text = ""
        self._news = asyncio.Event()
        self.leaving = asyncio.Event()

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self._text += message.get("body", b"").decode()
            self.is_ended = not message.get("more_body", False)
        self._news.set()

    @property
    def events(self) -> list[tuple[str, Any]]:
        found = [dict(line.split(": ", 1) for line in block.split("\n")) for block in self._text.split("\n\n") if block]
        return [(each["event"], json.loads(each["data"])) for each in found if "event" in each]

    @property
    def heartbeats(self) -> int:
        return len(self.events) - len({data.get("counter") for _, data in self.events})

    async def until(self, holds: Callable[["OpenPage"], bool]) -> None:
        async with asyncio.timeout(SECONDS):
            while not holds(self):
                await self._news.wait()
                self._news.clear()

    async def counter(self) -> int:
        await self.until(lambda page: bool(page.events))
        return int(self.events[-1][1]["counter"])


@asynccontextmanager
async def open_page(who: str, address: str = "rose", app: Any = None) -> AsyncIterator[OpenPage]:
    page, cookie = OpenPage(), f"careapp=token-of-{who}" if who else ""
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/api/sites/{address}/changes",
        "query_string": b"",
        "headers": [(b"host", b"localhost:8000"), (b"cookie", cookie.encode())],
        "client": ("127.0.0.1", 5),
        "asgi": {"version": "3.0", "spec_version": "2.3"},
    }
    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Any:
        for first in asked:
            return first
        await page.leaving.wait()
        return {"type": "http.disconnect"}

    following = asyncio.create_task((app or front())(scope, receive, page.send))
    try:
        await page.until(lambda page: page.status > 0)
        yield page
    finally:
        page.leaving.set()
        await following


async def write(who: str, operation: str, command: Any, site: str = "rose") -> Any:
    credentials = Cast(None).credentials(who)  # type: ignore[arg-type]
    return await asyncio.to_thread(do, Asked(operation, command, new_id(), site), credentials)


def story(told: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(told())


def member_id(name: str) -> str:
    with db.reading() as session:
        return session.scalars(select(col(Member.id)).where(col(Member.name) == name)).one()


def test_a_page_hears_where_things_stand_when_it_opens() -> None:
    async def told() -> None:
        async with open_page("ida") as page:
            assert page.status == 200
            assert page.headers["content-type"].startswith("text/event-stream")
            assert page.headers["cache-control"] == "no-store"
            assert await page.counter() == 0

    story(told)


def test_what_one_posts_is_heard_by_the_others() -> None:
    async def told() -> None:
        async with open_page("ida") as ida, open_page("tom") as tom:
            before = await ida.counter(), await tom.counter()
            await write("maya", "journal.post_update", {"text": "Home again"})
            for page, counter in ((ida, before[0]), (tom, before[1])):
                await page.until(lambda page, counter=counter: page.events[-1] == ("changed", {"counter": counter + 1}))

    story(told)


def test_nothing_of_the_change_itself_is_told() -> None:
    async def told() -> None:
        async with open_page("ida") as page:
            await page.counter()
            await write("maya", "journal.post_update", {"text": "canary", "audience": "family"})
            await page.until(lambda page: len(page.events) > 1)
            assert page.events[-1] == ("changed", {"counter": 1})

    story(told)


def test_another_site_is_not_heard() -> None:
    with db.unit_of_work() as session:
        add_site(session, "ben", {"nora": Role.COORDINATOR})

    async def told() -> None:
        async with open_page("nora", "ben") as nora, open_page("ida") as ida:
            await nora.counter()
            await ida.counter()
            await write("maya", "journal.post_update", {"text": "Home again"})
            await ida.until(lambda page: len(page.events) > 1)
            assert len(nora.events) == 1

    story(told)


def test_a_removed_member_hears_that_it_is_over_and_nothing_after() -> None:
    async def told() -> None:
        async with open_page("tom") as tom, open_page("ida") as ida:
            await tom.counter()
            await write("maya", "sites.remove_member", {"member_id": member_id("Tom Lind")})
            async with asyncio.timeout(1):
                await tom.until(lambda page: page.is_ended)
            assert tom.events[-1] == ("gone", {"code": "not_found"})
            await ida.until(lambda page: len(page.events) > 1)
            assert ida.events[-1][0] == "changed"
            assert not ida.is_ended

    story(told)


def test_a_session_that_is_ended_elsewhere_ends_its_open_page_and_says_that_it_was_only_that() -> None:
    with db.unit_of_work() as session:
        tom = session.scalars(select(Account).where(col(Account.email) == "tom@example.org")).one()
        session.add(SignIn(token_hash="laptop", account_id=tom.id))
        phone = session.scalars(select(col(SignIn.id)).where(col(SignIn.account_id) == tom.id)).first()

    async def told() -> None:
        async with open_page("tom") as page:
            await page.counter()
            await write("tom", "accounts.end_sign_in", {"sign_in_id": phone}, "")
            async with asyncio.timeout(1):
                await page.until(lambda page: page.is_ended)
            assert page.events[-1] == ("gone", {"code": "not_signed_in"})

    story(told)


def test_without_changes_the_right_to_look_is_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the change was made where nobody could wake this process."""
    monkeypatch.setattr(api_live, "HEARTBEAT_SECONDS", 0.05)

    async def told() -> None:
        async with open_page("tom") as page:
            await page.until(lambda page: page.heartbeats > 1)
            with db.unit_of_work() as session:
                session.scalars(select(Member).where(col(Member.name) == "Tom Lind")).one().left_at = now()
            await page.until(lambda page: page.is_ended)
            assert page.events[-1] == ("gone", {"code": "not_found"})

    story(told)


@pytest.mark.parametrize(("who", "status"), [("sam", 404), ("", 401)])
def test_strangers_cannot_follow_and_learn_nothing(who: str, status: int) -> None:
    private = Browser(who).get("/api/sites/rose/changes")
    missing = Browser(who).get("/api/sites/nowhere/changes")

    assert private.status_code == missing.status_code == status
    assert private.content == missing.content


def test_a_page_that_is_closed_is_forgotten() -> None:
    async def told() -> None:
        async with open_page("tom") as page:
            await page.counter()
            assert live.watched_sites()
        async with asyncio.timeout(SECONDS):
            while live.watched_sites():
                await asyncio.sleep(0)

    story(told)


@pytest.mark.parametrize("kind_of_database", ["postgresql"], indirect=True)
def test_a_change_by_another_process_is_heard_within_two_seconds() -> None:
    """PostgreSQL is shared; whoever wrote cannot wake this process, so it looks for itself."""

    async def told() -> None:
        async with open_page("ida") as ida, open_page("tom") as tom:
            await ida.counter()
            await tom.counter()
            await asyncio.to_thread(_write_elsewhere)
            async with asyncio.timeout(2):
                await ida.until(lambda page: page.events[-1] == ("changed", {"counter": 1}))
                await tom.until(lambda page: page.is_ended)
            assert tom.events[-1] == ("gone", {"code": "not_found"})

    story(told)


def _write_elsewhere() -> None:
    """What another process does to the rows: nothing here is woken by it."""
    with db.unit_of_work() as session:
        session.scalars(select(Member).where(col(Member.name) == "Tom Lind")).one().left_at = now()
        session.scalars(select(Site)).one().change_counter += 1


def test_one_session_follows_with_so_many_pages_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_live, "MOST_OF_ONE", 2)

    async def told() -> None:
        async with open_page("tom") as one, open_page("tom") as two, open_page("tom") as three, open_page("ida") as ida:
            assert [page.status for page in (one, two, three, ida)] == [200, 200, 429, 200]
        async with open_page("tom") as again:
            assert again.status == 200

    story(told)
