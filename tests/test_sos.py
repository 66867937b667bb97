"""Raising an SOS, answering it, standing it down, and what everyone sees of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from sqlmodel import Session, col, select

from careapp import clock
from careapp.access import ROLE_TABLE, Right, Section, right_of_member, rights_of
from careapp.access import Role as Role
from careapp.errors import Conflict, Invalid, NotAllowed, NotFound, TooMany
from careapp.ids import new_id
from careapp.limits import Limit
from careapp.models import (
    Alert,
    AlertEntry,
    Answer,
    Channel,
    Delivery,
    Device,
    Kind,
    Member,
    MemberGrant,
    Notice,
    Responder,
    RoleGrant,
)
from careapp.notify.choices import ChooseNotice, choose_notice
from careapp.operation import Params
from careapp.sites.countries import country_names
from careapp.sos import messages, raising
from careapp.sos.alert_view import OneAlertPage
from careapp.sos.cards import DRILL_TEXT, TEXT
from careapp.sos.climb import climb
from careapp.sos.commands import AddNote, AnswerAlert, OneAlert, OneStep, RaiseAlert, SayMore, SetLadder, StandDown
from careapp.sos.content.emergency import FALLBACK, NUMBERS, emergency_of
from careapp.sos.ladder import Whom
from careapp.sos.operations import (
    add_alert_note,
    answer_alert,
    mark_alert_seen,
    raise_alert,
    say_more,
    set_ladder,
    stand_down,
)
from careapp.sos.queries import alert, ladder, sos
from careapp.sos.raise_view import PAGE, PastAlerts
from careapp.sos.raising import Raised
from careapp.sos.views import AlertView, ResponderCard, SosView
from tests.cast import ROLES, START, Cast
from tests.statements import counted_statements

pytestmark = pytest.mark.usefixtures("mail_is_set_up")


def ask(session: Session, cast: Cast, name: str = "maya", **more: Any) -> Raised:
    return raise_alert(session, cast.actor(name), RaiseAlert(**more))


def call(session: Session, cast: Cast, name: str = "maya", **more: Any) -> str:
    return ask(session, cast, name, **more).id


def answer(session: Session, cast: Cast, name: str, alert_id: str, said: str, minutes: int | None = None) -> None:
    answer_alert(session, cast.actor(name), AnswerAlert(alert_id=alert_id, answer=Answer(said), minutes=minutes))


def end(session: Session, cast: Cast, name: str, alert_id: str, words: str = "") -> None:
    stand_down(session, cast.actor(name), StandDown(alert_id=alert_id, words=words))


def look(session: Session, cast: Cast, name: str, alert_id: str = "") -> AlertView:
    return alert(session, cast.actor(name), OneAlertPage(alert=alert_id))


def page(session: Session, cast: Cast, name: str, before: str = "") -> SosView:
    return sos(session, cast.actor(name), PastAlerts(before=before))


def person(view: AlertView, name: str) -> ResponderCard:
    (found,) = [each for each in view.people if each.name == name]
    return found


def give_device(session: Session, cast: Cast, name: str) -> Device:
    actor = cast.actor(name)
    device = Device(
        account_id=actor.account_id, sign_in_id=actor.sign_in_id, endpoint=f"https://push/{name}", p256dh="k", auth="a"
    )
    session.add(device)
    session.flush()
    return device


def give_phone(session: Session, cast: Cast, name: str, phone: str = "+46 70 123") -> None:
    session.get_one(Member, cast.actor(name).member_id).phone = phone
    session.flush()


def deliveries_to(session: Session, cast: Cast, name: str) -> list[Delivery]:
    mine = col(Notice.member_id) == cast.actor(name).member_id
    return list(session.exec(select(Delivery).join(Notice).where(mine)))


def test_the_caller_sees_a_board_and_whoever_is_called_three_answers(session: Session, rose_site: Cast) -> None:
    raised = call(session, rose_site, kind="fall", words="In the garden")

    board, called = look(session, rose_site, "maya"), look(session, rose_site, "tom")
    assert (board.id, board.mode, board.is_mine, board.can_answer) == (raised, "board", True, False)
    assert (called.mode, called.can_answer, called.my_answer) == ("receiver", True, "")
    assert [choice.key for choice in called.answers] == ["on_my_way", "can_call", "cannot"]
    assert (called.kind_words, called.words, called.by.name) == ("A fall", "In the garden", "Maya Lind")


def test_raising_again_with_the_same_id_is_the_same_alert(session: Session, rose_site: Cast) -> None:
    give_device(session, rose_site, "tom")
    alert_id = new_id()
    first = ask(session, rose_site, alert_id=alert_id, kind="fall")

    again = ask(session, rose_site, alert_id=alert_id, kind="other")

    assert again == first
    assert session.get_one(Alert, alert_id).kind == "fall"
    assert len(deliveries_to(session, rose_site, "tom")) == 1


def test_the_id_of_someone_elses_alert_is_refused(session: Session, rose_site: Cast) -> None:
    raised = call(session, rose_site)

    with pytest.raises(Conflict):
        ask(session, rose_site, "tom", alert_id=raised)


def test_two_who_call_at_once_have_two_alerts_and_each_sees_the_others(session: Session, rose_site: Cast) -> None:
    first, second = call(session, rose_site, "maya"), call(session, rose_site, "tom")

    assert {card.id for card in page(session, rose_site, "ida").open_alerts} == {first, second}
    assert [card.id for card in look(session, rose_site, "maya", first).others] == [second]
    assert look(session, rose_site, "tom", first).mode == "receiver"


def test_a_real_one_comes_before_a_newer_drill(session: Session, rose_site: Cast) -> None:
    real = call(session, rose_site)
    call(session, rose_site, "tom", is_drill=True)

    assert look(session, rose_site, "rose").id == real


def test_nobody_reachable_by_push_is_said_at_once_with_who_to_call(session: Session, rose_site: Cast) -> None:
    give_phone(session, rose_site, "tom")
    raised = ask(session, rose_site)

    assert (raised.told, raised.reached_by_push, raised.nobody_by_push) == (2, 0, True)
    assert [(each.name, each.call_href) for each in raised.to_call if each.call_href] == [("Tom Lind", "tel:+4670123")]
    board = look(session, rose_site, "maya")
    assert board.nobody_by_push
    assert [(each.name, each.message_href.split("?")[0]) for each in board.to_call] == [("Tom Lind", "sms:+4670123")]


def test_with_one_device_it_is_not_said(session: Session, rose_site: Cast) -> None:
    give_device(session, rose_site, "rose")

    raised = ask(session, rose_site)

    assert (raised.told, raised.reached_by_push, raised.nobody_by_push) == (2, 1, False)
    assert not look(session, rose_site, "maya").nobody_by_push


def test_reached_counts_people_who_have_it_before_them(session: Session, rose_site: Cast) -> None:
    for name in ("tom", "rose"):
        give_device(session, rose_site, name)
    with clock.freeze(START):
        raised = call(session, rose_site)
    assert (look(session, rose_site, "maya").reached, look(session, rose_site, "maya").total) == (0, 2)

    (sent,) = deliveries_to(session, rose_site, "tom")
    sent.sent_at, sent.state = START + timedelta(seconds=1), "sent"
    view = look(session, rose_site, "maya")
    assert (view.reached, person(view, "Tom Lind").state) == (0, "sent")

    sent.reached_at = START + timedelta(seconds=2)
    view = look(session, rose_site, "maya")
    assert (view.reached, person(view, "Tom Lind").state) == (1, "reached")
    assert person(view, "Tom Lind").told_at == START

    mark_alert_seen(session, rose_site.rose, OneAlert(alert_id=raised))
    mark_alert_seen(session, rose_site.rose, OneAlert(alert_id=raised))
    view = look(session, rose_site, "maya")
    assert (view.reached, view.seen, person(view, "Rose Lind").state) == (2, 1, "seen")
    assert [line.what for line in view.lines].count("seen") == 1


def test_who_could_not_be_reached_stands_as_such(session: Session, rose_site: Cast) -> None:
    give_device(session, rose_site, "tom")
    call(session, rose_site)
    for sent in deliveries_to(session, rose_site, "tom"):
        sent.state = "failed"

    view = look(session, rose_site, "maya")

    assert {each.name: each.state for each in view.people} == {
        "Tom Lind": "unreached",
        "Rose Lind": "unreached",
        "Ida Berg": "waiting",
        "Dr Cole": "waiting",
    }


def test_the_surest_help_stands_first(session: Session, rose_site: Cast) -> None:
    give_device(session, rose_site, "tom")
    with clock.freeze(START):
        raised = call(session, rose_site)
        answer(session, rose_site, "tom", raised, "cannot")
        answer(session, rose_site, "ida", raised, "can_call")
        answer(session, rose_site, "cole", raised, "on_my_way", 10)
        answer(session, rose_site, "cole", raised, "on_my_way", 20)

    view = look(session, rose_site, "maya")
    assert [each.state for each in view.people] == ["on_my_way", "can_call", "unreached", "cannot"]
    assert view.people[0].arrives_at == START + timedelta(minutes=20)
    assert (view.coming, view.is_answered, view.next_step_at) == (2, True, None)
    assert look(session, rose_site, "cole").mode == "board"


def test_only_calls_that_go_out_count_towards_the_most_there_may_be(
    session: Session, rose_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raising, "RAISES", Limit("sos", 2, timedelta(hours=1)))
    with clock.freeze(START):
        first = call(session, rose_site)
        assert [call(session, rose_site, alert_id=first) for _ in range(3)] == [first] * 3
        for _ in range(3):
            _fail_to_call(session, rose_site, monkeypatch)
        call(session, rose_site)

        with pytest.raises(TooMany):
            call(session, rose_site)
        assert call(session, rose_site, alert_id=first) == first
        call(session, rose_site, "tom")


def _fail_to_call(session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError

    with monkeypatch.context() as fault:
        fault.setattr(raising.climb, "begin", broken)
        with pytest.raises(OSError), session.begin_nested():
            call(session, cast)


def test_the_same_answer_twice_is_one(session: Session, rose_site: Cast) -> None:
    give_device(session, rose_site, "maya")
    raised = call(session, rose_site)
    for _ in range(2):
        answer(session, rose_site, "tom", raised, "can_call")

    assert len(deliveries_to(session, rose_site, "maya")) == 1
    assert [line.what for line in look(session, rose_site, "ida").lines].count("can_call") == 1


def test_ones_own_alert_and_one_that_is_over_take_no_answer(session: Session, rose_site: Cast) -> None:
    raised = call(session, rose_site)
    with pytest.raises(Conflict):
        answer(session, rose_site, "maya", raised, "on_my_way")
    end(session, rose_site, "maya", raised)

    with pytest.raises(Conflict):
        answer(session, rose_site, "tom", raised, "on_my_way")
    with pytest.raises(Conflict):
        say_more(session, rose_site.maya, SayMore(alert_id=raised, words="Too late"))


def test_only_the_caller_says_more_and_everyone_sees_it(session: Session, rose_site: Cast) -> None:
    raised = call(session, rose_site)
    with pytest.raises(NotAllowed):
        say_more(session, rose_site.rose, SayMore(alert_id=raised, words="No"))

    more = SayMore(alert_id=raised, kind="chest_pain", words="At the gate", latitude=59.33, longitude=18.07, accuracy=8)
    say_more(session, rose_site.maya, more)
    say_more(session, rose_site.maya, more)

    view = look(session, rose_site, "tom")
    assert (view.kind_words, view.words, view.position, view.accuracy) == (
        "Chest pain",
        "At the gate",
        "59.33000, 18.07000",
        8,
    )
    assert "59.33" in view.map_href
    assert [line.what for line in view.lines].count("said_more") == 1


def test_half_a_position_is_refused(session: Session, rose_site: Cast) -> None:
    with pytest.raises(Invalid):
        ask(session, rose_site, latitude=1.0)


@pytest.mark.parametrize("name", ["maya", "rose"])
def test_whoever_manages_sos_stands_anyones_down(session: Session, rose_site: Cast, name: str) -> None:
    raised = call(session, rose_site, "ida")

    end(session, rose_site, name, raised, "She is fine")

    view = look(session, rose_site, "ida", raised)
    assert (view.mode, view.ended_by.name, view.lines[-1].text) == ("record", rose_site.actor(name).name, "She is fine")
    assert look(session, rose_site, "ida").id == ""


def test_others_stand_it_down_only_once_they_are_on_the_way(session: Session, rose_site: Cast) -> None:
    raised = call(session, rose_site)
    answer(session, rose_site, "tom", raised, "can_call")
    with pytest.raises(NotAllowed):
        end(session, rose_site, "tom", raised)

    answer(session, rose_site, "tom", raised, "on_my_way")
    assert look(session, rose_site, "tom").can_stand_down
    end(session, rose_site, "tom", raised)

    assert look(session, rose_site, "maya", raised).ending == "stood_down"


def test_the_record_says_who_was_told_when_and_how_and_takes_notes_afterwards(
    session: Session, rose_site: Cast
) -> None:
    give_device(session, rose_site, "tom")
    raised = call(session, rose_site)
    answer(session, rose_site, "tom", raised, "on_my_way", 5)
    end(session, rose_site, "maya", raised)
    add_alert_note(session, rose_site.ida, AddNote(alert_id=raised, words="The gate was open."))

    view = look(session, rose_site, "cole", raised)

    assert [line.what for line in view.lines] == ["raised", "told", "on_my_way", "stood_down", "note"]
    assert (view.lines[-1].name, view.lines[-1].text) == ("Ida Berg", "The gate was open.")
    told = [(each.name, each.channel, bool(each.end_words), each.state) for each in view.messages]
    assert told == [("Tom Lind", "push", False, "waiting"), ("Tom Lind", "push", True, "waiting")]


def test_a_note_says_something(session: Session, rose_site: Cast) -> None:
    raised = call(session, rose_site)

    with pytest.raises(Invalid):
        add_alert_note(session, rose_site.tom, AddNote(alert_id=raised, words="  "))


def test_one_raised_without_a_connection_says_when_it_was(session: Session, rose_site: Cast) -> None:
    with clock.freeze(START):
        raised = raise_alert(session, replace(rose_site.actor("maya"), age=40 * 60), RaiseAlert()).id

    view = look(session, rose_site, "tom", raised)
    assert (view.raised_at, view.arrived_at, view.is_late) == (START - timedelta(minutes=40), START, True)


def test_who_has_left_is_shown_but_not_called(session: Session, rose_site: Cast) -> None:
    give_device(session, rose_site, "tom")
    give_phone(session, rose_site, "tom")
    call(session, rose_site)
    session.get_one(Member, rose_site.tom.member_id).left_at = clock.now()
    session.flush()

    view = look(session, rose_site, "maya")
    assert (person(view, "Tom Lind").has_left, person(view, "Tom Lind").has_push, view.to_call) == (True, False, ())


def test_numbers_are_for_those_who_see_how_people_are_reached(session: Session, rose_site: Cast) -> None:
    give_phone(session, rose_site, "tom")
    ida = rose_site.ida
    session.add(MemberGrant(member_id=ida.member_id, site_id=ida.site_id, section=Section.PEOPLE, level=Right.NONE))
    session.flush()
    raised = ask(session, rose_site, "ida")

    seen = str([raised, page(session, rose_site, "ida"), look(session, rose_site, "ida", raised.id)])
    seen += str(ladder(session, rose_site.actor("ida"), Params()))
    assert "70 123" not in seen and "+4670123" not in seen


def test_who_has_nothing_to_do_with_sos_gets_none_of_it(session: Session, rose_site: Cast) -> None:
    raised = call(session, rose_site)
    ida = rose_site.ida
    session.add(MemberGrant(member_id=ida.member_id, site_id=ida.site_id, section=Section.SOS, level=Right.NONE))
    session.flush()

    with pytest.raises(NotAllowed):
        look(session, rose_site, "ida", raised)
    assert "Ida Berg" not in [each.name for each in look(session, rose_site, "maya").people]


@pytest.mark.parametrize("wrong", ["x", "' or 1=1 --", "01890a5d-ac96-774b-bcce-b302099a8057"])
def test_an_alert_that_is_none_is_not_found(session: Session, rose_site: Cast, wrong: str) -> None:
    with pytest.raises(NotFound):
        look(session, rose_site, "maya", wrong)


def test_the_page_lists_who_to_call_in_the_ladders_order(session: Session, rose_site: Cast) -> None:
    for name in ("cole", "ida", "tom"):
        give_phone(session, rose_site, name)

    view = page(session, rose_site, "maya")

    assert view.to_call[0].name == "Tom Lind"
    assert {each.name for each in view.to_call} == {"Tom Lind", "Ida Berg", "Dr Cole"}
    assert (view.people, view.reachable, view.nobody_by_push, view.has_push) == (2, 0, True, False)
    assert (view.emergency.number, view.emergency.href) == ("911", "tel:911")
    assert (view.emergency.country, view.can_change_country) == ("United States", True)
    assert page(session, rose_site, "tom").can_change_country is False


def test_who_gets_a_notification_at_once_is_who_the_first_step_tells_by_push(session: Session, rose_site: Cast) -> None:
    for name in ("tom", "ida", "cole"):
        give_device(session, rose_site, name)
    view = page(session, rose_site, "maya")
    assert (view.people, view.reachable, view.nobody_by_push, view.is_alone) == (2, 1, False, False)

    steps = (OneStep(channels=(Channel.EMAIL,)), OneStep(after_seconds=60))
    set_ladder(session, rose_site.maya, SetLadder(steps=steps))
    view = page(session, rose_site, "maya")
    assert (view.people, view.reachable, view.nobody_by_push) == (2, 0, True)
    assert (ask(session, rose_site).reached_by_push, ask(session, rose_site).nobody_by_push) == (0, True)


def test_who_does_not_want_an_sos_by_push_is_not_counted_on(session: Session, rose_site: Cast) -> None:
    give_device(session, rose_site, "tom")
    choose_notice(session, rose_site.tom, ChooseNotice(kind=Kind.SOS, channel=Channel.PUSH, is_on=False))

    assert page(session, rose_site, "maya").nobody_by_push
    assert not {each.name: each.has_push for each in ladder(session, rose_site.maya, Params()).people}["Tom Lind"]
    assert ask(session, rose_site).nobody_by_push
    view = look(session, rose_site, "maya")
    assert (view.nobody_by_push, person(view, "Tom Lind").has_push) == (True, False)


def test_whoever_is_alone_is_told_so(session: Session, rose_site: Cast) -> None:
    for name in ("tom", "rose"):
        session.get_one(Member, rose_site.actor(name).member_id).left_at = START
    view = page(session, rose_site, "maya")
    assert (view.people, view.nobody_by_push, view.is_alone) == (0, True, False)

    for name in ("ida", "cole"):
        session.get_one(Member, rose_site.actor(name).member_id).left_at = START
    assert page(session, rose_site, "maya").is_alone


def written(href: str) -> str:
    return unquote(href.partition("body=")[2])


def test_a_text_message_by_hand_says_what_it_is_about(session: Session, rose_site: Cast) -> None:
    for name in ("maya", "tom"):
        give_phone(session, rose_site, name)
    real = call(session, rose_site)
    drill = call(session, rose_site, is_drill=True)

    (before,) = page(session, rose_site, "maya").to_call
    (in_earnest,), (in_a_drill,) = (look(session, rose_site, "maya", each).to_call for each in (real, drill))
    assert [written(each.message_href) for each in (before, in_earnest)] == [TEXT, TEXT]
    assert written(in_a_drill.message_href).startswith("Drill: nobody needs help")
    assert [written(each.message_href) for each in ask(session, rose_site, is_drill=True).to_call][1] == DRILL_TEXT


def test_whoever_answers_writes_to_the_caller_in_their_own_words(session: Session, rose_site: Cast) -> None:
    give_phone(session, rose_site, "maya")
    call(session, rose_site)

    assert look(session, rose_site, "tom").by.message_href == "sms:+4670123"


def test_the_board_knows_what_became_of_all_messages_and_the_record_shows_the_newest(
    session: Session, rose_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MOST", 2)
    give_device(session, rose_site, "tom")
    with clock.freeze(START):
        raised = call(session, rose_site)
    for minutes in (1, 3, 8):
        with clock.freeze(START + timedelta(minutes=minutes)):
            climb(session, raised)
    sent = deliveries_to(session, rose_site, "tom")
    for n, delivery in enumerate(sorted(sent, key=lambda each: each.id)):
        delivery.state, delivery.sent_at = "sent", START + timedelta(minutes=n)
    delivery.reached_at = START + timedelta(minutes=20)
    session.flush()

    with counted_statements() as few:
        tom = person(look(session, rose_site, "maya"), "Tom Lind")
    assert (tom.state, tom.sent_at, tom.reached_at) == ("reached", START, START + timedelta(minutes=20))
    assert [each.at for each in look(session, rose_site, "maya").messages] == [START + timedelta(minutes=8)] * 2

    with clock.freeze(START + timedelta(minutes=13)):
        climb(session, raised)
    with counted_statements() as many:
        look(session, rose_site, "maya")
    assert len(many) == len(few)


def test_past_alerts_come_page_by_page(session: Session, rose_site: Cast) -> None:
    made = []
    for n in range(PAGE + 3):
        with clock.freeze(START + timedelta(minutes=n // 2)):
            made.append(call(session, rose_site, "tom"))
            end(session, rose_site, "tom", made[-1])

    first = page(session, rose_site, "maya")
    second = page(session, rose_site, "maya", first.older)

    assert len(first.past) == PAGE
    assert {card.id for card in (*first.past, *second.past)} == set(made)
    assert (second.older, second.is_first_page) == ("", False)
    assert first.past[0].outcome_words == "{name} gave the all-clear"


def test_the_ladders_page_says_who_has_no_way_to_be_reached(session: Session, rose_site: Cast) -> None:
    give_device(session, rose_site, "tom")
    give_phone(session, rose_site, "ida")

    view = ladder(session, rose_site.maya, Params())

    assert (view.is_standard, view.circle, view.everyone, view.can_manage) == (True, 3, 5, True)
    reach = {each.name: (each.has_push, each.has_phone, each.is_in_circle) for each in view.people}
    assert reach["Tom Lind"] == (True, False, True)
    assert reach["Ida Berg"] == (False, True, False)
    assert [step.after_seconds for step in view.steps] == [0, 60, 120]
    assert [step.is_last for step in view.steps] == [False, False, True]
    assert not any(step.is_for_nobody for step in view.steps)


def test_the_ladders_page_says_which_step_reaches_nobody(session: Session, rose_site: Cast) -> None:
    steps = [OneStep(whom=Whom.NAMED, member_ids=(rose_site.actor(who).member_id,)) for who in ("tom", "ida")]
    set_ladder(session, rose_site.maya, SetLadder(steps=tuple(steps)))
    session.get_one(Member, rose_site.tom.member_id).left_at = START

    view = ladder(session, rose_site.maya, Params())

    assert [step.is_for_nobody for step in view.steps] == [True, False]


def test_every_country_has_a_number_and_the_known_ones_are_right() -> None:
    known = {"US": "911", "SE": "112", "GB": "999", "AU": "000", "NZ": "111", "BR": "192", "JP": "119", "CH": "144"}

    assert {country: emergency_of(country).number for country in known} == known
    assert set(NUMBERS) <= set(country_names("en"))
    assert all(emergency_of(country).number for country in country_names("en"))
    assert emergency_of("AQ").number == FALLBACK


def test_the_right_of_members_in_sql_is_the_right_they_have(session: Session, rose_site: Cast) -> None:
    site_id = rose_site.maya.site_id
    session.add(RoleGrant(site_id=site_id, role="friend", section="sos", level=Right.WRITE))
    session.add(RoleGrant(site_id=site_id, role="coordinator", section="sos", level=Right.NONE))
    session.add(MemberGrant(member_id=rose_site.tom.member_id, site_id=site_id, section="sos", level=Right.NONE))
    session.flush()

    for section in Section:
        rows = session.execute(select(Member, right_of_member(section)).where(col(Member.site_id) == site_id)).all()
        assert len(rows) == len(ROLES)
        for member, right in rows:
            assert right == rights_of(session, site_id, member.id, Role(member.role))[section], (member.name, section)
    assert ROLE_TABLE[Role.FRIEND][Section.SOS] == Right.TAKE_PART


def test_what_is_raised_leaves_no_row_of_the_caller_among_the_called(session: Session, rose_site: Cast) -> None:
    raised = call(session, rose_site)

    told = {row.member_id for row in session.exec(select(Responder).where(Responder.alert_id == raised))}
    assert told == {rose_site.tom.member_id, rose_site.rose.member_id}
    assert session.exec(select(AlertEntry).where(AlertEntry.alert_id == raised)).first() is not None
