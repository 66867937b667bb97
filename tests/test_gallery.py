"""All photos and videos that each may see, by month, page by page."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from careapp import features
from careapp.access import Actor, Right, Section
from careapp.clock import now
from careapp.errors import NotFound
from careapp.gallery.queries import PAGE, Place, more_photos, photos
from careapp.gallery.views import GalleryView, Item, MoreView
from careapp.ids import new_id
from careapp.models import Audience, Media, Message, MessageMedia, Update, UpdateMedia, UpdateReader
from tests.cast import Cast
from tests.client import Browser
from tests.statements import counted_statements

MARCH = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

features.load()


def a_medium(session: Session, by: Actor, at: datetime = MARCH, **more: object) -> Media:
    media_id = new_id()
    told = {"state": "ready", "sha256": media_id, "size": 1, "stored_id": media_id, "width": 4, "height": 3, **more}
    medium = Media(id=media_id, site_id=by.site_id, uploader_id=by.member_id, created_at=at, **told)
    session.add(medium)
    session.flush()
    return medium


def shown(session: Session, by: Actor, at: datetime = MARCH, alt: str = "", **more: object) -> Media:
    """A photo in an update of its own."""
    told = {"published_at": at, **more}
    update = Update(site_id=by.site_id, author_id=by.member_id, **told)
    medium = a_medium(session, by, at)
    session.add(update)
    session.flush()
    session.add(UpdateMedia(update_id=update.id, media_id=medium.id, position=0, alt=alt))
    session.flush()
    return medium


def in_message(session: Session, by: Actor, at: datetime = MARCH) -> Media:
    message, medium = Message(site_id=by.site_id, author_id=by.member_id), a_medium(session, by, at)
    session.add(message)
    session.flush()
    session.add(MessageMedia(message_id=message.id, media_id=medium.id, position=0))
    session.flush()
    return medium


def many(session: Session, by: Actor, n: int, apart: timedelta = timedelta(hours=7)) -> list[str]:
    """Newest first."""
    return [shown(session, by, MARCH - k * apart).id for k in range(n)]


def items(view: GalleryView | MoreView) -> list[Item]:
    return [item for month in view.months for item in month.items]


def ids(view: GalleryView | MoreView) -> list[str]:
    return [item.id for item in items(view)]


def test_photos_of_updates_and_messages_stand_together_newest_first(session: Session, rose_site: Cast) -> None:
    old = shown(session, rose_site.maya, MARCH - timedelta(days=40), alt="Rose in the garden")
    new = in_message(session, rose_site.tom)

    view = photos(session, rose_site.ida, Place())

    assert [(month.name, [item.id for item in month.items]) for month in view.months] == [
        ("March 2026", [new.id]),
        ("January 2026", [old.id]),
    ]
    assert [(item.who, item.alt, item.to.split("?")[0]) for item in items(view)] == [
        ("Tom Lind", "Photo by Tom Lind", "/message"),
        ("Maya Lind", "Rose in the garden", "/update"),
    ]
    assert (view.total, [month.n for month in view.every_month]) == (2, [1, 1])


def test_who_may_not_see_an_update_sees_none_of_its_photos(session: Session, rose_site: Cast) -> None:
    shown(session, rose_site.maya, audience=Audience.FAMILY)
    named = shown(session, rose_site.tom, audience=Audience.NAMED)
    of = session.exec(select(UpdateMedia.update_id).where(UpdateMedia.media_id == named.id)).one()
    session.add(UpdateReader(update_id=of, member_id=rose_site.ida.member_id))
    session.flush()

    assert ids(photos(session, rose_site.ida, Place())) == [named.id]
    assert ids(photos(session, rose_site.cole, Place())) == []
    assert photos(session, rose_site.cole, Place()).total == 0
    assert named.id not in ids(photos(session, rose_site.maya, Place()))


def test_drafts_and_what_was_taken_away_or_is_not_ready_are_not_there(session: Session, rose_site: Cast) -> None:
    shown(session, rose_site.maya, published_at=None)
    shown(session, rose_site.maya, deleted_at=now())
    shown(session, rose_site.maya).state = "waiting"
    a_medium(session, rose_site.maya)
    in_message(session, rose_site.maya)
    session.exec(select(Message)).one().deleted_at = now()
    session.flush()

    view = photos(session, rose_site.maya, Place())

    assert ids(view) == []
    assert view.is_empty


def test_without_the_right_to_read_messages_their_photos_are_not_there(session: Session, rose_site: Cast) -> None:
    in_message(session, rose_site.tom)
    ida = rose_site.ida
    deaf = Actor(**{**vars(ida), "rights": {**ida.rights, Section.MESSAGES: Right.NONE}})

    assert ids(photos(session, deaf, Place())) == []
    assert len(ids(photos(session, ida, Place()))) == 1


def test_a_photo_that_was_shown_twice_stands_there_once(session: Session, rose_site: Cast) -> None:
    medium = shown(session, rose_site.maya)
    again = Update(site_id=medium.site_id, author_id=rose_site.maya.member_id, published_at=now())
    session.add(again)
    session.flush()
    session.add(UpdateMedia(update_id=again.id, media_id=medium.id, position=0, alt="Again"))
    session.flush()

    view = photos(session, rose_site.tom, Place())

    assert [(item.id, item.alt) for item in items(view)] == [(medium.id, "Again")]
    assert view.total == 1


def test_months_are_those_of_the_readers_own_calendar(session: Session, rose_site: Cast) -> None:
    shown(session, rose_site.maya, datetime(2026, 3, 1, 2, 0, tzinfo=UTC))
    maya = rose_site.maya
    in_madrid = Actor(**{**vars(maya), "time_zone": "Europe/Madrid", "language": "es"})
    in_new_york = Actor(**{**vars(maya), "time_zone": "America/New_York"})

    assert [month.name for month in photos(session, in_madrid, Place()).months] == ["Marzo de 2026"]
    assert [month.name for month in photos(session, in_new_york, Place()).months] == ["February 2026"]
    assert photos(session, in_new_york, Place()).every_month[0].key == "2026-02"


def test_a_jump_to_a_month_begins_with_its_last_photo(session: Session, rose_site: Cast) -> None:
    shown(session, rose_site.maya, datetime(2026, 4, 1, 12, tzinfo=UTC))
    march = shown(session, rose_site.maya, datetime(2026, 3, 31, 12, tzinfo=UTC))
    older = shown(session, rose_site.maya, datetime(2025, 12, 31, 12, tzinfo=UTC))

    assert ids(photos(session, rose_site.maya, Place(month="2026-03"))) == [march.id, older.id]
    assert ids(photos(session, rose_site.maya, Place(month="2025-12"))) == [older.id]
    assert not photos(session, rose_site.maya, Place(month="2025-12")).is_first_page


@pytest.mark.parametrize("wrong", [{"month": "x"}, {"month": "2026-13"}, {"month": "9999-12"}, {"before": "x"}])
def test_what_is_no_place_in_the_gallery_is_not_found(session: Session, rose_site: Cast, wrong: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        photos(session, rose_site.maya, Place(**wrong))


def test_page_by_page_each_photo_comes_once_though_others_arrive(session: Session, rose_site: Cast) -> None:
    expected = many(session, rose_site.tom, 2 * PAGE + 5)
    view: GalleryView | MoreView = photos(session, rose_site.maya, Place())
    found = ids(view)
    shown(session, rose_site.tom, MARCH + timedelta(days=1))
    while view.older:
        view = more_photos(session, rose_site.maya, Place(before=view.older))
        found += ids(view)

    assert found == expected


def test_two_thousand_photos_take_as_many_statements_as_ten(session: Session, rose_site: Cast) -> None:
    maya, tom = rose_site.maya, rose_site.tom
    many(session, tom, 10)
    with counted_statements() as few:
        photos(session, maya, Place())
    many(session, tom, 1990, timedelta(minutes=3))
    with counted_statements() as lots:
        view = photos(session, maya, Place())

    assert (len(lots), view.total) == (len(few), 2000)
    assert len(few) <= 7


def test_a_page_that_is_open_fetches_what_follows(stored_site: Cast) -> None:
    with Browser("tom") as browser:
        answer = browser.get("/api/photos", params={"site": "rose"})
        missing = browser.get("/api/photos", params={"site": "nowhere"})
        wrong = browser.get("/api/photos", params={"site": "rose", "before": "x"})
    with Browser() as nobody:
        closed = nobody.get("/api/photos", params={"site": "rose"})

    assert answer.json() == {"months": [], "older": ""}
    assert answer.headers["Cache-Control"] == "no-store"
    assert (missing.status_code, wrong.status_code, closed.status_code) == (404, 404, 401)
