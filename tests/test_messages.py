"""The wall: who writes and reads messages of support, what is answered, who gives thanks, and who is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, select
from sqlmodel import Session, col

from careapp import clock, db
from careapp.access import Actor, Right, Section, access_media
from careapp.errors import CareError, Conflict, Invalid, NotAllowed, NotFound
from careapp.ids import new_id
from careapp.journal.commands import ChosenPhoto
from careapp.messages.commands import EditMessage, OneMessage, PostMessage, ReplyToMessage, ThankForMessage
from careapp.messages.jobs import erase
from careapp.messages.operations import (
    delete_message,
    edit_message,
    post_message,
    reply_to_message,
    thank_for_message,
)
from careapp.messages.queries import OneMessagePage, Page, _newest, message_page, wall
from careapp.messages.replies import last_replies_to
from careapp.messages.views import MessageCard, MessageView, WallView
from careapp.models import Account, Media, Member, Message, Notice, RoleGrant
from careapp.notify.words import spoken
from tests.cast import START, Cast
from tests.journal_writing import chosen, photo, plain
from tests.notices import with_phones
from tests.statements import counted_statements


def write(session: Session, actor: Actor, text: str = "I think of you.", **more: Any) -> str:
    return post_message(session, actor, PostMessage(text=text, **more)).id


def answer(session: Session, actor: Actor, message_id: str, text: str = "Thank you.") -> str:
    return reply_to_message(session, actor, ReplyToMessage(message_id=message_id, text=text)).id


def thank(session: Session, actor: Actor, message_id: str, is_thanked: bool = True) -> None:
    thank_for_message(session, actor, ThankForMessage(message_id=message_id, is_thanked=is_thanked))


def change(session: Session, actor: Actor, message_id: str, text: str, **more: Any) -> None:
    given = {"message_id": message_id, "version": 1, "text": text, **more}
    edit_message(session, actor, EditMessage(**given))


def take_away(session: Session, actor: Actor, message_id: str) -> None:
    delete_message(session, actor, OneMessage(message_id=message_id))


def look(session: Session, actor: Actor, before: str = "") -> WallView:
    return wall(session, actor, Page(before=before))


def alone(session: Session, actor: Actor, message_id: str) -> MessageView:
    return message_page(session, actor, OneMessagePage(message=message_id))


def texts(cards: Sequence[Any]) -> list[str]:
    return [plain(card.parts) for card in cards]


def only(view: WallView) -> MessageCard:
    (card,) = view.messages
    return card


def test_what_arrives_late_says_when_it_was_written(session: Session, rose_site: Cast) -> None:
    with clock.freeze(START):
        late = replace(rose_site.ida, age=6 * 3600)
        answer(session, late, write(session, late))
        card = only(look(session, rose_site.maya))

    assert (card.at, card.written_at) == (START, START - timedelta(hours=6))
    assert [reply.written_at for reply in card.replies] == [START - timedelta(hours=6)]


def test_a_friend_leaves_a_message_with_a_photo_and_everyone_reads_it(session: Session, rose_site: Cast) -> None:
    picture = photo(session, rose_site.ida)
    write(session, rose_site.ida, "Our lake, this morning.", photos=(ChosenPhoto(media_id=picture, alt="The lake"),))

    for name in ("maya", "tom", "ida", "cole", "rose"):
        card = only(look(session, rose_site.actor(name)))
        assert (plain(card.parts), card.author.name) == ("Our lake, this morning.", "Ida Berg")
        assert [shown.alt for shown in card.photos] == ["The lake"]
        assert access_media(session, rose_site.actor(name), picture).id == picture


@pytest.mark.parametrize("text", ["", " \n ", "\u200b"])
def test_a_message_without_anything_to_see_is_refused(session: Session, rose_site: Cast, text: str) -> None:
    with pytest.raises(Invalid):
        write(session, rose_site.ida, text)


def test_only_ones_own_photos_go_into_a_message(session: Session, rose_site: Cast) -> None:
    in_message = photo(session, rose_site.tom)
    write(session, rose_site.tom, photos=chosen(in_message))

    with pytest.raises(NotAllowed):
        write(session, rose_site.ida, photos=chosen(in_message))
    with pytest.raises(NotFound):
        write(session, rose_site.ida, photos=chosen(photo(session, rose_site.tom)))


def test_who_may_not_see_the_wall_sees_none_of_its_photos(session: Session, rose_site: Cast) -> None:
    picture = photo(session, rose_site.tom)
    message_id = write(session, rose_site.tom, photos=chosen(picture))
    session.add(RoleGrant(site_id=rose_site.tom.site_id, role="friend", section=Section.MESSAGES, level=Right.NONE))
    session.flush()

    for ask in (
        lambda: access_media(session, rose_site.ida, picture),
        lambda: alone(session, rose_site.ida, message_id),
        lambda: answer(session, rose_site.ida, message_id),
    ):
        with pytest.raises(CareError):
            ask()


def test_a_message_that_is_taken_away_takes_its_photos_and_replies_along(session: Session, rose_site: Cast) -> None:
    picture = photo(session, rose_site.ida)
    message_id = write(session, rose_site.ida, photos=chosen(picture))
    reply_id = answer(session, rose_site.tom, message_id)
    take_away(session, rose_site.ida, message_id)

    assert look(session, rose_site.maya).is_empty
    with pytest.raises(NotFound):
        access_media(session, rose_site.maya, picture)
    for gone in (message_id, reply_id):
        with pytest.raises(NotFound):
            alone(session, rose_site.maya, gone)
    with pytest.raises(NotFound):
        answer(session, rose_site.maya, reply_id)


def test_after_a_while_it_is_erased_and_its_photo_with_it(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        cast = Cast(session)
        picture = photo(session, cast.ida)
        message_id = write(session, cast.ida, photos=chosen(picture))
        answer(session, cast.tom, message_id)
        kept = write(session, cast.ida, "This one stays.")
        take_away(session, cast.ida, message_id)
    for asked in (message_id, kept):
        erase({"message_id": asked})

    with db.reading() as session:
        assert list(session.scalars(select(col(Message.id)))) == [kept]
        assert session.get(Media, picture) is None


def test_words_are_changed_by_who_wrote_them_alone_and_taken_away_also_by_who_keeps_order(
    session: Session, rose_site: Cast
) -> None:
    message_id = write(session, rose_site.ida)
    for name in ("maya", "tom", "rose"):
        with pytest.raises(NotAllowed):
            change(session, rose_site.actor(name), message_id, "Other words")
    with pytest.raises(NotAllowed):
        take_away(session, rose_site.tom, message_id)

    change(session, rose_site.ida, message_id, "I think of you all.")
    card = only(look(session, rose_site.tom))
    assert (plain(card.parts), card.is_edited, card.can_edit, card.can_delete) == (
        "I think of you all.", True, False, False,
    )  # fmt: skip
    take_away(session, rose_site.rose, message_id)
    assert look(session, rose_site.ida).is_empty


def test_what_was_changed_elsewhere_meanwhile_is_not_overwritten(session: Session, rose_site: Cast) -> None:
    message_id = write(session, rose_site.ida)
    change(session, rose_site.ida, message_id, "From the phone")

    with pytest.raises(Conflict) as refused:
        change(session, rose_site.ida, message_id, "From the tablet")
    assert refused.value.params["theirs"] == "From the phone"


def test_a_message_that_arrives_twice_is_there_once(session: Session, rose_site: Cast) -> None:
    id_ = new_id()
    write(session, rose_site.ida, id=id_)
    with pytest.raises(Conflict):
        write(session, rose_site.ida, id=id_)


def test_replies_stand_with_their_message_and_have_none_of_their_own(session: Session, rose_site: Cast) -> None:
    message_id = write(session, rose_site.ida)
    first = answer(session, rose_site.maya, message_id, "How kind.")
    for n in range(3):
        answer(session, rose_site.tom, first, f"And so say I, {n}.")

    card = only(look(session, rose_site.ida))
    assert (card.reply_total, card.more_replies) == (4, 2)
    assert texts(card.replies) == ["And so say I, 1.", "And so say I, 2."]
    whole = alone(session, rose_site.ida, first)
    assert whole.message.id == message_id
    assert texts(whole.replies)[0] == "How kind."


def test_photos_do_not_go_into_a_reply(session: Session, rose_site: Cast) -> None:
    reply_id = answer(session, rose_site.tom, write(session, rose_site.ida))

    with pytest.raises(Invalid):
        change(session, rose_site.tom, reply_id, "Look", photos=chosen(photo(session, rose_site.tom)))


def test_thanks_are_given_once_taken_back_and_never_to_oneself(session: Session, rose_site: Cast) -> None:
    message_id = write(session, rose_site.ida)
    with pytest.raises(NotAllowed):
        thank(session, rose_site.ida, message_id)
    for name in ("maya", "maya", "tom", "cole", "rose"):
        thank(session, rose_site.actor(name), message_id)

    mine, theirs = (only(look(session, rose_site.actor(name))) for name in ("rose", "ida"))
    assert (mine.has_thanked, mine.can_thank, theirs.has_thanked, theirs.can_thank) == (True, True, False, False)
    assert theirs.thanks_total == 4
    assert theirs.thanked_by.endswith("+1") and "Maya Lind" in theirs.thanked_by

    thank(session, rose_site.rose, message_id, False)
    thank(session, rose_site.rose, message_id, False)
    assert only(look(session, rose_site.rose)).thanks_total == 3


def test_a_new_message_is_told_to_the_person_the_coordinators_and_the_point_of_contact(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site)
    for name, is_contact in (("maya", False), ("tom", True)):
        session.get_one(Member, rose_site.actor(name).member_id).is_contact = is_contact
        session.flush()
    message_id = write(session, rose_site.ida, "The test came back clear.")

    notices = _told(session)
    assert {who for who, _ in notices} == {"maya", "tom", "rose"}
    for _, notice in notices:
        assert notice.path == f"/message?site=rose&message={message_id}"
        assert "clear" not in str(spoken(notice.words, "en"))
        assert "clear" in spoken(notice.words, "en", says_more=True).body


def test_a_reply_and_thanks_are_told_to_the_author_and_each_thanks_once(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    message_id = write(session, rose_site.cole)
    before = len(_told(session))
    answer(session, rose_site.cole, message_id, "And one more thing.")
    answer(session, rose_site.ida, message_id)
    for is_thanked in (True, False, True):
        thank(session, rose_site.ida, message_id, is_thanked)
    thank(session, rose_site.tom, message_id)

    since = _told(session)[before:]
    assert [who for who, _ in since] == ["cole", "cole", "cole"]


def test_what_is_changed_or_taken_away_is_told_as_it_is_now_or_not_at_all(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    message_id = write(session, rose_site.ida, "First words")
    answer(session, rose_site.tom, message_id)
    change(session, rose_site.ida, message_id, "Second words")
    assert "First words" not in str([notice.words for _, notice in _told(session)])

    take_away(session, rose_site.ida, message_id)
    assert _told(session) == []


def test_the_wall_goes_back_page_by_page_without_loss_or_repeat(session: Session, rose_site: Cast) -> None:
    _fill(session, rose_site.tom, 45)
    seen: list[str] = []
    before, pages = "", 0
    while pages == 0 or before:
        view = look(session, rose_site.ida, before)
        seen += [card.id for card in view.messages]
        write(session, rose_site.tom, "One more, meanwhile")
        before, pages = view.older, pages + 1

    assert (pages, len(seen), len(set(seen))) == (3, 45, 45)


@pytest.mark.both_databases
def test_the_wall_takes_as_many_statements_for_one_message_as_for_two_thousand(
    session: Session, rose_site: Cast
) -> None:
    message_id = write(session, rose_site.ida, photos=chosen(photo(session, rose_site.ida)))
    thank(session, rose_site.tom, message_id)
    answer(session, rose_site.tom, message_id)
    few = _statements(session, rose_site.tom)
    _fill(session, rose_site.maya, 2000)

    assert _statements(session, rose_site.tom) == few <= 9


def test_the_wall_and_its_replies_are_read_by_their_indexes(session: Session, rose_site: Cast) -> None:
    _fill(session, rose_site.maya, 50)

    plan = _plan(session, _newest(rose_site.tom, 21))
    assert "ix_message_wall" in plan
    assert "TEMP B-TREE" not in plan
    assert "ix_message_replies" in _plan(session, last_replies_to([new_id(), new_id()]))


def _told(session: Session) -> list[tuple[str, Notice]]:
    session.flush()
    rows = session.execute(
        select(col(Account.email), Notice)
        .join(Account, col(Account.id) == col(Notice.account_id))
        .order_by(col(Notice.created_at), col(Notice.id))
    )
    return [(email.partition("@")[0], notice) for email, notice in rows]


def _statements(session: Session, actor: Actor) -> int:
    session.expire_all()
    with counted_statements() as seen:
        look(session, actor)
    return len(seen)


def _plan(session: Session, statement: Any) -> str:
    plan: list[str] = []

    def explain(_connection: Any, cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        plan.extend(row[-1] for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall())

    event.listen(Engine, "before_cursor_execute", explain)
    session.execute(statement)
    event.remove(Engine, "before_cursor_execute", explain)
    return "\n".join(plan)


def _fill(session: Session, author: Actor, count: int) -> None:
    rows = [
        {"id": new_id(), "site_id": author.site_id, "author_id": author.member_id, "text": str(n), "version": 1}
        | {"created_at": START + timedelta(seconds=n // 2)}
        for n in range(count)
    ]
    session.execute(insert(Message), rows)
