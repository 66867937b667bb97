"""The people of a site: roles, duties, rights, coming to an end, and what they see of each other."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from careapp.access import Credentials, Right, Role, Section
from careapp.clock import now
from careapp.db import reading, unit_of_work
from careapp.errors import CareError, Conflict, Invalid, NotAllowed, NotFound
from careapp.ids import new_id
from careapp.models import Account, Invitation, JoinRequest, Member, Privacy, Site, Update
from careapp.operation import Params
from careapp.perform import Asked, do
from careapp.sites.invitations import secret_of
from careapp.sites.inviting import Invite, invite
from careapp.sites.member_view import WhichMember, member
from careapp.sites.my_sites import my_sites
from careapp.sites.people import (
    ChangeRole,
    EditMembership,
    HandOver,
    Leave,
    RemoveMember,
    SetContact,
    SetStandIn,
    change_role,
    edit_membership,
    hand_over,
    leave,
    remove_member,
    set_contact,
    set_stand_in,
)
from careapp.sites.people_view import people
from careapp.sites.presence import MarkSeen, mark_seen
from careapp.sites.requests import (
    ApproveRequest,
    AskToJoin,
    DeclineRequest,
    approve_request,
    ask_to_join,
    decline_request,
)
from careapp.sites.rights import SetMemberRight, SetRoleRight, set_member_right, set_role_right
from careapp.sites.tables import RoleRow, roles
from careapp.sites.visits import Door, door
from tests.cast import Cast, add_account
from tests.statements import counted_statements


def contact_of(session: Session, rose_site: Cast) -> list[str]:
    statement = select(Member.name).where(Member.site_id == site_of(session, rose_site).id, Member.is_contact)
    return list(session.exec(statement))


def site_of(session: Session, rose_site: Cast) -> Site:
    return session.exec(select(Site).where(Site.address == rose_site.address)).one()


def test_a_role_is_changed_and_what_was_agreed_for_the_old_one_ends(session: Session, rose_site: Cast) -> None:
    ida = rose_site.ida.member_id
    set_member_right(session, rose_site.maya, SetMemberRight(member_id=ida, section=Section.JOURNAL, right="manage"))

    change_role(session, rose_site.maya, ChangeRole(member_id=ida, role=Role.FAMILY))

    assert rose_site.ida.role is Role.FAMILY
    assert not rose_site.ida.may(Section.JOURNAL, Right.MANAGE)


def test_the_last_coordinator_stays_whatever_they_try(session: Session, rose_site: Cast) -> None:
    me = rose_site.maya.member_id
    with pytest.raises(Conflict):
        leave(session, rose_site.maya, Leave())
    with pytest.raises(Conflict):
        change_role(session, rose_site.maya, ChangeRole(member_id=me, role=Role.FAMILY))
    with pytest.raises(Conflict):
        remove_member(session, rose_site.maya, RemoveMember(member_id=me))
    with pytest.raises(Invalid):
        hand_over(session, rose_site.maya, HandOver(member_id=me))

    assert rose_site.maya.role is Role.COORDINATOR


def test_handing_over_makes_someone_else_coordinator_and_point_of_contact(session: Session, rose_site: Cast) -> None:
    hand_over(session, rose_site.maya, HandOver(member_id=rose_site.tom.member_id))

    assert rose_site.tom.role is Role.COORDINATOR
    assert rose_site.maya.role is Role.CO_CAREGIVER
    assert contact_of(session, rose_site) == ["Tom Lind"]


def test_the_point_of_contact_is_one_and_need_not_be_family(session: Session, rose_site: Cast) -> None:
    set_stand_in(session, rose_site.maya, SetStandIn(member_id=rose_site.cole.member_id))
    set_contact(session, rose_site.maya, SetContact(member_id=rose_site.cole.member_id))

    assert contact_of(session, rose_site) == ["Dr Cole"]
    assert not people(session, rose_site.tom, Params()).frame.has_stand_in
    with pytest.raises(Conflict):
        set_stand_in(session, rose_site.maya, SetStandIn(member_id=rose_site.cole.member_id))


def test_one_stands_in_at_a_time_and_nobody_has_to(session: Session, rose_site: Cast) -> None:
    for who in (rose_site.tom, rose_site.ida):
        set_stand_in(session, rose_site.maya, SetStandIn(member_id=who.member_id))
    assert people(session, rose_site.tom, Params()).frame.stand_in.name == "Ida Berg"

    set_stand_in(session, rose_site.maya, SetStandIn())
    assert not people(session, rose_site.tom, Params()).frame.has_stand_in


def test_when_the_point_of_contact_goes_whoever_stands_in_takes_over(session: Session, rose_site: Cast) -> None:
    set_contact(session, rose_site.maya, SetContact(member_id=rose_site.cole.member_id))
    set_stand_in(session, rose_site.maya, SetStandIn(member_id=rose_site.tom.member_id))

    leave(session, rose_site.cole, Leave())
    assert contact_of(session, rose_site) == ["Tom Lind"]

    leave(session, rose_site.tom, Leave())
    assert contact_of(session, rose_site) == ["Maya Lind"]


def test_a_removed_member_is_outside_at_once_and_their_name_stays(session: Session, rose_site: Cast) -> None:
    edit_membership(session, rose_site.ida, EditMembership(phone="+47 912 34 567"))
    ida = rose_site.ida.member_id

    remove_member(session, rose_site.maya, RemoveMember(member_id=ida))

    with pytest.raises(NotFound):
        rose_site.actor("ida")
    row = session.get_one(Member, ida)
    assert (row.name, row.phone, row.removed_by_id) == ("Ida Berg", "", rose_site.maya.member_id)


def test_members_say_how_they_are_shown(session: Session, rose_site: Cast) -> None:
    edit_membership(session, rose_site.ida, EditMembership(name="Ida B.", relation="Neighbour", phone="(555) 010-1234"))

    seen = member(session, rose_site.tom, WhichMember(member=rose_site.ida.member_id)).person
    assert (seen.name, seen.relation, seen.call_href) == ("Ida B.", "Neighbour", "tel:5550101234")
    with pytest.raises(Invalid):
        edit_membership(session, rose_site.ida, EditMembership(photo_media_id=new_id()))


@pytest.mark.parametrize("phone", ["call me", "12", "+", "1" * 41, "12<3456", "1+234567"])
def test_what_is_no_phone_number_is_refused(phone: str) -> None:
    with pytest.raises(ValueError, match="phone"):
        EditMembership(phone=phone)


def test_e_mail_addresses_are_seen_by_coordinators_and_oneself(session: Session, rose_site: Cast) -> None:
    asked = WhichMember(member=rose_site.ida.member_id)

    seen = {name: member(session, rose_site.actor(name), asked).email for name in ("maya", "ida", "tom", "rose")}

    assert seen == {"maya": "ida@example.org", "ida": "ida@example.org", "tom": "", "rose": ""}


def test_a_role_is_adjusted_on_this_site_and_put_back(session: Session, rose_site: Cast) -> None:
    maya = rose_site.maya
    set_role_right(session, maya, SetRoleRight(role=Role.FRIEND, section=Section.JOURNAL, right="write"))
    assert rose_site.ida.may(Section.JOURNAL, Right.WRITE)
    assert row(session, rose_site, Role.FRIEND).cells[0].is_own

    set_role_right(session, maya, SetRoleRight(role=Role.FRIEND, section=Section.JOURNAL, right="standard"))
    assert not rose_site.ida.may(Section.JOURNAL, Right.WRITE)
    assert not row(session, rose_site, Role.FRIEND).cells[0].is_own


def row(session: Session, rose_site: Cast, role: Role) -> RoleRow:
    return next(row for row in roles(session, rose_site.maya, Params()).rows if row.role == role)


def test_one_member_is_adjusted_over_their_role_and_put_back(session: Session, rose_site: Cast) -> None:
    maya, ida = rose_site.maya, rose_site.ida.member_id
    set_role_right(session, maya, SetRoleRight(role=Role.FRIEND, section=Section.JOURNAL, right="write"))
    set_member_right(session, maya, SetMemberRight(member_id=ida, section=Section.JOURNAL, right="none"))
    assert not rose_site.ida.may(Section.JOURNAL, Right.SEE)

    set_member_right(session, maya, SetMemberRight(member_id=ida, section=Section.JOURNAL, right="standard"))
    assert rose_site.ida.may(Section.JOURNAL, Right.WRITE)


def test_coordinators_cannot_lock_themselves_out(session: Session, rose_site: Cast) -> None:
    maya = rose_site.maya
    with pytest.raises(Conflict):
        set_role_right(session, maya, SetRoleRight(role=Role.COORDINATOR, section=Section.SITE, right="none"))
    with pytest.raises(Conflict):
        set_member_right(session, maya, SetMemberRight(member_id=maya.member_id, section=Section.SITE, right="none"))


@pytest.mark.parametrize("section", [Section.PEOPLE, Section.SITE])
def test_deciding_over_people_and_the_site_cannot_be_given_away(
    session: Session, rose_site: Cast, section: Section
) -> None:
    """Whoever had it could take every other right."""
    with pytest.raises(Invalid):
        set_role_right(session, rose_site.maya, SetRoleRight(role=Role.FAMILY, section=section, right="manage"))


def test_everyone_reads_the_table_and_coordinators_may_change_it(session: Session, rose_site: Cast) -> None:
    seen = roles(session, rose_site.ida, Params())
    assert not any(cell.can_change or cell.options for row in seen.rows for cell in row.cells)
    assert [row.role for row in seen.rows if row.is_mine] == ["friend"]

    cells = [cell for row in roles(session, rose_site.maya, Params()).rows for cell in row.cells if cell.can_change]
    assert cells
    assert all(sum(option.is_chosen for option in cell.options) == 1 for cell in cells)
    assert all(len({option.words for option in cell.options}) == len(cell.options) for cell in cells)


def test_someone_asks_is_approved_and_belongs(session: Session, rose_site: Cast) -> None:
    site_of(session, rose_site).privacy = Privacy.ASK
    sam = rose_site.anyone("sam")

    ask_to_join(session, sam, AskToJoin(address="rose", words="I live next door."))
    ask_to_join(session, sam, AskToJoin(address="rose", words="I live next door, at number 4."))

    (request,) = people(session, rose_site.maya, Params()).requests
    assert (request.face.name, request.email, request.words) == (
        "Sam",
        "sam@example.org",
        "I live next door, at number 4.",
    )
    assert door(session, sam, Door(address="rose")).has_asked
    assert not people(session, rose_site.tom, Params()).requests
    approve_request(session, rose_site.maya, ApproveRequest(request_id=request.request_id, role=Role.FRIEND))
    assert rose_site.actor("sam").role is Role.FRIEND
    with pytest.raises(Conflict):
        decline_request(session, rose_site.maya, DeclineRequest(request_id=request.request_id))


def test_who_was_declined_is_told_kindly_and_waits(session: Session, rose_site: Cast) -> None:
    site_of(session, rose_site).privacy = Privacy.ASK
    sam = rose_site.anyone("sam")
    ask_to_join(session, sam, AskToJoin(address="rose"))
    (request,) = people(session, rose_site.maya, Params()).requests

    decline_request(session, rose_site.maya, DeclineRequest(request_id=request.request_id))

    view = door(session, sam, Door(address="rose"))
    assert (view.can_ask, view.has_asked, bool(view.words)) == (False, False, True)
    with pytest.raises(Conflict):
        ask_to_join(session, sam, AskToJoin(address="rose"))


@pytest.mark.parametrize("privacy", [Privacy.INVITED, Privacy.LINK])
def test_a_site_that_does_not_let_people_ask_is_not_there_for_strangers(
    session: Session, rose_site: Cast, privacy: Privacy
) -> None:
    site_of(session, rose_site).privacy = privacy
    for address in ("rose", "no-such-site"):
        with pytest.raises(NotFound):
            ask_to_join(session, rose_site.anyone("sam"), AskToJoin(address=address))
        for name in ("", "sam"):
            with pytest.raises(NotFound):
                door(session, rose_site.anyone(name), Door(address=address))
    assert door(session, rose_site.anyone("tom"), Door(address="rose")).is_member


@pytest.mark.both_databases
def test_unseen_updates_are_counted_as_far_as_one_may_see_them(session: Session, rose_site: Cast) -> None:
    site_id = rose_site.maya.site_id
    for audience in ("everyone", "family", "care_team"):
        session.add(Update(site_id=site_id, author_id=rose_site.maya.member_id, audience=audience, published_at=now()))
    session.flush()

    def unseen(name: str) -> int:
        return my_sites(session, rose_site.anyone(name), Params()).sites[0].unseen

    assert {name: unseen(name) for name in ("maya", "tom", "ida", "cole", "rose")} == {
        "maya": 0,
        "tom": 2,
        "ida": 1,
        "cole": 2,
        "rose": 3,
    }
    mark_seen(session, rose_site.tom, MarkSeen())
    assert unseen("tom") == 0
    set_role_right(session, rose_site.maya, SetRoleRight(role=Role.FRIEND, section=Section.JOURNAL, right="none"))
    assert unseen("ida") == 0


@pytest.mark.both_databases
def test_the_page_costs_the_same_with_three_members_and_with_two_hundred(session: Session, rose_site: Cast) -> None:
    ida = WhichMember(member=rose_site.ida.member_id)
    queries: tuple[Callable[[], Any], ...] = (
        lambda: people(session, rose_site.maya, Params()),
        lambda: member(session, rose_site.maya, ida),
        lambda: roles(session, rose_site.maya, Params()),
        lambda: my_sites(session, rose_site.anyone("maya"), Params()),
    )
    before = [statements(query) for query in queries]

    crowd(session, rose_site, 200)

    assert [statements(query) for query in queries] == before
    assert people(session, rose_site.maya, Params()).count == 205
    assert max(before) <= 10


def statements(query: Callable[[], Any]) -> int:
    with counted_statements() as seen:
        query()
    return len(seen)


def crowd(session: Session, rose_site: Cast, size: int) -> None:
    accounts = [Account(email=f"{number}@example.org", name=f"Friend {number}") for number in range(size)]
    site_id, maya = rose_site.maya.site_id, rose_site.maya.member_id
    session.add_all(accounts)
    session.flush()
    for account in accounts:
        session.add(Member(site_id=site_id, account_id=account.id, role=Role.FRIEND, name=account.name))
        session.add(Invitation(site_id=site_id, nonce="n", role=Role.FRIEND, invited_by_id=maya, expires_at=now()))
        session.add(JoinRequest(site_id=site_id, account_id=account.id))
    session.flush()


@pytest.mark.both_databases
def test_two_who_press_join_at_once_get_one_place(stored_site: Cast) -> None:
    with unit_of_work() as session:
        cast = Cast(session)
        answer = invite(session, cast.maya, Invite(role=Role.FRIEND))
        said = {"invitation": secret_of(session.get_one(Invitation, answer.invitation_id))}
        add_account(session, "lee")

    outcomes = at_once(*[(name, "sites.join", said, "") for name in ("sam", "lee")])

    assert sorted(outcomes) == ["conflict", "done"]


@pytest.mark.both_databases
def test_two_coordinators_who_remove_each_other_leave_one(stored_site: Cast) -> None:
    with unit_of_work() as session:
        cast = Cast(session)
        maya, tom = cast.maya.member_id, cast.tom.member_id
        change_role(session, cast.maya, ChangeRole(member_id=tom, role=Role.COORDINATOR))

    outcomes = at_once(
        ("maya", "sites.remove_member", {"member_id": tom}, "rose"),
        ("tom", "sites.remove_member", {"member_id": maya}, "rose"),
    )

    assert sorted(outcomes) in (["done", "not_found"], ["conflict", "done"])
    with reading() as session:
        here = session.exec(select(Member).where(Member.role == Role.COORDINATOR, Member.left_at == None)).all()  # noqa: E711
        assert len(here) == 1


@pytest.mark.both_databases
def test_two_who_choose_the_point_of_contact_at_once_leave_one(stored_site: Cast) -> None:
    with unit_of_work() as session:
        ids = [Cast(session).actor(name).member_id for name in ("tom", "ida", "cole", "rose")]

    outcomes = at_once(*[("maya", "sites.set_contact", {"member_id": one}, "rose") for one in ids])

    assert outcomes == ["done"] * 4
    with reading() as session:
        assert len(session.exec(select(Member).where(Member.is_contact)).all()) == 1


def at_once(*asked: tuple[str, str, dict[str, Any], str]) -> list[str]:
    """Each by a person of their own, all released at the same moment; "done", or the code of the refusal."""
    gate, outcomes = threading.Barrier(len(asked)), [""] * len(asked)

    def one(place: int, name: str, operation: str, command: dict[str, Any], site: str) -> None:
        gate.wait()
        try:
            do(Asked(operation, command, new_id(), site), Credentials(session=f"token-of-{name}"))
            outcomes[place] = "done"
        except CareError as refusal:
            outcomes[place] = refusal.code

    threads = [threading.Thread(target=one, args=(place, *each)) for place, each in enumerate(asked)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_nobody_but_a_coordinator_makes_a_coordinator(session: Session, rose_site: Cast) -> None:
    with pytest.raises(NotAllowed):
        change_role(session, rose_site.tom, ChangeRole(member_id=rose_site.ida.member_id, role=Role.COORDINATOR))
