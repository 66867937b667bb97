"""Invitations: by link, by e-mail, used up by joining and by nothing else."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import Session, select

from careapp import clock
from careapp.access import Role, Section
from careapp.errors import Conflict, NotAllowed, NotFound, TooMany
from careapp.ids import new_id
from careapp.models import Invitation, Job, Member, Privacy, Site
from careapp.operation import Params
from careapp.settings import settings
from careapp.sites.invitation_view import WhichInvitation, invitation_card
from careapp.sites.invitations import link_of
from careapp.sites.inviting import (
    Invite,
    Join,
    ResendInvitation,
    RevokeInvitation,
    invite,
    join,
    resend_invitation,
    revoke_invitation,
)
from careapp.sites.my_sites import my_sites
from careapp.sites.people import ChangeRole, Leave, RemoveMember, change_role, leave, remove_member
from careapp.sites.people_view import people
from careapp.sites.requests import ApproveRequest, AskToJoin, approve_request, ask_to_join
from careapp.sites.rights import SetMemberRight, SetRoleRight, set_member_right, set_role_right
from careapp.sites.site import DeleteSite, delete_site
from careapp.sites.visits import InvitationView, Secret, invitation
from tests.cast import Cast, add_site


def made(session: Session, rose_site: Cast, by: str = "maya", **said: Any) -> Invitation:
    answer = invite(session, rose_site.actor(by), Invite(**{"role": Role.FRIEND, **said}))
    return session.get_one(Invitation, answer.invitation_id)


def secret(found: Invitation) -> str:
    return parse_qs(urlsplit(link_of(found)).query)["invitation"][0]


def letters(session: Session) -> list[dict[str, Any]]:
    return [job.payload for job in session.exec(select(Job)) if job.kind == "notify.send_mail"]


def offered(session: Session, rose_site: Cast, by: str) -> set[str]:
    return {option.value for option in people(session, rose_site.actor(by), Params()).roles}


def look(session: Session, rose_site: Cast, found: Invitation, name: str = "") -> InvitationView:
    return invitation(session, rose_site.anyone(name), Secret(invitation=secret(found)))


def test_who_asked_and_then_joins_by_invitation_asks_no_more(session: Session, rose_site: Cast) -> None:
    session.get_one(Site, rose_site.maya.site_id).privacy = Privacy.ASK
    sam = rose_site.anyone("sam")
    ask_to_join(session, sam, AskToJoin(address="rose"))
    (asked,) = people(session, rose_site.maya, Params()).requests
    post_sent = len(letters(session))

    join(session, sam, Join(invitation=secret(made(session, rose_site))))

    seen = people(session, rose_site.maya, Params())
    assert (seen.requests, seen.frame.waiting_requests) == ((), 0)
    assert my_sites(session, sam, Params()).asked == ()
    with pytest.raises(Conflict):
        approve_request(session, rose_site.maya, ApproveRequest(request_id=asked.request_id, role=Role.FRIEND))
    assert len(letters(session)) == post_sent


def test_whoever_holds_the_link_joins_once_in_the_offered_role(session: Session, rose_site: Cast) -> None:
    found = made(session, rose_site, role=Role.FAMILY, name="Uncle Sam")

    joined = join(session, rose_site.anyone("sam"), Join(invitation=secret(found), name="Sam Okafor", relation="Uncle"))

    member = session.get_one(Member, joined.member_id)
    assert (member.role, member.name, member.relation) == (Role.FAMILY, "Sam Okafor", "Uncle")
    assert rose_site.actor("sam").role is Role.FAMILY
    assert look(session, rose_site, found).state == "used"


def test_looking_never_uses_an_invitation_up(session: Session, rose_site: Cast) -> None:
    found = made(session, rose_site)

    views = [look(session, rose_site, found, name) for name in ("", "", "sam", "maya")]

    assert all(view.is_open for view in views)
    assert found.used_at is None


def test_an_invitation_shows_who_invites_for_whom_and_as_what(session: Session, rose_site: Cast) -> None:
    view = look(session, rose_site, made(session, rose_site, name="Sam"))

    assert (view.inviter, view.person.name, view.role_words, view.name) == ("Maya Lind", "Rose", "Friend", "Sam")


def test_an_invitation_that_cannot_be_used_says_why_and_names_nobody_it_need_not(
    session: Session, rose_site: Cast
) -> None:
    revoked, old = made(session, rose_site), made(session, rose_site)
    revoke_invitation(session, rose_site.maya, RevokeInvitation(invitation_id=revoked.id))
    wrong = invitation(session, rose_site.anyone(), Secret(invitation=f"{old.id}.{'0' * 32}"))
    with clock.freeze(clock.now() + timedelta(days=10, seconds=1)):
        late = look(session, rose_site, old)

    views = [wrong, look(session, rose_site, revoked), late]

    assert [view.state for view in views] == ["unknown", "revoked", "expired"]
    assert len({view.words for view in views}) == 3
    assert [view.inviter for view in views] == ["", "", "Maya Lind"]
    assert not any(view.person.name or view.site or view.role_words for view in views)


UNKNOWN_ID = "01a20586-c847-7850-a64a-04cf9d79fe2e"


@pytest.mark.parametrize("spoilt", ["", "x", "é", UNKNOWN_ID, f"{UNKNOWN_ID}.é", f"{UNKNOWN_ID}.{'0' * 32}", "." * 200])
def test_a_spoilt_link_is_refused_with_words(session: Session, rose_site: Cast, spoilt: str) -> None:
    assert invitation(session, rose_site.anyone(), Secret(invitation=spoilt)).state == "unknown"
    with pytest.raises(NotFound) as refusal:
        join(session, rose_site.anyone("sam"), Join(invitation=spoilt))
    assert "does not work" in refusal.value.words


def test_ten_days_and_not_longer_until_it_is_sent_again(session: Session, rose_site: Cast) -> None:
    found, sam = made(session, rose_site), rose_site.anyone("sam")

    with clock.freeze(clock.now() + timedelta(days=10, seconds=1)):
        with pytest.raises(Conflict, match="run out"):
            join(session, sam, Join(invitation=secret(found)))
        resend_invitation(session, rose_site.maya, ResendInvitation(invitation_id=found.id))
        assert join(session, sam, Join(invitation=secret(found))).member_id


def test_a_revoked_invitation_lets_nobody_in_and_cannot_be_sent_again(session: Session, rose_site: Cast) -> None:
    found = made(session, rose_site)
    revoke_invitation(session, rose_site.maya, RevokeInvitation(invitation_id=found.id))

    with pytest.raises(Conflict, match="taken back"):
        join(session, rose_site.anyone("sam"), Join(invitation=secret(found)))
    with pytest.raises(Conflict, match="taken back"):
        resend_invitation(session, rose_site.maya, ResendInvitation(invitation_id=found.id))


def test_a_member_who_opens_an_invitation_is_told_and_leaves_it_for_others(session: Session, rose_site: Cast) -> None:
    found = made(session, rose_site, role=Role.FAMILY)

    answer = join(session, rose_site.anyone("ida"), Join(invitation=secret(found)))

    assert answer.was_member
    assert rose_site.ida.role is Role.FRIEND
    assert look(session, rose_site, found).is_open


def test_with_an_address_it_is_also_sent_and_anyone_with_the_link_may_use_it(session: Session, rose_site: Cast) -> None:
    found = made(session, rose_site, email="new@example.org")

    (letter,) = letters(session)
    assert letter["to"] == "new@example.org"
    assert link_of(found) in letter["text"]
    assert join(session, rose_site.anyone("sam"), Join(invitation=secret(found))).member_id


@pytest.mark.parametrize("address", ["x", "a@b", "@b.c", "a b@c.d"])
def test_what_cannot_be_an_address_is_refused(session: Session, rose_site: Cast, address: str) -> None:
    with pytest.raises(ValueError, match="e-mail"):
        made(session, rose_site, email=address)


def test_the_same_id_is_the_same_invitation(session: Session, rose_site: Cast) -> None:
    said = Invite(invitation_id=new_id(), role=Role.FRIEND)

    assert invite(session, rose_site.maya, said) == invite(session, rose_site.maya, said)


def test_only_a_coordinator_invites_a_coordinator_or_sees_such_a_link(session: Session, rose_site: Cast) -> None:
    change_role(session, rose_site.maya, ChangeRole(member_id=rose_site.tom.member_id, role=Role.CO_CAREGIVER))
    found = made(session, rose_site, role=Role.COORDINATOR)

    with pytest.raises(NotAllowed):
        made(session, rose_site, by="tom", role=Role.COORDINATOR)
    for act, what in ((resend_invitation, ResendInvitation), (revoke_invitation, RevokeInvitation)):
        with pytest.raises(NotAllowed):
            act(session, rose_site.tom, what(invitation_id=found.id))
    with pytest.raises(NotAllowed):
        invitation_card(session, rose_site.tom, WhichInvitation(invitation=found.id))
    (row,) = people(session, rose_site.tom, Params()).invitations
    assert (row.link, row.email, row.can_change) == ("", "", False)
    assert invitation_card(session, rose_site.maya, WhichInvitation(invitation=found.id)).qr.path


def test_nobody_offers_a_role_that_may_do_or_read_more_than_they_may(session: Session, rose_site: Cast) -> None:
    """Neither by the usual table nor by what a site has decided for itself."""
    set_role_right(session, rose_site.maya, SetRoleRight(role=Role.FAMILY, section=Section.PEOPLE, right="write"))
    assert offered(session, rose_site, "tom") == {Role.FAMILY, Role.FRIEND}
    for role in (Role.COORDINATOR, Role.CO_CAREGIVER, Role.CARE_PROFESSIONAL, Role.PERSON):
        with pytest.raises(NotAllowed):
            made(session, rose_site, by="tom", role=role)
    assert made(session, rose_site, by="tom", role=Role.FAMILY).role == Role.FAMILY

    set_role_right(session, rose_site.maya, SetRoleRight(role=Role.FRIEND, section=Section.STATUS, right="write"))
    assert offered(session, rose_site, "tom") == {Role.FAMILY, Role.FRIEND}
    set_role_right(session, rose_site.maya, SetRoleRight(role=Role.FRIEND, section=Section.JOURNAL, right="manage"))
    assert offered(session, rose_site, "tom") == {Role.FAMILY}
    with pytest.raises(NotAllowed):
        made(session, rose_site, by="tom", role=Role.FRIEND)


def test_who_may_do_less_than_their_role_offers_less(session: Session, rose_site: Cast) -> None:
    tom = rose_site.tom.member_id
    change_role(session, rose_site.maya, ChangeRole(member_id=tom, role=Role.CO_CAREGIVER))
    assert offered(session, rose_site, "tom") == set(Role) - {Role.COORDINATOR, Role.VISITOR}

    set_member_right(session, rose_site.maya, SetMemberRight(member_id=tom, section=Section.SOS, right="take_part"))
    assert offered(session, rose_site, "tom") == {Role.FRIEND, Role.CARE_PROFESSIONAL}
    set_member_right(session, rose_site.maya, SetMemberRight(member_id=tom, section=Section.SOS, right="none"))
    assert not people(session, rose_site.tom, Params()).can_invite


def test_who_loses_a_role_or_a_right_leaves_no_invitation_that_they_could_not_give_any_more(
    session: Session, rose_site: Cast
) -> None:
    tom = rose_site.tom.member_id
    change_role(session, rose_site.maya, ChangeRole(member_id=tom, role=Role.COORDINATOR))
    high, middle, low = (
        made(session, rose_site, by="tom", role=role) for role in (Role.COORDINATOR, Role.CO_CAREGIVER, Role.FRIEND)
    )
    mayas = made(session, rose_site, role=Role.COORDINATOR)

    change_role(session, rose_site.maya, ChangeRole(member_id=tom, role=Role.CO_CAREGIVER))
    assert [bool(one.revoked_at) for one in (high, middle, low, mayas)] == [True, False, False, False]

    set_member_right(session, rose_site.maya, SetMemberRight(member_id=tom, section=Section.JOURNAL, right="see"))
    assert [bool(one.revoked_at) for one in (high, middle, low, mayas)] == [True, True, True, False]


def test_a_role_that_loses_a_right_takes_along_what_it_can_give_no_more(session: Session, rose_site: Cast) -> None:
    change_role(session, rose_site.maya, ChangeRole(member_id=rose_site.tom.member_id, role=Role.CO_CAREGIVER))
    found = made(session, rose_site, by="tom")

    set_role_right(session, rose_site.maya, SetRoleRight(role=Role.CO_CAREGIVER, section=Section.PEOPLE, right="see"))

    assert found.revoked_at


@pytest.mark.usefixtures("one_moment")
def test_an_address_gets_three_letters_a_day_and_who_asks_for_more_is_told(session: Session, rose_site: Cast) -> None:
    found = made(session, rose_site, email="new@example.org")
    made(session, rose_site, email="New@Example.org")
    resend_invitation(session, rose_site.maya, ResendInvitation(invitation_id=found.id))

    with pytest.raises(TooMany, match="by e-mail today"):
        made(session, rose_site, email="new@example.org")
    with pytest.raises(TooMany):
        resend_invitation(session, rose_site.maya, ResendInvitation(invitation_id=found.id))

    assert len(letters(session)) == 3
    assert link_of(made(session, rose_site, name="Without a letter"))
    assert made(session, rose_site, email="other@example.org")
    with clock.freeze(clock.now() + timedelta(days=1)):
        resend_invitation(session, rose_site.maya, ResendInvitation(invitation_id=found.id))


@pytest.mark.usefixtures("one_moment")
def test_an_account_and_a_site_send_sixty_letters_a_day(session: Session, rose_site: Cast) -> None:
    elsewhere = add_site(session, "ben", {"maya": Role.COORDINATOR, "tom": Role.COORDINATOR})
    change_role(session, rose_site.maya, ChangeRole(member_id=rose_site.tom.member_id, role=Role.COORDINATOR))
    for n in range(60):
        made(session, rose_site, email=f"{n}@example.org")

    with pytest.raises(TooMany):
        made(session, elsewhere, by="maya", email="new@example.org")
    with pytest.raises(TooMany):
        made(session, rose_site, by="tom", email="new@example.org")
    assert made(session, elsewhere, by="tom", email="new@example.org")


def test_a_removed_member_cannot_come_back_by_an_old_link(session: Session, rose_site: Cast) -> None:
    change_role(session, rose_site.maya, ChangeRole(member_id=rose_site.tom.member_id, role=Role.CO_CAREGIVER))
    own, others = made(session, rose_site, by="tom"), made(session, rose_site)
    tom = rose_site.anyone("tom")

    remove_member(session, rose_site.maya, RemoveMember(member_id=rose_site.tom.member_id))

    assert look(session, rose_site, own).state == "revoked"
    with pytest.raises(Conflict, match="taken back"):
        join(session, tom, Join(invitation=secret(others)))
    assert look(session, rose_site, others).is_open
    assert join(session, tom, Join(invitation=secret(made(session, rose_site)))).member_id


def test_who_comes_back_takes_the_old_place_in_the_new_role(session: Session, rose_site: Cast) -> None:
    before = rose_site.ida.member_id
    ida = rose_site.anyone("ida")
    leave(session, rose_site.ida, Leave())

    joined = join(session, ida, Join(invitation=secret(made(session, rose_site, role=Role.FAMILY))))

    assert joined.member_id == before
    assert rose_site.ida.role is Role.FAMILY


def test_there_is_one_person_the_site_is_for(session: Session, rose_site: Cast) -> None:
    with pytest.raises(Conflict):
        made(session, rose_site, role=Role.PERSON)


def test_an_invitation_ends_with_its_site(session: Session, rose_site: Cast) -> None:
    found = made(session, rose_site)
    delete_site(session, rose_site.maya, DeleteSite(name="looking after  rose"))

    assert look(session, rose_site, found).state == "unknown"
    with pytest.raises(NotFound):
        join(session, rose_site.anyone("sam"), Join(invitation=secret(found)))


@pytest.mark.parametrize(("server", "sends"), [("", False), ("smtp://mail.example.org:587", True)])
def test_that_mail_goes_out_is_said_only_where_it_does(
    session: Session, rose_site: Cast, monkeypatch: pytest.MonkeyPatch, server: str, sends: bool
) -> None:
    monkeypatch.setattr(settings(), "smtp_url", server)
    found = made(session, rose_site, email="pia@example.org")

    assert invitation_card(session, rose_site.maya, WhichInvitation(invitation=found.id)).has_mail is sends
    assert people(session, rose_site.maya, Params()).has_mail is sends
