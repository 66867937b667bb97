"""Every component drawn both ways: as HTML that a screen reader can use, and as something Reflex can build."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import reflex as rx

from careapp.sites.frame import ContactCard, Face, Frame, SiteLink
from careapp.ui.avatar import avatar, byline, faces
from careapp.ui.banner import KINDS, banner
from careapp.ui.buttons import LOOKS, button, button_link, icon_button, outside_link, submit_button
from careapp.ui.card import actions, article_card, card, card_title, page_title, section_title, stack
from careapp.ui.el import Painting, each, el, painting
from careapp.ui.empty import empty, progress, steps
from careapp.ui.fields import (
    checkbox,
    chips,
    choice_cards,
    code_field,
    email_field,
    form_stack,
    password_field,
    phone_field,
    select_field,
    switch,
    text_area,
    text_field,
)
from careapp.ui.icons import PATHS, icon
from careapp.ui.illustrations import DRAWINGS, illustration
from careapp.ui.nav import bottom_bar
from careapp.ui.photo import cover, photo, photos
from careapp.ui.places import to
from careapp.ui.refused import refused
from careapp.ui.rows import badge, facts, qr_code, row, row_link, row_words, rows, tab, table, table_row, tabs
from careapp.ui.sheet import confirm_sheet, menu, menu_item, opens, sheet
from careapp.ui.shell import back_link, plain_frame, site_frame
from careapp.ui.skeletons import page_skeleton, plain_skeleton
from careapp.ui.words import t

THEME = Path(__file__).parents[1] / "assets" / "styles" / "theme.css"
SCRIPT = "<script>alert(1)</script>"
VOID = {"img", "input", "path", "br", "hr"}
NAMED_BY_TEXT = {"a", "button", "summary"}


@dataclass(frozen=True)
class Picture:
    id: str = ""
    width: int = 0
    height: int = 0
    blur: str = ""
    alt: str = ""
    is_own: bool = False


@dataclass(frozen=True)
class Refused:
    words: str = ""


@dataclass(frozen=True)
class Shown:
    """Something of everything that pages show."""

    frame: Frame = field(default_factory=Frame)
    pictures: tuple[Picture, ...] = ()
    words: str = ""
    step: int = 1
    is_on: bool = False
    refusal: Refused = field(default_factory=Refused)


class ShownState(rx.State):
    view: Shown = Shown()


rose = Face("Rose", "R", "2", "rose-photo")
maya = ContactCard("Maya", "M", "1", relation="Daughter", call_href="tel:+1555", message_href="sms:+1555")
ida = ContactCard("Ida", "I", "4", relation=SCRIPT)
VIEW = Shown(
    Frame(
        site="rose",
        person=rose,
        contact=maya,
        stand_in=ida,
        sites=(SiteLink("Rose", "/today?site=rose", rose, True), SiteLink("Bernard", "/today?site=b", Face("Bernard"))),
        can_add=True,
        can_write=True,
        can_set_status=True,
        can_see_people=True,
        waiting_requests=2,
    ),
    (
        Picture("one", 1600, 1200, "data:image/webp;base64,x", "Rose in the garden"),
        Picture("two", 900, 1600, "", SCRIPT),
    ),
    SCRIPT,
    2,
    True,
    Refused("This page is not there."),
)


def everything(view: Any) -> Any:
    """One page with every component, which no page should ever be."""
    return site_frame(
        view.frame,
        page_title(t("Journal"), t("A lead")),
        section_title(t("Latest"), button_link(t("All"), to("/journal"), "quiet")),
        back_link(to("/more"), t("Back")),
        *(button(t(look), look, icon_name="heart", on_click=rx.console_log("x")) for look in LOOKS),
        submit_button(t("Send")),
        icon_button("trash", t("Delete")),
        outside_link(t("Call"), view.frame.contact.call_href),
        card(card_title(t("Card")), avatar(view.frame.person, named=True), faces(avatar(view.frame.person, "sm"))),
        article_card(
            byline(view.frame.person, view.words),
            menu(t("More for this update"), menu_item("edit", t("Edit"))),
            photos(each(view.pictures, photo), view.words),
        ),
        stack(actions(badge(view.words, "good", "check")), *(banner(kind, view.words) for kind in KINDS)),
        rows(each(view.pictures, lambda p: row_link(to("/m", id=p.id), row_words(p.alt, p.id, sign=badge(p.id))))),
        rows(row(t("Plain"))),
        facts((t("Food"), view.words)),
        tabs(t("Views"), tab(to("/people"), t("Members"), True), tab(to("/roles"), t("Roles"))),
        table(t("Roles"), [t("Role"), t("May")], each(view.pictures, lambda p: table_row(p.id, p.alt))),
        qr_code(view.words, "0 0 29 29", t("QR code of the invitation")),
        confirm_sheet("gone", t("Delete it?"), t("It is gone then."), button(t("Delete"), "danger")),
        opens("gone", t("Delete")),
        sheet("other", t("Other"), view.words),
        steps(view.step, 4),
        progress(view.step, t("Photo 2 of 5")),
        empty("letter", t("Nothing yet"), example=view.words),
        el.form(fields(view)),
        place="journal",
        aside=view.words,
    )


def fields(view: Any) -> Any:
    few = [("a", t("One"), t("small")), ("b", t("Two"), None)]
    return form_stack(
        text_field("name", t("Name"), hint=t("As the family says it"), value=view.words),
        email_field("email", t("E-mail"), optional=True),
        phone_field("phone", t("Telephone")),
        password_field("password", t("Password"), is_new=True, hint=t("Ten or more")),
        code_field("code", t("Code")),
        select_field("role", t("Role"), [("a", t("One")), ("b", t("Two"))], value="b"),
        text_area("about", t("About"), value=view.words),
        choice_cards("privacy", t("Who may visit?"), few, value="b"),
        chips("mood", t("How is she?"), [("a", t("One"))], value=view.words),
        checkbox("agree", t("I agree"), hint=t("Really"), checked=view.is_on),
        switch("mail", t("Digest"), checked=view.is_on),
    )


PAGES: dict[str, Callable[[Any], Any]] = {
    "everything": everything,
    "outside any site": lambda view: plain_frame(cover(view.pictures[0]), end=icon("globe", t("Language"))),
    "refused": lambda view: refused(view.refusal),
    "waiting": lambda _: page_skeleton(),
    "waiting outside any site": lambda _: plain_skeleton(),
}


@contextmanager
def painted() -> Iterator[None]:
    with painting(Painting("en", "UTC", "rose")):
        yield


@dataclass
class Tag:
    """An element as the browser reads it, with the words inside it."""

    name: str
    attrs: dict[str, str | None]
    words: str = ""
    inside: "Tag | None" = None

    def has_name(self) -> bool:
        return bool(self.words.strip() or self.attrs.get("aria-label"))


class Reader(HTMLParser):
    """Raises AssertionError where an end tag does not fit."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.open: list[Tag] = []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, name: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = Tag(name, dict(attrs), inside=self.open[-1] if self.open else None)
        self.tags.append(tag)
        for outer in self.open if name == "img" else []:
            outer.words += tag.attrs.get("alt") or ""
        if name not in VOID:
            self.open.append(tag)

    def handle_endtag(self, name: str) -> None:
        if name not in VOID:
            assert self.open.pop().name == name

    def handle_data(self, data: str) -> None:
        for outer in self.open:
            outer.words += data

    def all(self, *names: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name in names]


@pytest.fixture(params=PAGES)
def drawn(request: pytest.FixtureRequest) -> Reader:
    with painted():
        return Reader(str(PAGES[request.param](VIEW)))


@pytest.mark.parametrize("page", PAGES)
def test_reflex_can_build_every_component_from_variables(page: str):
    built = PAGES[page](ShownState.view)

    assert isinstance(built, rx.Component)
    assert built.render()


def test_what_people_wrote_stays_text():
    with painted():
        html = str(everything(VIEW))

    assert SCRIPT not in html
    assert html.count("&lt;script&gt;") > 5


def test_every_picture_says_what_it_shows_or_that_it_is_decoration(drawn: Reader):
    for image in drawn.all("img"):
        assert "alt" in image.attrs
    for drawing in drawn.all("svg"):
        assert drawing.attrs.get("aria-hidden") == "true" or drawing.attrs.get("aria-label")


def test_photos_keep_their_room_before_they_load():
    with painted():
        shown = Reader(str(photos(each(VIEW.pictures, photo))))

    assert [(i.attrs["width"], i.attrs["height"]) for i in shown.all("img") if i.attrs["alt"]] == [
        ("1600", "1200"),
        ("900", "1600"),
    ]


def test_everything_that_can_be_pressed_has_a_name(drawn: Reader):
    for tag in drawn.all(*NAMED_BY_TEXT):
        assert tag.has_name(), tag


def test_every_field_has_a_label(drawn: Reader):
    labelled = {label.attrs.get("for") for label in drawn.all("label")}
    for control in drawn.all("input", "select", "textarea"):
        is_wrapped = control.inside is not None and control.inside.name == "label" and control.inside.words.strip()
        assert control.attrs.get("id") in labelled or is_wrapped, control


def test_ids_are_unique_and_references_lead_somewhere(drawn: Reader):
    ids = Counter(tag.attrs["id"] for tag in drawn.tags if tag.attrs.get("id"))
    assert [name for name, count in ids.items() if count > 1] == []
    for tag in drawn.tags:
        for attribute in ("for", "aria-labelledby", "aria-describedby", "data-opens", "commandfor", "data-reveals"):
            for name in (tag.attrs.get(attribute) or "").split():
                assert name in ids, (tag, attribute)


def test_a_page_has_one_main_and_says_where_one_is():
    with painted():
        shown = Reader(str(everything(VIEW)))

    assert len(shown.all("main")) == len(shown.all("h1")) == 1
    current = [
        tag.words
        for tag in shown.all("a")
        if tag.attrs.get("aria-current") and tag.inside and "frame" in str(tag.inside.attrs)
    ]
    assert current == ["Journal"]


def test_only_what_may_be_added_is_offered():
    with painted():
        of_a_friend = Reader(str(site_frame(Frame(can_see_people=False))))
        of_maya = Reader(str(site_frame(VIEW.frame)))

    opened_by = [{tag.attrs.get("data-opens") for tag in shown.all("button")} for shown in (of_a_friend, of_maya)]
    assert ["add" in opened for opened in opened_by] == [False, True]
    assert [any("People" in tag.words for tag in shown.all("a")) for shown in (of_a_friend, of_maya)] == [False, True]


def test_a_number_to_call_is_offered_only_where_one_is_known():
    with painted():
        shown = Reader(str(site_frame(VIEW.frame)))

    assert [tag.attrs["href"] for tag in shown.all("a") if "Call" in tag.words] == ["tel:+1555"]


def test_the_value_of_a_field_is_painted_where_the_browser_looks_for_it():
    with painted():
        shown = Reader(str(fields(VIEW)))

    assert [tag.words for tag in shown.all("textarea")] == [SCRIPT]
    assert [tag.attrs["value"] for tag in shown.all("option") if "selected" in tag.attrs] == ["b"]
    assert [tag.attrs["name"] for tag in shown.all("input") if "checked" in tag.attrs] == ["privacy", "agree", "mail"]


def test_attributes_that_reflex_does_not_know_do_not_become_styles():
    built = photo(ShownState.view.pictures[0]).render()
    inner = built["children"][-1]["props"]

    assert any(prop.startswith("width:") for prop in inner)
    assert not any(prop.startswith("css:") for prop in inner)


def test_every_icon_and_drawing_is_there():
    with painted():
        for name in PATHS:
            assert "<path d=" in icon(name)
        for name in DRAWINGS:
            assert "<path d=" in illustration(name)
        assert 'aria-current="page"' in bottom_bar("today")


def test_an_unknown_icon_is_a_mistake_at_build_time():
    with pytest.raises(KeyError):
        icon("unicorn")


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def theme_colours(name: str) -> list[tuple[str, str]]:
    """Every (light, dark) pair that the theme gives to a token."""
    return re.findall(rf"--{name}: light-dark\((#\w+), (#\w+)\)", THEME.read_text())


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_every_colour_of_a_site_can_be_read_on_buttons_and_as_text(mode: int):
    palette = theme_colours("primary")
    grounds = [theme_colours(name)[0][mode] for name in ("paper", "surface", "sunken")]

    assert len(palette) == len(re.findall(r'\[data-colour="\w+"\] \{', THEME.read_text())) + 1 == 8
    for colour in palette:
        assert contrast(colour[mode], theme_colours("on-primary")[0][mode]) >= 4.5, colour
        assert min(contrast(colour[mode], ground) for ground in grounds) >= 4.5, colour


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_words_can_be_read_on_every_ground(mode: int):
    grounds = [theme_colours(name)[0][mode] for name in ("paper", "surface", "sunken")]
    for ink, least in (
        ("ink", 7),
        ("muted", 4.5),
        ("accent-ink", 4.5),
        ("alert", 4.5),
        ("sos-ink", 4.5),
        ("success", 4.5),
    ):
        assert min(contrast(theme_colours(ink)[0][mode], ground) for ground in grounds) >= least, ink
    for ink in ("accent", "alert", "success", "sos"):
        word = theme_colours(f"{ink}-ink" if ink in ("accent", "sos") else ink)[0][mode]
        assert contrast(word, theme_colours(f"{ink}-soft")[0][mode]) >= 4.5, ink
    assert contrast(theme_colours("edge")[0][mode], theme_colours("surface")[0][mode]) >= 3
    assert contrast("#fff", theme_colours("sos")[0][mode]) >= 4.5
