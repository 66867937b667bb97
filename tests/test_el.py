"""What the server paints: escaped, without handlers, and the same words as the browser's."""

from contextvars import Context
from dataclasses import dataclass

import pytest

from careapp.ui.el import Painting, all_of, any_of, choose, each, el, join, link, no, painting, show
from careapp.ui.places import to
from careapp.ui.words import said, t, tn


@pytest.fixture(autouse=True)
def _for_someone():
    with painting(Painting("en", "UTC", "rose")):
        yield


@dataclass(frozen=True)
class Row:
    title: str


def test_what_people_wrote_is_shown_as_text():
    assert el.p("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_an_attribute_cannot_be_broken_out_of():
    assert el.img(alt='"><script>') == '<img alt="&quot;&gt;&lt;script&gt;">'


def test_markup_that_was_made_here_is_not_escaped_twice():
    assert el.div(el.b("a & b")) == "<div><b>a &amp; b</b></div>"


def test_handlers_and_keys_stay_with_the_browser():
    assert el.button("Go", on_click=lambda: None, key="1", type="button") == '<button type="button">Go</button>'


def test_names_are_spelled_as_html_does():
    drawn = el.label("x", html_for="a", aria_label="b", data_opens="c", tab_index=0, class_name="d")
    assert drawn == '<label for="a" aria-label="b" data-opens="c" tabindex="0" class="d">x</label>'


def test_false_attributes_are_left_out_but_aria_says_false():
    assert el.button(disabled=False, aria_pressed=False) == '<button aria-pressed="false"></button>'
    assert el.button(disabled=True, aria_pressed=True) == '<button disabled aria-pressed="true"></button>'


def test_conditions_choices_and_lists_are_decided_by_the_values():
    assert show(True, "yes", "no") == "yes"
    assert show(False, lambda: pytest.fail("drawn all the same"), "no") == "no"
    assert choose("b", {"a": "A", "b": "B"}, "?") == "B"
    assert choose("z", {"a": "A"}, "?") == "?"
    assert each((Row("a"), Row("<b>")), lambda row: el.li(row.title)) == "<li>a</li><li>&lt;b&gt;</li>"
    assert (no(True), all_of(True, False), any_of(False, True)) == (False, False, True)


def test_a_form_leads_to_its_address_by_what_the_browser_draws_too():
    drawn = Context().run(el.form, method="get", action="/calendar")
    assert "onSubmit" not in str(drawn.render())


def test_addresses_keep_the_site():
    assert to("/update", update="a b") == "/update?site=rose&update=a+b"
    assert link(to("/today"), "Home") == '<a href="/today?site=rose">Home</a>'
    assert join("/media/", 1, "/320") == "/media/1/320"


def test_words_are_filled_and_counted():
    assert t("Open {name}", name="Tom") == "Open Tom"
    assert (tn("{n} day", "{n} days", 1), tn("{n} day", "{n} days", 3)) == ("1 day", "3 days")
    assert said("") == ""
