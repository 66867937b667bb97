"""The status card and the home page around it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from careapp import clock
from careapp.access import Right, Section
from careapp.errors import Conflict, Invalid, NotAllowed
from careapp.ids import new_id
from careapp.journal.commands import SetStatus
from careapp.journal.status import set_status
from careapp.models import JoinRequest, Member, MemberGrant, Status
from careapp.operation import QUERIES
from careapp.perform import Asked, do, read
from careapp.today.queries import Nothing, today
from careapp.today.views import TodayView
from tests.cast import START, Cast
from tests.journal_writing import post


def say(session: Session, cast: Cast, name: str, **said: str) -> str:
    return set_status(session, cast.actor(name), SetStatus(id=new_id(), **said)).id  # type: ignore[arg-type]


def look(session: Session, cast: Cast, name: str) -> TodayView:
    return today(session, cast.actor(name), Nothing())


def test_everyone_sees_where_she_is_how_she_is_since_when_and_who_said_so(session: Session, rose_site: Cast) -> None:
    with clock.freeze(START):
        say(session, rose_site, "tom", place="Ward 4", mood="better", words="Ate half her soup")

    for name in ("maya", "ida", "cole", "rose"):
        card = look(session, rose_site, name).status
        assert (card.place, card.mood_words, card.words) == ("Ward 4", "A little better", "Ate half her soup")
        assert (card.since, card.by.name) == (START, "Tom Lind")


def test_the_three_before_stay_as_history(session: Session, rose_site: Cast) -> None:
    for n in range(6):
        with clock.freeze(START + timedelta(hours=n)):
            say(session, rose_site, "maya", place=str(n))

    view = look(session, rose_site, "ida")
    assert (view.status.place, [card.place for card in view.history]) == ("5", ["4", "3", "2"])


def test_one_tap_is_enough(session: Session, rose_site: Cast) -> None:
    say(session, rose_site, "cole", mood="resting")

    view = look(session, rose_site, "rose")
    assert [choice.key for choice in view.moods if choice.is_chosen] == ["resting"]


@pytest.mark.parametrize("said", [{}, {"place": " "}, {"words": "\u200b"}])
def test_a_status_that_says_nothing_is_refused(session: Session, rose_site: Cast, said: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        say(session, rose_site, "maya", **said)

    assert not look(session, rose_site, "maya").has_status


def test_a_friend_reads_the_card_and_does_not_write_it(stored_site: Cast) -> None:
    asked = Asked("journal.set_status", {"id": new_id(), "mood": "tired"}, new_id(), "rose")

    with pytest.raises(NotAllowed):
        do(asked, stored_site.credentials("ida"))
    first, again = do(asked, stored_site.credentials("tom")), do(asked, stored_site.credentials("tom"))

    view = read(QUERIES["today.today"], stored_site.credentials("ida"), "rose", {})
    assert first == again
    assert (view.status.mood, view.history, view.can_set_status) == ("tired", (), False)


@pytest.mark.both_databases
def test_one_from_a_phone_without_network_never_hides_newer_news(session: Session, rose_site: Cast) -> None:
    seen = say(session, rose_site, "maya", place="Waiting for surgery")
    say(session, rose_site, "tom", place="Recovery room")

    with pytest.raises(Conflict) as refusal:
        say(session, rose_site, "maya", place="In surgery", after=seen)

    assert refusal.value.params["newest"] == "Recovery room"
    assert look(session, rose_site, "ida").status.place == "Recovery room"


def test_it_says_since_when_also_where_it_arrives_later(session: Session, rose_site: Cast) -> None:
    with clock.freeze(START):
        for hours, since in ((5, 5), (24 * 300, 24 * 3)):
            maya = replace(rose_site.maya, age=hours * 3600)
            made = set_status(session, maya, SetStatus(place=f"{hours} hours ago"))
            assert session.get_one(Status, made.id).since == START - timedelta(hours=since)

    assert look(session, rose_site, "ida").status.place == "5 hours ago"


def test_the_first_of_ones_own_without_network_does_not_hide_newer_news_either(
    session: Session, rose_site: Cast
) -> None:
    say(session, rose_site, "tom", place="Recovery room")

    with pytest.raises(Conflict):
        set_status(session, replace(rose_site.maya, age=60), SetStatus(place="In surgery"))


def test_two_of_ones_own_without_network_arrive_in_order(session: Session, rose_site: Cast) -> None:
    seen = say(session, rose_site, "tom", place="Waiting for surgery")
    say(session, rose_site, "maya", place="In surgery", after=seen)
    say(session, rose_site, "maya", place="Recovery room", after=seen)

    assert look(session, rose_site, "ida").status.place == "Recovery room"


def test_a_status_is_about_one_site_only(session: Session, rose_site: Cast) -> None:
    status_id = say(session, rose_site, "maya", place="Home")

    with pytest.raises(Conflict):
        set_status(session, rose_site.tom, SetStatus(id=status_id, place="Elsewhere"))


def test_who_may_not_see_the_status_does_not(session: Session, rose_site: Cast) -> None:
    say(session, rose_site, "maya", place="Home")
    ida = rose_site.ida
    session.add(MemberGrant(member_id=ida.member_id, site_id=ida.site_id, section=Section.STATUS, level=Right.NONE))
    session.flush()

    view = look(session, rose_site, "ida")
    assert (view.shows_status, view.has_status, view.status.place) == (False, False, "")


def test_the_home_page_brings_the_three_newest_updates(session: Session, rose_site: Cast) -> None:
    posted = [post(session, rose_site.tom, str(n)) for n in range(5)]

    assert [card.id for card in look(session, rose_site, "ida").updates] == posted[:1:-1]


def test_a_new_site_says_where_to_start_until_it_is_done(session: Session, rose_site: Cast) -> None:
    assert [hint.key for hint in look(session, rose_site, "maya").hints] == ["status", "update", "profile", "phone"]

    say(session, rose_site, "maya", mood="well")
    post(session, rose_site.maya)
    session.get_one(Member, rose_site.maya.member_id).phone = "+1 555 0100"
    assert [hint.key for hint in look(session, rose_site, "maya").hints] == ["profile"]
    assert look(session, rose_site, "ida").hints == ()


@pytest.mark.both_databases
def test_whoever_may_answer_sees_who_asks_to_join(session: Session, rose_site: Cast) -> None:
    sam = rose_site.anyone("sam")
    session.add(JoinRequest(site_id=rose_site.maya.site_id, account_id=sam.account_id, words="From the choir"))
    session.flush()

    assert [(each.face.name, each.words) for each in look(session, rose_site, "maya").requests] == [
        ("Sam", "From the choir")
    ]
    for name in ("tom", "ida", "cole"):
        assert look(session, rose_site, name).requests == ()
