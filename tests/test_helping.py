"""Help: what is asked for is there at its times, one person has each of them, and everyone knows where they stand."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

import careapp.helping.jobs  # noqa: F401
from careapp import clock, db
from careapp.clock import now
from careapp.errors import CareError, Conflict, Invalid, NotAllowed, NotFound
from careapp.helping.commands import (
    AcceptOffer,
    AddSlots,
    AnswerSwap,
    AskToSwap,
    EditHelpRequest,
    OfferHelp,
    OneHelpRequest,
    OneOffer,
    OneSlot,
    ReleaseSlot,
    Repeat,
    SlotTime,
    Thank,
)
from careapp.helping.kinds import HelpKind
from careapp.helping.lists import Asking, OneRequestPage, asking
from careapp.helping.operations import (
    accept_offer,
    add_slots,
    answer_swap,
    ask_to_swap,
    cancel_slot,
    close_help_request,
    close_offer,
    edit_help_request,
    mark_done,
    offer_help,
    release_slot,
    take_slot,
    thank,
)
from careapp.helping.queries import help_request
from careapp.helping.reminding import remind
from careapp.helping.times import WHENEVER, is_whole_day, time_words
from careapp.ids import new_id
from careapp.jobs import run_next
from careapp.models import Account, HelpOffer, HelpRequest, HelpSlot, HelpSwap, Kind, Member, Notice
from careapp.notify.choices import SetNoticeSettings, set_notice_settings
from careapp.notify.words import spoken
from careapp.perform import Asked, do
from careapp.sites.people import Leave, leave
from tests.calendar_writing import ZONE, added
from tests.cast import START, Cast, add_account, add_site
from tests.helping import asked, at, day, slot_of, slots_of, take
from tests.notices import told, with_phones
from tests.servers import wait_until


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with clock.freeze(START):
        yield


def swap_asked(session: Session, cast: Cast, by: str, slot: HelpSlot, whom: str) -> HelpSwap:
    ask_to_swap(session, cast.actor(by), AskToSwap(slot_id=slot.id, member_id=cast.actor(whom).member_id))
    found = select(HelpSwap).where(HelpSwap.slot_id == slot.id, HelpSwap.to_id == cast.actor(whom).member_id)
    return session.exec(found).one()


def offered(session: Session, cast: Cast, name: str = "ida") -> HelpOffer:
    made = offer_help(session, cast.actor(name), OfferHelp(kind=HelpKind.RIDES, words="I can drive on Fridays."))
    return session.get_one(HelpOffer, made.id)


# When it is wanted


def test_without_a_time_it_is_whenever_it_suits(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site, times=[]))

    assert (slot.starts_at, slot.due_at) == (None, WHENEVER)
    assert time_words(slot, "en") == "Whenever it suits"


def test_each_time_is_a_slot_of_its_own_in_the_zone_of_who_asks(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, at(9), at(8, "17:00", "18:30"), zone="Europe/Stockholm")

    first, second = slots_of(session, request)
    assert (first.starts_at, first.ends_at) == (datetime(2026, 3, 10, 17), datetime(2026, 3, 10, 18, 30))
    assert first.due_at == datetime(2026, 3, 10, 16, tzinfo=UTC)
    assert (second.starts_at, second.ends_at) == (datetime(2026, 3, 11, 17), None)


def test_a_day_without_a_clock_is_any_time_of_it(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site, at(8, "")))

    assert is_whole_day(slot)
    assert time_words(slot, "en") == "Tuesday, 10 March, any time"
    assert time_words(slot, "es") == "martes, 10 de marzo, a cualquier hora"


def test_a_night_ends_on_the_next_day(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site, at(8, "22:00", "06:30")))

    assert slot.ends_at == datetime(2026, 3, 11, 6, 30)


def test_what_comes_again_keeps_its_hour_when_summer_begins(session: Session, rose_site: Cast) -> None:
    weekly = Repeat(every="week", days=["TU", "FR"], until=day(35))
    request = asked(session, rose_site, at(5, "12:00"), repeat=weekly, zone="Europe/Stockholm")

    slots = slots_of(session, request)
    assert {slot.starts_at.strftime("%a %H:%M") for slot in slots if slot.starts_at} == {"Tue 12:00", "Fri 12:00"}
    assert [slot.starts_at.day for slot in slots if slot.starts_at] == [10, 13, 17, 20, 24, 27, 31, 3]
    assert [slot.due_at.hour for slot in slots] == [11, 11, 11, 11, 11, 11, 10, 10]
    assert request.rule == "FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20260406T235959"


@pytest.mark.parametrize(
    ("every", "until", "days"),
    [("day", 10, [9, 10, 11, 12]), ("two_weeks", 40, [9, 23, 6]), ("month", 70, [9, 9, 9])],
)
def test_it_comes_again_as_often_as_was_said(
    session: Session, rose_site: Cast, every: str, until: int, days: list[int]
) -> None:
    repeat = Repeat(every=every, until=day(until))  # type: ignore[arg-type]
    slots = slots_of(session, asked(session, rose_site, at(7), repeat=repeat))

    assert [slot.starts_at.day for slot in slots if slot.starts_at] == days


def test_one_request_has_sixty_times_at_most(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, at(1), repeat=Repeat(every="day", until=day(60)))
    assert len(slots_of(session, request)) == 60

    with pytest.raises(Invalid) as refused:
        asked(session, rose_site, at(1), repeat=Repeat(every="day", until=day(61)))
    assert list(refused.value.fields) == ["repeat"]
    with pytest.raises(Invalid):
        add_slots(session, rose_site.maya, AddSlots(request_id=request.id, times=[at(90)]))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("times", {"times": [SlotTime(on=START.date() - timedelta(days=1), starts=time(9))]}),
        ("times", {"times": [at(800)]}),
        ("zone", {"zone": "Moon/Sea"}),
        ("repeat", {"repeat": Repeat(every="day", until=START.date())}),
        ("repeat", {"times": [], "repeat": Repeat(every="day", until=START.date())}),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    session: Session, rose_site: Cast, field: str, said: dict[str, object]
) -> None:
    with pytest.raises(Invalid) as refused:
        asked(session, rose_site, **said)

    assert list(refused.value.fields) == [field]
    assert session.exec(select(HelpRequest)).all() == []


# Taking and letting go


@pytest.mark.both_databases
def test_two_people_cannot_take_one_slot(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site))
    take(session, rose_site, "tom", slot)
    take(session, rose_site, "tom", slot)

    with pytest.raises(Conflict) as refused:
        take(session, rose_site, "ida", slot)

    assert (refused.value.words, refused.value.params) == (
        "{name} was quicker. Thank you for offering.",
        {"name": "Tom Lind"},
    )
    assert slot.taken_by_id == rose_site.tom.member_id


@pytest.mark.both_databases
def test_of_fifty_who_take_it_at_once_one_has_it(data: Path) -> None:
    names = [f"friend{n}" for n in range(50)]
    with db.unit_of_work() as session:
        cast = add_site(session, roles={"maya": "coordinator", **dict.fromkeys(names, "friend")})  # type: ignore[dict-item]
        slot_id = slot_of(session, asked(session, cast)).id
    credentials = {name: cast.credentials(name) for name in names}

    def claim(name: str) -> str:
        try:
            do(Asked("helping.take_slot", {"slot_id": slot_id}, new_id(), "rose"), credentials[name])
        except CareError as refusal:
            return refusal.code
        return "taken"

    with ThreadPoolExecutor(50) as pool:
        outcomes = list(pool.map(claim, names))

    assert sorted(outcomes) == ["conflict"] * 49 + ["taken"]
    with db.reading() as session:
        holder = session.get_one(Member, session.get_one(HelpSlot, slot_id).taken_by_id)
    assert holder.name == names[outcomes.index("taken")].title()


@pytest.mark.both_databases
@pytest.mark.parametrize("operation", ["cancel_slot", "close_help_request"])
def test_who_takes_it_in_the_moment_it_is_called_off_is_told(data: Path, operation: str) -> None:
    with db.unit_of_work() as session:
        cast = add_site(session, roles={"maya": "coordinator", "ida": "friend"})
        with_phones(session, cast, "ida")
        slot = slot_of(session, asked(session, cast))
        command = {"slot_id": slot.id} if operation == "cancel_slot" else {"request_id": slot.request_id}
        slot_id, maya, ida = slot.id, cast.credentials("maya"), cast.ida

    def waits() -> bool:
        with db.reading() as session:
            if session.get_bind().dialect.name == "sqlite":
                return True
            held = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            return bool(session.execute(held).scalar_one())

    with ThreadPoolExecutor(1) as pool:
        with db.unit_of_work() as session:
            take_slot(session, ida, OneSlot(slot_id=slot_id))
            session.flush()
            off = pool.submit(do, Asked(f"helping.{operation}", command, new_id(), "rose"), maya)
            wait_until(waits)
        off.result()

    with db.reading() as session:
        assert session.get_one(HelpSlot, slot_id).version == 3
        assert "Looking after Rose: help is no longer needed" in told(session)["Ida"]


def test_what_is_no_longer_needed_is_not_taken(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site))
    cancel_slot(session, rose_site.maya, OneSlot(slot_id=slot.id))

    with pytest.raises(Conflict, match="no longer needed"):
        take(session, rose_site, "ida", slot)


def test_what_is_over_is_not_taken_any_more_and_stays_with_who_had_it(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site, at(0, "17:00"), zone="UTC"))
    with clock.freeze(datetime(2026, 3, 2, 18, 1, tzinfo=UTC)), pytest.raises(Conflict, match="no longer needed"):
        take(session, rose_site, "ida", slot)
    take(session, rose_site, "ida", slot)
    with clock.freeze(datetime(2026, 3, 2, 18, 1, tzinfo=UTC)):
        take(session, rose_site, "ida", slot)
        with pytest.raises(Conflict, match="quicker"):
            take(session, rose_site, "tom", slot)


def test_until_two_hours_before_one_lets_go_freely_and_then_with_a_word(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site, at(0, "17:00"), zone="UTC"))
    take(session, rose_site, "ida", slot)
    release_slot(session, rose_site.ida, ReleaseSlot(slot_id=slot.id))
    assert slot.taken_by_id is None

    take(session, rose_site, "ida", slot)
    with clock.freeze(datetime(2026, 3, 2, 15, 1, tzinfo=UTC)):
        with pytest.raises(Invalid) as refused:
            release_slot(session, rose_site.ida, ReleaseSlot(slot_id=slot.id))
        assert (list(refused.value.fields), slot.taken_by_id) == (["why"], rose_site.ida.member_id)
        release_slot(session, rose_site.ida, ReleaseSlot(slot_id=slot.id, why="The car will not start."))
    assert slot.taken_by_id is None


def test_only_who_has_it_who_asked_or_who_keeps_order_lets_go_of_it(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site, by="tom"))
    take(session, rose_site, "ida", slot)

    for name in ("cole", "sam"):
        with pytest.raises((NotAllowed, NotFound)):
            release_slot(session, rose_site.actor(name), ReleaseSlot(slot_id=slot.id))
    for name in ("tom", "rose"):
        release_slot(session, rose_site.actor(name), ReleaseSlot(slot_id=slot.id))
        take(session, rose_site, "ida", slot)


def test_what_is_done_is_said_once_and_thanked_for(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site))
    take(session, rose_site, "ida", slot)
    for _ in range(2):
        mark_done(session, rose_site.ida, OneSlot(slot_id=slot.id))
        thank(session, rose_site.rose, Thank(slot_id=slot.id, words="It tasted of summer."))

    assert (slot.done_at, slot.thanks) == (START, "It tasted of summer.")
    with pytest.raises(NotAllowed):
        mark_done(session, rose_site.ida, OneSlot(slot_id=slot_of(session, asked(session, rose_site)).id))


@pytest.mark.parametrize("name", ["ida", "maya"])
def test_what_is_done_stays_with_who_did_it(session: Session, rose_site: Cast, name: str) -> None:
    slot = slot_of(session, asked(session, rose_site))
    take(session, rose_site, "ida", slot)
    mark_done(session, rose_site.ida, OneSlot(slot_id=slot.id))

    release_slot(session, rose_site.actor(name), ReleaseSlot(slot_id=slot.id))
    session.refresh(slot)
    assert (slot.taken_by_id, slot.done_at) == (rose_site.ida.member_id, START)


def test_nobody_thanks_themselves_or_nobody(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site))
    with pytest.raises(Conflict):
        thank(session, rose_site.maya, Thank(slot_id=slot.id))
    take(session, rose_site, "maya", slot)
    with pytest.raises(Conflict):
        thank(session, rose_site.maya, Thank(slot_id=slot.id))


# Taking over


@pytest.mark.both_databases
def test_whoever_is_asked_takes_over_and_only_they(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site))
    take(session, rose_site, "tom", slot)
    swap = swap_asked(session, rose_site, "tom", slot, "ida")

    with pytest.raises(NotFound):
        answer_swap(session, rose_site.cole, AnswerSwap(swap_id=swap.id, accepts=True))
    answer_swap(session, rose_site.ida, AnswerSwap(swap_id=swap.id, accepts=True))

    session.refresh(slot)
    assert slot.taken_by_id == rose_site.ida.member_id


def test_of_two_who_are_asked_the_first_to_say_yes_has_it(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site))
    take(session, rose_site, "tom", slot)
    first, second = (swap_asked(session, rose_site, "tom", slot, name) for name in ("ida", "cole"))
    answer_swap(session, rose_site.cole, AnswerSwap(swap_id=second.id, accepts=True))

    with pytest.raises(Conflict, match="hands any more"):
        answer_swap(session, rose_site.ida, AnswerSwap(swap_id=first.id, accepts=True))
    answer_swap(session, rose_site.ida, AnswerSwap(swap_id=first.id, accepts=False))
    assert slot.taken_by_id == rose_site.cole.member_id


def test_asked_twice_one_answers_once(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site))
    take(session, rose_site, "tom", slot)
    for _ in range(2):
        swap_asked(session, rose_site, "tom", slot, "ida")

    with pytest.raises(Conflict):
        swap_asked(session, rose_site, "cole", slot, "ida")


# Changing and closing


def test_the_words_of_two_do_not_overwrite_each_other(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, by="tom")
    edit_help_request(
        session,
        rose_site.tom,
        EditHelpRequest(
            request_id=request.id, version=1, words="No fish.", address="Elm Road 2", food="No nuts", hides_address=True
        ),
    )
    with pytest.raises(Conflict) as refused:
        edit_help_request(session, rose_site.maya, EditHelpRequest(request_id=request.id, version=1, words="Soup."))

    said = "No fish.\nA meal\nNo nuts\nElm Road 2\nShow the address only to who takes something on"
    assert (refused.value.params, request.words) == ({"theirs": said}, "No fish.")
    assert asking(session, rose_site.maya, Asking(request=request.id)).summary == said
    with pytest.raises(NotAllowed):
        edit_help_request(session, rose_site.cole, EditHelpRequest(request_id=request.id, version=2))


def test_a_closed_request_takes_nothing_more_and_frees_who_was_ready(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, at(1), at(2))
    first, second = slots_of(session, request)
    take(session, rose_site, "ida", first)
    mark_done(session, rose_site.ida, OneSlot(slot_id=first.id))
    close_help_request(session, rose_site.maya, OneHelpRequest(request_id=request.id))

    assert (first.cancelled_at, second.cancelled_at) == (None, START)
    with pytest.raises(Conflict):
        add_slots(session, rose_site.maya, AddSlots(request_id=request.id, times=[at(3)]))


def test_more_times_can_be_added_and_each_taken_off(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, at(1))
    add_slots(session, rose_site.maya, AddSlots(request_id=request.id, times=[at(2), at(3)]))
    cancel_slot(session, rose_site.maya, OneSlot(slot_id=slots_of(session, request)[0].id))

    assert [bool(slot.cancelled_at) for slot in slots_of(session, request)] == [True, False, False]


# Offered unasked


@pytest.mark.both_databases
def test_an_accepted_offer_is_a_request_in_the_hands_of_who_offered(session: Session, rose_site: Cast) -> None:
    offer = offered(session, rose_site)
    made = accept_offer(session, rose_site.maya, AcceptOffer(offer_id=offer.id, times=[at(3)]))

    request = session.get_one(HelpRequest, made.id)
    assert (request.kind, request.words, offer.request_id) == ("rides", "I can drive on Fridays.", request.id)
    assert slot_of(session, request).taken_by_id == rose_site.ida.member_id
    with pytest.raises(Conflict, match="answered this offer"):
        accept_offer(session, rose_site.rose, AcceptOffer(offer_id=offer.id))


def test_of_several_times_who_offered_chooses(session: Session, rose_site: Cast) -> None:
    made = accept_offer(
        session, rose_site.maya, AcceptOffer(offer_id=offered(session, rose_site).id, times=[at(3), at(4)])
    )

    slots = slots_of(session, session.get_one(HelpRequest, made.id))
    assert [slot.taken_by_id for slot in slots] == [None, None]


def test_an_offer_is_taken_back_by_who_made_it(session: Session, rose_site: Cast) -> None:
    offer = offered(session, rose_site)
    with pytest.raises(NotAllowed):
        close_offer(session, rose_site.tom, OneOffer(offer_id=offer.id))
    close_offer(session, rose_site.ida, OneOffer(offer_id=offer.id))

    with pytest.raises(Conflict):
        accept_offer(session, rose_site.maya, AcceptOffer(offer_id=offer.id))


def test_who_has_left_is_not_given_what_they_offered(session: Session, rose_site: Cast) -> None:
    offer = offered(session, rose_site)
    leave(session, rose_site.ida, Leave())
    made = accept_offer(session, rose_site.maya, AcceptOffer(offer_id=offer.id, times=[at(3)]))

    assert slot_of(session, session.get_one(HelpRequest, made.id)).taken_by_id is None


# Who is told


def test_who_can_help_is_told_and_can_say_yes_from_the_notice(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    asked(session, rose_site, at(2, "17:00", "18:00"))

    assert told(session, Kind.HELP) == {
        key: ["Looking after Rose: help is wanted"] for key in ("Tom", "Ida", "Dr", "Rose")
    }
    notice = session.exec(select(Notice)).first()
    assert notice
    words = spoken(notice.words, "en", says_more=True)
    assert (words.title, words.actions) == ("Maya Lind asks for help: Dinner", (("can_do", "I can do this"),))
    assert words.body == "Wednesday, 4 March, 5:00 PM – 6:00 PM"
    assert "&slot=" in notice.path


def test_what_has_many_times_is_one_notice_without_a_button(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site, "ida")
    asked(session, rose_site, at(2), at(3), title="")

    (notice,) = session.exec(select(Notice)).all()
    words = spoken(notice.words, "es", says_more=True)
    assert (words.title, words.actions) == ("Maya Lind pide ayuda: Una comida", ())
    assert words.body == "2 horarios para elegir"


def test_who_makes_it_open_again_for_another_does_not_say_that_they_cannot(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site, "tom", "ida")
    slot = slot_of(session, asked(session, rose_site, by="tom"))
    take(session, rose_site, "ida", slot)
    release_slot(session, rose_site.maya, ReleaseSlot(slot_id=slot.id))
    take(session, rose_site, "ida", slot)
    release_slot(session, rose_site.ida, ReleaseSlot(slot_id=slot.id))

    def last(name: str) -> str:
        newest = (
            select(Notice).where(Notice.member_id == rose_site.actor(name).member_id).order_by(col(Notice.id).desc())
        )
        return spoken(session.exec(newest).first().words, "en", says_more=True).title  # type: ignore[union-attr]

    assert last("ida") == "Maya Lind has made this open again: Dinner"
    assert last("tom") == "Ida Berg cannot do this after all: Dinner"


def test_whoever_asked_hears_who_takes_it_lets_it_go_and_has_done_it(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site, "tom")
    slot = slot_of(session, asked(session, rose_site, at(0, "18:00"), by="tom", zone="UTC"))
    take(session, rose_site, "ida", slot)
    release_slot(session, rose_site.ida, ReleaseSlot(slot_id=slot.id))
    take(session, rose_site, "ida", slot)
    with clock.freeze(START.replace(hour=17)):
        release_slot(session, rose_site.ida, ReleaseSlot(slot_id=slot.id, why="I am ill."))
    take(session, rose_site, "cole", slot)
    mark_done(session, rose_site.cole, OneSlot(slot_id=slot.id))

    assert told(session, Kind.HELP)["Tom"] == [
        "Looking after Rose: someone helps",
        "Looking after Rose: help is wanted again",
        "Looking after Rose: someone helps",
        "Looking after Rose: soon, and open again",
        "Looking after Rose: someone helps",
        "Looking after Rose: help was given",
    ]
    bodies = [spoken(notice.words, "en", says_more=True).body for notice in session.exec(select(Notice)).all()]
    assert bodies[3] == "I am ill."


def test_who_helped_hears_the_thanks(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site))
    take(session, rose_site, "ida", slot)
    with_phones(session, rose_site, "ida")
    thank(session, rose_site.rose, Thank(slot_id=slot.id, words="It tasted of summer."))
    thank(session, rose_site.rose, Thank(slot_id=slot.id))

    (notice,) = session.exec(select(Notice)).all()
    words = spoken(notice.words, "en", says_more=True)
    assert (words.title, words.body) == ("Rose Lind thanks you: Dinner", "It tasted of summer.")


def test_of_two_times_that_are_no_longer_needed_both_stand_on_the_screen(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, at(10), at(12))
    slots = slots_of(session, request)
    for slot in slots:
        take(session, rose_site, "ida", slot)
    with_phones(session, rose_site, "ida")
    for slot in slots:
        cancel_slot(session, rose_site.maya, OneSlot(slot_id=slot.id))

    assert len(set(session.exec(select(Notice.tag)).all())) == 2


def test_who_was_ready_hears_that_it_is_no_longer_needed(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site)
    take(session, rose_site, "ida", slot_of(session, request))
    with_phones(session, rose_site, "ida", "tom")
    close_help_request(session, rose_site.maya, OneHelpRequest(request_id=request.id))

    assert told(session) == {"Ida": ["Looking after Rose: help is no longer needed"]}


def test_who_has_taken_something_on_hears_that_it_says_something_else(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, at(1), at(2), at(3))
    first, second, _ = slots_of(session, request)
    take(session, rose_site, "cole", first)
    take(session, rose_site, "ida", second)
    mark_done(session, rose_site.cole, OneSlot(slot_id=first.id))
    with_phones(session, rose_site)
    said = {"request_id": request.id, "title": "Dinner", "address": "Lake Road 3"}
    edit_help_request(session, rose_site.rose, EditHelpRequest(version=1, **said))  # type: ignore[arg-type]
    edit_help_request(session, rose_site.rose, EditHelpRequest(version=2, **said))  # type: ignore[arg-type]

    (notice,) = session.exec(select(Notice)).all()
    words = spoken(notice.words, "en", says_more=True)
    assert (notice.member_id, words.title, words.body) == (
        *(rose_site.ida.member_id, "Rose Lind has changed this: Dinner", "Lake Road 3"),
    )


def test_swaps_and_offers_reach_those_they_concern(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site, by="rose"))
    take(session, rose_site, "tom", slot)
    with_phones(session, rose_site)
    swap = swap_asked(session, rose_site, "tom", slot, "ida")
    (notice,) = session.exec(select(Notice)).all()
    assert [action for action, _ in spoken(notice.words, "en").actions] == ["take_over", "cannot_take_over"]
    assert notice.path.endswith(f"&swap={swap.id}")
    answer_swap(session, rose_site.ida, AnswerSwap(swap_id=swap.id, accepts=True))
    offer = offered(session, rose_site)
    accept_offer(session, rose_site.maya, AcceptOffer(offer_id=offer.id))

    assert told(session, Kind.HELP) == {
        "Ida": ["Looking after Rose: can you take something over?", "Looking after Rose: your offer is welcome"],
        "Tom": ["Looking after Rose: an answer about taking over"],
        "Maya": ["Looking after Rose: someone offers help"],
        "Rose": ["Looking after Rose: someone helps", "Looking after Rose: someone offers help"],
    }


# Reminders


def reminded(at: datetime) -> dict[str, list[str]]:
    """What each was reminded of by then, once all that was due is done."""
    with clock.freeze(at):
        while run_next():
            pass
    with db.reading() as session:
        rows = session.exec(
            select(Notice, Member)
            .join(Member, col(Member.id) == col(Notice.member_id))
            .where(Notice.kind == Kind.REMINDERS)
            .order_by(col(Notice.id))
        ).all()
    said: dict[str, list[str]] = {}
    for notice, member in rows:
        words = spoken(notice.words, "en", says_more=True)
        said.setdefault(member.name.split()[0], []).append(f"{words.title} / {words.body}")
    return said


@pytest.fixture
def ride(data: Path) -> tuple[Cast, str]:
    """Tom has taken a ride on Wednesday at five."""
    with db.unit_of_work() as session:
        add_account(session, "sam")
        cast = add_site(session)
        with_phones(session, cast)
        request = asked(session, cast, at(2), kind=HelpKind.RIDES, title="", address="Lake Road 3", zone="UTC")
        slot = slot_of(session, request)
        take(session, cast, "tom", slot)
    return cast, slot.id


DAY_BEFORE, TWO_BEFORE = datetime(2026, 3, 3, 17, tzinfo=UTC), datetime(2026, 3, 4, 15, tzinfo=UTC)


def test_who_has_it_is_reminded_the_day_and_two_hours_before(ride: tuple[Cast, str]) -> None:
    tomorrow, soon = "Tomorrow at 5:00 PM: A ride / Lake Road 3", "Today at 5:00 PM: A ride / Lake Road 3"

    assert reminded(DAY_BEFORE - timedelta(minutes=1)) == {}
    assert reminded(DAY_BEFORE) == {"Tom": [tomorrow]}
    assert reminded(TWO_BEFORE - timedelta(minutes=1)) == {"Tom": [tomorrow]}
    assert reminded(TWO_BEFORE) == {"Tom": [tomorrow, soon]}


def test_a_reminder_that_comes_late_or_after_quiet_hours_says_on_which_day(ride: tuple[Cast, str]) -> None:
    with db.unit_of_work() as session:
        cast = Cast(session)
        set_notice_settings(session, cast.ida, SetNoticeSettings(quiet_from="16:00", quiet_until="07:00"))
        release_slot(session, cast.tom, ReleaseSlot(slot_id=ride[1]))
        take(session, cast, "ida", session.get_one(HelpSlot, ride[1]))
        request = asked(session, cast, at(2, "00:30"), kind=HelpKind.RIDES, title="", zone="UTC")
        take(session, cast, "tom", slot_of(session, request))

    assert reminded(datetime(2026, 3, 3, 22, 30, tzinfo=UTC)) == {
        "Ida": ["Wednesday, 4 March, 5:00 PM: A ride / Lake Road 3"],
        "Tom": ["Tomorrow at 12:30 AM: A ride / ", "Wednesday, 4 March, 12:30 AM: A ride / "],
    }
    late = ["Wednesday, 4 March, 5:00 PM: A ride / Lake Road 3", "Today at 5:00 PM: A ride / Lake Road 3"]
    assert reminded(TWO_BEFORE)["Ida"] == late


def test_a_day_before_that_comes_on_the_day_itself_does_not_say_tomorrow(ride: tuple[Cast, str]) -> None:
    assert reminded(datetime(2026, 3, 4, 0, 1, tzinfo=UTC))["Tom"] == [
        "Wednesday, 4 March, 5:00 PM: A ride / Lake Road 3"
    ]


def test_who_took_it_over_is_reminded_and_not_who_let_go(ride: tuple[Cast, str]) -> None:
    cast, slot_id = ride
    with db.unit_of_work() as session:
        cast = Cast(session)
        release_slot(session, cast.tom, ReleaseSlot(slot_id=slot_id))
        take(session, cast, "ida", session.get_one(HelpSlot, slot_id))

    assert list(reminded(DAY_BEFORE)) == ["Ida"]


def test_who_takes_it_twice_is_reminded_once(ride: tuple[Cast, str]) -> None:
    with db.unit_of_work() as session:
        cast, slot = Cast(session), session.get_one(HelpSlot, ride[1])
        release_slot(session, cast.tom, ReleaseSlot(slot_id=slot.id))
        take(session, cast, "tom", slot)

    assert len(reminded(DAY_BEFORE)["Tom"]) == 1


@pytest.mark.parametrize("ending", [cancel_slot, mark_done])
def test_of_what_is_over_nobody_is_reminded(ride: tuple[Cast, str], ending: object) -> None:
    with db.unit_of_work() as session:
        ending(session, Cast(session).maya, OneSlot(slot_id=ride[1]))  # type: ignore[operator]

    assert reminded(DAY_BEFORE) == {}


def test_of_a_day_without_a_clock_one_is_reminded_at_noon(data: Path) -> None:
    with db.unit_of_work() as session:
        cast = add_site(session)
        with_phones(session, cast, "ida")
        slot = slot_of(session, asked(session, cast, at(2, ""), words="Soup", zone="UTC"))
        take(session, cast, "ida", slot)

    assert reminded(datetime(2026, 3, 3, 12, tzinfo=UTC)) == {"Ida": ["Tomorrow: Dinner / Soup"]}
    assert reminded(datetime(2026, 3, 4, 10, tzinfo=UTC))["Ida"][1] == "Today: Dinner / Soup"


def test_what_is_nearer_than_a_reminder_and_what_has_no_time_is_not_reminded_of(data: Path) -> None:
    with db.unit_of_work() as session:
        cast = add_site(session)
        with_phones(session, cast, "ida")
        take(session, cast, "ida", slot_of(session, asked(session, cast, at(0, "10:30"), zone="UTC")))
        take(session, cast, "ida", slot_of(session, asked(session, cast, times=[])))

    assert reminded(now() + timedelta(days=2)) == {}


def test_a_notice_says_when_it_is_there_and_on_each_readers_own_clock(session: Session, rose_site: Cast) -> None:
    with_phones(session, rose_site)
    for name, zone in (("maya", "Europe/Berlin"), ("tom", "Asia/Tokyo"), ("ida", "Europe/Berlin")):
        session.get_one(Account, rose_site.actor(name).account_id).time_zone = zone
    request = asked(session, rose_site, at(7, "17:00", "18:00"), zone="Europe/Berlin")
    take(session, rose_site, "tom", slot_of(session, request))
    with clock.freeze(START + timedelta(days=6, hours=12)):
        remind(session, slot_of(session, request).id, rose_site.tom.member_id, "day")
    rows = session.exec(select(Notice, Member).join(Member).order_by(col(Notice.created_at), col(Notice.id)))
    told = [(member.name, spoken(notice.words, "en", says_more=True)) for notice, member in rows]
    clocks = {(name, words.body or words.title) for name, words in told}
    there = "Monday, 9 March, 5:00 PM – 6:00 PM"
    own = "Tuesday, 10 March 2026, 1:00 AM where you are"
    assert ("Ida Berg", there) in clocks
    assert ("Tom Lind", f"{there} in Berlin ({own})") in clocks
    assert ("Maya Lind", there) in clocks
    assert f"Tomorrow at 5:00 PM – 6:00 PM in Berlin ({own}): Dinner" in [words.title for _, words in told]


def test_a_form_asks_for_the_clock_where_the_site_lives_by_another(session: Session, rose_site: Cast) -> None:
    session.get_one(Account, rose_site.maya.account_id).time_zone = "Asia/Tokyo"
    assert (view := asking(session, rose_site.maya, Asking())).zone == "Asia/Tokyo"
    assert not view.has_zones
    added(session, rose_site)
    view = asking(session, rose_site.maya, Asking())
    assert (view.zone, [one.words for one in view.zones], view.has_zones) == (ZONE, ["New York", "Tokyo"], True)
    request = asked(session, rose_site, zone=ZONE)
    page = help_request(session, rose_site.maya, OneRequestPage(request=request.id))
    assert (page.zone, page.there) == (ZONE, "New York")
