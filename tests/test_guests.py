"""Guests: who has a link and its PIN takes one time of one request, or writes once, and sees nothing else."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from careapp import clock, db
from careapp.access import Actor, Credentials, Role
from careapp.clock import now
from careapp.errors import CareError, Conflict, Invalid, NotAllowed, NotFound
from careapp.guests.commands import (
    EnterPin,
    MakeGuestLink,
    OneGuestLink,
    ReleaseAsGuest,
    TakeAsGuest,
    WriteAsGuest,
)
from careapp.guests.jobs import forget_contacts
from careapp.guests.links import address_of, pin_of, secret_of
from careapp.guests.listing import GuestsOf, guests
from careapp.guests.operations import (
    enter_pin,
    make_guest_link,
    release_as_guest,
    revoke_guest_link,
    take_as_guest,
    write_as_guest,
)
from careapp.guests.seeing import WhichDoor, guest
from careapp.guests.views import GuestView
from careapp.helping.commands import OneHelpRequest, OneSlot, ReleaseSlot
from careapp.helping.lists import After as AfterSlot
from careapp.helping.lists import OneRequestPage, help_request, help_wanted
from careapp.helping.operations import cancel_slot, close_help_request, mark_done, release_slot
from careapp.ids import new_id
from careapp.models import Guest, GuestLink, HelpRequest, HelpSlot, Kind, Member, Notice, Site
from careapp.perform import Asked, do
from careapp.sites.people import ChangeRole, Leave, change_role, leave
from tests.cast import START, Cast, add_site
from tests.helping import asked, at, slot_of, slots_of, take
from tests.notices import told, with_phones
from tests.statements import counted_statements

GERDA = {"name": "Gerda Holm", "contact": "+46 70 123 45 67"}


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with clock.freeze(START):
        yield


def linked(session: Session, by: Actor, request: HelpRequest, days: int = 14) -> GuestLink:
    made = make_guest_link(session, by, MakeGuestLink(request_id=request.id, days=days))  # type: ignore[arg-type]
    session.flush()
    return session.get_one(GuestLink, made.link_id)


class Phone:
    """One device that had the PIN right."""

    def __init__(self, session: Session, link: GuestLink) -> None:
        self._session, self._secret = session, secret_of(link)
        self.key = enter_pin(session, Actor(), EnterPin(link=self._secret, pin=pin_of(link))).key

    def sees(self) -> GuestView:
        return guest(self._session, Actor(), WhichDoor(link=self._secret, key=self.key))

    def takes(self, slot: HelpSlot, **who: str) -> None:
        said = {"link": self._secret, "key": self.key, "slot_id": slot.id, **GERDA, **who}
        take_as_guest(self._session, Actor(), TakeAsGuest(**said))

    def lets_go(self, why: str = "") -> None:
        release_as_guest(self._session, Actor(), ReleaseAsGuest(link=self._secret, key=self.key, why=why))

    def writes(self, words: str) -> None:
        said = {"link": self._secret, "key": self.key, "words": words, **GERDA}
        write_as_guest(self._session, Actor(), WriteAsGuest(**said))


# What a guest sees


def test_before_the_pin_a_guest_sees_nothing_and_after_it_one_request(session: Session, rose_site: Cast) -> None:
    request = asked(
        session, rose_site, at(1), at(2), by="tom", words="No fish.", food="No nuts.", address="Lake Road 3"
    )
    take(session, rose_site, "ida", slots_of(session, request)[0])
    asked(session, rose_site, at(3), title="Another one")
    link = linked(session, rose_site.tom, request)

    assert guest(session, Actor(), WhichDoor(link=secret_of(link))) == GuestView()
    assert guest(session, Actor(), WhichDoor(link=secret_of(link), key=f"{new_id()}.{'0' * 32}")) == GuestView()
    view = Phone(session, link).sees()
    assert (view.asker, view.title, view.words, view.food, view.address) == (
        *("Tom", "Dinner", "No fish.", "No nuts.", "Lake Road 3"),
    )
    assert [slot.when for slot in view.slots] == ["Wednesday, 4 March, 5:00\u202fPM"]
    assert not any(name in str(view) for name in ("Ida", "Lind", "Rose", "Another one"))


def test_a_wrong_pin_opens_nothing_and_a_right_one_counts(session: Session, rose_site: Cast) -> None:
    link = linked(session, rose_site.maya, asked(session, rose_site))
    pin = pin_of(link)
    wrong = f"{(int(pin) + 1) % 1_000_000:06}"

    for typed in (wrong, "", pin[:5], pin + "0", "é" * 6, "١٢٣٤٥٦"):
        with pytest.raises(Invalid) as refused:
            enter_pin(session, Actor(), EnterPin(link=secret_of(link), pin=typed))
        assert list(refused.value.fields) == ["pin"]
    assert enter_pin(session, Actor(), EnterPin(link=secret_of(link), pin=f"{pin[:3]} {pin[3:]}")).key

    assert link.opened == 1


def test_where_it_is_hidden_and_whom_to_call_a_guest_sees_once_they_have_taken_it(
    session: Session, rose_site: Cast
) -> None:
    request = asked(session, rose_site, address="Lake Road 3", hides_address=True)
    session.get_one(Member, rose_site.maya.member_id).phone = "+46 70 765 43 21"
    phone = Phone(session, linked(session, rose_site.maya, request))
    before = phone.sees()
    assert (before.address, before.hides_address, before.call_href) == ("", True, "")

    phone.takes(slot_of(session, request))

    after = phone.sees()
    assert (after.address, after.hides_address, after.call_href, after.mine) == (
        *("Lake Road 3", False, "tel:+46707654321", "Monday, 9 March, 5:00\u202fPM"),
    )
    assert (after.name, after.slots) == ("Gerda Holm", ())


def test_where_who_asked_has_left_the_maker_of_the_link_is_called(session: Session, rose_site: Cast) -> None:
    link = linked(session, rose_site.maya, asked(session, rose_site, by="tom"))
    leave(session, rose_site.tom, Leave())

    assert Phone(session, link).sees().asker == "Maya"


# Taking, letting go, writing


@pytest.mark.both_databases
def test_a_guest_takes_one_time_and_no_second(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, at(1), at(2))
    first, second = slots_of(session, request)
    phone, other = (Phone(session, linked(session, rose_site.maya, request)) for _ in range(2))
    phone.takes(first)
    phone.takes(first)

    with pytest.raises(Conflict, match="one time"):
        phone.takes(second)
    with pytest.raises(Conflict, match="quicker"):
        other.takes(first, name="Per")
    other.takes(second, name="Per")

    held = {slot.id: session.get_one(Guest, slot.guest_id).name for slot in (first, second)}
    assert held == {first.id: "Gerda Holm", second.id: "Per"}


def test_members_and_guests_do_not_take_from_each_other(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, at(1), at(2))
    first, second = slots_of(session, request)
    phone = Phone(session, linked(session, rose_site.maya, request))
    phone.takes(first)
    take(session, rose_site, "ida", second)

    with pytest.raises(Conflict) as refused:
        take(session, rose_site, "tom", first)
    assert refused.value.params == {"name": "Gerda Holm"}
    phone.lets_go()
    with pytest.raises(Conflict) as refused:
        phone.takes(second)
    assert "Ida" not in str(refused.value.params)  # guests hear no names


@pytest.mark.both_databases
def test_of_fifty_guests_and_members_who_take_it_at_once_one_has_it(data: Path) -> None:
    names = [f"friend{n}" for n in range(25)]
    with db.unit_of_work() as session:
        cast = add_site(session, roles={"maya": Role.COORDINATOR, **dict.fromkeys(names, Role.FRIEND)})
        request = asked(session, cast)
        slot_id, link = slot_of(session, request).id, linked(session, cast.maya, request)
        secret = secret_of(link)
        keys = [Phone(session, link).key for _ in range(25)]
    of_members = [
        (Asked("helping.take_slot", {"slot_id": slot_id}, new_id(), "rose"), cast.credentials(name)) for name in names
    ]
    of_guests = [
        (Asked("guests.take_as_guest", {"link": secret, "key": key, "slot_id": slot_id, **GERDA}), Credentials())
        for key in keys
    ]

    def claim(one: tuple[Asked, Credentials]) -> str:
        try:
            do(*one)
        except CareError as refusal:
            return refusal.code
        return "taken"

    together = [one for pair in zip(of_members, of_guests, strict=True) for one in pair]
    with ThreadPoolExecutor(50) as pool:
        outcomes = list(pool.map(claim, together))

    assert sorted(outcomes) == ["conflict"] * 49 + ["taken"]
    is_guest = outcomes.index("taken") % 2 == 1
    with db.reading() as session:
        slot = session.get_one(HelpSlot, slot_id)
        assert (slot.taken_by_id is None, slot.guest_id is None) == (is_guest, not is_guest)
        assert len(session.exec(select(Guest)).all()) == int(is_guest)


@pytest.mark.both_databases
def test_one_guest_who_taps_two_times_at_once_has_one(data: Path) -> None:
    with db.unit_of_work() as session:
        cast = add_site(session)
        request = asked(session, cast, at(1), at(2))
        link = linked(session, cast.maya, request)
        phone, slots = Phone(session, link), slots_of(session, request)
        phone.takes(slots[0])
        phone.lets_go()  # so that nothing but the slots themselves keeps the two taps apart
        said = {"link": secret_of(link), "key": phone.key, **GERDA}
        slot_ids = [slot.id for slot in slots]

    def claim(slot_id: str) -> str:
        try:
            do(Asked("guests.take_as_guest", {**said, "slot_id": slot_id}), Credentials())
        except CareError as refusal:
            return refusal.code
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(claim, slot_ids)) == ["conflict", "taken"]


def test_until_two_hours_before_a_guest_lets_go_freely_and_then_with_a_word(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, at(0, "17:00"), zone="UTC")
    slot, phone = slot_of(session, request), Phone(session, linked(session, rose_site.maya, request))
    phone.takes(slot)
    phone.lets_go()
    assert (slot.guest_id, phone.sees().mine) == (None, "")

    phone.takes(slot)
    with clock.freeze(datetime(2026, 3, 2, 15, 1, tzinfo=UTC)):
        assert phone.sees().needs_why
        with pytest.raises(Invalid) as refused:
            phone.lets_go()
        assert list(refused.value.fields) == ["why"]
        phone.lets_go("The car will not start.")
    assert slot.guest_id is None


def test_a_guest_writes_once_instead_of_taking_something(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site)
    phone = Phone(session, linked(session, rose_site.maya, request))
    phone.writes("I could come on Sunday.")
    phone.writes("I could come on Sunday.")

    with pytest.raises(Conflict):
        phone.writes("And on Monday.")
    with pytest.raises(Conflict):
        phone.takes(slot_of(session, request))
    assert phone.sees().written == "I could come on Sunday."
    other = Phone(session, linked(session, rose_site.maya, request))
    other.takes(slot_of(session, request))
    with pytest.raises(Conflict):
        other.writes("Shall I bring the cake?")


def test_what_is_no_longer_needed_says_so_and_the_guest_may_take_something_else(
    session: Session, rose_site: Cast
) -> None:
    request = asked(session, rose_site, at(1), at(2))
    first, second = slots_of(session, request)
    phone = Phone(session, linked(session, rose_site.maya, request))
    phone.takes(first)
    cancel_slot(session, rose_site.maya, OneSlot(slot_id=first.id))

    view = phone.sees()
    assert (view.is_cancelled, [slot.id for slot in view.slots]) == (True, [second.id])
    phone.lets_go()  # nobody is told once more
    phone.takes(second)
    assert (first.guest_id, phone.sees().is_cancelled) == (None, False)


def test_a_time_of_another_request_or_one_that_is_past_is_not_to_be_had(session: Session, rose_site: Cast) -> None:
    request, other = asked(session, rose_site, at(0, "10:00", "11:00"), zone="UTC"), asked(session, rose_site)
    phone = Phone(session, linked(session, rose_site.maya, request))

    with pytest.raises(NotFound):
        phone.takes(slot_of(session, other))
    with clock.freeze(START + timedelta(hours=3)):
        assert phone.sees().slots == ()
        with pytest.raises(Conflict):
            phone.takes(slot_of(session, request))


@pytest.mark.parametrize("contact", ["", "Gerda", "12", "gerda@", "a b@example.org", "<x>@example.org"])
def test_a_guest_can_be_reached(contact: str) -> None:
    with pytest.raises(ValueError, match="contact"):
        TakeAsGuest(link="x", key="x", slot_id=new_id(), name="Gerda", contact=contact)


# When a link leads nowhere


def ends() -> dict[str, Any]:
    def revoked(session: Session, site: Cast, link: GuestLink) -> None:
        revoke_guest_link(session, site.maya, OneGuestLink(link_id=link.id))

    def run_out(session: Session, site: Cast, link: GuestLink) -> None:
        link.expires_at = now()

    def closed(session: Session, site: Cast, link: GuestLink) -> None:
        close_help_request(session, site.maya, OneHelpRequest(request_id=link.request_id))

    def maker_left(session: Session, site: Cast, link: GuestLink) -> None:
        leave(session, site.tom, Leave())

    def site_gone(session: Session, site: Cast, link: GuestLink) -> None:
        session.get_one(Site, link.site_id).deleted_at = now()

    return {end.__name__: end for end in (revoked, run_out, closed, maker_left, site_gone)}


@pytest.mark.parametrize("end", ends().values(), ids=ends().keys())
def test_a_link_that_ended_answers_as_one_that_never_was(session: Session, rose_site: Cast, end: Any) -> None:
    request = asked(session, rose_site, by="tom")
    link = linked(session, rose_site.tom, request)
    phone = Phone(session, link)
    end(session, rose_site, link)
    session.flush()

    tries = (
        lambda: guest(session, Actor(), WhichDoor(link=secret_of(link))),
        phone.sees,
        lambda: enter_pin(session, Actor(), EnterPin(link=secret_of(link), pin=pin_of(link))),
        lambda: enter_pin(session, Actor(), EnterPin(link=secret_of(link), pin="000000")),
        lambda: phone.takes(slot_of(session, request)),
        lambda: phone.writes("I could come on Sunday."),
    )
    for attempt in tries:
        with pytest.raises(NotFound):
            attempt()


def test_a_link_ends_when_its_maker_may_not_make_one_any_more(session: Session, rose_site: Cast) -> None:
    session.get_one(Member, rose_site.cole.member_id).role = Role.CO_CAREGIVER
    session.flush()
    link = linked(session, rose_site.cole, asked(session, rose_site))
    phone = Phone(session, link)

    change_role(session, rose_site.maya, ChangeRole(member_id=rose_site.cole.member_id, role=Role.FRIEND))

    with pytest.raises(NotFound):
        phone.sees()


def test_when_the_link_has_run_out_who_has_taken_something_still_sees_it_and_lets_go(
    session: Session, rose_site: Cast
) -> None:
    request = asked(session, rose_site, at(20))
    slot, link = slot_of(session, request), linked(session, rose_site.maya, request)
    phone, late = Phone(session, link), Phone(session, link)
    phone.takes(slot)

    with clock.freeze(START + timedelta(days=15)):
        assert phone.sees().mine == "Sunday, 22 March, 5:00\u202fPM"
        with pytest.raises(NotFound):
            late.sees()
        phone.lets_go()
        assert slot.guest_id is None
        with pytest.raises(NotFound):
            phone.takes(slot)
        revoke_guest_link(session, rose_site.maya, OneGuestLink(link_id=link.id))
        with pytest.raises(NotFound):
            phone.sees()


def test_secrets_and_keys_fit_one_link_alone(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site)
    link, other = (linked(session, rose_site.maya, request) for _ in range(2))
    proof = secret_of(link).split(".")[1]

    for wrong in ("", "x", link.id, f"{link.id}.", f"{link.id}.{'0' * 32}", f"{other.id}.{proof}", f"{link.id}.é"):
        with pytest.raises(NotFound):
            guest(session, Actor(), WhichDoor(link=wrong))
    assert guest(session, Actor(), WhichDoor(link=secret_of(other), key=Phone(session, link).key)) == GuestView()


# Who looks after guests


def test_who_asked_and_who_keeps_order_make_links_and_see_guests_and_nobody_else(
    session: Session, rose_site: Cast
) -> None:
    request = asked(session, rose_site, by="tom")
    phone = Phone(session, linked(session, rose_site.tom, request))
    phone.takes(slot_of(session, request))

    for name in ("maya", "tom", "rose"):
        view = guests(session, rose_site.actor(name), GuestsOf(request=request.id))
        assert [(one.name, one.contact_href) for one in view.guests] == [("Gerda Holm", "tel:+46701234567")]
        assert [one.opened for one in view.links] == [1]
        own = linked(session, rose_site.actor(name), request)
        revoke_guest_link(session, rose_site.tom, OneGuestLink(link_id=own.id))
    for name in ("ida", "cole"):
        with pytest.raises(NotAllowed):
            guests(session, rose_site.actor(name), GuestsOf(request=request.id))
        with pytest.raises(NotAllowed):
            linked(session, rose_site.actor(name), request)
        with pytest.raises(NotAllowed):
            revoke_guest_link(session, rose_site.actor(name), OneGuestLink(link_id=own.id))


def test_the_pin_is_shown_once_to_whoever_made_the_link(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site)
    link = linked(session, rose_site.maya, request)

    def pins(name: str, made: str) -> list[str]:
        view = guests(session, rose_site.actor(name), GuestsOf(request=request.id, link=made))
        return [one.pin for one in (view.made, *view.links) if one.pin]

    made = guests(session, rose_site.maya, GuestsOf(request=request.id, link=link.id))
    assert (made.made.pin, made.made.address, bool(made.qr.path)) == (pin_of(link), address_of(link), True)
    assert pins("rose", link.id) == pins("maya", "") == []
    with clock.freeze(START + timedelta(minutes=10)):
        assert pins("maya", link.id) == []


def test_a_guest_on_a_slot_is_named_to_everyone_and_reached_by_who_looks_after_it(
    session: Session, rose_site: Cast
) -> None:
    request = asked(session, rose_site, by="tom")
    Phone(session, linked(session, rose_site.tom, request)).takes(slot_of(session, request))

    def shown(name: str) -> tuple[str, str, bool, bool, bool]:
        (slot,) = help_request(session, rose_site.actor(name), OneRequestPage(request=request.id)).slots
        return slot.holder.name, slot.guest_contact, slot.can_take, slot.can_release, slot.can_thank

    assert shown("tom") == shown("maya") == ("Gerda Holm", GERDA["contact"], False, True, False)
    assert shown("ida") == ("Gerda Holm", "", False, False, False)
    assert help_wanted(session, rose_site.ida, AfterSlot()).days == ()


def test_who_looks_after_it_frees_the_time_of_a_guest_or_says_that_it_is_done(
    session: Session, rose_site: Cast
) -> None:
    with_phones(session, rose_site, "tom")
    request = asked(session, rose_site, by="tom")
    slot, phone = slot_of(session, request), Phone(session, linked(session, rose_site.tom, request))
    phone.takes(slot)

    with pytest.raises(NotAllowed):
        release_slot(session, rose_site.ida, ReleaseSlot(slot_id=slot.id))
    release_slot(session, rose_site.maya, ReleaseSlot(slot_id=slot.id))
    newest = session.exec(select(Notice).order_by(col(Notice.id).desc())).first()
    assert newest and newest.words["more_title"][1] == {"name": "Maya Lind", "what": "Dinner"}
    assert newest.words["more_title"][0] == "{name} has made this open again: {what}"
    assert (slot.guest_id, phone.sees().mine) == (None, "")
    (card,) = guests(session, rose_site.tom, GuestsOf(request=request.id)).guests
    assert card.has_let_go

    phone.takes(slot)
    mark_done(session, rose_site.tom, OneSlot(slot_id=slot.id))
    phone.lets_go()
    assert (slot.done_at, phone.sees().is_done) == (START, True)


def test_who_asked_and_who_keeps_order_hear_of_guests(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    request = asked(session, rose_site, at(0, "17:00"), by="tom", zone="UTC")
    link = linked(session, rose_site.tom, request)
    before = told(session, Kind.HELP)

    phone = Phone(session, link)
    phone.takes(slot_of(session, request))
    phone.lets_go()
    Phone(session, link).writes("I could come on Sunday.")

    heard = {name: titles[len(before.get(name, [])) :] for name, titles in told(session, Kind.HELP).items()}
    all_of_it = [
        "Looking after Rose: someone helps",
        "Looking after Rose: help is wanted again",
        "Looking after Rose: a guest has written",
    ]
    assert {name: titles for name, titles in heard.items() if titles} == {
        "Tom": all_of_it,
        "Maya": all_of_it,
        "Rose": all_of_it,
    }


def test_one_request_has_ten_open_links_and_a_hundred_guests_at_most(
    session: Session, rose_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("careapp.guests.acting.MOST_GUESTS", 2)
    request = asked(session, rose_site, at(1), at(2), at(3))
    links = [linked(session, rose_site.maya, request) for _ in range(10)]
    with pytest.raises(Conflict, match="links"):
        linked(session, rose_site.maya, request)

    for slot, link in zip(slots_of(session, request)[:2], links, strict=False):
        Phone(session, link).takes(slot)
    with pytest.raises(Conflict, match="Many"):
        Phone(session, links[5]).takes(slots_of(session, request)[2])


def test_how_to_reach_a_guest_is_forgotten_thirty_days_after_they_were_needed(
    session: Session, rose_site: Cast
) -> None:
    request = asked(session, rose_site, at(1), at(40), at(3), at(4), zone="UTC")
    slots = slots_of(session, request)
    short, long = (linked(session, rose_site.maya, request, days) for days in (14, 60))
    for name, slot in zip(("Over", "Soon", "Let go", "Later"), sorted(slots, key=lambda one: one.due_at), strict=True):
        phone = Phone(session, short)
        phone.takes(slot, name=name)
        if name == "Let go":
            phone.lets_go()
    for link, words in ((short, "Long ago"), (long, "By a link that runs")):
        Phone(session, link).writes(words)

    def reached() -> set[str]:
        forget_contacts(session)
        session.expire_all()
        return {one.words or one.name for one in session.exec(select(Guest)) if one.contact}

    assert len(reached()) == 6
    with clock.freeze(START + timedelta(days=30, hours=1)):
        assert reached() == {"Over", "Soon", "Later", "Long ago", "By a link that runs"}
    with clock.freeze(START + timedelta(days=45)):
        assert reached() == {"Later", "By a link that runs"}
        listed = guests(session, rose_site.maya, GuestsOf(request=request.id)).guests
        assert sorted(one.name for one in listed if not one.contact_href) == ["Gerda Holm", "Let go", "Over", "Soon"]
    with clock.freeze(START + timedelta(days=91)):
        assert reached() == set()


def test_the_pages_about_guests_take_a_fixed_number_of_statements(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, *(at(n) for n in range(1, 9)))
    counts = []
    for slot in slots_of(session, request)[:4:2]:
        phone = Phone(session, linked(session, rose_site.maya, request))
        phone.takes(slot)
        session.expire_all()
        with counted_statements() as seen:
            phone.sees()
        session.expire_all()
        with counted_statements() as listed:
            guests(session, rose_site.maya, GuestsOf(request=request.id))
        counts.append((len(seen), len(listed)))

    assert counts[0] == counts[1]
    assert counts[0][0] <= 4
