"""The SOS pages as the server paints them: what stands first, what is red, and what is said when nobody is reached."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import reflex as rx

from careapp.choice import Choice
from careapp.sites.frame import ContactCard, Face, Frame, SiteLink
from careapp.sites.open_sos import OpenSos
from careapp.sos import views
from careapp.sos.alert_page import alert_page
from careapp.sos.ladder_page import ladder_page
from careapp.sos.page import sos_page
from careapp.sos.words import KIND_WORDS
from careapp.today.status_page import status_page
from careapp.today.views import TodayView
from careapp.ui.el import Painting, painting
from careapp.ui.page import PAGES

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVIL = '"><script>alert(1)</script> {name} javascript:'
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 20
FRAME = Frame(site="rose", called="Rose", can_raise_sos=True)
EMERGENCY = views.Emergency("112", "tel:112", "All emergencies")
MAYA = ContactCard("Maya Lind", "ML", "1", call_href="tel:+1555", message_href="sms:+1555", member_id="maya")
TOM = views.ResponderCard(
    "Tom Lind", "TL", "2", member_id="tom", call_href="tel:+1666", message_href="sms:+1666", state="on_my_way",
    state_words="On the way", arrives_at=AT, has_push=True, is_reached=True,
)  # fmt: skip
IDA = views.ResponderCard("Ida Berg", "IB", "3", member_id="ida", state="waiting", state_words="Not told yet")
OPEN = views.AlertView(
    frame=FRAME, id="a1", mode="receiver", is_open=True, kind="fall", kind_words="A fall", words="In the kitchen",
    by=MAYA, raised_at=AT, reached=1, total=2, people=(IDA,), minutes=(5, 15), can_answer=True, emergency=EMERGENCY,
    kinds=tuple(Choice(kind, words) for kind, words in KIND_WORDS.items()),
)  # fmt: skip
BOARD = replace(OPEN, mode="board", is_mine=True, can_answer=False, can_say_more=True, can_stand_down=True)
RECORD = replace(
    OPEN, mode="record", is_open=False, ended_at=AT, ended_by=MAYA, ending_words="{name} gave the all-clear",
    can_note=True, lines=(views.EntryRow("e1", "note", "{name} added a note", AT, MAYA, "Maya", text=EVIL),),
    messages=(views.MessageRow("Tom", "push", "Push", "", AT, AT, AT, "reached", "Arrived"),),
)  # fmt: skip
SOS = views.SosView(
    frame=FRAME, emergency=EMERGENCY, can_raise=True, people=2, reachable=1, to_call=(views.CallLine(**vars(MAYA)),)
)
STEP = views.StepRow(0, 0, "circle", "Everyone who is told at once", channels=(Choice("push", "Push", True),))


def painted(draw: Any, view: Any, language: str = "en") -> str:
    with painting(Painting(language, "UTC", "rose")):
        return str(draw(view))


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


@pytest.mark.parametrize("route", ["/sos", "/alert", "/ladder"])
def test_reflex_can_build_them(route: str) -> None:
    page = PAGES[route]

    built = page.draw(page.state.view)

    assert isinstance(built, rx.Component)
    assert built.render()


@pytest.mark.parametrize("view", [OPEN, BOARD, RECORD], ids=["receiver", "board", "record"])
def test_what_people_wrote_stays_text(view: views.AlertView) -> None:
    evil = replace(view, words=EVIL, people=(replace(TOM, name=EVIL), replace(IDA, relation=LONG)))

    html = painted(alert_page, evil)

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_emergency_number_comes_before_the_button_and_is_one_tap() -> None:
    html = main(painted(sos_page, SOS))

    assert 0 < html.index('href="tel:112"') < html.index("Hold for a second") < html.index('href="tel:+1555"')


def test_beside_the_emergency_number_stands_for_which_country_it_is() -> None:
    spain = replace(SOS, emergency=replace(EMERGENCY, country="Spain"))
    words = [re.sub("<[^>]*>", "", main(painted(*page))) for page in ((sos_page, spain), (sos_page, SOS))]

    assert "Call 112All emergencies · Spain" in words[0]
    assert "·" not in words[1]
    assert "/settings" not in main(painted(sos_page, spain))
    assert "/settings" in main(painted(sos_page, replace(spain, can_change_country=True)))


def test_where_nobody_gets_notifications_it_says_so_before_it_is_needed() -> None:
    assert "1 of 2 people get a notification at once." in painted(sos_page, SOS)
    assert "Nobody gets a notification at once" in painted(sos_page, replace(SOS, reachable=0, nobody_by_push=True))
    assert "the only one here" in painted(sos_page, replace(SOS, people=0, nobody_by_push=True, is_alone=True))


def test_a_site_without_numbers_says_how_to_add_one() -> None:
    html = main(painted(sos_page, replace(SOS, to_call=())))

    assert "No phone numbers are known here." in html
    assert 'href="/me?site=rose"' in html


def test_a_receiver_sees_three_answers_before_anything_that_others_do() -> None:
    html = main(painted(alert_page, OPEN))

    places = [html.index(words) for words in ("A fall", "I'm on my way", "I can call", "I can't", "1 of 2 people")]
    assert places == sorted(places)


def test_the_sender_sees_the_number_then_the_board_then_what_to_add_then_the_people() -> None:
    html = main(painted(alert_page, replace(BOARD, people=(TOM, IDA), coming=1)))

    said = (
        "tel:112",
        "A fall",
        "1 of 2 people reached",
        "Tom Lind is on the way, there about",
        "What happened?",
        "Ida Berg",
    )
    places = [html.index(words) for words in said]
    assert places == sorted(places)
    assert "I can call" not in html


def test_nobody_reached_by_push_is_said_with_numbers_until_someone_answers() -> None:
    to_call = (views.CallLine(**vars(MAYA)),)
    alone = replace(BOARD, nobody_by_push=True, to_call=to_call)

    assert "Please call or text now:" in painted(alert_page, alone)
    assert 'href="sms:+1555"' in painted(alert_page, alone)
    assert "No phone numbers are known here." in painted(alert_page, replace(alone, to_call=()))
    assert "call or text now" not in painted(alert_page, replace(alone, people=(TOM,), coming=1))


def test_in_a_drill_nobody_is_asked_to_call() -> None:
    drill = replace(BOARD, nobody_by_push=True, is_drill=True)

    for view in (drill, replace(drill, to_call=(views.CallLine(**vars(MAYA)),))):
        html = painted(alert_page, view)
        assert "Drill: nobody can be reached by a notification." in html
        assert "In earnest you would call" in html
        assert "Please call or text now" not in html
        assert "if it is serious" not in html


@pytest.mark.parametrize("mode", ["receiver", "board"])
def test_a_drill_says_so_and_is_not_red(mode: str) -> None:
    earnest, drill = (
        main(painted(alert_page, replace(OPEN, mode=mode, is_drill=is_drill))) for is_drill in (False, True)
    )

    assert "bg-sos " in earnest
    assert "bg-sos " not in drill
    assert "Drill" in drill
    assert "tel:112" not in drill


def test_a_place_is_a_way_outside_and_no_map() -> None:
    placed = replace(OPEN, map_href="https://www.openstreetmap.org/?mlat=1", position="1.00000, 2.00000", accuracy=24)

    html = painted(alert_page, placed)

    link = re.search(r'<a href="https://www.openstreetmap.org[^>]*>', html)
    assert link and 'target="_blank"' in link[0] and "noopener" in link[0]
    assert "1.00000, 2.00000 (within 24 m)" in html
    assert "<iframe" not in html


def test_without_an_open_one_the_page_says_so() -> None:
    assert "No SOS is open here." in painted(alert_page, views.AlertView(frame=FRAME))


def test_an_open_sos_stands_on_top_of_every_page_but_its_own() -> None:
    sos = OpenSos("a1", False, "{name} has fallen.", "{name} is on the way.", "Tom")
    frame = replace(FRAME, sos=sos)
    words = "Rose has fallen. Tom is on the way."

    assert words in painted(sos_page, replace(SOS, frame=frame))
    assert words not in painted(alert_page, replace(OPEN, frame=frame))
    assert "<strong>Drill: </strong>" in painted(
        sos_page, replace(SOS, frame=replace(frame, sos=replace(sos, is_drill=True)))
    )


def test_a_page_without_the_places_says_it_too() -> None:
    frame = replace(FRAME, sos=OpenSos("a1", False, "{name} has fallen.", "Nobody is coming yet."))

    html = painted(status_page, TodayView(frame=frame))

    assert "Rose has fallen. Nobody is coming yet." in html
    assert 'href="/sos?site=rose"' in html


def test_who_may_not_raise_one_sees_no_way_to_it() -> None:
    with_pill, without = (
        painted(ladder_page, views.LadderView(frame=replace(FRAME, can_raise_sos=can))) for can in (True, False)
    )

    assert ">SOS</span>" in with_pill
    assert ">SOS</span>" not in without


def test_the_ladder_names_whom_each_step_tells_and_who_cannot_be_reached() -> None:
    named = views.StepRow(1, 300, "named", "These people", "Ida Berg", channels=(Choice("sms", "Text message", True),))
    gap = views.ReachRow("Ida Berg", "IB", "3", member_id="ida")
    empty = replace(named, names="", is_for_nobody=True)

    html = main(painted(ladder_page, views.LadderView(frame=FRAME, steps=(STEP, named), people=(gap,))))

    for words in ("At once", "Everyone who is told at once", "5 minutes after the step before", "no phone number"):
        assert words in html
    assert "This step reaches nobody." not in html
    assert "This step reaches nobody." in painted(ladder_page, views.LadderView(frame=FRAME, steps=(empty,)))
    assert "<form" not in html
    assert "<form" in painted(ladder_page, views.LadderView(frame=FRAME, steps=(STEP,), can_manage=True))


@pytest.mark.parametrize(("has", "words"), [("has_sms", "Text messages are not"), ("has_mail", "E-mail is not")])
def test_the_ladder_says_when_a_way_reaches_nobody(has: str, words: str) -> None:
    ladder = views.LadderView(frame=FRAME)

    assert f"{words} set up on this server" in main(painted(ladder_page, ladder))
    assert f"{words} set up on this server" not in main(painted(ladder_page, replace(ladder, **{has: True})))


def test_everything_is_said_in_spanish_too() -> None:
    html = main(painted(alert_page, replace(BOARD, people=(TOM, IDA), coming=1), "es"))

    for english in ("people", "reached", "What happened", "Add", "all-clear", "there in", "Call"):
        assert not re.search(rf">[^<]*\b{english}\b", html), english


def test_an_sos_of_another_site_of_mine_stands_on_top_of_every_page() -> None:
    here = SiteLink("Rose", "/today?site=rose", Face("Rose"), True, "/alert?site=rose&alert=a1")
    there = SiteLink("Ben", "/today?site=ben", Face("Ben"), sos_href="/alert?site=ben&alert=a2")
    html = painted(sos_page, replace(SOS, frame=replace(FRAME, sites=(here, there))))

    assert "Ben needs help now." in html
    assert "Rose needs help now." not in html
    assert 'href="/alert?site=ben&amp;alert=a2"' in html
