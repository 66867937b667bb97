"""What people write with marks in it: shaped where they meant it, as typed everywhere else, and never a danger."""

import re
import time
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careapp.journal.text import one_line, parts, without_marks
from careapp.journal.text_parts import text_parts
from careapp.ui.el import Painting, painting

TAGS = {"div", "span", "a", "strong", "em", "ul", "ol", "li"}
ATTRIBUTES = {"class", "dir", "href", "target", "rel"}
SCHEMES = re.compile(r"https?://|mailto:|tel:", re.IGNORECASE)
MARKED = st.lists(
    st.sampled_from(
        [
            "*", "**", "_", "__", "[", "]", "](", ")", "(", "- ", "* ", "• ", "1. ", "2. ", "  - ", "\n", "\n\n", " ",
            "# ", "> ", "`", "```", "|", "~~", "![", "<b>", "</div>", "<img src=x onerror=alert(1)>", "&amp;", "&lt;",
            "\\*",
            "https://example.org/a_b", "http://", "javascript:alert(1)", "data:text/html,x", "mailto:rose@example.org",
            "tel:+4912", "@Tom", "Rose", "soup", "5", "é", "\u202e", "\u200b", '"', "'", "://",
        ]
    )
    | st.text(max_size=5),
    max_size=30,
).map("".join)  # fmt: skip


class Html(HTMLParser):
    """The elements of some HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_entityref(self, name: str) -> None:
        self.text += unescape(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.text += unescape(f"&#{name};")


def html(text: str, *names: str) -> str:
    with painting(Painting()):
        return str(text_parts(parts(text, names)))


def inside(text: str, *names: str) -> str:
    """What is drawn, without the container and without classes."""
    bare = re.sub(r' (class|target|rel)="[^"]*"', "", html(text, *names))
    return re.sub(r"</?span>|^<div[^>]*>|</div>$", "", bare)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("It went **really well** today", "It went <strong>really well</strong> today"),
        ("*Slowly*, she said, _very slowly_.", "<em>Slowly</em>, she said, <em>very slowly</em>."),
        ("**Call *Tom* first**", "**Call <em>Tom</em> first**"),
        ("_**Both** at once_", "<strong>Both</strong><em> at once</em>"),
        ("see https://example.org/a_b_c.", 'see <a href="https://example.org/a_b_c">https://example.org/a_b_c</a>.'),
        ("(www.klinik.de)", '(<a href="https://www.klinik.de">www.klinik.de</a>)'),
        ("WWW.klinik.de/a_b, it said", '<a href="https://WWW.klinik.de/a_b">WWW.klinik.de/a_b</a>, it said'),
        ("[the ward](https://example.org/w)", '<a href="https://example.org/w">the ward</a>'),
        ("[call us](tel:+49301234)", '<a href="tel:+49301234">call us</a>'),
        ("[write](mailto:ward@example.org)", '<a href="mailto:ward@example.org">write</a>'),
        ("**https://example.org**", '<a href="https://example.org">https://example.org</a>'),
        ("Bring:\n- soup\n- **bread**\nThanks", "Bring:<ul><li>soup</li><li><strong>bread</strong></li></ul>Thanks"),
        ("1. Pills\n2. Walk", "<ol><li>Pills</li><li>Walk</li></ol>"),
        ("- one\n  - within\n- two", "<ul><li>one</li><li>within</li><li>two</li></ul>"),
        ("First\n\nSecond", "First\n\nSecond"),
    ],
)  # fmt: skip
def test_what_is_meant_is_shaped(text: str, drawn: str) -> None:
    assert inside(text) == drawn


@pytest.mark.parametrize(
    "text",
    [
        "awww.klinik.de", "rose@www.klinik.de", "www.", "www.klinik", "www. klinik.de",
        "5 * 3", "5 * 3 * 2 = 30", "5*3*2", "2 *3 + 4* 5", "snake_case", "my_file_name.txt", "a _ b _ c", "____",
        "# 4 bed", "#4", "## Ward", "> 38.5 then call", "3. May", "3. May\n4. June", "1. May", "2024. A year",
        "- said Tom", "-5 degrees\n-7 degrees", "- one\n\n- two", "030 / 123 45-67", "+49 (30) 1234-56", "(030) *1234",
        "Anna (*1946) and Ben (*1950)", "born *1946, died *soon", "f***", "***", "** **", "* *", "_ _", "**", "*", "_",
        "5* hotel and 4* hostel", "`code`", "~~gone~~", "| a | b |", "![photo](https://example.org/x.png)"[1:3],
        "\\*not\\*", "&amp; &lt;b&gt;", "<b>bold</b>", "[x]", "[ ] to do", "[x](javascript:alert(1))",
        "[x](data:text/html,1)", "[x](//example.org)", "[https://bank.example](https://thief.example)",
        "[bank.example/x](https://thief.example)", "[rose@example.org](https://thief.example)", "a\n b\n  c",
        "    four", "*5* of _6_",
    ],
)  # fmt: skip
def test_ordinary_writing_looks_as_it_was_typed(text: str) -> None:
    (tag, _), *others = Html(html(text)).tags

    assert Html(html(text)).text == text
    assert (tag, {name for name, _ in others}) in [("div", {"span"}), ("div", {"span", "a"})]


def test_a_picture_from_elsewhere_is_never_loaded() -> None:
    assert "<img" not in html("![photo](https://example.org/x.png) <img src=https://example.org/y.png>")


def test_links_lead_outside_and_say_nothing_of_where_one_came_from() -> None:
    links = [given for tag, given in Html(html("https://example.org and [x y](http://example.org)")).tags if tag == "a"]

    assert len(links) == 2
    assert all(link["target"] == "_blank" and link["rel"] == "noopener noreferrer nofollow" for link in links)


def test_names_stand_out_also_in_what_is_stressed_and_in_lists() -> None:
    for text in ("**@Tom comes**", "*with @Tom*", "- @Tom\n- soup"):
        assert "text-primary" in re.split("@Tom(?: comes)?<", html(text, "Tom"))[0].rsplit("<", 1)[1]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("**Good** news, _at last_", "Good news, at last"),
        ("We need:\n- soup\n- bread\nThank you", "We need: soup, bread Thank you"),
        ("See [the plan](https://example.org/p)", "See the plan"),
        ("5 * 3 and snake_case", "5 * 3 and snake_case"),
    ],
)
def test_a_notice_says_the_words_without_their_marks(text: str, line: str) -> None:
    assert one_line(text) == line


@given(MARKED)
@example("[a](https://x\u202ey)")
@example("**a**" * 50)
def test_nothing_that_is_written_becomes_anything_but_text_emphasis_lists_and_links_outside(text: str) -> None:
    for tag, given_ in Html(html(text, "Tom")).tags:
        assert tag in TAGS
        assert given_.keys() <= ATTRIBUTES
        if tag == "a":
            assert SCHEMES.match(given_["href"] or "")
            assert not re.search(r"[\s<>\"\u202a-\u202e]", given_["href"] or "")


@given(MARKED)
def test_no_word_of_a_text_is_lost(text: str) -> None:
    """What is drawn, with the addresses behind the links, holds every sign but those that marks are made of."""
    drawn = Html(html(text, "Tom"))
    shown = drawn.text + "".join(given_.get("href") or "" for tag, given_ in drawn.tags if tag == "a")
    left_out = "*_[]()-•. \t\n0123456789"

    assert not set(Counter(text) - Counter(shown)) - set(left_out)
    assert is_within(Html(html(text)).text, text), "in its order, with nothing added"


@given(MARKED)
def test_read_aloud_it_says_the_same_words(text: str) -> None:
    words = re.findall(r"[^\W\d_]{4,}", Html(html(text)).text)

    assert all(word in without_marks(text) for word in words)


@pytest.mark.parametrize("start", ["", "http://a"])
@pytest.mark.parametrize(
    "piece", ["*a ", "**a ", "_a ", "[a](", "[", "- a\n", "*", "_", "**a** *", ")", "]}", "www.", " www.a", "(www.a.bc"]
)
def test_a_hundred_thousand_signs_are_read_in_no_time(start: str, piece: str) -> None:
    text = start + piece * (100_000 // len(piece))
    began = time.thread_time()
    parts(text)

    assert time.thread_time() - began < 2


def is_within(part: str, whole: str) -> bool:
    signs = iter(whole)
    return all(sign in signs for sign in part)
