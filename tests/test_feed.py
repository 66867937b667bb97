"""The journal of years: pages that neither lose nor repeat, at a cost that does not grow."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, Executable, event, insert, text
from sqlmodel import Session

from careapp.access import Actor
from careapp.clock import now
from careapp.errors import NotFound
from careapp.ids import new_id
from careapp.journal.cursor import Cursor, cursor_from
from careapp.journal.feed import PAGE, _pinned, _timeline
from careapp.journal.threads import last_comments_of
from careapp.models import Reaction, Update
from careapp.today.queries import Nothing, today
from tests.cast import START, Cast
from tests.journal_writing import alone, chosen, feed, photo, post, reply
from tests.statements import counted_statements

AN_ID = "01a20581-41b9-78fe-8db5-888eae176c32"


def test_older_updates_are_a_page_away(session: Session, rose_site: Cast) -> None:
    _fill(session, rose_site.tom, 45)

    first = feed(session, rose_site.ida)
    second = feed(session, rose_site.ida, first.older)
    third = feed(session, rose_site.ida, second.older)

    assert [len(view.updates) for view in (first, second, third)] == [20, 20, 5]
    assert third.older == ""
    assert (first.is_first_page, second.is_first_page) == (True, False)


@pytest.mark.parametrize("count", [0, 1, PAGE, PAGE + 1])
def test_a_page_offers_the_next_only_where_there_is_one(session: Session, rose_site: Cast, count: int) -> None:
    _fill(session, rose_site.tom, count)

    view = feed(session, rose_site.ida)
    assert (bool(view.older), view.is_empty) == (count > PAGE, count == 0)


@pytest.mark.parametrize("before", ["x", "1", "1.x", "-1.", f"{10**30}.{AN_ID}", f"1e3.{AN_ID}", "².x"])
def test_a_cursor_that_never_was_one_is_a_page_that_does_not_exist(
    session: Session, rose_site: Cast, before: str
) -> None:
    with pytest.raises(NotFound):
        feed(session, rose_site.ida, before)


@given(st.datetimes(min_value=START.replace(year=2000, tzinfo=None), max_value=START.replace(year=2200, tzinfo=None)))
def test_a_cursor_keeps_its_moment_to_the_microsecond(moment: object) -> None:
    cursor = Cursor(moment.replace(tzinfo=START.tzinfo), new_id())  # type: ignore[attr-defined]

    assert cursor_from(str(cursor)) == cursor


@pytest.mark.both_databases
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    gaps=st.lists(st.integers(0, 2), min_size=PAGE + 1, max_size=3 * PAGE + 5),
    arrivals=st.lists(st.integers(0, 3), min_size=1, max_size=5),
)
def test_reading_on_loses_and_repeats_nothing_while_others_post(
    session: Session, rose_site: Cast, gaps: list[int], arrivals: list[int]
) -> None:
    """Many are posted in the same moment, and more arrive between two pages."""
    _empty(session)
    there = _fill(session, rose_site.tom, len(gaps), _moments(gaps))
    seen: list[str] = []
    before, arriving = "", iter(arrivals)
    while True:
        view = feed(session, rose_site.ida, before)
        seen += [card.id for card in view.updates]
        _fill(session, rose_site.maya, next(arriving, 0), lambda n: START + timedelta(days=1, seconds=n))
        before = view.older
        if not before:
            break

    assert seen == sorted(there, key=lambda id_: there[id_], reverse=True)


@pytest.mark.both_databases
@pytest.mark.parametrize("name", ["maya", "ida"])
def test_pages_cost_the_same_number_of_statements_at_twenty_and_at_five_thousand(
    session: Session, rose_site: Cast, name: str
) -> None:
    reader = rose_site.actor(name)
    _busy(session, rose_site)
    _fill(session, rose_site.tom, 19)
    few = [len(seen) for seen in _statements(session, reader)]
    _fill(session, rose_site.tom, 4980)
    many = [len(seen) for seen in _statements(session, reader)]

    assert few == many
    assert max(many) <= 24


def test_an_update_with_twenty_photos_and_many_comments_costs_no_more(session: Session, rose_site: Cast) -> None:
    quiet = post(session, rose_site.tom, "Quiet")
    busy = _busy(session, rose_site)
    counts = []
    for update_id in (quiet, busy):
        with counted_statements() as seen:
            alone(session, rose_site.maya, update_id)
        counts.append(len(seen))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["maya", "ida"])
def test_the_timeline_is_read_by_its_index_and_never_sorted(session: Session, rose_site: Cast, name: str) -> None:
    _fill(session, rose_site.tom, 50)
    actor = rose_site.actor(name)
    cursor = Cursor(now(), new_id())

    for statement in (_timeline(actor, 21), _timeline(actor, 21, cursor, [new_id()])):
        plan = _plan(session, statement)
        assert "ix_update_timeline" in plan
        assert "TEMP B-TREE" not in plan
    assert "ix_update_pinned" in _plan(session, _pinned(actor))


def test_the_last_comments_are_found_by_the_threads_index(session: Session, rose_site: Cast) -> None:
    assert "ix_comment_thread" in _plan(session, last_comments_of([new_id(), new_id()]))


def _statements(session: Session, reader: Actor) -> list[list[str]]:
    found = []
    for look in (lambda: feed(session, reader), lambda: today(session, reader, Nothing())):
        session.expire_all()
        with counted_statements() as seen:
            look()
        found.append(list(seen))
    return found


def _plan(session: Session, statement: Executable) -> str:
    """How the database goes about a statement, asked with the very values it is given."""
    plan: list[str] = []

    def explain(_connection: Any, cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        plan.extend(row[-1] for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall())

    event.listen(Engine, "before_cursor_execute", explain)
    session.execute(statement)
    event.remove(Engine, "before_cursor_execute", explain)
    return "\n".join(plan)


def _fill(
    session: Session, author: Actor, count: int, at: Callable[[int], object] = lambda n: START + timedelta(seconds=n)
) -> dict[str, tuple[object, str]]:
    """Published updates by id, with what they are sorted by."""
    ids = [new_id() for _ in range(count)]
    rows = [
        {"id": id_, "site_id": author.site_id, "author_id": author.member_id, "published_at": at(n)}
        | {"text": str(n), "mood": "", "milestone": "", "audience": "EVERYONE", "created_at": START, "version": 1}
        for n, id_ in enumerate(ids)
    ]
    if rows:
        session.execute(insert(Update), rows)
    return {row["id"]: (row["published_at"], row["id"]) for row in rows}


def _moments(gaps: list[int]) -> Callable[[int], object]:
    return lambda n: START + timedelta(microseconds=sum(gaps[: n + 1]))


def _busy(session: Session, cast: Cast) -> str:
    photos = chosen(*(photo(session, cast.tom) for _ in range(20)))
    update_id = post(session, cast.tom, "@Ida and @Maya, look: https://example.org", photos=photos)
    for _ in range(60):
        reply(session, cast.ida, update_id, "So good to see this, @Tom.")
    session.add(Reaction(update_id=update_id, member_id=cast.ida.member_id, site_id=cast.ida.site_id, kind="hug"))
    session.flush()
    return update_id


def _empty(session: Session) -> None:
    session.execute(text('DELETE FROM "update"'))
