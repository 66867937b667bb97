"""Updates: posting, correcting, keeping as a draft."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from careapp import clock
from careapp.access import Right, Section
from careapp.errors import Conflict, Invalid, NotAllowed, NotFound, NotSignedIn
from careapp.ids import new_id
from careapp.journal.commands import OneUpdate, PostUpdate
from careapp.journal.composing import Composing, Nothing, composer, drafts
from careapp.journal.operations import edit_update, post_update, publish_draft
from careapp.models import Audience, MemberGrant
from careapp.perform import Asked, do, parse
from tests.cast import START, Cast
from tests.journal_writing import EVERY_WAY, alone, chosen, edit, feed, photo, plain, post, reply, stored_feed, texts


def test_an_update_is_in_the_journal_at_once_for_everyone(session: Session, rose_site: Cast) -> None:
    post(session, rose_site.tom, "She walked to the window.", mood="proud", milestone="First steps")

    card = feed(session, rose_site.ida).updates[0]
    assert (card.author.name, plain(card.parts), card.milestone) == (
        "Tom Lind",
        "She walked to the window.",
        "First steps",
    )
    assert (card.mood_words, card.is_for_everyone, card.is_edited) == ("Proud", True, False)


def test_what_arrives_late_says_when_it_was_written(session: Session, rose_site: Cast) -> None:
    with clock.freeze(START):
        late, soon = replace(rose_site.tom, age=6 * 3600), replace(rose_site.maya, age=60)
        update_id = post(session, late, "She is in surgery now.")
        reply(session, late, update_id)
        reply(session, soon, update_id)
        draft_id = post(session, rose_site.maya, "Begun in the morning", is_draft=True)
        publish_draft(session, replace(rose_site.maya, age=3600), OneUpdate(update_id=draft_id))
        newest, surgery = feed(session, rose_site.ida).updates

    assert (surgery.at, surgery.written_at) == (START, START - timedelta(hours=6))
    assert [comment.written_at for comment in surgery.comments] == [START - timedelta(hours=6), None]
    assert (newest.at, newest.written_at) == (START, START - timedelta(hours=1))


@pytest.mark.parametrize("name", ["maya", "tom", "cole", "rose"])
def test_who_may_write_posts(session: Session, rose_site: Cast, name: str) -> None:
    post(session, rose_site.actor(name))

    assert feed(session, rose_site.actor(name)).can_write


def test_the_door_is_closed_to_friends_strangers_and_nobody(stored_site: Cast) -> None:
    asked = Asked("journal.post_update", {"id": new_id(), "text": "Soup is coming."}, new_id(), "rose")

    for who, refusal in [("ida", NotAllowed), ("sam", NotFound), ("", NotSignedIn)]:
        with pytest.raises(refusal):
            do(asked, stored_site.credentials(who))

    assert do(asked, stored_site.credentials("tom"))["version"] == 1


@pytest.mark.both_databases
def test_the_same_post_sent_three_times_is_one_update(stored_site: Cast) -> None:
    asked = Asked("journal.post_update", {"id": new_id(), "text": "Only once."}, new_id(), "rose")

    answers = [do(asked, stored_site.credentials("tom")) for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert texts(stored_feed(stored_site, "maya")) == ["Only once."]


def test_an_id_that_is_taken_cannot_be_posted_over(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.maya, "Maya's words")

    with pytest.raises(Conflict):
        post_update(session, rose_site.tom, PostUpdate(id=update_id, text="Tom's words"))

    assert texts(feed(session, rose_site.maya)) == ["Maya's words"]


def test_commands_that_come_late_and_out_of_order_find_their_place_or_say_so(stored_site: Cast) -> None:
    update_id, tom = new_id(), stored_site.credentials("tom")
    comment = Asked(
        "journal.comment", {"id": new_id(), "update_id": update_id, "text": "and it rained"}, new_id(), "rose"
    )

    with pytest.raises(NotFound):
        do(comment, tom)
    do(Asked("journal.post_update", {"id": update_id, "text": "A walk"}, new_id(), "rose"), tom)
    do(comment, tom)

    assert plain(stored_feed(stored_site, "maya").updates[0].comments[0].parts) == "and it rained"


@pytest.mark.parametrize("text", ["", "   \n ", "\u200b\u200d\ufeff", "\u2800\u3164", "\u202e\u202c", "\ufe0f"])
def test_nothing_to_see_is_no_update(session: Session, rose_site: Cast, text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        post(session, rose_site.tom, text)

    assert "text" in refusal.value.fields


@pytest.mark.parametrize("alone_", [{"mood": "calm"}, {"milestone": "Home again"}, {"photos": True}])
def test_a_photo_a_mood_or_a_milestone_needs_no_words(
    session: Session, rose_site: Cast, alone_: dict[str, object]
) -> None:
    if "photos" in alone_:
        alone_ = {"photos": chosen(photo(session, rose_site.tom))}

    post(session, rose_site.tom, "\u200b", **alone_)

    assert feed(session, rose_site.maya).updates[0].parts == ()


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧‍👦 came by 🥰",
        "שלום מיה, אמא ישנה",
        "مرحبا \u202bكيف\u202c الحال",
        "zero\u200bwidth and \u200djoiners",
        "<script>alert('x')</script> & <b>bold</b>",
        '\'; DROP TABLE "update"; --',
        "e\u0301te\u0301",
        "{name} and {{braces}} %s",
    ],
)
def test_text_is_kept_letter_by_letter(session: Session, rose_site: Cast, text: str) -> None:
    post(session, rose_site.tom, text)

    assert texts(feed(session, rose_site.maya)) == [text]


@pytest.mark.both_databases
def test_ten_thousand_letters_fit_and_a_hundred_thousand_and_one_do_not(stored_site: Cast) -> None:
    tom = stored_site.credentials("tom")
    for length in (10_000, 100_000):
        do(Asked("journal.post_update", {"id": new_id(), "text": "ü" * length}, new_id(), "rose"), tom)

    with pytest.raises(Invalid) as refusal:
        do(Asked("journal.post_update", {"id": new_id(), "text": "ü" * 100_001}, new_id(), "rose"), tom)

    assert refusal.value.fields["text"] == "This is too long: at most {max} characters."
    assert len(stored_feed(stored_site, "maya").updates) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": 5},
        {"text": None},
        {"mood": "furious"},
        {"audience": "world"},
        {"photos": [{"media_id": "x"}]},
        {"photos": {}},
        {"id": "not-an-id"},
        {"author_id": new_id()},
        {"is_draft": "yes"},
    ],
)
def test_wrong_types_and_extra_keys_are_refused(data: object, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refusal:
        parse(PostUpdate, {"id": new_id(), "text": "x", **wrong})

    assert next(iter(refusal.value.fields)).startswith(next(iter(wrong)))


def test_a_long_text_is_cut_in_the_feed_and_whole_on_its_page(session: Session, rose_site: Cast) -> None:
    long = "A long day, told in full. " * 200
    update_id = post(session, rose_site.tom, long)

    card = feed(session, rose_site.maya).updates[0]
    assert card.is_cut
    assert len(plain(card.parts)) <= 1200
    assert plain(alone(session, rose_site.maya, update_id).update.parts) == long.strip()


def test_an_edited_update_says_so(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom, "She slept bad.")

    saved = edit_update(session, rose_site.tom, edit(update_id, "She slept badly."))

    card = feed(session, rose_site.ida).updates[0]
    assert (plain(card.parts), card.is_edited, card.version, saved.version) == ("She slept badly.", True, 2, 2)


@pytest.mark.both_databases
def test_two_who_edit_at_once_lose_nothing(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom, "Discharge on Friday.")
    edit_update(session, rose_site.maya, edit(update_id, "Discharge on Thursday."))

    with pytest.raises(Conflict) as refusal:
        edit_update(session, rose_site.tom, edit(update_id, "Discharge on Friday, at noon."))

    assert refusal.value.params["theirs"] == "Discharge on Thursday."
    assert texts(feed(session, rose_site.tom)) == ["Discharge on Thursday."]


def test_only_the_author_and_who_manages_the_journal_edit(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)

    for name in ("ida", "cole"):
        with pytest.raises(NotAllowed):
            edit_update(session, rose_site.actor(name), edit(update_id, "Not mine"))
    assert edit_update(session, rose_site.rose, edit(update_id, "I slept well.")).version == 2


def test_who_corrects_anothers_update_never_widens_its_audience(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom, "For the family.", audience=Audience.FAMILY)

    with pytest.raises(NotAllowed):
        edit_update(session, rose_site.maya, edit(update_id, "For the family."))
    edit_update(session, rose_site.maya, edit(update_id, "For our family.", audience=Audience.FAMILY))

    assert feed(session, rose_site.ida).updates == ()


def test_edits_may_not_empty_an_update(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)

    with pytest.raises(Invalid):
        edit_update(session, rose_site.tom, edit(update_id, " "))


def test_nobody_but_its_author_sees_a_draft(session: Session, rose_site: Cast) -> None:
    media_id = photo(session, rose_site.tom)
    update_id = post(session, rose_site.tom, "Not yet sure.", is_draft=True, photos=chosen(media_id))

    assert drafts(session, rose_site.tom, Nothing()).drafts[0].excerpt == "Not yet sure."
    assert (feed(session, rose_site.tom).draft_count, feed(session, rose_site.tom).updates) == (1, ())
    for name in ("maya", "ida", "cole", "rose"):
        assert drafts(session, rose_site.actor(name), Nothing()).is_empty
        for look in EVERY_WAY:
            with pytest.raises((NotFound, NotAllowed)):
                look(session, rose_site, name, update_id, media_id)


def test_a_published_draft_is_new_from_that_moment(session: Session, rose_site: Cast) -> None:
    with clock.freeze(START):
        update_id = post(session, rose_site.tom, "Begun early", is_draft=True)
        later = post(session, rose_site.maya, "Posted at noon")
    publish_draft(session, rose_site.tom, OneUpdate(update_id=update_id))
    publish_draft(session, rose_site.tom, OneUpdate(update_id=update_id))

    assert [card.id for card in feed(session, rose_site.ida).updates] == [update_id, later]
    assert not feed(session, rose_site.ida).updates[0].is_edited


def test_a_draft_can_be_finished_and_published_in_one(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom, "Half a", is_draft=True)

    edit_update(session, rose_site.tom, edit(update_id, "Half a sentence, now whole.", publish=True))

    assert texts(feed(session, rose_site.maya)) == ["Half a sentence, now whole."]


def test_who_may_no_longer_write_cannot_publish_what_they_began(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom, is_draft=True)
    _grant(session, rose_site, "tom", Right.TAKE_PART)

    with pytest.raises(NotAllowed):
        edit_update(session, rose_site.tom, edit(update_id, "Anyway", publish=True))
    with pytest.raises(NotAllowed):
        publish_draft(session, rose_site.tom, OneUpdate(update_id=update_id))


def test_the_composer_starts_from_what_was_begun(session: Session, rose_site: Cast) -> None:
    readers = (rose_site.ida.member_id,)
    media_id = photo(session, rose_site.tom)
    update_id = post(
        session,
        rose_site.tom,
        "Begun",
        is_draft=True,
        audience=Audience.NAMED,
        readers=readers,
        photos=chosen(media_id),
    )

    view = composer(session, rose_site.tom, Composing(update=update_id))

    assert (view.text, view.audience, view.is_draft, view.is_editing) == ("Begun", "named", True, False)
    assert [person.face.name for person in view.people if person.is_chosen] == ["Ida Berg"]
    assert [picture.id for picture in view.photos] == [media_id]
    assert composer(session, rose_site.tom, Composing()).text == ""
    with pytest.raises(NotFound):
        composer(session, rose_site.maya, Composing(update=update_id))


def _grant(session: Session, cast: Cast, name: str, level: Right) -> None:
    actor = cast.actor(name)
    session.add(MemberGrant(member_id=actor.member_id, site_id=actor.site_id, section=Section.JOURNAL, level=level))
    session.flush()
