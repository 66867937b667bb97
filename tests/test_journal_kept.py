"""What is taken away, brought back, erased in the end, or kept on top."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from careapp import clock, db
from careapp.errors import NotAllowed, NotFound
from careapp.ids import new_id
from careapp.journal.commands import OneUpdate
from careapp.journal.composing import Nothing, drafts
from careapp.journal.jobs import erase
from careapp.journal.operations import delete_update, pin_update, restore_update, unpin_update
from careapp.models import Audience, Job, Update
from careapp.settings import settings
from tests.cast import START, Cast
from tests.journal_writing import LOOKS, chosen, feed, photo, post, reply, send, stored_feed, texts


def test_a_deleted_update_is_gone_for_all_and_can_come_back(session: Session, rose_site: Cast) -> None:
    media_id = photo(session, rose_site.tom)
    update_id = post(session, rose_site.tom, photos=chosen(media_id))
    kept = reply(session, rose_site.ida, update_id)

    delete_update(session, rose_site.tom, OneUpdate(update_id=update_id))

    assert feed(session, rose_site.tom).updates == ()
    for look in LOOKS:
        with pytest.raises(NotFound):
            look(session, rose_site, "ida", update_id, media_id)
    assert [card.id for card in drafts(session, rose_site.tom, Nothing()).deleted] == [update_id]
    assert [card.id for card in drafts(session, rose_site.maya, Nothing()).deleted] == [update_id]
    assert drafts(session, rose_site.ida, Nothing()).deleted == ()

    restore_update(session, rose_site.maya, OneUpdate(update_id=update_id))

    assert feed(session, rose_site.ida).updates[0].comments[0].id == kept


def test_who_deletes_reads_for_how_long_it_can_be_brought_back(
    session: Session, rose_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "restore_days", 7)
    post(session, rose_site.tom)
    post(session, rose_site.tom, is_draft=True)

    assert feed(session, rose_site.tom).updates[0].restore_days == 7
    assert drafts(session, rose_site.tom, Nothing()).drafts[0].restore_days == 7


def test_only_author_and_manager_take_away_and_bring_back(session: Session, rose_site: Cast) -> None:
    update_id = OneUpdate(update_id=post(session, rose_site.tom))

    with pytest.raises(NotAllowed):
        delete_update(session, rose_site.cole, update_id)
    delete_update(session, rose_site.maya, update_id)
    with pytest.raises(NotAllowed):
        restore_update(session, rose_site.cole, update_id)
    assert restore_update(session, rose_site.tom, update_id).version == 1


def test_what_was_not_shared_with_a_manager_is_not_theirs_to_bring_back(session: Session, rose_site: Cast) -> None:
    readers = (rose_site.ida.member_id,)
    update_id = OneUpdate(update_id=post(session, rose_site.tom, audience=Audience.NAMED, readers=readers))
    delete_update(session, rose_site.tom, update_id)

    assert drafts(session, rose_site.maya, Nothing()).deleted == ()
    with pytest.raises(NotFound):
        restore_update(session, rose_site.maya, update_id)


@pytest.mark.both_databases
def test_after_thirty_days_nothing_of_it_is_left(stored_site: Cast) -> None:
    update_id = new_id()
    send(stored_site, "tom", "post_update", id=update_id, text="Posted by mistake @Maya")
    send(stored_site, "ida", "comment", id=new_id(), update_id=update_id, text="Oh")
    send(stored_site, "ida", "react", update_id=update_id, kind="heart")
    send(stored_site, "tom", "delete_update", update_id=update_id)

    erase({"update_id": update_id})
    assert _is_there(update_id)
    with clock.freeze(clock.now() + timedelta(days=31)):
        erase({"update_id": update_id})
        erase({"update_id": update_id})

    assert not _is_there(update_id)


def test_what_was_brought_back_is_not_erased(stored_site: Cast) -> None:
    update_id = new_id()
    send(stored_site, "tom", "post_update", id=update_id, text="Posted, taken away, brought back")
    send(stored_site, "tom", "delete_update", update_id=update_id)
    send(stored_site, "tom", "restore_update", update_id=update_id)

    with clock.freeze(clock.now() + timedelta(days=31)):
        erase({"update_id": update_id})

    assert texts(stored_feed(stored_site, "maya")) == ["Posted, taken away, brought back"]


def test_erasing_is_asked_for_when_it_is_due(session: Session, rose_site: Cast) -> None:
    with clock.freeze(START):
        delete_update(session, rose_site.tom, OneUpdate(update_id=post(session, rose_site.tom)))
    session.flush()

    job = session.exec(select(Job)).one()
    assert (job.kind, (job.run_at - START).days) == ("journal.erase", 30)


@pytest.mark.both_databases
def test_the_newest_three_pinned_stand_on_top(session: Session, rose_site: Cast) -> None:
    first, second, third, fourth, fifth = (post(session, rose_site.tom, str(n)) for n in range(5))
    for update_id in (first, second, third, fourth):
        pin_update(session, rose_site.maya, OneUpdate(update_id=update_id))

    view = feed(session, rose_site.ida)
    assert [card.id for card in view.pinned] == [fourth, third, second]
    assert [card.id for card in view.updates] == [fifth, first]
    assert not view.updates[1].is_pinned

    unpin_update(session, rose_site.maya, OneUpdate(update_id=fourth))
    assert [card.id for card in feed(session, rose_site.ida).updates] == [fifth, fourth, first]


def test_only_who_manages_the_journal_pins(stored_site: Cast) -> None:
    update_id = new_id()
    send(stored_site, "tom", "post_update", id=update_id, text="Visiting hours")

    for name in ("tom", "ida", "cole"):
        assert not stored_feed(stored_site, name).updates[0].can_pin
        with pytest.raises(NotAllowed):
            send(stored_site, name, "pin_update", update_id=update_id)
    send(stored_site, "rose", "pin_update", update_id=update_id)

    assert stored_feed(stored_site, "maya").pinned[0].can_pin


def test_a_pinned_update_shows_only_to_its_readers(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.maya, audience=Audience.FAMILY)
    pin_update(session, rose_site.maya, OneUpdate(update_id=update_id))

    assert [card.id for card in feed(session, rose_site.tom).pinned] == [update_id]
    assert feed(session, rose_site.ida).pinned == ()


def _is_there(update_id: str) -> bool:
    with db.reading() as session:
        return session.get(Update, update_id) is not None
