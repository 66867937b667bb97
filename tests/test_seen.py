"""Who has seen an update: counted once, told to its author and to who keeps order, and to nobody else."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from careapp import clock
from careapp.access import Right, Role, Section
from careapp.errors import NotAllowed
from careapp.ids import new_id
from careapp.journal.commands import OneUpdate
from careapp.journal.operations import delete_update
from careapp.journal.seen import MarkUpdatesSeen, mark_seen
from careapp.models import Audience, Member, RoleGrant, Site, UpdateSeen
from careapp.operation import OPERATIONS
from careapp.perform import Asked, do
from tests.cast import START, Cast
from tests.journal_writing import alone, feed, post
from tests.statements import counted_statements


def look(session: Session, cast: Cast, name: str, *update_ids: str) -> None:
    mark_seen(session, cast.actor(name), MarkUpdatesSeen(update_ids=update_ids))


def figures(session: Session, cast: Cast, name: str) -> tuple[int, int]:
    card = feed(session, cast.actor(name)).updates[0]
    return card.seen_by, card.seen_of


@pytest.mark.both_databases
def test_the_author_and_who_manages_the_journal_see_how_many_have_seen_it(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)
    for name in ("ida", "cole"):
        look(session, rose_site, name, update_id)

    assert {name: figures(session, rose_site, name) for name in ("tom", "maya", "rose", "ida", "cole")} == {
        "tom": (2, 4),
        "maya": (2, 4),
        "rose": (2, 4),
        "ida": (0, 0),
        "cole": (0, 0),
    }


def test_those_who_have_seen_it_are_named_first_and_then_the_others(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)
    with clock.freeze(START):
        look(session, rose_site, "rose", update_id)
    with clock.freeze(START - timedelta(hours=1)):
        look(session, rose_site, "ida", update_id)

    named = [(one.face.name, one.at is not None) for one in alone(session, rose_site.tom, update_id).seen_by]
    assert named == [("Ida Berg", True), ("Rose Lind", True), ("Dr Cole", False), ("Maya Lind", False)]
    assert alone(session, rose_site.ida, update_id).seen_by == ()


@pytest.mark.both_databases
def test_seeing_it_again_keeps_the_first_time(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)
    for days in range(2):
        with clock.freeze(START + timedelta(days=days)):
            look(session, rose_site, "ida", update_id, update_id)

    assert [row.at for row in session.exec(select(UpdateSeen))] == [START]


def test_what_someone_may_not_see_or_wrote_themselves_is_passed_over(session: Session, rose_site: Cast) -> None:
    family = post(session, rose_site.tom, audience=Audience.FAMILY)
    draft = post(session, rose_site.tom, is_draft=True)
    gone = post(session, rose_site.tom)
    own = post(session, rose_site.ida if rose_site.ida.may(Section.JOURNAL, Right.WRITE) else rose_site.cole)
    delete_update(session, rose_site.tom, OneUpdate(update_id=gone))

    look(session, rose_site, "ida", family, draft, gone, new_id())
    look(session, rose_site, "cole", own)

    assert session.exec(select(UpdateSeen)).all() == []


def test_it_is_new_until_it_was_seen_and_never_to_its_author(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom)

    def is_new(name: str) -> bool:
        return feed(session, rose_site.actor(name)).updates[0].is_new

    assert (is_new("tom"), is_new("ida"), is_new("maya")) == (False, True, True)
    look(session, rose_site, "ida", update_id)
    assert (is_new("tom"), is_new("ida"), is_new("maya")) == (False, False, True)


def test_only_those_count_for_whom_it_is_and_who_are_still_here(session: Session, rose_site: Cast) -> None:
    family = post(session, rose_site.tom, audience=Audience.FAMILY)
    look(session, rose_site, "rose", family)
    look(session, rose_site, "maya", family)
    assert figures(session, rose_site, "tom") == (2, 2)

    session.get_one(Member, rose_site.maya.member_id).left_at = START
    assert figures(session, rose_site, "tom") == (1, 1)

    site = session.exec(select(Site)).one()
    session.add(RoleGrant(site_id=site.id, role=Role.PERSON, section=Section.JOURNAL, level=Right.NONE))
    session.flush()
    assert figures(session, rose_site, "tom") == (0, 0)


def test_a_named_reader_is_the_only_one_that_counts(session: Session, rose_site: Cast) -> None:
    update_id = post(session, rose_site.tom, audience=Audience.NAMED, readers=(rose_site.ida.member_id,))

    assert figures(session, rose_site, "tom") == (0, 1)
    look(session, rose_site, "ida", update_id)
    assert figures(session, rose_site, "tom") == (1, 1)


def test_more_members_and_more_who_have_seen_it_cost_no_more_statements(session: Session, rose_site: Cast) -> None:
    ids = [post(session, rose_site.tom) for _ in range(10)]
    with counted_statements() as before:
        feed(session, rose_site.maya)
    for name in ("ida", "cole", "rose"):
        look(session, rose_site, name, *ids)
    session.expire_all()
    with counted_statements() as after:
        feed(session, rose_site.maya)

    assert len(after) <= len(before)


def test_it_stirs_nobodys_page_and_is_not_in_the_record(stored_site: Cast) -> None:
    from careapp import db
    from careapp.models import AuditEntry

    with db.unit_of_work() as session:
        update_id = post(session, Cast(session).tom)
        counter = session.exec(select(Site)).one().change_counter
        entries = len(session.exec(select(AuditEntry)).all())

    do(Asked("journal.mark_seen", {"update_ids": [update_id]}, "", "rose"), stored_site.credentials("ida"))

    with db.reading() as session:
        assert session.exec(select(Site)).one().change_counter == counter
        assert len(session.exec(select(AuditEntry)).all()) == entries
        assert len(session.exec(select(UpdateSeen)).all()) == 1


def test_a_visitor_is_nobodys_count(stored_site: Cast) -> None:
    from careapp import db
    from careapp.access import Credentials, visit_proof
    from careapp.models import Privacy

    with db.unit_of_work() as session:
        update_id = post(session, Cast(session).tom)
        site = session.exec(select(Site)).one()
        site.privacy = Privacy.LINK
        visitor = Credentials(visit=visit_proof(site))

    with pytest.raises(NotAllowed):
        do(Asked("journal.mark_seen", {"update_ids": [update_id]}, "", "rose"), visitor)


def test_it_may_be_sent_again_without_being_remembered() -> None:
    assert not OPERATIONS["journal.mark_seen"].is_remembered
