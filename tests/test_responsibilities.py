"""Responsibilities: who has what is never in doubt, and where nobody has it that shows."""

import pytest
from sqlmodel import Session, select

from careapp.access import Right, Role, Section
from careapp.duties.commands import (
    AddResponsibility,
    EditResponsibility,
    GiveBack,
    HandOver,
    OneResponsibility,
    Part,
    TakeOn,
)
from careapp.duties.lists import OneResponsibilityPage, responsibilities, responsibility
from careapp.duties.operations import (
    add_responsibility,
    close_responsibility,
    edit_responsibility,
    give_back,
    hand_over,
    take_on,
)
from careapp.duties.starters import STARTERS
from careapp.duties.views import Duty, ResponsibilitiesView
from careapp.errors import Conflict, Invalid, NotAllowed
from careapp.models import Kind, Member, Notice, Responsibility, RoleGrant
from careapp.operation import Params
from careapp.sites.people import Leave, leave
from tests.cast import Cast
from tests.notices import with_phones
from tests.statements import counted_statements
from tests.test_feed import _plan


def listed(session: Session, cast: Cast, name: str = "maya") -> ResponsibilitiesView:
    return responsibilities(session, cast.actor(name), Params())


def the_duty(session: Session, cast: Cast, name: str = "maya") -> Duty:
    view = listed(session, cast, name)
    (found,) = [*view.gaps, *view.settled]
    return found


def added(session: Session, cast: Cast, name: str = "maya", **more: str) -> str:
    return add_responsibility(session, cast.actor(name), AddResponsibility(**({"kind": "medicines"} | more))).id


def take(session: Session, cast: Cast, name: str, duty_id: str, part: Part = Part.OWNER) -> None:
    take_on(session, cast.actor(name), TakeOn(responsibility_id=duty_id, part=part))


def give_to(session: Session, cast: Cast, by: str, duty_id: str, to: str, seen: str = "", **more: object) -> None:
    ids = {name: cast.actor(name).member_id if name else "" for name in (to, seen)}
    command = HandOver(responsibility_id=duty_id, member_id=ids[to], seen_id=ids[seen], **more)  # type: ignore[arg-type]
    hand_over(session, cast.actor(by), command)


def test_an_empty_list_offers_what_is_often_needed(session: Session, rose_site: Cast) -> None:
    view = listed(session, rose_site)
    assert view.is_empty
    assert [one.kind for one in view.starters] == list(STARTERS)
    assert listed(session, rose_site, "ida").starters == ()

    added(session, rose_site, kind="pets")
    assert [one.kind for one in listed(session, rose_site).starters] == [key for key in STARTERS if key != "pets"]


def test_what_two_add_from_the_starter_set_is_there_once(session: Session, rose_site: Cast) -> None:
    assert added(session, rose_site, "maya") == added(session, rose_site, "tom")
    assert added(session, rose_site, kind="", title="The garden") != added(session, rose_site, kind="", title="Letters")


def test_something_without_a_name_is_not_added(session: Session, rose_site: Cast) -> None:
    with pytest.raises(Invalid):
        added(session, rose_site, kind="", title=" ")


def test_gaps_stand_on_top_until_someone_has_it_and_someone_stands_in(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    assert len(listed(session, rose_site).gaps) == 1

    take(session, rose_site, "tom", duty_id)
    assert (the_duty(session, rose_site).owner.face.name, len(listed(session, rose_site).gaps)) == ("Tom Lind", 1)
    take(session, rose_site, "ida", duty_id, Part.STAND_IN)

    assert listed(session, rose_site).gaps == ()
    assert the_duty(session, rose_site).stand_in.face.name == "Ida Berg"


@pytest.mark.both_databases
def test_two_people_cannot_take_one(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    take(session, rose_site, "tom", duty_id)
    take(session, rose_site, "tom", duty_id)

    with pytest.raises(Conflict, match="taken this on in the meantime"):
        take(session, rose_site, "ida", duty_id)

    assert the_duty(session, rose_site).owner.member_id == rose_site.tom.member_id


def test_nobody_stands_in_for_themselves(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    take(session, rose_site, "tom", duty_id)
    with pytest.raises(Conflict):
        take(session, rose_site, "tom", duty_id, Part.STAND_IN)

    take(session, rose_site, "ida", duty_id, Part.STAND_IN)
    give_to(session, rose_site, "tom", duty_id, "ida", "tom")
    duty = the_duty(session, rose_site)
    assert (duty.owner.face.name, duty.stand_in.member_id) == ("Ida Berg", "")


@pytest.mark.both_databases
def test_who_is_handed_something_is_told_with_the_note_and_may_give_it_back(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site, "tom", "ida")
    duty_id = added(session, rose_site)
    take(session, rose_site, "tom", duty_id)
    give_to(session, rose_site, "tom", duty_id, "ida", "tom", note="The list hangs on the fridge.")

    (told,) = session.exec(select(Notice)).all()
    assert (told.kind, told.member_id) == (Kind.SCHEDULE, rose_site.ida.member_id)
    assert told.words["more_body"][0] == "The list hangs on the fridge."
    assert told.path.startswith("/responsibility?")

    give_back(session, rose_site.ida, GiveBack(responsibility_id=duty_id, note="I am away in May."))
    assert the_duty(session, rose_site).owner.member_id == rose_site.tom.member_id
    assert [each.member_id for each in session.exec(select(Notice))][1:] == [rose_site.tom.member_id]


def test_what_one_took_on_oneself_and_gives_back_is_a_gap_again(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    take(session, rose_site, "tom", duty_id)
    give_back(session, rose_site.tom, GiveBack(responsibility_id=duty_id))

    assert the_duty(session, rose_site).can_take
    with pytest.raises(Conflict):
        give_back(session, rose_site.tom, GiveBack(responsibility_id=duty_id))


def test_what_a_coordinator_gave_out_goes_back_to_nobody(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    give_to(session, rose_site, "maya", duty_id, "ida")
    give_back(session, rose_site.ida, GiveBack(responsibility_id=duty_id))

    assert not the_duty(session, rose_site).owner.member_id


def test_only_who_has_it_or_keeps_order_hands_it_over(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    take(session, rose_site, "cole", duty_id)

    for name in ("ida", "tom"):
        with pytest.raises(NotAllowed):
            give_to(session, rose_site, name, duty_id, "ida", "cole")
    give_to(session, rose_site, "rose", duty_id, "tom", "cole")
    assert the_duty(session, rose_site).owner.face.name == "Tom Lind"


def test_a_friend_takes_on_and_does_not_give_out_what_nobody_has(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    with pytest.raises(NotAllowed):
        give_to(session, rose_site, "ida", duty_id, "tom")

    give_to(session, rose_site, "tom", duty_id, "ida")
    assert the_duty(session, rose_site, "ida").owner.is_me


@pytest.mark.both_databases
def test_what_was_decided_on_old_news_does_not_happen(session: Session, rose_site: Cast) -> None:
    """Maya, offline, gives what she saw in nobody's hands to Ida; Tom had taken it."""
    duty_id = added(session, rose_site)
    take(session, rose_site, "tom", duty_id)

    with pytest.raises(Conflict, match="has it now"):
        give_to(session, rose_site, "maya", duty_id, "ida")

    assert the_duty(session, rose_site).owner.face.name == "Tom Lind"


def test_the_words_of_two_do_not_overwrite_each_other(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site, kind="", title="The garden")
    edit_responsibility(
        session,
        rose_site.maya,
        EditResponsibility(responsibility_id=duty_id, version=1, title="The garden", words="At eight and at six."),
    )
    with pytest.raises(Conflict) as refused:
        edit_responsibility(
            session,
            rose_site.rose,
            EditResponsibility(responsibility_id=duty_id, version=1, title="The garden", words="At noon."),
        )

    assert refused.value.params == {"theirs": "The garden\nAt eight and at six."}
    assert the_duty(session, rose_site).summary == "The garden\nAt eight and at six."


def test_who_leaves_leaves_a_gap_that_names_them(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    take(session, rose_site, "tom", duty_id)
    take(session, rose_site, "ida", duty_id, Part.STAND_IN)
    leave(session, rose_site.tom, Leave())

    (duty,) = listed(session, rose_site).gaps
    assert (duty.owner.member_id, duty.owner.left, duty.stand_in.face.name) == ("", "Tom Lind", "Ida Berg")
    take(session, rose_site, "cole", duty_id)
    assert the_duty(session, rose_site).owner.face.name == "Dr Cole"


def test_its_history_tells_who_had_it_and_with_what_words(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    take(session, rose_site, "tom", duty_id)
    give_to(session, rose_site, "tom", duty_id, "ida", "tom", note="Good luck.")

    page = responsibility(session, rose_site.cole, OneResponsibilityPage(responsibility=duty_id))
    assert [(one.by, one.owner, one.note) for one in page.history] == [
        ("Tom Lind", "Ida Berg", "Good luck."),
        ("Tom Lind", "Tom Lind", ""),
        ("Maya Lind", "", ""),
    ]


def test_what_is_closed_is_off_the_list_and_can_be_added_again(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    with pytest.raises(NotAllowed):
        close_responsibility(session, rose_site.tom, OneResponsibility(responsibility_id=duty_id))
    close_responsibility(session, rose_site.maya, OneResponsibility(responsibility_id=duty_id))

    assert listed(session, rose_site).is_empty
    with pytest.raises(Conflict):
        take(session, rose_site, "tom", duty_id)
    assert added(session, rose_site) != duty_id


def test_who_may_not_take_anything_on_is_not_given_anything(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    site_id = rose_site.maya.site_id
    session.add(RoleGrant(site_id=site_id, role=Role.FRIEND, section=Section.SCHEDULE, level=Right.SEE))
    session.flush()

    with pytest.raises(Invalid):
        give_to(session, rose_site, "maya", duty_id, "ida")
    page = responsibility(session, rose_site.maya, OneResponsibilityPage(responsibility=duty_id))
    assert "Ida Berg" not in [one.words for one in page.people]
    assert not the_duty(session, rose_site, "ida").can_take


def test_a_long_list_takes_as_many_statements_as_a_short_one(session: Session, rose_site: Cast) -> None:
    def statements() -> int:
        session.expire_all()
        with counted_statements() as seen:
            listed(session, rose_site)
        return len(seen)

    added(session, rose_site)
    before = statements()
    for n in range(30):
        session.add(Responsibility(site_id=rose_site.maya.site_id, title=str(n), owner_id=rose_site.tom.member_id))
    session.flush()

    assert statements() == before


def test_the_list_is_read_by_its_index(session: Session, rose_site: Cast) -> None:
    from careapp.duties.lists import _rows

    rows = _rows(rose_site.maya).order_by(Responsibility.position, Responsibility.id)  # type: ignore[arg-type]
    plan = _plan(session, rows)
    assert "ix_responsibility_list" in plan
    assert "TEMP B-TREE" not in plan


def test_members_are_named_by_their_name_here(session: Session, rose_site: Cast) -> None:
    duty_id = added(session, rose_site)
    take(session, rose_site, "tom", duty_id)
    session.get_one(Member, rose_site.tom.member_id).name = "Tommy"

    assert the_duty(session, rose_site).owner.face.name == "Tommy"
