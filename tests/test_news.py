"""Since the last visit: what came in between is counted for whom it is, and a visit is over after half an hour."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session

from careapp import clock
from careapp.access import Role
from careapp.models import Audience, Member, Message
from careapp.sites.presence import MarkSeen, last_visit, mark_seen
from careapp.today.news import News
from careapp.today.queries import Nothing, today
from tests.cast import START, Cast
from tests.journal_writing import chosen, photo, post, reply
from tests.statements import counted_statements
from tests.test_feed import _plan

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _have_been_here_for_long(session: Session, rose_site: Cast) -> None:
    session.execute(update(Member).values(joined_at=START - timedelta(days=30)))


def visit(session: Session, cast: Cast, name: str, after: timedelta, **more: bool) -> None:
    with clock.freeze(START + after):
        mark_seen(session, cast.actor(name), MarkSeen(**more))


def news(session: Session, cast: Cast, name: str, after: timedelta) -> News:
    with clock.freeze(START + after):
        return today(session, cast.actor(name), Nothing()).news


def happen(session: Session, cast: Cast, after: timedelta) -> str:
    """Tom writes to everyone and to the family, with a photo; Maya answers Ida; a message; someone joins."""
    with clock.freeze(START + after):
        picture = photo(session, cast.tom)
        post(session, cast.tom, photos=chosen(picture))
        post(session, cast.tom, audience=Audience.FAMILY)
        theirs = post(session, cast.cole)
        reply(session, cast.maya, theirs)
        reply(session, cast.cole, theirs)
        session.add(Message(site_id=cast.maya.site_id, author_id=cast.tom.member_id, text="Dear all"))
        session.get_one(Member, cast.rose.member_id).joined_at = START + after
        session.flush()
    return theirs


@pytest.mark.both_databases
def test_what_came_between_two_visits_is_counted_for_whom_it_is(session: Session, rose_site: Cast) -> None:
    for name in ("ida", "cole", "maya"):
        visit(session, rose_site, name, timedelta())
    theirs = happen(session, rose_site, HOUR)

    def figures(name: str) -> tuple[int, ...]:
        found = news(session, rose_site, name, 2 * HOUR)
        return found.updates, found.photos, found.comments, found.messages, found.people

    assert {name: figures(name) for name in ("ida", "cole", "maya")} == {
        "ida": (2, 1, 0, 1, 1),
        "cole": (1, 1, 1, 1, 1),
        "maya": (3, 1, 0, 1, 1),
    }
    assert news(session, rose_site, "cole", 2 * HOUR).commented_id == theirs


def test_it_stays_while_one_is_here_and_goes_with_the_next_visit(session: Session, rose_site: Cast) -> None:
    visit(session, rose_site, "ida", timedelta())
    happen(session, rose_site, HOUR)
    for minutes in (0, 10, 20, 30, 40):
        visit(session, rose_site, "ida", 2 * HOUR + timedelta(minutes=minutes))

    assert news(session, rose_site, "ida", 2 * HOUR + timedelta(minutes=45)).updates == 2
    assert not news(session, rose_site, "ida", 4 * HOUR).is_any


def test_a_phone_that_has_not_told_of_this_visit_yet_sees_the_same(session: Session, rose_site: Cast) -> None:
    visit(session, rose_site, "ida", timedelta())
    happen(session, rose_site, HOUR)
    before = news(session, rose_site, "ida", 2 * HOUR)
    visit(session, rose_site, "ida", 2 * HOUR)

    assert news(session, rose_site, "ida", 2 * HOUR) == before
    assert before.since == START


def test_put_away_it_is_gone(session: Session, rose_site: Cast) -> None:
    visit(session, rose_site, "ida", timedelta())
    happen(session, rose_site, HOUR)
    visit(session, rose_site, "ida", 2 * HOUR)
    visit(session, rose_site, "ida", 2 * HOUR, is_all=True)

    assert not news(session, rose_site, "ida", 2 * HOUR + timedelta(minutes=5)).is_any


def test_who_is_here_for_the_first_time_has_missed_nothing(session: Session, rose_site: Cast) -> None:
    happen(session, rose_site, timedelta())
    assert last_visit(session, rose_site.ida) is None
    assert not news(session, rose_site, "ida", HOUR).is_any
    visit(session, rose_site, "ida", HOUR)
    assert not news(session, rose_site, "ida", 2 * HOUR).is_any


def test_what_one_did_oneself_is_no_news(session: Session, rose_site: Cast) -> None:
    visit(session, rose_site, "tom", timedelta())
    with clock.freeze(START + HOUR):
        mine = post(session, rose_site.tom)
        reply(session, rose_site.tom, mine)

    assert not news(session, rose_site, "tom", 2 * HOUR).is_any


def test_it_takes_one_statement_whatever_there_is(session: Session, rose_site: Cast) -> None:
    def statements() -> int:
        session.expire_all()
        actor = rose_site.ida
        with clock.freeze(START + 2 * HOUR), counted_statements() as seen:
            today(session, actor, Nothing())
        return len(seen)

    visit(session, rose_site, "ida", timedelta())
    happen(session, rose_site, -HOUR)
    quiet = statements()
    for _ in range(5):
        happen(session, rose_site, HOUR)

    assert statements() == quiet


def test_comments_since_then_are_found_by_their_index(session: Session, rose_site: Cast) -> None:
    from careapp.today.news import _answers

    assert "ix_comment_newest" in _plan(session, _answers(rose_site.ida).params(since=START))


def test_a_role_without_people_is_told_of_nobody_new(session: Session, rose_site: Cast) -> None:
    from careapp.access import Right, Section
    from careapp.models import RoleGrant

    visit(session, rose_site, "ida", timedelta())
    happen(session, rose_site, HOUR)
    site_id = rose_site.ida.site_id
    session.add(RoleGrant(site_id=site_id, role=Role.FRIEND, section=Section.PEOPLE, level=Right.NONE))
    session.flush()

    assert news(session, rose_site, "ida", 2 * HOUR).people == 0
