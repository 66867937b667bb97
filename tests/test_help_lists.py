"""What the pages about help show: what is open by day, where it is for whom, and two weeks of meals."""

from collections.abc import Iterator
from datetime import UTC, datetime, time

import pytest
from sqlmodel import Session

from careapp import clock
from careapp.access import access_profile
from careapp.errors import NotAllowed, NotFound
from careapp.helping.commands import AskForHelp, OfferHelp, OneHelpRequest, OneSlot, Repeat
from careapp.helping.kinds import HelpKind
from careapp.helping.lists import PAGE, After, Asking, OneRequestPage, asking, help_request, help_today, help_wanted
from careapp.helping.lists import _open_rows as open_rows
from careapp.helping.meals import TwoWeeks, meals
from careapp.helping.operations import ask_for_help, close_help_request, mark_done, offer_help
from careapp.helping.views import HelpWantedView
from careapp.models import Account
from careapp.sites.people import Leave, leave
from tests.cast import START, Cast
from tests.helping import asked, at, day, slot_of, slots_of, take
from tests.statements import counted_statements
from tests.test_feed import _plan


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with clock.freeze(START):
        yield


def wanted(session: Session, cast: Cast, name: str = "ida", after: str = "") -> HelpWantedView:
    return help_wanted(session, cast.actor(name), After(after=after))


def test_what_is_open_stands_by_day_the_next_first_and_whenever_it_suits_last(
    session: Session, rose_site: Cast
) -> None:
    asked(session, rose_site, times=[], title="Company")
    asked(session, rose_site, at(2, "09:00"), at(1, "18:00"), at(1, "08:00"))

    days = [(one.day, [slot.clock for slot in one.slots]) for one in wanted(session, rose_site).days]
    assert days == [
        ("Tuesday, 3 March", ["8:00\u202fAM", "6:00\u202fPM"]),
        ("Wednesday, 4 March", ["9:00\u202fAM"]),
        ("Whenever it suits", [""]),
    ]


def test_what_i_took_stands_on_top_until_it_is_done_with_its_thanks(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site, at(1)))
    take(session, rose_site, "ida", slot)
    view = wanted(session, rose_site)
    assert ([one.id for one in view.mine], view.days) == ([slot.id], ())
    assert wanted(session, rose_site, "tom").mine == ()

    mark_done(session, rose_site.ida, OneSlot(slot_id=slot.id))
    view = wanted(session, rose_site, "maya")
    assert (view.mine, [one.can_thank for one in view.done]) == ((), [True])


def test_what_is_over_or_closed_is_not_open(session: Session, rose_site: Cast) -> None:
    asked(session, rose_site, at(0, "09:30", "10:30"), zone="UTC")
    closed = asked(session, rose_site, at(1))
    close_help_request(session, rose_site.maya, OneHelpRequest(request_id=closed.id))
    with clock.freeze(START.replace(hour=10)):
        assert len(wanted(session, rose_site).days) == 1
    with clock.freeze(START.replace(hour=10, minute=31)):
        assert wanted(session, rose_site).days == ()


def test_what_somebody_had_who_has_left_is_open_again(session: Session, rose_site: Cast) -> None:
    slot = slot_of(session, asked(session, rose_site, at(1)))
    take(session, rose_site, "tom", slot)
    leave(session, rose_site.tom, Leave())

    (shown,) = wanted(session, rose_site).days[0].slots
    assert (shown.can_take, shown.has_holder) == (True, False)
    take(session, rose_site, "ida", slot)
    assert slot.taken_by_id == rose_site.ida.member_id


def test_an_empty_site_says_so_and_an_offer_ends_that(session: Session, rose_site: Cast) -> None:
    assert wanted(session, rose_site).is_empty
    offer_help(session, rose_site.ida, OfferHelp(kind=HelpKind.RIDES, words="On Fridays."))

    view = wanted(session, rose_site, "maya")
    assert ([one.words for one in view.offers], view.offers[0].can_accept, view.is_empty) == (
        ["On Fridays."],
        True,
        False,
    )
    mine = wanted(session, rose_site).offers[0]
    assert (mine.can_accept, mine.can_close) == (False, True)


def test_where_it_is_hidden_only_who_takes_something_on_sees_it(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, at(1), at(2), by="tom", address="Lake Road 3", hides_address=True)

    def seen(name: str) -> tuple[str, bool]:
        view = help_request(session, rose_site.actor(name), OneRequestPage(request=request.id))
        assert {slot.address for slot in view.slots} <= {view.address, ""}
        return view.address, view.hides_from_me

    hidden, shown = ("", True), ("Lake Road 3", False)
    assert {name: seen(name) for name in ("maya", "tom", "rose", "ida", "cole")} == {
        "maya": shown,
        "tom": shown,
        "rose": shown,
        "ida": hidden,
        "cole": hidden,
    }
    take(session, rose_site, "ida", slots_of(session, request)[0])
    assert (seen("ida"), seen("cole")) == (shown, hidden)


def test_who_is_elsewhere_sees_their_own_clock_too(session: Session, rose_site: Cast) -> None:
    asked(session, rose_site, at(1, "17:00"), zone="Europe/Stockholm")
    account = session.get_one(Account, rose_site.ida.account_id)
    account.time_zone = "America/New_York"
    assert wanted(session, rose_site).days[0].slots[0].elsewhere == "11:00\u202fAM"
    account.time_zone = "Europe/Berlin"
    assert wanted(session, rose_site).days[0].slots[0].elsewhere == ""


def test_a_long_list_goes_on_where_the_page_ended(session: Session, rose_site: Cast) -> None:
    repeat = Repeat(every="day", until=day(2 * PAGE + 1))
    asked(session, rose_site, at(1), repeat=repeat)
    asked(session, rose_site, times=[])
    first = wanted(session, rose_site)
    second = wanted(session, rose_site, after=first.later)
    third = wanted(session, rose_site, after=second.later)

    shown = [slot.id for view in (first, second, third) for one in view.days for slot in one.slots]
    assert (len(shown), len(set(shown)), third.later) == (2 * PAGE + 2, 2 * PAGE + 2, "")
    with pytest.raises(NotFound):
        wanted(session, rose_site, after="nonsense")


def test_asking_starts_from_what_the_person_may_eat(session: Session, rose_site: Cast) -> None:
    access_profile(session, rose_site.maya).food = "No nuts."
    assert asking(session, rose_site.tom, Asking()).food == "No nuts."

    request = asked(session, rose_site, by="tom", food="No nuts, no fish.")
    assert asking(session, rose_site.maya, Asking(request=request.id)).food == "No nuts, no fish."
    with pytest.raises(NotAllowed):
        asking(session, rose_site.cole, Asking(request=request.id))


def test_only_meals_say_what_may_be_eaten(session: Session, rose_site: Cast) -> None:
    made = ask_for_help(session, rose_site.tom, AskForHelp(kind=HelpKind.RIDES, food="No nuts."))
    assert help_request(session, rose_site.ida, OneRequestPage(request=made.id)).food == ""


def test_two_weeks_of_meals_begin_on_monday_and_name_who_brings_what(session: Session, rose_site: Cast) -> None:
    request = asked(session, rose_site, at(0, "18:00"), at(13, "18:00"), at(14, "18:00"), zone="UTC")
    asked(session, rose_site, at(1), kind=HelpKind.RIDES)
    take(session, rose_site, "ida", slots_of(session, request)[0])

    view = meals(session, rose_site.tom, TwoWeeks())
    assert (len(view.days), view.days[0].key, view.days[0].is_today) == (14, "2026-03-02", True)
    brings = {one.number: [slot.holder.name for slot in one.slots] for one in view.days if one.slots}
    assert brings == {"2": ["Ida Berg"], "15": [""]}
    later = meals(session, rose_site.tom, TwoWeeks(start=view.later))
    assert [one.key for one in later.days if one.slots] == ["2026-03-15", "2026-03-16"]
    with pytest.raises(NotFound):
        meals(session, rose_site.tom, TwoWeeks(start="2026-13-01"))


def test_the_home_page_says_how_much_is_open_and_what_is_mine_next(session: Session, rose_site: Cast) -> None:
    assert not help_today(session, rose_site.ida).is_any
    request = asked(session, rose_site, at(1), at(2), at(3))
    take(session, rose_site, "ida", slots_of(session, request)[1])

    shown = help_today(session, rose_site.ida)
    assert (shown.open, shown.next.day, shown.has_more) == (2, "Wednesday, 4 March", False)
    assert not help_today(session, rose_site.tom).has_next


@pytest.mark.parametrize(("hour", "is_open"), [("11:59", True), ("18:00", True), ("23:59", True), ("00:01", False)])
def test_the_home_page_counts_what_is_for_any_time_of_the_day_until_it_is_over(
    session: Session, rose_site: Cast, hour: str, is_open: bool
) -> None:
    asked(session, rose_site, at(0, ""), at(0, "10:00", "11:00"), zone="UTC")
    clock_there = datetime.combine(day(0 if is_open else 1), time.fromisoformat(hour), UTC)
    with clock.freeze(clock_there):
        listed = [slot for one in wanted(session, rose_site).days for slot in one.slots]
        assert help_today(session, rose_site.ida).open == len(listed) == is_open


@pytest.mark.parametrize("look", ["wanted", "request", "meals", "today"])
def test_much_help_takes_as_many_statements_as_little(session: Session, rose_site: Cast, look: str) -> None:
    request = asked(session, rose_site, at(1), at(2))
    take(session, rose_site, "ida", slots_of(session, request)[0])
    looks = {
        "wanted": lambda: wanted(session, rose_site),
        "request": lambda: help_request(session, rose_site.ida, OneRequestPage(request=request.id)),
        "meals": lambda: meals(session, rose_site.ida, TwoWeeks()),
        "today": lambda: help_today(session, rose_site.ida),
    }

    def statements() -> int:
        session.expire_all()
        with counted_statements() as seen:
            looks[look]()
        return len(seen)

    before = statements()
    for name in ("tom", "ida", "cole"):
        more = asked(session, rose_site, at(1), repeat=Repeat(every="day", until=day(12)))
        for slot in slots_of(session, more)[::2]:
            take(session, rose_site, name, slot)
        offer_help(session, rose_site.actor(name), OfferHelp(kind=HelpKind.RIDES, words="On Fridays."))

    assert statements() == before


def test_what_is_open_is_read_by_its_index(session: Session, rose_site: Cast) -> None:
    plan = _plan(session, open_rows(rose_site.maya, PAGE))
    assert "ix_help_slot_due" in plan
    assert "TEMP B-TREE" not in plan
