"""Starting a site, making it one's own, ending it, and what surrounds every page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from careapp import clock
from careapp.access import Actor, Credentials, Role, Section, enter, visit_proof
from careapp.adapters.storage import storage
from careapp.db import reading, unit_of_work
from careapp.errors import Conflict, Invalid, NotFound
from careapp.ids import new_id
from careapp.media.places import site_folder
from careapp.models import (
    Account,
    Comment,
    FormerAddress,
    Invitation,
    JoinRequest,
    Media,
    Member,
    MemberGrant,
    Privacy,
    RoleGrant,
    Site,
    Update,
)
from careapp.models.media import MediaState
from careapp.operation import Params
from careapp.settings import settings
from careapp.sites.frame import frame, initials
from careapp.sites.inviting import Invite, invite
from careapp.sites.jobs import erase_site
from careapp.sites.me import me
from careapp.sites.my_sites import MySites, my_sites
from careapp.sites.people import EditMembership, RemoveMember, edit_membership, remove_member
from careapp.sites.rights import SetMemberRight, SetRoleRight, set_member_right, set_role_right
from careapp.sites.site import (
    DeleteSite,
    EditProfile,
    EditSite,
    RestoreSite,
    SetPrivacy,
    delete_site,
    edit_profile,
    edit_site,
    restore_site,
    set_privacy,
)
from careapp.sites.site_view import profile, site_settings
from careapp.sites.start import StartSite, start_site
from careapp.sites.starting import StartingParams, starting
from careapp.sites.visits import Door, door
from careapp.today.queries import Nothing, today
from tests.cast import START, Cast
from tests.journal_writing import photo
from tests.statements import counted_statements

REFUSED_ADDRESSES = [
    "ab",
    "a b c",
    "-ben",
    "ben-",
    "béñ",
    "x" * 41,
    "admin",
    "rose",
    "01a20586-c847-7850-a64a-04cf9d79fe2e",
]


def test_whoever_starts_a_site_coordinates_it_and_is_its_point_of_contact(session: Session, rose_site: Cast) -> None:
    started = start_site(session, rose_site.anyone("sam"), StartSite(person_name="Ben Okafor", called="Ben"))

    member = session.get_one(Member, started.member_id)
    assert (member.role, member.is_contact, member.name) == (Role.COORDINATOR, True, "Sam")
    assert started.site == "ben"


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Madrid", "ES"),
        ("Asia/Kolkata", "IN"),
        ("Europe/Kyiv", "UA"),
        ("America/New_York", "US"),
        ("Etc/UTC", "SE"),
        ("", "SE"),
    ],
)
def test_a_site_is_where_its_starter_lives_so_that_the_emergency_number_is_right(
    session: Session, rose_site: Cast, monkeypatch: pytest.MonkeyPatch, zone: str, country: str
) -> None:
    monkeypatch.setenv("CAREAPP_COUNTRY", "SE")
    settings.cache_clear()
    sam = replace(rose_site.anyone("sam"), time_zone=zone)

    started = start_site(session, sam, StartSite(person_name="Ben"))

    assert session.get_one(Site, started.site_id).country == country


def test_the_step_may_be_sent_again_and_the_last_words_count(session: Session, rose_site: Cast) -> None:
    sam, site_id = rose_site.anyone("sam"), new_id()

    first = start_site(session, sam, StartSite(site_id=site_id, person_name="Ben"))
    second = start_site(session, sam, StartSite(site_id=site_id, person_name="Ben", privacy=Privacy.ASK))

    assert first == second
    assert session.get_one(Site, site_id).privacy == Privacy.ASK


def test_nobody_takes_over_a_site_by_its_id(session: Session, rose_site: Cast) -> None:
    with pytest.raises(Conflict):
        start_site(session, rose_site.anyone("sam"), StartSite(site_id=rose_site.maya.site_id, person_name="Ben"))


@pytest.mark.parametrize(
    "address", ["ab", "a b c", "-ben", "ben-", "béñ", "x" * 41, "admin", "rose", "01a20586-c847-7850-a64a-04cf9d79fe2e"]
)
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


def test_a_visitor_sees_the_person_and_nobody_to_call(session: Session, rose_site: Cast) -> None:
    set_privacy(session, rose_site.maya, SetPrivacy(privacy=Privacy.LINK))
    site = session.get_one(Site, rose_site.maya.site_id)

    seen = frame(session, enter(session, Credentials(visit=visit_proof(site)), "rose"))

    assert seen.person.name == "Rose"
    assert (seen.contact.name, seen.has_contact, seen.member.name, seen.sites) == ("", False, "", ())
    assert not any((seen.can_add, seen.can_take_part, seen.can_see_people, seen.can_see_profile, seen.is_member))


def test_a_link_once_closed_stays_closed(session: Session, rose_site: Cast) -> None:
    site = session.get_one(Site, rose_site.maya.site_id)
    set_privacy(session, rose_site.maya, SetPrivacy(privacy=Privacy.LINK))
    link, proof = site_settings(session, rose_site.maya, Params()).link, visit_proof(site)
    assert link.endswith(f"/s/rose?key={proof}")
    assert door(session, rose_site.anyone(), Door(address="rose", key=proof)).is_open

    for privacy in (Privacy.INVITED, Privacy.LINK):
        set_privacy(session, rose_site.maya, SetPrivacy(privacy=privacy))
        for attempt in (proof, "", "é"):
            with pytest.raises(NotFound):
                door(session, rose_site.anyone(), Door(address="rose", key=attempt))


def test_the_key_of_an_open_site_is_shown_to_who_may_close_it(session: Session, rose_site: Cast) -> None:
    set_privacy(session, rose_site.maya, SetPrivacy(privacy=Privacy.LINK))

    assert "key" not in site_settings(session, rose_site.rose, Params()).link


def test_an_old_address_still_leads_to_the_site_and_is_nobody_elses(session: Session, rose_site: Cast) -> None:
    edit_site(session, rose_site.maya, EditSite(address="For-Rose"))

    actor = enter(session, rose_site.credentials("tom"), "rose")
    assert actor.site_address == "for-rose"
    assert door(session, rose_site.anyone("tom"), Door(address="rose")).site == "for-rose"
    with pytest.raises(Invalid):
        start_site(session, rose_site.anyone("sam"), StartSite(person_name="Rosa", address="rose"))

    edit_site(session, actor_of(session, rose_site, "for-rose"), EditSite(address="rose"))
    assert rose_site.tom.site_address == "rose"
    assert enter(session, rose_site.credentials("tom"), "for-rose").site_address == "rose"


def actor_of(session: Session, rose_site: Cast, address: str) -> Actor:
    return enter(session, rose_site.credentials("maya"), address)


def test_what_is_not_said_stays_as_it_is(session: Session, rose_site: Cast) -> None:
    edit_site(session, rose_site.maya, EditSite(colour="plum"))
    edit_site(session, rose_site.maya, EditSite(name="For Rose", country="NO"))

    seen = site_settings(session, rose_site.maya, Params())
    assert (seen.name, seen.colour, seen.country, seen.address) == ("For Rose", "plum", "NO", "rose")


@pytest.mark.parametrize("said", [{"colour": "red"}, {"country": "XX"}, {"name": " "}, {"name": "x" * 81}])
def test_what_the_site_cannot_be_is_refused(said: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="1 validation error"):
        EditSite(**said)


def test_the_profile_says_who_the_person_is_and_what_they_like(session: Session, rose_site: Cast) -> None:
    said = EditProfile(called="Rosie", born_on="1946-03-03", food="No fish.\nTea with milk.", comforts="The radio")
    edit_profile(session, rose_site.rose, said)

    with clock.freeze(START):
        seen = profile(session, rose_site.ida, Params())
    assert (seen.called, seen.age, seen.food, seen.can_edit) == ("Rosie", 79, "No fish.\nTea with milk.", False)
    assert frame(session, rose_site.tom).person.name == "Rosie"

    edit_profile(session, rose_site.rose, EditProfile(born_on=""))
    assert profile(session, rose_site.ida, Params()).age == 0


@pytest.mark.parametrize("day", ["yesterday", "1800-01-01", "2999-01-01", "1946-02-30"])
def test_a_day_nobody_was_born_on_is_refused(session: Session, rose_site: Cast, day: str) -> None:
    with pytest.raises(Invalid) as refusal:
        edit_profile(session, rose_site.maya, EditProfile(born_on=day))
    assert refusal.value.fields["born_on"]


def test_the_name_is_typed_before_a_site_is_deleted(session: Session, rose_site: Cast) -> None:
    with pytest.raises(Invalid):
        delete_site(session, rose_site.maya, DeleteSite(name="Rose"))

    assert rose_site.tom.is_signed_in


def test_a_deleted_site_is_gone_for_all_and_comes_back_by_its_coordinator(session: Session, rose_site: Cast) -> None:
    site_id, tom, maya = rose_site.maya.site_id, rose_site.anyone("tom"), rose_site.anyone("maya")
    delete_site(session, rose_site.maya, DeleteSite(name="Looking after Rose"))

    for name in ("maya", "tom"):
        with pytest.raises(NotFound):
            rose_site.actor(name)
    assert my_sites(session, tom, Params()) == MySites()
    assert [card.site_id for card in my_sites(session, maya, Params()).deleted] == [site_id]
    for stranger in (tom, rose_site.anyone("sam")):
        with pytest.raises(NotFound):
            restore_site(session, stranger, RestoreSite(site_id=site_id))

    restore_site(session, maya, RestoreSite(site_id=site_id))
    assert rose_site.tom.site_id == site_id


@pytest.mark.both_databases
def test_after_thirty_days_a_deleted_site_is_erased_with_its_files(stored_site: Cast) -> None:
    with unit_of_work() as session:
        maya = Cast(session).maya
        full(session, maya)
        storage().put(f"{site_folder(maya.site_id)}/media/a/320", b"photo", "image/webp")
        delete_site(session, maya, DeleteSite(name="Looking after Rose"))

    erase_site({"site_id": maya.site_id})
    with reading() as session:
        assert session.get(Site, maya.site_id)

    with clock.freeze(clock.now() + timedelta(days=30)):
        with unit_of_work() as session, pytest.raises(NotFound):
            restore_site(session, Cast(session).anyone("maya"), RestoreSite(site_id=maya.site_id))
        erase_site({"site_id": maya.site_id})
        erase_site({"site_id": maya.site_id})

    with reading() as session:
        assert [table for table in OF_A_SITE if session.exec(select(table).limit(1)).first()] == []
        assert len(session.exec(select(Account)).all()) == 6
    assert not list(storage().keys(site_folder(maya.site_id)))


def test_a_site_that_was_brought_back_is_not_erased(stored_site: Cast) -> None:
    with unit_of_work() as session:
        cast = Cast(session)
        maya = cast.maya
        delete_site(session, maya, DeleteSite(name="Looking after Rose"))
        restore_site(session, cast.anyone("maya"), RestoreSite(site_id=maya.site_id))

    with clock.freeze(clock.now() + timedelta(days=31)):
        erase_site({"site_id": maya.site_id})

    with reading() as session:
        assert session.get(Site, maya.site_id)


OF_A_SITE = (Site, Member, Invitation, JoinRequest, Update, Comment, Media, MemberGrant, RoleGrant, FormerAddress)


def full(session: Session, maya: Actor) -> None:
    """Something in every table that belongs to a site."""
    edit_site(session, maya, EditSite(address="for-rose"))
    invite(session, maya, Invite(role=Role.FRIEND))
    set_role_right(session, maya, SetRoleRight(role=Role.FRIEND, section=Section.JOURNAL, right="write"))
    tom = session.exec(select(Member).where(Member.role == Role.FAMILY)).one()
    set_member_right(session, maya, SetMemberRight(member_id=tom.id, section=Section.JOURNAL, right="none"))
    update = Update(site_id=maya.site_id, author_id=tom.id)
    photo = Media(
        id=new_id(), site_id=maya.site_id, uploader_id=tom.id, sha256="x", size=1, stored_id="a", state="ready"
    )
    session.add_all([update, photo, JoinRequest(site_id=maya.site_id, account_id=tom.account_id)])
    session.flush()
    session.add(Comment(site_id=maya.site_id, update_id=update.id, author_id=maya.member_id, text="Hello"))
    tom.photo_media_id = tom_photo = photo.id
    session.get_one(Site, maya.site_id).cover_media_id = tom_photo
    remove_member(session, maya, RemoveMember(member_id=tom.id))


def a_photo_of(session: Session, member: Actor, state: MediaState = MediaState.READY) -> str:
    photo = Media(
        id=new_id(),
        site_id=member.site_id,
        uploader_id=member.member_id,
        sha256="x",
        size=1,
        stored_id="a",
        state=state,
    )
    session.add(photo)
    session.flush()
    return photo.id


def test_a_cover_is_on_the_home_page_once_it_is_ready_until_it_is_taken_away(session: Session, rose_site: Cast) -> None:
    cover = a_photo_of(session, rose_site.maya, MediaState.WAITING)
    edit_site(session, rose_site.maya, EditSite(cover_media_id=cover))
    assert [one.id for one in site_settings(session, rose_site.maya, Params()).cover] == [cover]
    assert today(session, rose_site.ida, Nothing()).cover == ()

    session.get_one(Media, cover).state = MediaState.READY
    session.flush()
    assert [one.id for one in today(session, rose_site.ida, Nothing()).cover] == [cover]

    edit_site(session, rose_site.maya, EditSite(cover_media_id=""))
    assert today(session, rose_site.ida, Nothing()).cover == ()
    assert site_settings(session, rose_site.maya, Params()).cover == ()


def test_who_manages_the_site_sees_how_much_of_its_room_is_taken(session: Session, rose_site: Cast) -> None:
    photo(session, rose_site.tom, stored_bytes=int(2.26 * 1024**3))

    mayas, toms = (site_settings(session, who, Params()) for who in (rose_site.maya, rose_site.tom))
    spanish = site_settings(session, replace(rose_site.maya, language="es"), Params())

    assert (mayas.taken, mayas.most) == ("2.3 GB", "10 GB")
    assert spanish.taken == "2,3 GB"
    assert (toms.taken, toms.most) == ("", "")


def test_portraits_that_are_there_can_be_taken_away(session: Session, rose_site: Cast) -> None:
    rose, ida = rose_site.rose, rose_site.ida
    portraits = a_photo_of(session, rose), a_photo_of(session, ida)
    edit_profile(session, rose, EditProfile(photo_media_id=portraits[0]))
    edit_membership(session, ida, EditMembership(photo_media_id=portraits[1]))

    there = profile(session, rose, Params()).photo + me(session, ida, Params()).photo
    assert [one.id for one in there] == list(portraits)
    assert profile(session, ida, Params()).photo == ()

    edit_profile(session, rose, EditProfile(photo_media_id=""))
    assert profile(session, rose, Params()).photo == ()


def test_coming_back_to_the_names_of_a_site_shows_them_and_keeps_the_site(session: Session, rose_site: Cast) -> None:
    begun = start_site(session, rose_site.anyone("sam"), StartSite(person_name="Karl Ek", called="Kalle"))
    set_privacy(session, enter(session, rose_site.credentials("sam"), begun.site), SetPrivacy(privacy=Privacy.ASK))

    back = starting(session, rose_site.anyone("sam"), StartingParams(site=begun.site, step="2"))

    assert (back.step, back.site_id, back.person_name, back.nickname) == (2, begun.site_id, "Karl Ek", "Kalle")
    again = StartSite(site_id=back.site_id, person_name="Karl Eek", privacy=Privacy(back.privacy))
    assert start_site(session, rose_site.anyone("sam"), again).site == begun.site
    assert session.get_one(Site, begun.site_id).privacy == Privacy.ASK
    assert starting(session, rose_site.anyone("tom"), StartingParams(site=begun.site, step="2")).site_id == ""


def test_the_last_step_knows_that_the_first_news_was_written(session: Session, rose_site: Cast) -> None:
    begun = start_site(session, rose_site.anyone("sam"), StartSite(person_name="Karl Ek"))

    last = starting(session, rose_site.anyone("sam"), StartingParams(site=begun.site, step="4", posted="yes"))

    assert (last.step, last.posted) == (4, "yes")
