"""The family meeting: one at a time, followed by several, and what was decided is kept at once."""

from typing import Any

import pytest
from sqlmodel import Session

from careapp import clock
from careapp.access import Role, Section
from careapp.duties.agenda import AGENDA
from careapp.duties.commands import AddResponsibility, OneResponsibility, TakeOn
from careapp.duties.kick_off import NotePoint, OneKickOff, StartKickOff
from careapp.duties.kick_off_post import Post
from careapp.duties.kick_off_view import MOST_SHOWN, MOST_TO_TAP, KickOffView, PointCard, kick_off
from careapp.duties.operations import add_responsibility, finish_kick_off, note_point, start_kick_off, take_on
from careapp.duties.summary import summary
from careapp.errors import Conflict
from careapp.journal.commands import OneUpdate, PostUpdate
from careapp.journal.operations import delete_update, post_update
from careapp.models import Account, Audience, Member, Responsibility
from careapp.operation import Params
from careapp.sites.inviting import Invite, invite
from careapp.sites.people import SetContact, SetStandIn, set_contact, set_stand_in
from careapp.sites.rights import SetRoleRight, set_role_right
from careapp.sites.site import EditProfile, edit_profile
from careapp.sites.wishes import Wishes
from tests.cast import START, Cast
from tests.statements import counted_statements


def add_members(session: Session, cast: Cast, many: int) -> list[str]:
    """Cousins, who are family; their ids."""
    accounts = [Account(email=f"{n}@example.org", name=f"Cousin {n:02}") for n in range(many)]
    session.add_all(accounts)
    session.flush()
    site_id = cast.maya.site_id
    members = [Member(site_id=site_id, account_id=one.id, role=Role.FAMILY, name=one.name) for one in accounts]
    session.add_all(members)
    session.flush()
    return [one.id for one in members]


def begin(session: Session, cast: Cast, name: str = "maya") -> str:
    with clock.freeze(START):
        return start_kick_off(session, cast.actor(name), StartKickOff()).id


def note(session: Session, cast: Cast, meeting: str, name: str = "tom", point: str = "help", **said: Any) -> None:
    note_point(session, cast.actor(name), NotePoint(kick_off_id=meeting, point=point, **said))


def seen(session: Session, cast: Cast, name: str = "maya") -> KickOffView:
    return kick_off(session, cast.actor(name), Params())


def point(view: KickOffView, key: str = "help") -> PointCard:
    return next(one for one in view.points if one.key == key)


@pytest.mark.both_databases
def test_who_begins_while_one_is_under_way_joins_it(session: Session, rose_site: Cast) -> None:
    assert begin(session, rose_site, "maya") == begin(session, rose_site, "tom")
    assert seen(session, rose_site, "ida").is_open


def test_it_goes_through_the_points_one_after_the_other(session: Session, rose_site: Cast) -> None:
    meeting = begin(session, rose_site)
    assert [one.key for one in seen(session, rose_site).points if one.is_current] == ["here"]
    note(session, rose_site, meeting, point="here", is_done=True)
    note(session, rose_site, meeting, point="contact", is_done=True)

    view = seen(session, rose_site, "ida")
    assert [one.key for one in view.points if one.is_current] == ["story"]
    assert (view.done, view.total) == (2, len(AGENDA))
    note(session, rose_site, meeting, point="here", is_done=False)
    assert [one.key for one in seen(session, rose_site).points if one.is_current] == ["here"]


@pytest.mark.both_databases
def test_what_two_write_at_once_is_not_overwritten_unseen(session: Session, rose_site: Cast) -> None:
    meeting = begin(session, rose_site)
    note(session, rose_site, meeting, "tom", words="Two dinners.")
    with pytest.raises(Conflict) as refused:
        note(session, rose_site, meeting, "ida", words="A ride.")
    assert refused.value.params == {"theirs": "Two dinners."}

    note(session, rose_site, meeting, "ida", words="Two dinners.", is_done=True)
    note(session, rose_site, meeting, "ida", words="Two dinners and a ride.", version=1)
    found = point(seen(session, rose_site))
    assert (found.words, found.version, found.is_done) == ("Two dinners and a ride.", 2, True)


def test_after_the_end_nothing_is_written_and_all_is_there_to_read(session: Session, rose_site: Cast) -> None:
    meeting = begin(session, rose_site)
    note(session, rose_site, meeting, words="Two dinners.")
    finish_kick_off(session, rose_site.maya, OneKickOff(kick_off_id=meeting))
    finish_kick_off(session, rose_site.maya, OneKickOff(kick_off_id=meeting))

    with pytest.raises(Conflict):
        note(session, rose_site, meeting, words="Three dinners.", version=1)
    view = seen(session, rose_site, "ida")
    assert (view.is_open, point(view).words) == (False, "Two dinners.")
    assert begin(session, rose_site) != meeting


def test_the_missing_can_join_right_there_for_those_who_invite(session: Session, rose_site: Cast) -> None:
    begin(session, rose_site)
    invite(session, rose_site.maya, Invite(role=Role.FAMILY, name="Anna"))

    view = seen(session, rose_site, "maya")
    assert [one.name for one in view.missing] == ["Anna"]
    assert view.link == view.missing[0].link
    assert view.qr.path
    other = seen(session, rose_site, "tom")
    assert (other.missing, other.link, other.qr.path) == ((), "", "")


def test_a_tap_gives_what_nobody_has_and_takes_it_back(session: Session, rose_site: Cast) -> None:
    begin(session, rose_site)
    tom = rose_site.tom.member_id
    pets = next(one for one in seen(session, rose_site).duties if one.kind == "pets")
    assert (pets.id, pets.owner) == ("", "")
    add_responsibility(session, rose_site.maya, AddResponsibility(kind="pets", owner_id=tom))

    pets = next(one for one in seen(session, rose_site).duties if one.kind == "pets")
    assert pets.owner == "Tom Lind"
    assert [(tap.member_id, tap.wanted) for tap in pets.people if tap.is_chosen] == [(tom, "")]


def test_everyone_who_takes_things_on_can_be_chosen_however_many_they_are(session: Session, rose_site: Cast) -> None:
    begin(session, rose_site)
    many = add_members(session, rose_site, MOST_SHOWN)
    add_responsibility(session, rose_site.maya, AddResponsibility(kind="pets", owner_id=many[-1]))
    set_contact(session, rose_site.maya, SetContact(member_id=many[-2]))

    view = seen(session, rose_site)
    assert (len(view.people), view.everyone) == (MOST_SHOWN, MOST_SHOWN + 5)
    assert len(view.to_tap) == MOST_TO_TAP + 1
    assert [(one.member_id, one.first_name) for one in view.to_tap if one.is_contact] == [(many[-2], "Cousin 38")]
    assert view.to_tap[1].first_name == "Tom"
    assert {one.member_id for one in view.to_tap} | {one.value for one in view.others} >= {*many}
    assert [one.words for one in view.others] == sorted(one.words for one in view.others)
    pets = next(one for one in view.duties if one.kind == "pets")
    assert [(tap.member_id, tap.wanted) for tap in pets.people if tap.is_chosen] == [(many[-1], "")]
    assert "Cousin 38 is the point of contact." in view.summary


def test_the_summary_says_what_was_decided_and_leaves_out_what_was_not(session: Session, rose_site: Cast) -> None:
    meeting = begin(session, rose_site)
    set_stand_in(session, rose_site.maya, SetStandIn(member_id=rose_site.tom.member_id))
    duty = add_responsibility(session, rose_site.maya, AddResponsibility(kind="medicines"))
    take_on(session, rose_site.cole, TakeOn(responsibility_id=duty.id))
    add_responsibility(session, rose_site.maya, AddResponsibility(kind="pets"))
    note(session, rose_site, meeting, point="story", words="Home as long as it goes.")

    assert seen(session, rose_site).summary == (
        "What we decided together on 2 March 2026\n\n"
        "What has happened, and what Rose wants:\nHome as long as it goes.\n\n"
        "Whom to call first:\n- Maya Lind is the point of contact.\n- Tom Lind stands in.\n\n"
        "Who does what:\n- Medicines: Dr Cole"
    )


def test_a_meeting_that_is_over_can_still_be_told_once(session: Session, rose_site: Cast) -> None:
    meeting = begin(session, rose_site)
    note(session, rose_site, meeting, words="Ida cooks on Mondays.")
    finish_kick_off(session, rose_site.maya, OneKickOff(kick_off_id=meeting))

    view = seen(session, rose_site)
    assert "Ida cooks on Mondays." in view.summary and view.post == Post(meeting)
    post_update(session, rose_site.maya, PostUpdate(id=view.post.id, text=view.summary, audience=Audience.FAMILY))
    assert (seen(session, rose_site).summary, seen(session, rose_site).post) == ("", Post(meeting, True, True))
    assert seen(session, rose_site, "tom").post == Post(meeting, True, False)


def test_what_was_told_of_a_meeting_and_taken_away_can_be_told_anew(session: Session, rose_site: Cast) -> None:
    begin(session, rose_site)
    for _ in range(2):
        anew = seen(session, rose_site, "tom").post
        assert not anew.is_there and anew == seen(session, rose_site).post
        post_update(session, rose_site.tom, PostUpdate(id=anew.id, text="All of it", audience=Audience.FAMILY))
        assert seen(session, rose_site).post.is_there
        delete_update(session, rose_site.tom, OneUpdate(update_id=anew.id))


def test_the_summary_is_in_the_language_of_who_posts_it() -> None:
    said = {"duties": (PointCard(title=AGENDA["duties"].title, words="Nada más."), [("Medicines", "Ana")])}

    text = summary("es", "UTC", START, said, "Rosa")
    assert "Medicinas: Ana" in text
    assert "Who does what" not in text


def test_a_meeting_costs_the_same_whatever_was_said(session: Session, rose_site: Cast) -> None:
    def statements() -> int:
        session.expire_all()
        with counted_statements() as counted:
            seen(session, rose_site)
        return len(counted)

    meeting = begin(session, rose_site)
    before = statements()
    for key in AGENDA:
        note(session, rose_site, meeting, point=key, words="Decided.", is_done=True)
    for n in range(20):
        invite(session, rose_site.maya, Invite(role=Role.FAMILY, name=str(n)))
        session.add(Responsibility(site_id=rose_site.maya.site_id, title=str(n)))
    session.flush()

    assert statements() <= before + 1


def test_a_closed_responsibility_is_not_handed_out(session: Session, rose_site: Cast) -> None:
    from careapp.duties.operations import close_responsibility

    begin(session, rose_site)
    duty = add_responsibility(session, rose_site.maya, AddResponsibility(title="The garden"))
    close_responsibility(session, rose_site.maya, OneResponsibility(responsibility_id=duty.id))

    assert "The garden" not in [one.title for one in seen(session, rose_site).duties]


def test_what_the_person_wishes_is_there_for_those_who_may_see_the_profile(session: Session, rose_site: Cast) -> None:
    edit_profile(session, rose_site.rose, EditProfile(comforts="The radio", food="No fish"))
    closed = SetRoleRight(role=Role.FRIEND, section=Section.PROFILE, right="none")
    set_role_right(session, rose_site.maya, closed)
    begin(session, rose_site)

    wishes = seen(session, rose_site, "tom").wishes
    assert (wishes.comforts, wishes.food, wishes.is_any) == ("The radio", "No fish", True)
    assert seen(session, rose_site, "ida").wishes == Wishes()
