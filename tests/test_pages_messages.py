"""The wall, one message, writing one, and telling of an appointment, as the server paints them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from careapp.journal.choices import AUDIENCES, STATUS_MOODS
from careapp.journal.page import journal_page
from careapp.journal.text import parts
from careapp.journal.views import JournalView, VisitCard, VisitComposerView
from careapp.journal.visit_page import visit_outcome_page
from careapp.messages.message_page import message_page
from careapp.messages.page import wall_page
from careapp.messages.views import MessageCard, MessageComposerView, MessageView, ReplyCard, WallView
from careapp.messages.write_page import write_message_page
from careapp.sites.frame import Face, Frame
from careapp.ui.el import Painting, painting
from tests.test_pages_journal import AT, EVIL, MAYA, PEOPLE, READY, TOM, TYPICAL, Seen, choices
from tests.test_pages_journal import FRAME as JOURNAL_FRAME

FRAME = replace(JOURNAL_FRAME, can_see_messages=True, can_write_messages=True)
REPLY = ReplyCard("r1", TOM, AT, text="So true.", parts=parts("So *true*."), can_edit=True, can_delete=True)
MESSAGE = MessageCard(
    id="m1",
    author=MAYA,
    relation="Daughter",
    at=AT,
    parts=parts("**Strength**:\n- to you\n- to Rose"),
    photos=(READY,),
    thanks_total=2,
    thanked_by="Rose Lind, Tom Lind",
    replies=(REPLY,),
    reply_total=3,
    more_replies=2,
    can_edit=True,
    can_delete=True,
    can_reply=True,
    can_thank=True,
)
EVIL_MESSAGE = replace(MESSAGE, id="m2", author=Face(EVIL, "E"), relation=EVIL, parts=parts(EVIL), thanked_by=EVIL)
VISIT = VisitCard(
    day="Monday, 2 March 2026",
    provider=EVIL,
    who_went="Tom",
    medicines=parts("- one\n- two"),
    condition_words="A little better",
    next_day="Friday, 6 March 2026",
    needs=parts(EVIL),
)
COMPOSER = VisitComposerView(
    frame=FRAME,
    conditions=choices(STATUS_MOODS),
    audiences=choices(AUDIENCES, "family"),
    people=PEOPLE,
    can_write=True,
)
PAINTED: dict[str, tuple[Any, Any]] = {
    "wall": (wall_page, WallView(FRAME, (MESSAGE, EVIL_MESSAGE), older="x.y")),
    "wall, empty": (wall_page, WallView(FRAME, is_empty=True)),
    "wall, empty for a reader": (wall_page, WallView(Frame(called="Rose"), is_empty=True)),
    "wall, older": (wall_page, WallView(FRAME, (MESSAGE,), is_first_page=False)),
    "message": (message_page, MessageView(FRAME, MESSAGE, (REPLY,), "x.y")),
    "message, evil": (message_page, MessageView(FRAME, EVIL_MESSAGE, (replace(REPLY, parts=parts(EVIL)),))),
    "write": (write_message_page, MessageComposerView(FRAME)),
    "write, not allowed": (write_message_page, MessageComposerView(Frame(called="Rose"))),
    "edit": (write_message_page, MessageComposerView(FRAME, "m1", 2, EVIL, (READY,))),
    "outcome": (visit_outcome_page, COMPOSER),
    "outcome, edited": (visit_outcome_page, replace(COMPOSER, update_id="u1", plan=EVIL, visited_on="2026-03-02")),
    "outcome in the journal": (
        journal_page,
        JournalView(FRAME, updates=(replace(TYPICAL, is_visit=True, visit=VISIT),)),
    ),
}


@pytest.fixture(autouse=True)
def _for_someone() -> Iterator[None]:
    with painting(Painting("en", "UTC", "rose")):
        yield


def painted(name: str) -> str:
    draw, view = PAINTED[name]
    return str(draw(view))


@pytest.mark.parametrize("name", PAINTED)
def test_a_page_is_in_order_and_what_people_wrote_stays_text(name: str) -> None:
    html = painted(name)
    seen = Seen(html)

    assert seen.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([0, *seen.headings], seen.headings, strict=False))
    for control in seen.controls:
        assert control.get("id") in seen.labelled or control.get("aria-label"), control
    assert "<script" not in html
    assert not re.search(r'href="(?!/|#|https?://|tel:|sms:)', html)
    machinery = html.replace("{name} javascript:", "")
    assert not re.search(r'="(None|True|False|undefined)"|>(True|False|undefined)<|rx_state|\{\w+\}', machinery)
    assert len(ids := re.findall(r'\bid="([^"]+)"', html)) == len(set(ids))


def test_the_tabs_say_where_one_is_and_lead_to_messages_only_for_who_sees_them() -> None:
    wall, without = painted("wall"), str(journal_page(JournalView(JOURNAL_FRAME)))

    assert re.search(r'<a[^>]*href="/messages\?site=rose"[^>]*aria-current="page"', wall)
    assert 'href="/journal?site=rose"' in wall and 'href="/photos?site=rose"' in wall
    assert "/messages" not in without


def test_who_only_reads_is_offered_neither_writing_nor_thanks() -> None:
    card = replace(MESSAGE, can_edit=False, can_delete=False, can_reply=False, can_thank=False)
    html = str(wall_page(WallView(Frame(called="Rose", can_see_messages=True), (card,))))

    for offer in ("Write a reply", "Thank you<", "More about this message", "/write-message"):
        assert offer not in html
    assert "Thanks from Rose Lind, Tom Lind" in html


def test_an_outcome_is_a_list_of_named_parts_and_is_corrected_where_it_was_told() -> None:
    html = painted("outcome in the journal")

    names = re.findall(r"<dt[^>]*>(?:<svg.*?</svg>)?(?:<span[^>]*>)?([^<]+)", html)
    assert names == ["Medicines", "How they are", "What is next", "What we need now"]
    assert "/visit-outcome?site=rose&amp;update=u1" in html
    assert "/write?site=rose&amp;update=u1" not in html


def test_what_is_next_and_what_is_needed_lead_on_for_who_may_plan() -> None:
    ways = ("/edit-appointment?site=rose&amp;visit=u1", "/ask-for-help?site=rose&amp;visit=u1")

    def offers(**more: Any) -> list[bool]:
        visit = replace(VISIT, **more)
        html = str(journal_page(JournalView(FRAME, updates=(replace(TYPICAL, is_visit=True, visit=visit),))))
        return [way in html for way in ways]

    assert offers() == [False, False]
    assert offers(can_plan=True) == [False, True]
    assert offers(can_plan=True, is_ahead=True) == [True, True]
