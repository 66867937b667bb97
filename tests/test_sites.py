"""Starting a site, making it one's own, and what surrounds every page."""

import pytest
from sqlmodel import Session

from careapp.access import Privacy, Role
from careapp.errors import Conflict, Invalid
from careapp.ids import new_id
from careapp.models import Member, Site
from careapp.sites.frame import frame, initials
from careapp.sites.start import StartSite, start_site
from tests.cast import Cast
from tests.statements import counted_statements


def test_whoever_starts_a_site_coordinates_it_and_is_its_point_of_contact(session: Session, rose_site: Cast) -> None:
    started = start_site(session, rose_site.anyone("sam"), StartSite(person_name="Ben Okafor", called="Ben"))

    member = session.get_one(Member, started.member_id)
    assert (member.role, member.is_contact, member.name) == (Role.COORDINATOR, True, "Sam")
    assert started.site == "ben"


def test_the_step_may_be_sent_again_and_the_last_words_count(session: Session, rose_site: Cast) -> None:
    sam, site_id = rose_site.anyone("sam"), new_id()

    first = start_site(session, sam, StartSite(site_id=site_id, person_name="Ben"))
    second = start_site(session, sam, StartSite(site_id=site_id, person_name="Ben", privacy=Privacy.ASK))

    assert first == second
    assert session.get_one(Site, site_id).privacy == Privacy.ASK


def test_nobody_takes_over_a_site_by_its_id(session: Session, rose_site: Cast) -> None:
    with pytest.raises(Conflict):
        start_site(session, rose_site.anyone("sam"), StartSite(site_id=rose_site.maya.site_id, person_name="Ben"))


@pytest.mark.parametrize("address", ["ab", "a b c", "-ben", "ben-", "béñ", "x" * 41, "admin", "rose", "01a20586-c847-7850-a64a-04cf9d79fe2e"])
def test_an_address_that_cannot_be_had_is_refused_with_words(session: Session, rose_site: Cast, address: str) -> None:
    with pytest.raises(Invalid) as refusal:
        start_site(session, rose_site.anyone("sam"), StartSite(person_name="Ben", address=address))

    assert refusal.value.fields["address"]


@pytest.mark.parametrize(
    ("name", "address"), [("Rose", "rose-2"), ("Zoë Núñez", "zoe-nunez"), ("Al", "care-"), ("李娜", "care-")]
)
def test_an_address_is_made_of_the_name(session: Session, rose_site: Cast, name: str, address: str) -> None:
    assert start_site(session, rose_site.anyone("sam"), StartSite(person_name=name)).site.startswith(address)


def test_the_frame_takes_three_statements_whoever_looks(session: Session, rose_site: Cast) -> None:
    maya = rose_site.maya
    with counted_statements() as seen:
        around = frame(session, maya)

    assert len(seen) <= 3
    assert (around.person.name, around.contact.name, around.member.initials) == ("Rose", "Maya Lind", "ML")
    assert [site.href for site in around.sites] == ["/today?site=rose"]
    assert around.can_invite
    assert not frame(session, rose_site.ida).can_invite


@pytest.mark.parametrize(
    ("name", "short"),
    [("Rose Lind", "RL"), ("rose", "R"), ("Dr. Ada M. Cole", "DC"), ("李娜", "李"), ("", ""), ("🙂", "🙂")],
)
def test_initials_are_those_of_the_first_and_last_word(name: str, short: str) -> None:
    assert initials(name) == short
