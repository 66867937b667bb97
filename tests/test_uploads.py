"""A photo on its way from a phone: checked first, resumed after any cut, never doubled, never mixed up."""

import asyncio
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlmodel import col, select

from careapp import clock, db
from careapp.access import Right, Role
from careapp.adapters.storage import storage
from careapp.api import uploads
from careapp.ids import new_id
from careapp.jobs import enqueue
from careapp.media import arrival, places
from careapp.media.check import find_orphans
from careapp.media.operations import MAX_OPEN
from careapp.models import Book, Job, Media, Member, MemberGrant, Site, Upload
from careapp.models.media import MediaState
from careapp.settings import settings
from tests.cast import Cast, add_site
from tests.phone import BYTES, ORIGIN, TUS, Phone, a_photo, do_jobs
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("stored_site")


def media_of(media_id: str) -> Media | None:
    with db.reading() as session:
        return session.get(Media, media_id)


def original(media_id: str) -> bytes:
    media = media_of(media_id)
    assert media
    return b"".join(storage().open(places.key(media.site_id, media.stored_id, places.ORIGINAL)))


def due(kind: str) -> int:
    with db.reading() as session:
        found = session.exec(select(Job.id).where(col(Job.kind) == kind, col(Job.state) == "waiting"))
        return len(found.all())


@pytest.mark.both_databases
def test_a_photo_arrives_in_one_piece() -> None:
    tom, photo, media_id = Phone("tom"), a_photo(), new_id()

    created = tom.create(len(photo), media_id)
    assert created.status_code == 201
    assert created.headers["Location"] == f"/api/uploads/{media_id}"
    assert created.headers["Tus-Resumable"] == "1.0.0"
    assert created.headers["Upload-Expires"].endswith("GMT")
    patched = tom.patch(media_id, 0, photo)

    assert patched.status_code == 204
    assert patched.headers["Upload-Offset"] == str(len(photo))
    media = media_of(media_id)
    assert media
    assert (media.state, media.size, media.content_type) == (MediaState.WAITING, len(photo), "image/jpeg")
    assert original(media_id) == photo
    assert due("media.make_variants") == 1
    assert list(places.uploads().iterdir()) == []
    assert find_orphans() == []


def test_what_the_server_can_do_is_told() -> None:
    told = Phone("").ask("OPTIONS", "/api/uploads").headers

    assert told["Tus-Version"] == "1.0.0"
    assert "creation" in told["Tus-Extension"]
    assert told["Tus-Max-Size"] == str(settings().max_video_bytes)


def test_an_upload_cut_at_any_byte_goes_on_from_there() -> None:
    tom, photo, media_id = Phone("tom"), a_photo(), new_id()
    tom.create(len(photo), media_id)
    at = 0
    for cut in (1, 63, 64, 65, 1000, 30_001, len(photo) - 1):

        async def parts(piece: bytes = photo[at:cut]) -> AsyncIterator[bytes | None]:
            yield piece
            yield None

        asyncio.run(lose(tom, media_id, at, parts()))
        at = tom.offset(media_id)
        assert at == cut

    assert tom.patch(media_id, at, photo[at:]).status_code == 204
    assert original(media_id) == photo


async def lose(phone: Phone, media_id: str, offset: int, parts: AsyncIterator[bytes | None]) -> None:
    await phone.patch_in_parts(media_id, offset, parts)


def test_a_phone_that_falls_silent_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PATIENCE", 0.05)
    tom, photo, media_id = Phone("tom"), a_photo(), new_id()
    tom.create(len(photo), media_id)

    async def parts() -> AsyncIterator[bytes | None]:
        yield photo[:500]
        await asyncio.Event().wait()

    asyncio.run(asyncio.wait_for(lose(tom, media_id, 0, parts()), 10))

    assert tom.offset(media_id) == 500


def test_two_pieces_at_once_never_mix() -> None:
    tom, photo, media_id = Phone("tom"), a_photo(), new_id()
    tom.create(len(photo), media_id)

    async def both() -> tuple[int, int]:
        first_has_begun, second_is_done = asyncio.Event(), asyncio.Event()

        async def slow() -> AsyncIterator[bytes | None]:
            yield photo[:1000]
            first_has_begun.set()
            await second_is_done.wait()
            yield photo[1000:]

        async def quick() -> AsyncIterator[bytes | None]:
            yield photo

        first = tom.patch_in_parts(media_id, 0, slow())
        await first_has_begun.wait()
        second = await tom.patch_in_parts(media_id, 0, quick())
        second_is_done.set()
        return await first, second

    assert asyncio.run(both()) == (204, 423)
    assert original(media_id) == photo


def test_another_process_that_writes_the_file_is_waited_for() -> None:
    tom, media_id = Phone("tom"), new_id()
    tom.create(1000, media_id)
    places.uploads().mkdir(exist_ok=True)
    with (places.uploads() / media_id).open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert tom.patch(media_id, 0, b"x" * 10).status_code == 423
        assert tom.discard(media_id).status_code == 423

    assert tom.patch(media_id, 0, a_photo()[:100]).status_code == 204


def test_a_piece_at_the_wrong_place_changes_nothing() -> None:
    tom, photo, media_id = Phone("tom"), a_photo(), new_id()
    tom.create(len(photo), media_id)
    tom.patch(media_id, 0, photo[:1000])

    assert tom.patch(media_id, 0, photo[:1000]).status_code == 409
    assert tom.patch(media_id, 2000, photo[2000:]).status_code == 409
    assert tom.offset(media_id) == 1000


def test_more_than_was_announced_is_refused() -> None:
    tom, photo, media_id = Phone("tom"), a_photo(), new_id()
    tom.create(1000, media_id)

    assert tom.patch(media_id, 0, photo).status_code == 413
    assert tom.offset(media_id) == 0

    async def parts() -> AsyncIterator[bytes | None]:
        yield photo[:900]
        yield photo[900:1800]

    assert asyncio.run(status_of(tom, media_id, 0, parts())) == 413
    assert tom.offset(media_id) <= 1000


async def status_of(phone: Phone, media_id: str, offset: int, parts: AsyncIterator[bytes | None]) -> int:
    return await phone.patch_in_parts(media_id, offset, parts)


def test_the_last_answer_may_be_lost() -> None:
    tom, photo = Phone("tom"), a_photo()
    media_id = tom.send(photo)

    assert tom.offset(media_id) == len(photo)
    assert tom.create(len(photo), media_id).headers["Upload-Offset"] == str(len(photo))
    assert tom.patch(media_id, len(photo), b"").status_code == 204
    assert tom.patch(media_id, 0, photo).status_code == 409
    assert due("media.make_variants") == 1
    assert find_orphans() == []


def test_a_crash_before_the_row_was_written_is_mended_by_the_next_question() -> None:
    tom, photo, media_id = Phone("tom"), a_photo(), new_id()
    tom.create(len(photo), media_id)
    places.uploads().mkdir(exist_ok=True)
    (places.uploads() / media_id).write_bytes(photo)

    assert tom.offset(media_id) == len(photo)

    assert original(media_id) == photo
    assert find_orphans() == []


def test_a_crash_between_row_and_cleaning_up_leaves_nothing() -> None:
    tom, photo = Phone("tom"), a_photo()
    media_id = tom.send(photo)
    left = places.uploads() / media_id
    left.write_bytes(photo)
    assert find_orphans() == [f"The file {media_id} in the uploads folder belongs to no upload."]

    assert tom.offset(media_id) == len(photo)
    stale = time.time() - 7200
    os.utime(left, (stale, stale))
    sweep_after(timedelta(0))

    assert find_orphans() == []
    assert original(media_id) == photo


def test_the_id_belongs_to_who_made_it() -> None:
    tom, ida, photo = Phone("tom"), Phone("ida"), a_photo()
    media_id = new_id()
    tom.create(len(photo), media_id)

    for _ in range(2):
        assert ida.create(len(photo), media_id).status_code == 409
        assert ida.head(media_id).status_code == 404
        assert ida.patch(media_id, 0, photo).status_code == 404
        assert ida.discard(media_id).status_code == 404
        tom.patch(media_id, 0, photo)
    assert original(media_id) == photo


def test_strangers_learn_nothing() -> None:
    tom, sam, nobody = Phone("tom"), Phone("sam"), Phone("")
    media_id = new_id()
    tom.create(1000, media_id)

    assert sam.create(1000).status_code == 404
    assert nobody.create(1000).status_code == 401
    assert Phone("sam", site="nowhere").create(1000).json() == sam.create(1000).json()
    for phone in (sam, nobody):
        known, unknown = phone.head(media_id), phone.head(new_id())
        assert known.status_code == unknown.status_code == (404 if phone is sam else 401)
        assert phone.patch(media_id, 0, b"x").json() == phone.patch(new_id(), 0, b"x").json()


def test_the_same_id_on_another_site_is_refused() -> None:
    with db.unit_of_work() as session:
        other = add_site(session, "oak", {"kim": Role.COORDINATOR})
        site_id = other.actor("kim").site_id
        account_id = session.exec(select(Member.account_id).where(Member.name == "Tom Lind")).one()
        session.add(Member(site_id=site_id, account_id=account_id, role=Role.FAMILY, name="Tom"))
    media_id = new_id()
    assert Phone("tom").create(1000, media_id).status_code == 201

    assert Phone("tom", site="oak").create(1000, media_id).status_code == 409


def allow_ida(**sections: Right) -> None:
    """What she may do there, and nothing else of what lets one send."""
    with db.unit_of_work() as session:
        ida = Cast(session).ida
        for section in ("journal", "messages", "schedule"):
            level = sections.get(section, Right.SEE)
            session.add(MemberGrant(member_id=ida.member_id, site_id=ida.site_id, section=section, level=level))


def test_who_may_write_nowhere_may_not_send() -> None:
    media_id = new_id()
    assert Phone("ida").create(1000, media_id).status_code == 201
    allow_ida(messages=Right.TAKE_PART, schedule=Right.TAKE_PART)

    assert Phone("ida").create(1000).status_code == 403
    assert Phone("ida").patch(media_id, 0, b"x").status_code == 403
    assert not (places.uploads() / media_id).exists()


@pytest.mark.parametrize(
    ("section", "right"), [("journal", Right.TAKE_PART), ("messages", Right.WRITE), ("schedule", Right.WRITE)]
)
def test_who_may_write_where_photos_stand_may_send(section: str, right: Right) -> None:
    allow_ida(**{section: right})
    ida = Phone("ida")

    assert ida.ask("GET", "/api/uploads?site=rose").status_code == 200
    assert ida.get(ida.send(a_photo()), "original").status_code == 200


def test_a_member_who_left_sends_no_more_bytes() -> None:
    tom, media_id = Phone("tom"), new_id()
    tom.create(1000, media_id)
    with db.unit_of_work() as session:
        session.get_one(Member, Cast(session).tom.member_id).left_at = clock.now()

    assert tom.patch(media_id, 0, b"x" * 10).status_code == 404
    assert not (places.uploads() / media_id).exists()


def test_another_website_cannot_send() -> None:
    tom = Phone("tom")
    assert tom.create(1000, Origin="https://elsewhere.example").status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2"}, 412),
        ({"Upload-Length": "many"}, 422),
        ({"Upload-Length": "-1"}, 422),
        ({"Upload-Length": "²"}, 422),
        ({"Upload-Metadata": "site !!!"}, 422),
        ({"Upload-Metadata": "site cm9zZQ==,media Li4vLi4vc2VjcmV0cw=="}, 422),
        ({"Upload-Metadata": ""}, 404),
    ],
)
def test_what_cannot_be_read_is_refused(headers: dict[str, str], status: int) -> None:
    raw = {name: value.encode() for name, value in headers.items()}
    answer = Phone("tom").create(1000, **raw)  # type: ignore[arg-type]

    assert answer.status_code == status
    assert answer.headers["Tus-Resumable"] == "1.0.0"


def test_a_piece_says_what_it_is_and_where_it_belongs() -> None:
    tom, media_id = Phone("tom"), new_id()
    tom.create(1000, media_id)

    assert tom.patch(media_id, 0, b"x", **{"Content-Type": "image/jpeg"}).status_code == 415
    assert tom.patch(media_id, 0, b"x", **{"Upload-Offset": ""}).status_code == 422
    assert tom.patch(media_id, 0, b"x", **{"Tus-Resumable": "9"}).status_code == 412
    assert tom.offset(media_id) == 0


def test_an_empty_file_is_refused_in_words() -> None:
    answer = Phone("tom").create(0)

    assert answer.status_code == 422
    assert answer.json()["words"] == "This file is empty."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Dear Rose, this is a letter.", "This file is neither a photo nor a video"),
        (b"PK\3\4" + b"\0" * 100_000, "This file is neither a photo nor a video"),
    ],
)
def test_what_is_no_photo_and_no_video_is_refused_as_soon_as_it_shows(content: bytes, words: str) -> None:
    tom, media_id = Phone("tom"), new_id()
    tom.create(len(content), media_id)

    answer = tom.patch(media_id, 0, content[:2000])

    assert answer.status_code == 422
    assert answer.json()["words"].startswith(words)
    assert tom.head(media_id).status_code == 404
    do_jobs()
    assert find_orphans() == []


def test_a_photo_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    tom, media_id = Phone("tom"), new_id()
    tom.create(settings().max_photo_bytes + 1, media_id)

    answer = tom.patch(media_id, 0, a_photo()[:2000])

    assert answer.status_code == 413
    assert answer.json()["words"] == "A photo or a PDF may have at most 40 MB."
    assert tom.head(media_id).status_code == 404


def test_a_video_above_the_limit_is_refused_before_its_first_byte() -> None:
    assert Phone("tom").create(settings().max_video_bytes).status_code == 201
    answer = Phone("tom").create(settings().max_video_bytes + 1)

    assert answer.status_code == 413
    assert answer.json()["words"] == "A video may have at most 2048 MB."


@pytest.mark.both_databases
def test_a_site_has_so_much_room_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_site_bytes", 100_000)
    tom, ida, photo = Phone("tom"), Phone("ida"), a_photo(100, 100)
    tom.send(photo)

    assert ida.create(100_001 - len(photo)).status_code == 413
    assert ida.create(100_000 - len(photo)).status_code == 201
    assert tom.create(1).status_code == 413


def test_a_full_disk_keeps_the_photo_on_the_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival, "LEAST_FREE", 10**18)

    assert Phone("tom").create(1000).status_code == 507


def test_a_disk_that_fills_meanwhile_takes_no_further_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    tom, photo = Phone("tom"), a_photo(100, 100)
    media_id = new_id()
    tom.create(len(photo), media_id)
    tom.patch(media_id, 0, photo[:100])

    with monkeypatch.context() as full:
        full.setattr(arrival, "LEAST_FREE", 10**18)
        assert tom.patch(media_id, 100, photo[100:]).status_code == 507
        assert tom.offset(media_id) == 100

    assert tom.patch(media_id, 100, photo[100:]).status_code == 204


def test_a_member_has_only_so_many_on_the_way() -> None:
    tom = Phone("tom")
    with db.unit_of_work() as session:
        who = Cast(session).tom
        later = clock.now() + timedelta(days=1)
        for _ in range(MAX_OPEN):
            session.add(Upload(id=new_id(), site_id=who.site_id, member_id=who.member_id, length=1, expires_at=later))

    assert tom.create(1000).status_code == 429
    assert Phone("ida").create(1000).status_code == 201


@pytest.mark.both_databases
def test_only_files_of_one_size_are_told_apart_by_their_bytes() -> None:
    tom, photo = Phone("tom"), a_photo()
    first, other, twin = (tom.send(content) for content in (photo, photo[:-1] + b"\0", photo))

    rows = {media_id: media_of(media_id) for media_id in (first, other, twin)}
    assert [row.stored_id if row else "" for row in rows.values()] == [first, other, first]
    assert len({row.sha256 for row in rows.values() if row}) == 2


def test_a_file_that_is_gone_stands_in_no_others_way() -> None:
    tom, photo = Phone("tom"), a_photo()
    tom.send(photo)
    for key in list(storage().keys("sites")):
        storage().delete(key)

    assert original(tom.send(photo)) == photo


def test_the_same_photo_twice_is_kept_once() -> None:
    tom, photo = Phone("tom"), a_photo()
    first, second = tom.send(photo), tom.send(photo)
    do_jobs()
    third = tom.send(photo)
    do_jobs()
    of_ida = Phone("ida").send(photo)
    do_jobs()

    for media_id in (first, second, third):
        media = media_of(media_id)
        assert media
        assert (media.state, media.stored_id, media.width) == (MediaState.READY, first, 400)
        assert tom.get(media_id).content == tom.get(first).content
    assert len({key.split("/")[-2] for key in storage().keys("sites")}) == 2
    assert media_of(of_ida).stored_id == of_ida  # type: ignore[union-attr]
    assert find_orphans() == []


@pytest.mark.both_databases
def test_an_upload_given_up_is_gone() -> None:
    tom, photo, media_id = Phone("tom"), a_photo(), new_id()
    tom.create(len(photo), media_id)
    tom.patch(media_id, 0, photo[:1000])

    assert tom.discard(media_id).status_code == 204

    assert tom.head(media_id).status_code == 404
    do_jobs()
    assert find_orphans() == []
    assert tom.create(len(photo), media_id).headers["Upload-Offset"] == "0"


def sweep_after(past: timedelta) -> None:
    """Let time pass, and the daily sweep run."""
    with clock.freeze(clock.now() + past):
        with db.unit_of_work() as session:
            enqueue(session, "media.sweep", {})
        do_jobs()


@pytest.mark.both_databases
def test_what_never_finished_goes_after_a_week() -> None:
    tom, photo, media_id = Phone("tom"), a_photo(), new_id()
    tom.create(len(photo), media_id)
    tom.patch(media_id, 0, photo[:1000])

    sweep_after(timedelta(days=7, hours=-1))
    assert tom.offset(media_id) == 1000
    sweep_after(timedelta(days=7, hours=1))

    assert tom.head(media_id).status_code == 404
    assert list(places.uploads().iterdir()) == []
    assert find_orphans() == []


def test_asking_again_and_each_piece_give_a_new_week() -> None:
    tom, photo, media_id = Phone("tom"), a_photo(), new_id()
    tom.create(len(photo), media_id)
    with clock.freeze(clock.now() + timedelta(days=6)):
        tom.create(len(photo), media_id)
    with clock.freeze(clock.now() + timedelta(days=12)):
        tom.patch(media_id, 0, photo[:1000])
    sweep_after(timedelta(days=18))

    with counted_statements() as statements, clock.freeze(clock.now() + timedelta(days=12, minutes=50)):
        assert tom.patch(media_id, 1000, photo[1000:2000]).status_code == 204
    assert not any(statement.startswith("UPDATE upload") for statement in statements)


def test_books_count_towards_the_room_of_a_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_site_bytes", 100_000)
    with db.unit_of_work() as session:
        tom = Cast(session).tom
        session.add(Book(site_id=tom.site_id, member_id=tom.member_id, size=60_000))

    assert Phone("tom").create(60_000).status_code == 413
    assert Phone("tom").create(30_000).status_code == 201


def test_what_pauses_for_a_day_holds_no_room_and_asks_for_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "max_site_bytes", 100_000)
    tom, ida, first = Phone("tom"), Phone("ida"), new_id()
    assert tom.create(60_000, first).status_code == 201
    assert ida.create(60_000).status_code == 413

    with clock.freeze(clock.now() + timedelta(hours=25)):
        assert ida.create(60_000).status_code == 201
        assert tom.create(60_000, first).status_code == 413
        assert tom.patch(first, 0, b"x" * 10).status_code == 413
    with clock.freeze(clock.now() + timedelta(hours=50)):
        assert tom.create(60_000, first).status_code == 201


def test_a_phone_that_comes_back_after_days_hears_that_its_photo_arrived() -> None:
    tom, photo = Phone("tom"), a_photo()
    media_id = tom.send(photo)
    with db.unit_of_work() as session:
        session.exec(select(Site)).one().cover_media_id = media_id
    sweep_after(timedelta(days=8))
    with db.reading() as session:
        assert session.get(Upload, media_id) is None

    assert tom.create(len(photo), media_id).headers["Upload-Offset"] == str(len(photo))
    assert tom.offset(media_id) == len(photo)
    assert Phone("ida").head(media_id).status_code == 404
    assert find_orphans() == []


def test_the_sweep_is_asked_for_once_a_day() -> None:
    tom = Phone("tom")
    tom.create(1000)
    tom.create(1000)
    assert due("media.sweep") == 1

    sweep_after(timedelta(days=8))

    assert due("media.sweep") == 0
    tom.create(1000)
    assert due("media.sweep") == 1


@contextmanager
def server(data: Path) -> Iterator[httpx.Client]:
    """A real server process on the same data folder, and Tom's browser in front of it. It is killed at the end."""
    db.dispose()
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--port", str(port)]
    running = subprocess.Popen(
        [*command, "--no-ws", "tests.phone:make_app"],
        env={**os.environ, "CAREAPP_DATA": str(data), "CAREAPP_URL": ORIGIN},
        cwd=Path(__file__).parents[1],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={**TUS, **Phone("tom").cookies}) as browser:
            wait_until(lambda: answers(browser))
            yield browser
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def answers(browser: httpx.Client) -> bool:
    try:
        return browser.options("/api/uploads").status_code == 204
    except httpx.TransportError:
        return False


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_server_killed_in_the_middle_goes_on_after_its_restart(data: Path) -> None:
    tom, photo, media_id = Phone("tom"), a_photo(1600, 1200), new_id()
    tom.create(len(photo), media_id)

    with server(data) as browser, begun(browser, media_id, photo, 600_000):
        wait_until(lambda: arrival.arrived_bytes(media_id) >= 250_000)
    with server(data) as browser:
        offset = int(browser.head(f"/api/uploads/{media_id}").headers["Upload-Offset"])
        assert 250_000 <= offset <= 600_000
        told = {"Upload-Offset": str(offset), "Content-Type": BYTES}
        rest = browser.patch(f"/api/uploads/{media_id}", content=photo[offset:], headers=told)
        assert rest.status_code == 204

    assert original(media_id) == photo
    assert find_orphans() == []


def test_a_cut_line_is_noticed_and_what_came_is_kept(data: Path) -> None:
    tom, photo, media_id = Phone("tom"), a_photo(1600, 1200), new_id()
    tom.create(len(photo), media_id)

    with server(data) as browser:
        with begun(browser, media_id, photo, 100_001):
            pass
        wait_until(lambda: arrival.arrived_bytes(media_id) == 100_001)
        assert browser.head(f"/api/uploads/{media_id}").headers["Upload-Offset"] == "100001"


@contextmanager
def begun(browser: httpx.Client, media_id: str, photo: bytes, sent: int) -> Iterator[None]:
    """A PATCH that announces the whole photo and sends only so many bytes; the line is cut at the end."""
    told = {**browser.headers, "Upload-Offset": "0", "Content-Type": BYTES, "Content-Length": str(len(photo))}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    address = (browser.base_url.host, browser.base_url.port or 80)
    with socket.create_connection(address) as line:
        line.sendall(f"PATCH /api/uploads/{media_id} HTTP/1.1\r\nHost: {address[0]}\r\n{head}\r\n".encode())
        line.sendall(photo[:sent])
        yield


def test_what_may_be_sent_is_told_to_members_with_the_room_that_is_left() -> None:
    before = Phone("ida").ask("GET", "/api/uploads?site=rose").json()
    Phone("tom").create(1_000_000)

    after = Phone("ida").ask("GET", "/api/uploads?site=rose").json()

    assert (before["photo_bytes"], before["video_bytes"], before["video_minutes"]) == (40 * 2**20, 2 * 2**30, 20)
    assert before["room"] - after["room"] == 1_000_000
    assert Phone("sam").ask("GET", "/api/uploads?site=rose").status_code == 404
    assert Phone("").ask("GET", "/api/uploads?site=rose").status_code == 401
