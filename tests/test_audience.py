"""Who sees an update, and the photos in it."""

import pytest
from sqlmodel import Session, col, select

from careapp.adapters.images import Why
from careapp.errors import Invalid, NotAllowed, NotFound
from careapp.ids import new_id
from careapp.journal.commands import PostUpdate
from careapp.journal.operations import edit_update, post_update
from careapp.media.operations import refuse
from careapp.models import Audience, Comment, Kind, Media, Member, Notice, UpdateReader
from careapp.notify.words import spoken
from careapp.perform import parse
from tests.cast import START, Cast
from tests.journal_writing import LOOKS, alone, chosen, edit, feed, photo, post, reply
from tests.notices import with_phones

READERS = {
    "everyone": {"maya", "tom", "ida", "cole", "rose"},
    "family": {"maya", "tom", "rose"},
    "care_team": {"maya", "tom", "cole", "rose"},
    "named": {"tom", "ida"},
}


@pytest.mark.parametrize("audience", list(READERS))
@pytest.mark.parametrize("name", ["maya", "tom", "ida", "cole", "rose"])
def test_an_update_and_its_photo_and_comments_are_there_for_its_readers_alone(
    session: Session, rose_site: Cast, audience: str, name: str
) -> None:
    """Tom writes; named is Ida."""
    readers = (rose_site.ida.member_id,) if audience == "named" else ()
    media_id = photo(session, rose_site.tom)
    update_id = post(session, rose_site.tom, audience=Audience(audience), readers=readers, photos=chosen(media_id))
    comment_id = reply(session, rose_site.tom, update_id)
    may_see = name in READERS[audience]

    assert [card.id for card in feed(session, rose_site.actor(name)).updates] == ([update_id] if may_see else [])
    for look in LOOKS:
        if may_see:
            look(session, rose_site, name, update_id, media_id)
        else:
            with pytest.raises(NotFound):
                look(session, rose_site, name, update_id, media_id)
    assert session.get_one(Comment, comment_id).update_id == update_id


def test_named_readers_must_be_chosen_and_belong_here(session: Session, rose_site: Cast) -> None:
    ida = rose_site.ida.member_id
    session.get_one(Member, ida).left_at = START

    for readers in [(), (rose_site.tom.member_id,), (ida,), (new_id(),)]:
        with pytest.raises(Invalid) as refusal:
            post(session, rose_site.tom, audience=Audience.NAMED, readers=readers)
        assert "readers" in refusal.value.fields


def test_readers_are_forgotten_when_the_audience_changes(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom, audience=Audience.NAMED, readers=(rose_site.ida.member_id,))

    edit_update(session, rose_site.tom, edit(update_id, "For the family", audience=Audience.FAMILY))

    assert session.exec(select(UpdateReader)).all() == []
    assert feed(session, rose_site.ida).updates == ()


def test_who_corrects_an_update_of_another_keeps_its_readers_also_those_who_left(
    session: Session, rose_site: Cast
) -> None:
    maya, ida, cole = (rose_site.actor(name).member_id for name in ("maya", "ida", "cole"))
    update_id = post(session, rose_site.tom, audience=Audience.NAMED, readers=(maya, ida, cole))
    session.get_one(Member, ida).left_at = START

    edit_update(
        session, rose_site.maya, edit(update_id, "A corrected word", audience=Audience.NAMED, readers=(maya, cole))
    )
    for readers in [(maya,), (maya, cole, rose_site.rose.member_id)]:
        said = edit(update_id, "For others", version=2, audience=Audience.NAMED, readers=readers)
        with pytest.raises(NotAllowed):
            edit_update(session, rose_site.maya, said)

    assert {row.member_id for row in session.exec(select(UpdateReader))} == {maya, ida, cole}


def test_who_left_is_still_named_beside_what_they_wrote(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom, "Before I left")
    reply(session, rose_site.tom, update_id, "And a word more")
    session.get_one(Member, rose_site.tom.member_id).left_at = START

    card = feed(session, rose_site.ida).updates[0]
    assert (card.author.name, card.comments[0].author.name) == ("Tom Lind", "Tom Lind")
    with pytest.raises(NotFound):
        rose_site.actor("tom")


def test_photos_keep_their_order_and_words(session: Session, rose_site: Cast) -> None:
    first, second = photo(session, rose_site.tom), photo(session, rose_site.tom, state="waiting")
    photos = parse(
        PostUpdate, {"id": new_id(), "photos": [{"media_id": second, "alt": "The garden"}, {"media_id": first}]}
    )
    post_update(session, rose_site.tom, photos)

    shown = feed(session, rose_site.ida).updates[0].photos
    assert [(picture.id, picture.alt, picture.is_waiting) for picture in shown] == [
        (second, "The garden", True),
        (first, "Photo by Tom Lind", False),
    ]


def test_the_feed_shows_five_photos_and_says_how_many_more(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom, photos=chosen(*(photo(session, rose_site.tom) for _ in range(20))))

    card = feed(session, rose_site.ida).updates[0]
    assert (len(card.photos), card.more_photos) == (5, "+15")
    assert len(alone(session, rose_site.ida, update_id).update.photos) == 20


def test_no_more_than_twenty_photos(session: Session, rose_site: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        post(session, rose_site.tom, photos=chosen(*(photo(session, rose_site.tom) for _ in range(21))))

    assert "photos" in refusal.value.fields


def test_a_refused_photo_tells_its_uploader_why_and_others_that_it_is_not_shown(
    session: Session, rose_site: Cast
) -> None:
    media_id = photo(session, rose_site.tom, state="refused", refusal="damaged")
    post(session, rose_site.tom, photos=chosen(media_id))

    assert feed(session, rose_site.tom).updates[0].photos[0].refusal_words.startswith("This photo is damaged")
    seen = feed(session, rose_site.maya).updates[0].photos[0]
    assert (seen.is_ready, seen.is_waiting, seen.refusal_words) == (False, False, "")


def test_who_sent_what_cannot_be_shown_is_told_where_it_stands(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    nowhere, placed, kept = (photo(session, rose_site.tom, state="waiting") for _ in range(3))
    update_id = post(session, rose_site.tom, photos=chosen(placed))
    post(session, rose_site.tom, photos=chosen(kept), is_draft=True)

    for media_id in (nowhere, placed, placed, kept):
        media = session.get_one(Media, media_id)
        refuse(session, media.site_id, media.stored_id, Why.DAMAGED)

    notices = session.exec(select(Notice).where(Notice.kind == Kind.REMINDERS).order_by(col(Notice.id))).all()
    assert {notice.member_id for notice in notices} == {rose_site.tom.member_id}
    assert [notice.path for notice in notices] == [f"/update?site=rose&update={update_id}", "/drafts?site=rose"]
    said = spoken(notices[0].words, "en")
    assert said.title.endswith("your photo cannot be shown") and said.body.startswith("This photo is damaged")


def test_photos_of_others_and_photos_that_are_not_there_cannot_be_posted(session: Session, rose_site: Cast) -> None:
    of_maya = photo(session, rose_site.maya)
    post(session, rose_site.maya, photos=chosen(of_maya))

    with pytest.raises(NotAllowed):
        post(session, rose_site.tom, photos=chosen(of_maya))
    with pytest.raises(NotFound):
        post(session, rose_site.tom, photos=chosen(new_id()))


def test_who_corrects_anothers_update_keeps_its_photos(session: Session, rose_site: Cast) -> None:
    media_id = photo(session, rose_site.tom)
    update_id = post(session, rose_site.tom, photos=chosen(media_id))

    edit_update(session, rose_site.maya, edit(update_id, "Corrected", photos=chosen(media_id)))

    assert feed(session, rose_site.ida).updates[0].photos[0].id == media_id
