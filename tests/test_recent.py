"""A view that was read is given again only while it is still true, and only to whom it was given."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from careapp import clock, db, features, jobs, recent
from careapp.access import Role
from careapp.errors import CareError
from careapp.ids import new_id
from careapp.models import JoinRequest, Member, SignIn, Site
from careapp.notify.announce import stir
from careapp.operation import QUERIES
from careapp.perform import Asked, do
from tests.cast import Cast, add_site
from tests.statements import counted_statements

features.load()


def asked(cast: Cast, name: str = "maya", **params: str) -> recent.Question:
    return recent.question(QUERIES["today.today"], cast.credentials(name), {"site": cast.address, **params})


def answer(question: recent.Question) -> recent.Answer:
    return recent.recalled(question) or recent.read(question)


def view(question: recent.Question) -> Any:
    return answer(question).view


def store(statement: Any) -> None:
    with db.unit_of_work() as session:
        session.execute(statement)


def test_the_same_question_is_answered_without_the_database(stored_site: Cast) -> None:
    first = view(asked(stored_site))

    with counted_statements() as statements:
        again = view(asked(stored_site))

    assert again is first
    assert statements == []


def test_what_was_stored_since_is_seen(stored_site: Cast) -> None:
    view(asked(stored_site))

    store(update(Site).values(name="Caring for Rose"))

    assert view(asked(stored_site)).frame.site_name == "Caring for Rose"


def test_what_concerns_another_site_leaves_the_answer(stored_site: Cast) -> None:
    jobs.run_next()  # a connection that was not there before may have changed anything
    first = view(asked(stored_site))

    with db.unit_of_work() as session:
        db.concerns(session, "another site")
        session.execute(update(Site).values(name="Caring for Rose"))

    assert view(asked(stored_site)) is first


def test_what_concerns_the_site_does_not(stored_site: Cast) -> None:
    view(asked(stored_site))

    with db.unit_of_work() as session:
        db.concerns(session, session.scalars(select(col(Site.id))).one())
        session.execute(update(Site).values(name="Caring for Rose"))

    assert view(asked(stored_site)).frame.site_name == "Caring for Rose"


@pytest.mark.parametrize(
    ("who", "operation", "command", "named"),
    [
        ("ida", "leave", {}, []),
        ("maya", "remove_member", {"member_id": "ida"}, []),
        ("maya", "delete_site", {"name": "Looking after Rose"}, []),
        ("maya", "edit_site", {"name": "Caring for Rose"}, ["Caring for Rose", "Rose"]),
        ("maya", "edit_profile", {"called": "Rosie"}, ["Looking after Rose", "Rosie"]),
    ],
)
def test_a_page_of_another_site_names_ones_sites_as_they_are_now(
    stored_site: Cast, who: str, operation: str, command: dict[str, str], named: list[str]
) -> None:
    with db.unit_of_work() as session:
        bill = add_site(session, "bill", {"ida": Role.FAMILY, "sam": Role.COORDINATOR})
        command = {name: Cast(session).ida.member_id if value == "ida" else value for name, value in command.items()}
    jobs.run_next()
    before = answer(asked(bill, "ida"))

    do(Asked(f"sites.{operation}", command, new_id(), "rose"), stored_site.credentials(who))

    after = answer(asked(bill, "ida"))
    rose = [each for each in after.view.frame.sites if each.href.endswith("rose")]
    assert after.as_of > before.as_of  # open pages look again
    assert [words for each in rose for words in (each.name, each.person.name)] == named


def test_a_page_of_another_site_names_the_site_that_has_let_one_in(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        bill = add_site(session, "bill", {"sam": Role.COORDINATOR})
        rose, sam = Cast(session).maya.site_id, bill.anyone("sam").account_id
        session.add(JoinRequest(id=(request_id := new_id()), site_id=rose, account_id=sam))
    jobs.run_next()
    before = answer(asked(bill, "sam"))

    let_in = Asked("sites.approve_request", {"request_id": request_id, "role": "family"}, new_id(), "rose")
    do(let_in, stored_site.credentials("maya"))

    after = answer(asked(bill, "sam"))
    assert after.as_of > before.as_of
    assert len(after.view.frame.sites) == 2


def test_what_is_stirred_besides_is_read_anew(stored_site: Cast) -> None:
    jobs.run_next()
    view(asked(stored_site))

    with db.unit_of_work() as session:
        db.concerns(session, "another site")
        stir(session, session.scalars(select(col(Site.id))).one())

    assert recent.recalled(asked(stored_site)) is None


def test_a_page_of_no_site_depends_on_all(stored_site: Cast) -> None:
    sites = recent.question(QUERIES["notify.notices_page"], stored_site.credentials("maya"), {})
    first = view(sites)

    with db.unit_of_work() as session:
        db.concerns(session, "another site")
        session.execute(update(Site).values(name="Caring for Rose"))

    assert view(sites) is not first


@pytest.mark.parametrize(
    "ending",
    [update(SignIn).values(ended_at=clock.now()), update(Member).values(left_at=clock.now())],
    ids=["the session ended", "the member left"],
)
def test_whoever_may_not_look_any_more_is_refused_at_once(stored_site: Cast, ending: Any) -> None:
    view(asked(stored_site))

    store(ending)

    with pytest.raises(CareError):
        view(asked(stored_site))


def test_nobody_is_given_anothers_answer(stored_site: Cast) -> None:
    view(asked(stored_site, "maya"))

    assert recent.recalled(asked(stored_site, "tom")) is None
    assert recent.recalled(asked(stored_site, "")) is None


def test_another_place_is_another_question(stored_site: Cast) -> None:
    view(asked(stored_site))

    assert recent.recalled(asked(stored_site, before="yesterday")) is None


def test_after_a_minute_it_is_asked_anew(stored_site: Cast) -> None:
    view(asked(stored_site))

    with clock.freeze(clock.now() + timedelta(seconds=61)):
        assert recent.recalled(asked(stored_site)) is None


def test_looking_for_work_changes_nothing(stored_site: Cast) -> None:
    jobs.run_next()  # a connection that was not there before may have changed anything
    first = view(asked(stored_site))

    assert jobs.run_next() is False

    assert view(asked(stored_site)) is first


def test_another_database_in_its_place_is_noticed(stored_site: Cast) -> None:
    view(asked(stored_site))

    db.dispose()

    assert recent.recalled(asked(stored_site)) is None


@pytest.mark.both_databases
def test_only_who_sees_every_write_keeps_answers(stored_site: Cast, kind_of_database: str) -> None:
    view(asked(stored_site))

    assert (recent.recalled(asked(stored_site)) is not None) == (kind_of_database == "sqlite")
