"""The home page, the journal, one update, the composer and the drafts, as the server paints them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
import reflex as rx

from careapp.choice import Choice
from careapp.journal import views
from careapp.journal.choices import AUDIENCES, REACTIONS, STATUS_MOODS, UPDATE_MOODS
from careapp.journal.drafts_page import drafts_page
from careapp.journal.page import journal_page
from careapp.journal.text import parts
from careapp.journal.update_page import update_page
from careapp.journal.write_page import write_page
from careapp.sites.frame import Face, Frame
from careapp.today import views as today_views
from careapp.today.page import today_page
from careapp.today.status_page import status_page
from careapp.ui.el import Painting, each, el, painting
from careapp.ui.page import PAGES

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EVIL = '"><script>alert(1)</script> {name} javascript:'
LONG = "Wolfeschlegelsteinhausenbergerdorff " * 20
MAYA, TOM = Face("Maya Lind", "ML", "1"), Face("Tom Lind", "TL", "2", "photo-of-tom")
FRAME = Frame(
    site="rose",
    site_name="Looking after Rose",
    called="Rose",
    person=Face("Rose", "R", "3"),
    member=MAYA,
    my_member_id="maya",
    can_add=True,
    can_write=True,
    can_take_part=True,
    can_set_status=True,
)
READY = views.PhotoView(id="p1", width=1200, height=800, blur="data:image/webp;base64,x", alt="Garden", is_ready=True)
WAITING = views.PhotoView(id="p2", width=400, height=300, is_waiting=True)
REFUSED = views.PhotoView(id="p3", refusal_words="This photo is damaged.")
COMMENT = views.CommentCard(id="c1", author=TOM, at=AT, text="Two wrens.", parts=parts("Two wrens."))
PEOPLE = (views.PersonChoice("tom", TOM, "Son", "Tom", True), views.PersonChoice("ida", Face("Ida", "I"), "", "Ida"))


def card(text: str = "A quiet night.", **more: Any) -> views.UpdateCard:
    given = {"id": "u1", "author": MAYA, "relation": "Daughter", "at": AT, "parts": parts(text, ["Tom"]), **more}
    return views.UpdateCard(reactions=counts(), **given)


def counts(n: int = 0) -> tuple[views.ReactionCount, ...]:
    return tuple(views.ReactionCount(kind, sign, words, n, wanted=kind) for kind, (sign, words) in REACTIONS.items())


def choices(words: Any, chosen: str = "") -> tuple[Choice, ...]:
    return tuple(Choice(key, said, key == chosen) for key, said in words.items())


TYPICAL = card(
    "Out in the garden, see https://example.org/birds. @Tom brings cake.",
    photos=(READY, WAITING, REFUSED),
    mood="proud",
    mood_words="Proud",
    milestone="First steps",
    comments=(COMMENT,),
    comment_total=3,
    more_comments=2,
    can_edit=True,
    can_delete=True,
    can_pin=True,
    can_comment=True,
)
EVIL_CARD = card(
    EVIL, id="u2", author=Face(EVIL, "E"), relation=EVIL, milestone=EVIL, readers=EVIL, is_for_everyone=False
)
CROWD = tuple(replace(TYPICAL, id=f"u{n}", parts=parts(LONG), is_cut=True, more_photos="+3") for n in range(20))
STATUS = today_views.StatusCard("s1", "Room 12", "better", "A little better", "Slept through.", AT, MAYA)
COMPOSER = views.ComposerView(
    frame=FRAME,
    moods=choices(UPDATE_MOODS),
    audiences=choices(AUDIENCES, "everyone"),
    people=PEOPLE,
    can_write=True,
)
TODAY = today_views.TodayView(
    frame=FRAME,
    status=STATUS,
    has_status=True,
    shows_status=True,
    can_set_status=True,
    history=(replace(STATUS, id="s0"),),
    moods=choices(STATUS_MOODS),
    updates=(TYPICAL,),
    mentions=(today_views.MentionCard("m1", "u1", TOM, AT, "Look at this.", True),),
    requests=(today_views.RequestCard("r1", Face("Sam", "S"), "From the choir.", AT),),
)
DRAFTS = views.DraftsView(
    FRAME,
    (views.DraftCard("d1", "Half a thought", 2, AT, "Family"),),
    (views.DeletedCard("u9", TOM, "Twice", AT, AT),),
    is_empty=False,
)
PAINTED: dict[str, tuple[Any, Any]] = {
    "today": (today_page, TODAY),
    "today of a new site": (
        today_page,
        replace(
            today_views.TodayView(frame=FRAME, shows_status=True, can_set_status=True),
            hints=tuple(today_views.Hint(key, "Do it") for key in ("status", "update", "invite", "profile", "phone")),
        ),
    ),
    "today for a visitor": (today_page, today_views.TodayView(frame=Frame(person=FRAME.person))),
    "today in a crowd": (today_page, replace(TODAY, updates=(EVIL_CARD, *CROWD), status=replace(STATUS, place=EVIL))),
    "status": (status_page, TODAY),
    "status for a reader": (status_page, replace(TODAY, can_set_status=False)),
    "journal": (
        journal_page,
        views.JournalView(FRAME, (replace(TYPICAL, is_pinned=True),), (TYPICAL,), can_write=True, draft_count=1),
    ),
    "journal, empty": (journal_page, views.JournalView(FRAME, is_empty=True, can_write=True)),
    "journal, empty for a reader": (journal_page, views.JournalView(Frame(), is_empty=True)),
    "journal in a crowd": (journal_page, views.JournalView(FRAME, (), (EVIL_CARD, *CROWD), older="x.y")),
    "journal, older": (journal_page, views.JournalView(FRAME, updates=CROWD, is_first_page=False)),
    "update": (
        update_page,
        views.UpdateView(FRAME, TYPICAL, (replace(COMMENT, can_edit=True, can_delete=True),), "x.y", people=PEOPLE),
    ),
    "update, evil": (update_page, views.UpdateView(FRAME, EVIL_CARD, (replace(COMMENT, parts=parts(EVIL)),))),
    "a draft": (update_page, views.UpdateView(FRAME, replace(TYPICAL, is_draft=True))),
    "write": (write_page, COMPOSER),
    "write, not allowed": (write_page, replace(COMPOSER, can_write=False)),
    "edit": (
        write_page,
        replace(COMPOSER, update_id="u1", text=EVIL, milestone=EVIL, photos=(READY,), is_editing=True),
    ),
    "edit another's": (
        write_page,
        replace(COMPOSER, update_id="u1", audience="named", is_mine=False, is_editing=True),
    ),
    "a draft taken up": (write_page, replace(COMPOSER, update_id="d1", is_draft=True)),
    "drafts": (drafts_page, DRAFTS),
    "drafts, none": (drafts_page, views.DraftsView(FRAME)),
}


@pytest.fixture(autouse=True)
def _for_someone() -> Iterator[None]:
    with painting(Painting("en", "UTC", "rose")):
        yield


def painted(name: str) -> str:
    draw, view = PAINTED[name]
    return str(draw(view))


class Seen(HTMLParser):
    """What a screen reader would go by: headings, named controls, and what stands in the page's main part."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.controls: list[dict[str, str | None]] = []
        self.labelled: set[str | None] = set()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if re.fullmatch("h[1-6]", tag) and "dialog" not in self._open:
            self.headings.append(int(tag[1]))
        if tag == "label":
            self.labelled.add(given.get("for"))
        is_field = tag in ("input", "textarea", "select") and given.get("type") != "hidden"
        if is_field and "label" not in self._open:
            self.controls.append(given)
        if tag not in ("input", "img", "br", "hr", "path"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]


@pytest.mark.parametrize("name", PAINTED)
def test_a_page_has_one_main_heading_and_skips_no_level(name: str) -> None:
    headings = Seen(painted(name)).headings

    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip([0, *headings], headings, strict=False)), headings


@pytest.mark.parametrize("name", PAINTED)
def test_every_field_has_a_label(name: str) -> None:
    seen = Seen(painted(name))

    for control in seen.controls:
        assert control.get("id") in seen.labelled or control.get("aria-label"), control


@pytest.mark.parametrize("name", PAINTED)
def test_what_people_wrote_stays_text(name: str) -> None:
    html = painted(name)

    assert "<script" not in html
    assert not re.search(r'href="(?!/|#|https?://|tel:|sms:)', html)


@pytest.mark.parametrize("name", PAINTED)
def test_nothing_of_the_machinery_shows(name: str) -> None:
    html = painted(name).replace(EVIL, "").replace("{name} javascript:", "")

    assert not re.search(r'="(None|True|False|undefined)"|>(True|False|undefined)<|rx_state|\{\w+\}', html)
    assert not re.search(r">[^<]*!\s*<", html), "calm words"


def test_what_arrived_late_says_so_beside_its_time() -> None:
    with painting(Painting()):
        late = replace(card(written_at=AT), comments=(replace(COMMENT, written_at=AT),), comment_total=1)
        painted = str(journal_page(views.JournalView(frame=FRAME, updates=(late, card()))))

    assert painted.count("written <time") == 2


def test_ids_stand_once_in_a_feed() -> None:
    updates = tuple(replace(TYPICAL, id=f"u{n}") for n in range(3))

    found = re.findall(r'\bid="([^"]+)"', str(journal_page(views.JournalView(FRAME, updates=updates))))

    assert len(found) == len(set(found))


def test_a_photo_being_prepared_keeps_its_shape() -> None:
    html = painted("journal")

    assert 'viewBox="0 0 400 300"' in html
    assert "This photo is being prepared" in html
    assert "This photo is damaged." in html
    assert "/media/p2/" not in html
    assert "/media/p3/" not in html


def test_an_update_links_and_names() -> None:
    html = painted("update")

    assert 'href="https://example.org/birds"' in html
    assert ">@Tom</span>" in html
    assert 'rel="noopener noreferrer nofollow"' in html


def test_who_may_change_an_update_has_the_menu_and_others_do_not() -> None:
    reader = replace(TYPICAL, can_edit=False, can_delete=False, can_pin=False, can_comment=False)
    quiet = str(journal_page(views.JournalView(Frame(), updates=(reader,))))

    assert "More about this update" in painted("journal")
    assert "/write?site=rose&amp;update=u1" in painted("journal")
    assert "More about this update" not in quiet
    assert "Write a comment" not in quiet


def test_reactions_are_toggles_that_know_both_numbers() -> None:
    mine = views.ReactionCount("heart", "❤️", "Love", 2, is_mine=True)
    html = str(journal_page(views.JournalView(FRAME, updates=(replace(TYPICAL, reactions=(mine,)),))))

    button = re.search(r'<button[^>]*aria-pressed="true".*?</button>', html, re.S)
    assert button
    assert re.findall(r">(\d+)<", button[0]) == ["2", "1"], "pressed, and not pressed"


def test_first_steps_stand_first_on_a_new_site_and_last_on_one_with_news() -> None:
    hints = (today_views.Hint("phone", "Add your phone number"),)
    new, busy = (str(today_page(replace(TODAY, updates=updates, hints=hints))) for updates in ((), (TYPICAL,)))

    assert new.index("Start here") < new.index("Newest updates")
    assert busy.index("Start here") > busy.index("Newest updates")


def test_the_composer_starts_from_what_is_there() -> None:
    html = painted("edit")

    assert "{name} javascript:</textarea>" in html
    assert re.search(r'<input type="radio"[^>]*name="audience"[^>]*value="everyone"[^>]* checked', html)
    assert re.search(r'<input type="checkbox"[^>]*value="tom"[^>]* checked', html)


def test_the_composer_names_what_another_app_shared_and_is_left_out() -> None:
    with painting(Painting("en", address="/write?site=rose&update=d1&left=plan.svg")):
        html = painted("a draft taken up")

    assert "Left out, because it cannot be shown here or is too much: plan.svg" in html


def test_the_audience_of_anothers_update_is_sent_back_as_it_was() -> None:
    hidden = [given for tag, given in Seen(painted("edit another's")).tags if given.get("type") == "hidden"]

    sent = [(given["name"], given["value"]) for given in hidden if given["name"] != "mood"]
    assert sent == [("audience", "named"), ("readers", "tom"), ("readers", "maya")]


def test_the_way_to_older_updates_is_a_link() -> None:
    assert 'href="/journal?site=rose&amp;before=x.y"' in painted("journal in a crowd")


def test_in_the_browser_a_list_within_a_list_keeps_its_own_names() -> None:
    class Lists(rx.State):
        view: views.JournalView = views.JournalView()

    def drawn() -> Any:
        return each(Lists.view.updates, lambda one: el.div(each(one.reactions, lambda inner: el.i(one.id, inner.kind))))

    with painting(None):  # type: ignore[arg-type]
        names = re.findall(r"(item_\w+?)_rx_state_\?\.\[\"(id|kind|reactions)\"\]", str(drawn()))

    of = {field: name for name, field in names}
    assert of["id"] == of["reactions"] != of["kind"]


def test_every_page_is_registered() -> None:
    assert {"/today", "/status", "/journal", "/update", "/write", "/drafts"} <= PAGES.keys()
