"""What another app shares where no service worker takes it: a draft for who is signed in, else nothing, and words."""

import asyncio
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from httpx import ASGITransport, AsyncClient, Response
from sqlmodel import select

from careapp import db
from careapp.api import share_target
from careapp.media import arrival, places
from careapp.models import Media, Update, UpdateMedia, Upload
from tests.cast import Cast
from tests.client import HOME, Browser, front
from tests.phone import a_photo

PHOTO = ("lake.jpg", a_photo(), "image/jpeg")


def share(who: str, text: str = "From the train", *files: tuple[str, bytes, str], **headers: str) -> Response:
    said = {"title": "", "text": text, "url": ""}
    return Browser(who).post(
        "/share-target", data=said, files=[("files", file) for file in files] or None, headers=headers
    )


def rows() -> tuple[list[Update], list[Media], list[UpdateMedia]]:
    with db.reading() as session:
        return (
            list(session.exec(select(Update))),
            list(session.exec(select(Media))),
            list(session.exec(select(UpdateMedia))),
        )


def problem(answer: Response) -> str:
    assert answer.status_code == 303
    return answer.headers["Location"].removeprefix("/received?problem=")


def test_text_and_photo_become_a_draft_that_the_composer_opens(stored_site: Cast) -> None:
    answer = share("tom", "From the train", PHOTO)

    updates, media, placed = rows()
    assert [(update.text, update.published_at) for update in updates] == [("From the train", None)]
    assert [(one.update_id, one.media_id) for one in placed] == [(updates[0].id, media[0].id)]
    assert answer.headers["Location"] == f"/write?site=rose&update={updates[0].id}"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_two_taps_make_one_draft(stored_site: Cast) -> None:
    first, second = share("tom", "Twice", PHOTO), share("tom", "Twice", PHOTO)

    assert first.headers["Location"] == second.headers["Location"]
    assert [len(found) for found in rows()] == [1, 1, 1]


def test_what_several_people_share_is_in_memory_one_after_the_other(
    stored_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, at_once, most = share_target._kept, [], 0

    def slowly(*told: Any) -> str:
        nonlocal most
        at_once.append(told)
        most = max(most, len(at_once))
        time.sleep(0.2)
        at_once.pop()
        return kept(*told)

    async def all_share() -> list[Response]:
        toms = {"Origin": HOME, "Cookie": "careapp=token-of-tom"}
        async with AsyncClient(transport=ASGITransport(app=front()), base_url=HOME, headers=toms) as client:
            shares = [client.post("/share-target", data={"text": text}) for text in ("One", "Two", "Three")]
            return await asyncio.gather(*shares)

    monkeypatch.setattr(share_target, "_kept", slowly)
    answers = asyncio.run(all_share())

    assert [answer.status_code for answer in answers] == [303] * 3
    assert most == 1
    assert sorted(update.text for update in rows()[0]) == ["One", "Three", "Two"]


def test_title_text_and_address_are_each_said_once(stored_site: Cast) -> None:
    said = {"title": "A walk", "text": "A walk https://example.org/a", "url": "https://example.org/a"}
    Browser("tom").post("/share-target", data=said)

    assert [update.text for update in rows()[0]] == ["A walk https://example.org/a"]


@pytest.mark.parametrize(
    ("who", "text", "files", "headers", "why"),
    [
        ("", "Hello", [PHOTO], {}, "signed_out"),
        ("ida", "Hello", [PHOTO], {}, "role"),
        ("tom", "", [], {}, "nothing"),
        ("tom", "", [("a.exe", b"MZ" * 900, "image/jpeg")], {}, "kind"),
        ("tom", "Hello", [PHOTO], {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, "foreign"),
        ("tom", "Hello", [PHOTO] * 21, {}, "broken"),
    ],
)
def test_what_cannot_be_kept_is_not_and_that_is_said(
    stored_site: Cast, who: str, text: str, files: list[tuple[str, bytes, str]], headers: dict[str, str], why: str
) -> None:
    answer = share(who, text, *files, **headers)

    assert problem(answer) == why
    assert rows() == ([], [], [])
    with db.reading() as session:
        assert session.exec(select(Upload).where(Upload.finished_at.is_(None))).all() == []  # type: ignore[union-attr]
    assert not places.uploads().exists() or not list(Path(places.uploads()).iterdir())


def test_what_the_phone_itself_sends_names_no_origin(stored_site: Cast) -> None:
    browser = Browser("tom")
    del browser.headers["Origin"]

    answer = browser.post("/share-target", data={"text": "Hello"}, headers={"Origin": "null", "Sec-Fetch-Site": "none"})

    assert answer.headers["Location"].startswith("/write?")


def test_what_is_too_large_is_given_up_on_the_way(stored_site: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_target, "MOST_BYTES", 20_000)

    assert problem(share("tom", "Hello", PHOTO)) == "large"
    assert rows() == ([], [], [])


def test_what_is_left_out_is_named_where_the_draft_is_opened(stored_site: Cast) -> None:
    answer = share("tom", "Look 🍲" * 20_000, PHOTO, ("a.exe", b"MZ" * 900, "image/jpeg"), ("b.jpg", b"", "image/jpeg"))

    (update,), media, _ = rows()
    assert (len(update.text), len(media)) == (100_000, 1)
    left = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["left"]
    assert left == f"… {('Look 🍲' * 20)[4:64]}, a.exe, b.jpg"


def test_a_full_disk_takes_nothing_and_says_so(stored_site: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrival, "LEAST_FREE", 10**18)

    assert problem(share("tom", "Hello", PHOTO)) == "full"
    assert rows() == ([], [], [])
