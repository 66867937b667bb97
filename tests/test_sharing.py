"""One update or photo by a link: who may, what it shows, and that it shows nothing else and nothing later."""

import logging
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlmodel import Session, select

from careapp import clock, db
from careapp.access import Actor, Role
from careapp.adapters.storage import storage
from careapp.clock import now
from careapp.errors import NotAllowed, NotFound
from careapp.ids import new_id
from careapp.logs import clean
from careapp.media import places
from careapp.models import Account, Audience, Media, Member, SharedLink, Site, Update, UpdateMedia, UpdateReader
from careapp.sharing.commands import RevokeLink, ShareByLink, revoke_link, share_by_link
from careapp.sharing.links import address_of, first_name, secret_of
from careapp.sharing.share import Before, WhatToShare, links, share
from careapp.sharing.shared import WhichLink, shared, shared_file
from careapp.sharing.views import SharedView
from careapp.sites.people import ChangeRole, RemoveMember, change_role, remove_member
from tests.cast import Cast
from tests.client import Browser
from tests.statements import counted_statements

PAGE = {"Sec-Fetch-Dest": "document"}


def posted(session: Session, by: Actor, text: str = "A good night.", **more: Any) -> Update:
    update = Update(site_id=by.site_id, author_id=by.member_id, text=text, **{"published_at": now(), **more})
    session.add(update)
    session.flush()
    return update


def with_photo(session: Session, update: Update, **more: Any) -> Media:
    photo = Media(
        id=new_id(), site_id=update.site_id, uploader_id=update.author_id, sha256="x", size=1, stored_id=new_id(),
        **{"state": "ready", "width": 4, "height": 3, **more},
    )  # fmt: skip
    session.add(photo)
    session.flush()
    session.add(UpdateMedia(update_id=update.id, media_id=photo.id, position=0, alt="Rose in the garden"))
    session.flush()
    return photo


def linked(session: Session, by: Actor, update: Update, **said: Any) -> SharedLink:
    made = share_by_link(session, by, ShareByLink(update_id=update.id, **said))
    return session.get_one(SharedLink, made.link_id)


def opened(session: Session, link: SharedLink) -> SharedView:
    session.flush()
    return shared(session, Actor(), WhichLink(link=secret_of(link)))


def test_whoever_has_the_link_sees_the_update_and_only_first_names(session: Session, rose_site: Cast) -> None:
    update = posted(session, rose_site.tom, milestone="First walk")
    photo = with_photo(session, update)

    view = opened(session, linked(session, rose_site.maya, update))

    assert (view.sharer, view.author, view.milestone) == ("Maya", "Tom", "First walk")
    assert [part.text for part in view.parts] == ["A good night."]
    assert [(one.id, one.alt) for one in view.photos] == [(photo.id, "Rose in the garden")]
    assert view.preview_id == ""


@pytest.mark.both_databases
def test_a_link_to_one_photo_shows_that_photo_without_the_words(session: Session, rose_site: Cast) -> None:
    update = posted(session, rose_site.maya, milestone="First walk")
    photo, other = with_photo(session, update), with_photo(session, update)

    link = linked(session, rose_site.maya, update, media_id=photo.id)
    view = opened(session, link)

    assert (view.parts, view.milestone, [one.id for one in view.photos]) == ((), "", [photo.id])
    assert view.preview_id == photo.id
    assert shared_file(session, secret_of(link), photo.id, "960").key
    with pytest.raises(NotFound):
        shared_file(session, secret_of(link), other.id, "960")


@pytest.mark.both_databases
def test_the_author_shares_anything_and_who_manages_the_journal_what_is_for_everyone(
    session: Session, rose_site: Cast
) -> None:
    for_all = posted(session, rose_site.tom)
    for_family = posted(session, rose_site.tom, audience=Audience.FAMILY)

    assert opened(session, linked(session, rose_site.maya, for_all)).sharer == "Maya"
    assert opened(session, linked(session, rose_site.tom, for_family)).sharer == "Tom"
    for who, update in (("maya", for_family), ("ida", for_all), ("cole", for_all)):
        with pytest.raises(NotAllowed):
            linked(session, rose_site.actor(who), update)
        with pytest.raises(NotAllowed):
            share(session, rose_site.actor(who), WhatToShare(update=update.id))
    with pytest.raises(NotFound):
        linked(session, rose_site.ida, for_family)


def test_a_draft_is_shared_by_nobody_not_even_its_author(session: Session, rose_site: Cast) -> None:
    with pytest.raises(NotAllowed):
        linked(session, rose_site.maya, posted(session, rose_site.maya, published_at=None))


def test_a_photo_of_another_update_cannot_be_shared_with_this_one(session: Session, rose_site: Cast) -> None:
    here, there = posted(session, rose_site.maya), posted(session, rose_site.maya)
    photo = with_photo(session, there)
    waiting = with_photo(session, here, state="waiting")

    for media_id in (photo.id, waiting.id, new_id()):
        with pytest.raises(NotFound):
            linked(session, rose_site.maya, here, media_id=media_id)


def ends() -> dict[str, Any]:
    """Everything after which a link shows nothing."""

    def revoked(session: Session, site: Cast, link: SharedLink, update: Update) -> None:
        revoke_link(session, site.tom, RevokeLink(link_id=link.id))

    def deleted(session: Session, site: Cast, link: SharedLink, update: Update) -> None:
        update.deleted_at = now()

    def narrowed(session: Session, site: Cast, link: SharedLink, update: Update) -> None:
        update.audience = Audience.FAMILY

    def left_without_the_photo(session: Session, site: Cast, link: SharedLink, update: Update) -> None:
        session.delete(session.exec(select(UpdateMedia).where(UpdateMedia.update_id == update.id)).one())

    def removed(session: Session, site: Cast, link: SharedLink, update: Update) -> None:
        remove_member(session, site.maya, RemoveMember(member_id=site.tom.member_id))

    def site_deleted(session: Session, site: Cast, link: SharedLink, update: Update) -> None:
        session.get_one(Site, link.site_id).deleted_at = now()

    def run_out(session: Session, site: Cast, link: SharedLink, update: Update) -> None:
        link.expires_at = now() - timedelta(seconds=1)

    told = (revoked, deleted, narrowed, left_without_the_photo, removed, site_deleted, run_out)
    return {end.__name__: end for end in told}


@pytest.mark.parametrize("end", ends().values(), ids=ends().keys())
def test_a_link_that_ended_answers_as_one_that_never_was(session: Session, rose_site: Cast, end: Any) -> None:
    update = posted(session, rose_site.tom)
    photo = with_photo(session, update)
    link = linked(session, rose_site.tom, update, media_id=photo.id)
    assert opened(session, link).is_photo

    end(session, rose_site, link, update)

    session.flush()
    with pytest.raises(NotFound):
        opened(session, link)
    with pytest.raises(NotFound):
        shared_file(session, secret_of(link), photo.id, "960")


def test_who_shared_what_another_wrote_and_manages_the_journal_no_longer_shows_it(
    session: Session, rose_site: Cast
) -> None:
    session.get_one(Member, rose_site.cole.member_id).role = Role.CO_CAREGIVER
    session.flush()
    link = linked(session, rose_site.cole, posted(session, rose_site.tom))
    assert opened(session, link)

    change_role(session, rose_site.maya, ChangeRole(member_id=rose_site.cole.member_id, role=Role.FRIEND))

    with pytest.raises(NotFound):
        opened(session, link)


def test_secrets_cannot_be_guessed_from_ids_or_changed(session: Session, rose_site: Cast) -> None:
    link = linked(session, rose_site.maya, posted(session, rose_site.maya))
    other = linked(session, rose_site.maya, posted(session, rose_site.maya))
    proof = secret_of(link).split(".")[1]

    for wrong in ("", "x", link.id, f"{link.id}.", f"{link.id}.{'0' * 32}", f"{other.id}.{proof}", f"{link.id}.é"):
        with pytest.raises(NotFound):
            shared(session, Actor(), WhichLink(link=wrong))
    assert proof not in (link.nonce, link.id)


@pytest.mark.both_databases
def test_a_coordinator_sees_all_open_links_but_those_to_what_they_do_not_see(session: Session, rose_site: Cast) -> None:
    everyones = linked(session, rose_site.maya, posted(session, rose_site.maya))
    private = posted(session, rose_site.tom, audience=Audience.NAMED)
    session.add(UpdateReader(update_id=private.id, member_id=rose_site.ida.member_id))
    toms = linked(session, rose_site.tom, private)
    gone = linked(session, rose_site.maya, posted(session, rose_site.maya), days=1)
    revoke_link(session, rose_site.maya, RevokeLink(link_id=gone.id))

    def seen(name: str) -> list[str]:
        return [one.id for one in links(session, rose_site.actor(name), Before()).links]

    assert (seen("maya"), seen("tom"), seen("ida")) == ([everyones.id], [toms.id], [])
    with pytest.raises(NotFound):
        revoke_link(session, rose_site.ida, RevokeLink(link_id=everyones.id))
    with pytest.raises(NotFound):
        revoke_link(session, rose_site.maya, RevokeLink(link_id=toms.id))


@pytest.mark.both_databases
def test_links_come_a_page_at_a_time_and_none_twice(session: Session, rose_site: Cast) -> None:
    update = posted(session, rose_site.maya)
    made = {linked(session, rose_site.maya, update).id for _ in range(23)}

    first = links(session, rose_site.maya, Before())
    second = links(session, rose_site.maya, Before(before=first.older))

    assert (len(first.links), len(second.links), second.older) == (20, 3, "")
    assert {one.id for one in (*first.links, *second.links)} == made


def test_an_author_takes_back_what_another_shared_of_theirs(session: Session, rose_site: Cast) -> None:
    link = linked(session, rose_site.maya, posted(session, rose_site.tom))

    revoke_link(session, rose_site.tom, RevokeLink(link_id=link.id))

    with pytest.raises(NotFound):
        opened(session, link)


def test_a_form_of_address_is_no_first_name() -> None:
    assert [first_name(name) for name in ("Maya Lind", "Dr Cole", "Dr. Ann Cole", "Rose", "")] == [
        "Maya",
        "Dr Cole",
        "Dr. Ann Cole",
        "Rose",
        "",
    ]


# --- over HTTP ---


@pytest.fixture
def stored(stored_site: Cast) -> dict[str, str]:
    """An update with a photo whose sizes lie in the storage, shared by Maya with a preview; the ids of all that."""
    with db.unit_of_work() as session:
        maya = Cast(session).maya
        update = posted(session, maya, text="A good night. <b>See</b> https://example.org/x")
        photo, other = with_photo(session, update), with_photo(session, posted(session, maya))
        for media in (photo, other):
            for size in (*places.SIZES, places.ORIGINAL):
                storage().put(places.key(maya.site_id, media.stored_id, size), b"webp", "image/webp")
        link = linked(session, maya, update, previews_photo=True)
        return {
            "link": link.id, "secret": secret_of(link), "photo": photo.id, "other": other.id, "update": update.id,
            "address": address_of(link),
        }  # fmt: skip


def test_the_page_shows_the_update_without_script_store_referrer_or_robots(stored: dict[str, str]) -> None:
    url = urlsplit(stored["address"])
    answer = Browser().get(f"{url.path}?{url.query}")

    assert answer.status_code == 200
    assert "A good night. " in answer.text
    assert "&lt;b&gt;See&lt;/b&gt;" in answer.text
    assert "<script" not in answer.text
    assert "Lind" not in answer.text  # neither a family name nor the site's
    assert "Looking after" not in answer.text
    assert stored["update"] not in answer.text
    headers = answer.headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]
    assert "script-src" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert 'content="Maya shared something with you"' in answer.text


@pytest.mark.parametrize(
    ("cookie", "said"), [("", "4 May 2026, 9:30\u202fAM"), ("tz=America/New_York", "3 May 2026, 5:30\u202fPM")]
)
def test_days_and_hours_are_those_of_who_reads_else_of_who_shared(
    stored: dict[str, str], cookie: str, said: str
) -> None:
    at = datetime(2026, 5, 3, 21, 30, tzinfo=UTC)
    with db.unit_of_work() as session:
        session.get_one(SharedLink, stored["link"]).expires_at = at
        session.get_one(Account, Cast(session).maya.account_id).time_zone = "Pacific/Auckland"

    with clock.freeze(at - timedelta(days=1)):
        page = Browser().get("/shared", params={"link": stored["secret"]}, headers={"Cookie": cookie}).text

    assert said in re.sub("<[^>]+>", "", page)


def test_a_photo_stands_in_the_preview_only_where_that_was_wanted(stored: dict[str, str]) -> None:
    page = Browser().get("/shared", params={"link": stored["secret"]}).text
    assert f"/shared/{stored['photo']}/960?link=" in page.split("<style>")[0]

    with db.unit_of_work() as session:
        session.get_one(SharedLink, stored["link"]).previews_photo = False

    head = Browser().get("/shared", params={"link": stored["secret"]}).text.split("<style>")[0]
    assert stored["photo"] not in head
    assert "/icons/icon-512.png" in head


def test_its_photos_come_through_the_link_and_nothing_else_does(stored: dict[str, str]) -> None:
    browser, link = Browser(), {"link": stored["secret"]}

    shown = browser.get(f"/shared/{stored['photo']}/960", params=link)
    assert (shown.status_code, shown.content) == (200, b"webp")
    assert shown.headers["Cache-Control"] == "private, no-store"
    refused = [
        browser.get(f"/shared/{stored['photo']}/original", params=link),
        browser.get(f"/shared/{stored['other']}/960", params=link),
        browser.get(f"/shared/{new_id()}/960", params=link),
        browser.get(f"/shared/{stored['photo']}/960"),
        browser.get(f"/shared/{stored['photo']}/960", params={"link": f"{stored['link']}.{'0' * 32}"}),
        browser.get(f"/shared/{stored['photo']}/../960", params=link),
    ]
    assert {answer.status_code for answer in refused} == {404}
    for elsewhere in (f"/media/{stored['photo']}/960", f"/media/{stored['photo']}/960?link={stored['secret']}"):
        assert browser.get(elsewhere).status_code in (401, 404)


def test_every_link_that_shows_nothing_is_answered_with_the_same_bytes(stored: dict[str, str]) -> None:
    browser = Browser()
    with db.unit_of_work() as session:
        session.get_one(SharedLink, stored["link"]).revoked_at = now()
    tried = ["", "x", stored["secret"], stored["link"], f"{new_id()}.{'0' * 32}", "é" * 5000]

    answers = [browser.get("/shared", params={"link": link}) for link in tried]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "This link shows nothing" in answers[0].text


def test_what_a_persons_browser_opens_is_counted_and_what_a_chat_fetches_is_not(stored: dict[str, str]) -> None:
    browser, link = Browser(), {"link": stored["secret"]}

    browser.get("/shared", params=link)
    browser.head("/shared", params=link)
    browser.get("/shared", params=link, headers=PAGE)
    browser.get("/shared", params=link, headers={**PAGE, "Sec-Purpose": "prefetch"})

    with db.reading() as session:
        assert session.get_one(SharedLink, stored["link"]).opened == 1
    counting = browser.write("sharing.count_opening", link, site=None)
    assert counting.status_code == 404


@pytest.mark.usefixtures("one_moment")
def test_trying_links_is_slowed_down(stored: dict[str, str]) -> None:
    browser = Browser(address="203.0.113.9")
    codes = [browser.get(f"/shared/{new_id()}/960", params={"link": "x"}).status_code for _ in range(61)]

    assert (codes[0], codes[-1]) == (404, 429)


def test_a_secret_is_neither_stored_nor_logged(stored: dict[str, str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        Browser().get("/shared", params={"link": stored["secret"]})
    proof = stored["secret"].split(".")[1]

    assert proof not in "".join(record.getMessage() for record in caplog.records if record.name != "httpx")
    assert proof not in clean(f"GET /shared?link={stored['secret']} HTTP/1.1")
    assert proof not in clean(f"/join?invitation={stored['secret']}")
    with db.reading() as session:
        rows = session.execute(SharedLink.__table__.select()).all()  # type: ignore[attr-defined]
    assert proof not in str(rows)


def test_a_page_of_links_takes_a_fixed_number_of_statements(session: Session, rose_site: Cast) -> None:
    update = posted(session, rose_site.maya)
    with_photo(session, update)
    counts = []
    for _ in range(2):
        linked(session, rose_site.maya, update)
        session.flush()
        with counted_statements() as seen:
            links(session, rose_site.maya, Before())
            share(session, rose_site.maya, WhatToShare(update=update.id))
        counts.append(len(seen))

    assert counts[0] == counts[1]
