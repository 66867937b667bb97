"""The journal as a book: what it holds for whom, how it is made, and when it goes."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from sqlmodel import Session, select

from careapp import clock, db, features
from careapp import jobs as work
from careapp.access import Actor, Right, Section
from careapp.adapters import confined, typesetter
from careapp.adapters.storage import storage
from careapp.book import jobs
from careapp.book.check import find_stray_books
from careapp.book.layout import in_rows
from careapp.book.manuscript import manuscript
from careapp.book.operations import MakeBook, OneBook, delete_book, make_book, make_book_again
from careapp.book.queries import books
from careapp.book.removal import MOST_KEPT, press
from careapp.book.texts import breakable, paragraphs
from careapp.errors import Conflict, Invalid, NotAllowed, NotFound
from careapp.ids import new_id
from careapp.jobs import Lane
from careapp.journal.commands import PostUpdate, WriteComment
from careapp.journal.operations import comment, post_update
from careapp.media import arrival, places
from careapp.models import Account, Audience, Book, Media, Member, Notice, Update, UpdateMedia, VisitOutcome
from careapp.notify.words import spoken
from careapp.operation import Params
from careapp.sites.seats import vacate
from tests.cast import Cast
from tests.client import Browser
from tests.notices import with_phones
from tests.phone import do_jobs
from tests.statements import counted_statements

MARCH = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TRICKS = '#eval("1+1") #read("/etc/passwd") $x^2$ \\ *a* _b_ @c <d> `e` // f /* g */ = h\n- #panic() ~ -- "i"'
ARABIC, HEBREW, EMOJI = "شكرا لكم جميعا 2026", "שלום לכולם", "Love ❤️ 👩‍👩‍👧 🤗"

features.load()


def whole() -> MakeBook:
    return MakeBook(title="The journal of Rose", has_comments=True)


def told(session: Session, by: Actor, at: datetime = MARCH, **said: Any) -> str:
    update_id = post_update(session, by, PostUpdate(**{"text": "A quiet night.", **said})).id
    if not said.get("is_draft"):
        session.get_one(Update, update_id).published_at = at
    session.flush()
    return update_id


def test_no_book_is_begun_on_a_disk_that_is_nearly_full(
    session: Session, rose_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(session, rose_site.maya)
    monkeypatch.setattr(arrival, "LEAST_FREE", 2**60)

    with pytest.raises(Conflict, match="no room"):
        make_book(session, rose_site.tom, whole())


def with_photo(session: Session, by: Actor, at: datetime = MARCH, size: tuple[int, int] = (960, 640)) -> str:
    media_id, out = new_id(), io.BytesIO()
    Image.new("RGB", size, "#5a7").save(out, "WEBP")
    for side in places.SIZES:
        storage().put(places.key(by.site_id, media_id, side), out.getvalue(), places.SHOWN_AS)
    known = {
        "state": "ready",
        "sha256": media_id,
        "size": 1,
        "stored_id": media_id,
        "width": size[0],
        "height": size[1],
    }
    session.add(Media(id=media_id, site_id=by.site_id, uploader_id=by.member_id, **known))
    session.flush()
    update_id = told(session, by, at)
    session.add(UpdateMedia(update_id=update_id, media_id=media_id, position=0, alt="By the lake"))
    session.flush()
    return update_id


def asked(name: str, command: MakeBook | None = None) -> str:
    """A book asked for and, as far as it can be, made."""
    with db.unit_of_work() as session:
        book_id = make_book(session, Cast(session).actor(name), command or whole()).id
    do_jobs()
    return book_id


def row(book_id: str) -> Book:
    with db.reading() as session:
        return session.get_one(Book, book_id)


def opened(book_id: str, name: str) -> PdfReader:
    answer = Browser(name).get(f"/books/{book_id}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.content))


def text_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def held(session: Session, actor: Actor, **more: Any) -> str:
    book = Book(site_id=actor.site_id, member_id=actor.member_id, title="Rose", **more)
    return json.dumps(manuscript(session, actor, book).book, ensure_ascii=False)


def test_a_book_has_cover_months_updates_photos_and_comments(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        cast = Cast(session)
        first = with_photo(session, cast.maya)
        comment(session, cast.tom, WriteComment(update_id=first, text="So glad to read this."))
        told(session, cast.tom, MARCH + timedelta(days=40), text="Ten steps.", mood="proud", milestone="First steps")

    book_id = asked("ida")
    pdf, text = opened(book_id, "ida"), text_of(opened(book_id, "ida"))

    assert (row(book_id).state, row(book_id).pages, row(book_id).progress) == ("ready", len(pdf.pages), 100)
    assert len(pdf.pages) == 4
    for words in (
        "The journal of Rose",
        "Rose Lind",
        "Made for Ida Berg",
        "March 2026",
        "April 2026",
        "Monday, 2 March",
    ):
        assert words in text
    for words in ("Maya Lind", "A quiet night.", "By the lake", "So glad to read this.", "First steps", "Proud"):
        assert words in text
    assert pdf.metadata and pdf.metadata.title == "The journal of Rose"
    assert [len(page.images) for page in pdf.pages] == [1, 0, 1, 0]


def test_it_holds_what_its_owner_may_see_and_nothing_else(session: Session, rose_site: Cast) -> None:
    told(session, rose_site.maya, text="For all.")
    told(session, rose_site.maya, text="For the family.", audience=Audience.FAMILY)
    told(session, rose_site.maya, text="For the care team.", audience=Audience.CARE_TEAM)
    told(session, rose_site.tom, text="A draft.", is_draft=True)
    gone = told(session, rose_site.tom, text="Taken away.")
    session.get_one(Update, gone).deleted_at = MARCH
    session.flush()

    seen = {name: held(session, rose_site.actor(name)) for name in ("tom", "ida", "cole")}

    assert {name: "For the family." in text for name, text in seen.items()} == {
        "tom": True,
        "ida": False,
        "cole": False,
    }
    assert {name: "For the care team." in text for name, text in seen.items()} == {
        "tom": False, "ida": False, "cole": True,
    }  # fmt: skip
    assert all("For all." in text and "Taken away." not in text for text in seen.values())
    assert not any("A draft." in text for name, text in seen.items() if name != "tom")


def test_a_span_and_a_book_without_comments_hold_that_alone(session: Session, rose_site: Cast) -> None:
    before = told(session, rose_site.maya, MARCH - timedelta(days=1), text="Before.")
    comment(session, rose_site.tom, WriteComment(update_id=before, text="An answer."))
    told(session, rose_site.maya, MARCH, text="That day.")
    told(session, rose_site.maya, MARCH + timedelta(days=1), text="After.")
    that_day = {"from_on": date(2026, 3, 2), "until_on": date(2026, 3, 2)}

    assert [words in held(session, rose_site.tom, **that_day) for words in ("Before.", "That day.", "After.")] == [
        False, True, False,
    ]  # fmt: skip
    assert "An answer." in held(session, rose_site.tom)
    assert "An answer." not in held(session, rose_site.tom, has_comments=False)


def test_what_people_wrote_is_never_an_instruction(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        cast = Cast(session)
        update_id = told(session, cast.maya, text=TRICKS, milestone="#panic(1) \\u{41}")
        comment(session, cast.tom, WriteComment(update_id=update_id, text='"); #panic("x'))

    text = text_of(opened(asked("tom", MakeBook(title="#panic() $ \\", has_comments=True)), "tom"))

    for words in (
        '#eval("1+1")',
        '#read("/etc/passwd")',
        "$x^2$",
        "#panic(1) \\u{41}",
        '"); #panic("x',
        "#panic() $ \\",
    ):
        assert words in text
    assert "root:" not in text


def test_right_to_left_and_emoji_are_set_with_our_own_fonts(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        cast = Cast(session)
        for words in (ARABIC, HEBREW, EMOJI, "Привет, Ελλάδα, नमस्ते, Việt Nam"):
            told(session, cast.maya, text=words)
    pdf = opened(asked("tom"), "tom")

    fonts = {font for page in pdf.pages for font in _fonts(page)}

    assert {"NotoSansArabic", "NotoSansHebrew", "NotoSans-Regular"} <= {
        name.partition("-Regular")[0] if "Sans-" not in name else name for name in fonts
    }
    assert "❤" in text_of(pdf)


def _fonts(page: Any) -> set[str]:
    found = page["/Resources"].get("/Font", {})
    return {str(font.get_object().get("/BaseFont", "")).partition("+")[2] for font in found.values()}


def test_a_book_speaks_the_language_of_its_owner(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        session.exec(select(Account).where(Account.email == "tom@example.org")).one().language = "es"
        told(session, Cast(session).maya)

    text = text_of(opened(asked("tom"), "tom"))

    assert "Marzo de 2026" in text
    assert "Lunes, 2 de marzo de 2026" in text


def test_what_came_of_an_appointment_stands_with_its_parts(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        update_id = told(session, Cast(session).maya, text="The wound heals.")
        site_id = Cast(session).maya.site_id
        outcome = {
            "provider": "Dr Cole",
            "who_went": "Tom",
            "medicines": "- none\n- any more",
            "plan": "",
            "mood": "better",
        }
        session.add(VisitOutcome(update_id=update_id, site_id=site_id, visited_on=date(2026, 3, 1), **outcome))

    text = text_of(opened(asked("tom"), "tom"))

    for words in ("After the appointment on ", "Dr Cole · with Tom", "Medicines", "A little better"):
        assert words in text
    assert "Plan" not in text


def test_nobody_else_can_open_a_book(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        told(session, Cast(session).maya)
    book_id = asked("tom")

    assert {who: Browser(who).get(f"/books/{book_id}").status_code for who in ("maya", "ida", "sam", "")} == {
        "maya": 404, "ida": 404, "sam": 404, "": 401,
    }  # fmt: skip
    assert Browser("tom").get(f"/books/{book_id}").headers["cache-control"] == "private, no-store"
    assert Browser("tom").get(f"/books/{new_id()}").status_code == 404


def test_whoever_leaves_loses_their_books(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        told(session, Cast(session).maya)
    book_id = asked("tom")
    key = row(book_id).file_key
    with db.unit_of_work() as session:
        vacate(session, session.get_one(Member, Cast(session).tom.member_id))
    do_jobs()

    assert Browser("tom").get(f"/books/{book_id}").status_code == 404
    assert key not in set(storage().keys("sites"))
    assert find_stray_books() == []


def test_without_the_right_to_read_the_journal_a_book_stays_closed(session: Session, rose_site: Cast) -> None:
    told(session, rose_site.maya)
    book_id = make_book(session, rose_site.tom, whole()).id
    deaf = replace(rose_site.tom, rights={**rose_site.tom.rights, Section.JOURNAL: Right.NONE})

    for refused in (
        lambda: delete_book(session, deaf, OneBook(book_id=book_id)),
        lambda: books(session, deaf, Params()),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_old_books_are_removed_with_their_files(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        told(session, Cast(session).maya)
    book_id = asked("tom")
    with clock.freeze(clock.now() + timedelta(days=29)):
        jobs.tidy({})
    assert row(book_id).state == "ready"
    with clock.freeze(clock.now() + timedelta(days=31)):
        jobs.tidy({})
        do_jobs()

    with db.reading() as session:
        assert session.get(Book, book_id) is None
    assert [key for key in storage().keys("sites") if "books" in key] == []


def test_an_old_book_goes_when_a_newer_one_is_ready_and_not_before(stored_site: Cast) -> None:
    made = []
    with db.unit_of_work() as session:
        tom = Cast(session).tom
        told(session, Cast(session).maya)
        for n in range(MOST_KEPT):
            old = Book(
                site_id=tom.site_id, member_id=tom.member_id, state="ready", created_at=MARCH + timedelta(days=n)
            )
            session.add(old)
            made.append(old.id)
        made.append(make_book(session, tom, whole()).id)
    with db.reading() as session:
        assert [card.id for card in books(session, Cast(session).tom, Params()).books] == made[::-1]

    do_jobs()

    with db.reading() as session:
        assert [card.id for card in books(session, Cast(session).tom, Params()).books] == made[:0:-1]


def test_a_book_waits_for_no_video(session: Session, rose_site: Cast) -> None:
    assert work.LANES["book.make"] is Lane.BOOKS
    assert [kind for kind, lane in work.LANES.items() if lane is Lane.BOOKS] == ["book.make"]
    assert work.LEASES[Lane.BOOKS] == work.LONG_LEASE


def test_a_time_without_updates_or_with_its_end_before_its_beginning_is_refused(
    session: Session, rose_site: Cast
) -> None:
    told(session, rose_site.maya, audience=Audience.FAMILY)

    for who, span in (("ida", {}), ("tom", {"from_on": date(2026, 3, 3)}), ("tom", {"until_on": date(2026, 3, 1)})):
        with pytest.raises(Invalid) as refused:
            make_book(session, rose_site.actor(who), MakeBook(title="Rose", **span))
        assert "from_on" in refused.value.fields
    backwards = MakeBook(title="Rose", from_on=date(2026, 3, 3), until_on=date(2026, 3, 1))
    with pytest.raises(Invalid) as refused:
        make_book(session, rose_site.tom, backwards)
    assert "until_on" in refused.value.fields


def test_a_form_may_leave_both_days_empty(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        told(session, Cast(session).maya)
    tom, sent = Browser("tom"), {"title": "Rose", "has_comments": True}

    wrong = tom.write("book.make_book", {**sent, "from_on": "soon", "until_on": "1066-10-14"})
    sent_empty = tom.write("book.make_book", {**sent, "from_on": "", "until_on": "2026-03-02"})

    assert set(wrong.json()["fields"]) == {"from_on", "until_on"}
    assert row(sent_empty.json()["answer"]["id"]).until_on == date(2026, 3, 2)


def test_one_book_is_made_at_a_time(session: Session, rose_site: Cast) -> None:
    told(session, rose_site.maya)
    book_id = make_book(session, rose_site.tom, whole()).id

    with pytest.raises(Conflict):
        make_book(session, rose_site.tom, whole())
    with pytest.raises(NotFound):
        delete_book(session, rose_site.maya, OneBook(book_id=book_id))
    delete_book(session, rose_site.tom, OneBook(book_id=book_id))
    make_book(session, rose_site.tom, whole())


def test_a_book_that_failed_says_so_and_can_be_tried_again(stored_site: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with db.unit_of_work() as session:
        told(session, Cast(session).maya)
    monkeypatch.setattr(typesetter, "PAGES", replace(typesetter.PAGES, memory=60 * confined.MEGABYTE))
    monkeypatch.setattr(typesetter.set_pages, "__defaults__", (typesetter.PAGES,))
    book_id = asked("tom")
    with db.reading() as session:
        card = books(session, Cast(session).tom, Params()).books[0]
    assert (card.is_waiting, card.is_ready, card.problem_words) == (
        False, False, "This is more than one book holds. Please choose a shorter time.",
    )  # fmt: skip

    monkeypatch.undo()
    with db.unit_of_work() as session:
        make_book_again(session, Cast(session).tom, OneBook(book_id=book_id))
    do_jobs()

    assert row(book_id).state == "ready"


def test_whoever_asked_is_told_when_it_is_ready_and_when_there_will_be_none(
    stored_site: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with db.unit_of_work() as session:
        told(session, Cast(session).maya)
        with_phones(session, Cast(session))

    ready = asked("tom")
    monkeypatch.setattr(typesetter, "set_pages", lambda *_: 1 / 0)
    failed = asked("tom")
    with db.reading() as session:
        notices = session.exec(select(Notice).order_by(Notice.id)).all()
        tom = Cast(session).tom
    assert [(notice.member_id, notice.path) for notice in notices] == [
        (tom.member_id, f"/book?site=rose#book-{book_id}") for book_id in (ready, failed)
    ]
    little, much = ([_screen(one, says_more) for one in notices] for says_more in (False, True))
    site, again = "Looking after Rose", "The book could not be made. Nothing is lost; please try again."
    assert little == [(f"{site}: your book is ready", ""), (f"{site}: your book could not be made", again)]
    assert much == [
        (f"{site}: your book is ready", "The journal of Rose"),
        (f"{site}: your book could not be made", again),
    ]

    with db.unit_of_work() as session:
        delete_book(session, Cast(session).tom, OneBook(book_id=ready))
    with db.reading() as session:
        assert [notice.path[-36:] for notice in session.exec(select(Notice))] == [failed]


def _screen(notice: Notice, says_more: bool) -> tuple[str, str]:
    said = spoken(notice.words, "en", says_more=says_more)
    return said.title, said.body


def test_a_lost_photo_is_no_reason_for_no_book(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        with_photo(session, Cast(session).maya)
        media = session.exec(select(Media)).one()
        storage().delete(places.key(media.site_id, media.stored_id, "960"))
        storage().delete(places.key(media.site_id, media.stored_id, "2048"))

    pdf = opened(asked("tom"), "tom")

    assert "A quiet night." in text_of(pdf)


def test_what_is_removed_while_it_is_made_leaves_nothing(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        told(session, Cast(session).maya)
        book_id = make_book(session, Cast(session).tom, whole()).id
    with db.unit_of_work() as session:
        delete_book(session, Cast(session).tom, OneBook(book_id=book_id))
    jobs.make({"book_id": book_id})
    jobs._finish(book_id, f"sites/x/books/{book_id}.pdf", 1, 1)
    do_jobs()

    assert find_stray_books() == []
    assert list(press().glob("*")) == []


def test_what_has_no_book_and_a_book_without_its_file_are_found(stored_site: Cast) -> None:
    with db.unit_of_work() as session:
        told(session, Cast(session).maya)
    key = row(asked("tom")).file_key
    assert find_stray_books() == []

    stray = key.replace(".pdf", "-2.pdf")
    storage().put(stray, b"%PDF", "application/pdf")
    storage().delete(key)
    (press() / "left").mkdir()

    assert find_stray_books() == [
        f"The file {stray} belongs to no book.",
        f"The file {key} of a book is missing.",
        "The folder left in the press folder belongs to no book that is being made.",
    ]


def test_however_much_there_is_it_takes_as_many_statements(session: Session, rose_site: Cast) -> None:
    maya, counts = rose_site.maya, []
    for n in (1, 40):
        for m in range(n):
            update_id = told(session, maya, MARCH + timedelta(hours=n + m))
            comment(session, maya, WriteComment(update_id=update_id, text="Thank you."))
        with counted_statements() as seen:
            held(session, maya)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 8


def test_texts_become_paragraphs_lists_and_lines() -> None:
    made = paragraphs("One\ntwo\n\n**Three** [four](https://example.org)\n- five\n- six")

    assert [("".join(run["text"] for line in one["lines"] for run in line), one["mark"]) for one in made] == [
        ("Onetwo", ""),
        ("Three four", ""),
        ("five", "•"),
        ("six", "•"),
    ]
    assert [len(one["lines"]) for one in made] == [2, 1, 1, 1]
    runs = made[1]["lines"][0]
    assert [(run["text"], run["strong"], run["url"]) for run in runs] == [
        ("Three", True, ""),
        (" ", False, ""),
        ("four", False, "https://example.org"),
    ]
    assert [one["rtl"] for one in paragraphs(f"{ARABIC}\n\n123 {HEBREW}\n\nHello {HEBREW}")] == [True, True, False]


def test_a_word_that_is_longer_than_a_line_may_be_broken() -> None:
    assert breakable("a" * 60) == f"{'a' * 24}\u200b{'a' * 24}\u200b{'a' * 12}"
    assert breakable("Donaudampfschifffahrtsgesellschaft") == "Donaudampfschifffahrtsge\u200bsellschaft"
    assert breakable("An ordinary line of text") == "An ordinary line of text"


def test_photos_beside_each_other_have_one_height() -> None:
    rows = in_rows([("a", 1.5), ("b", 0.75), ("c", 1.5), ("d", 3.0), ("e", 0.5)])

    assert [[name for name, _ in row] for row in rows] == [["a"], ["b", "c"], ["d"], ["e"]]
    (_, b), (_, c) = rows[1]
    assert b / 0.75 == pytest.approx(c / 1.5)
    assert rows[3][0][1] < 0.5
