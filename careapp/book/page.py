"""/book: the journal, or a time of it, as a book to keep: ask for one, see it being made, and save it."""

from typing import Any

import reflex as rx

from careapp.book.again import looks_again
from careapp.book.operations import delete_book, make_book, make_book_again
from careapp.book.queries import books
from careapp.book.views import BooksView
from careapp.pwa.send import action_button, care_form, form_words
from careapp.pwa.waiting import waiting_list
from careapp.ui.banner import banner
from careapp.ui.buttons import outside_link, submit_button
from careapp.ui.card import actions, card, page_title, stack
from careapp.ui.el import each, el, join, no, show
from careapp.ui.empty import empty, progress
from careapp.ui.facts import small_facts
from careapp.ui.fields import checkbox, form_stack, text_field
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t, tn, when


class BookState(Reading, rx.State):
    view: BooksView = BooksView()


@page("/book", title="The journal as a book", state=BookState, query=books)
def book_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/more"), t("More")),
        page_title(
            t("The journal as a book"),
            t("A PDF with the words and photos that you can see, to keep, to print or to give away."),
        ),
        show(view.books, stack(each(view.books, _book), class_name="mb-6")),
        waiting_list(make_book, text="title", class_name="mb-6 flex flex-col gap-4"),
        show(
            view.is_empty,
            empty("journal", t("As soon as something is written in the journal, it can become a book.")),
            _new(view),
        ),
        looks_again(view.is_at_work, BookState.load),
        place="more",
    )


def _book(book: Any) -> Any:
    return card(
        el.h2(book.title, dir="auto", class_name="text-lg"),
        small_facts((True, book.span), (True, when(book.at))),
        show(book.is_waiting, _being_made(book)),
        show(book.is_ready, _ready(book)),
        show(book.problem_words, _failed(book)),
        id=join("book-", book.id),
        key=book.id,
    )


def _being_made(book: Any) -> Any:
    words = t("It is being made: {percent} %. You can leave this page.", percent=book.progress)
    return el.div(progress(book.progress, words), actions(_delete(book, t("Stop"))), class_name="mt-4")


def _ready(book: Any) -> Any:
    kept = small_facts(
        (True, tn("{n} page", "{n} pages", book.pages)),
        (True, book.weighs),
        (True, el.span(t("kept until"), " ", when(book.until, "day"))),
    )
    save = outside_link(t("Save the book"), join("/books/", book.id), "primary", "download", download=True)
    return el.div(kept, actions(save, _delete(book, t("Remove"))))


def _failed(book: Any) -> Any:
    again = action_button(t("Try again"), make_book_again, {"book_id": book.id}, class_name="button button-secondary")
    return el.div(
        banner("warm", said(book.problem_words)), actions(again, _delete(book, t("Remove"))), class_name="mt-4"
    )


def _delete(book: Any, words: Any) -> Any:
    return action_button(words, delete_book, {"book_id": book.id}, class_name="button button-quiet")


def _new(view: Any) -> Any:
    days = {"type": "date", "min": view.from_on, "max": view.until_on, "optional": True}
    comments = checkbox("has_comments", t("With the comments"), checked=True)
    form = care_form(
        form_stack(
            text_field("title", t("Title"), value=view.title, max_length=120, dir="auto", auto_complete="off"),
            el.div(
                text_field("from_on", t("First day"), **days),
                text_field("until_on", t("Last day"), **days),
                class_name="grid gap-6 sm:grid-cols-2",
            ),
            comments,
            submit_button(t("Make the book")),
        ),
        form_words(),
        operation=make_book,
        next=to("/book"),
        draft="book",
        label=t("A book"),
    )
    alone = el.p(
        t(
            "Without days it is the whole journal. Only you can open your books; the newest five are kept, for 30 days "
            "each."
        ),
        class_name="mt-4 text-sm text-muted",
    )
    return show(no(view.is_at_work), card(el.h2(t("Make a book"), class_name="mb-4 text-lg"), form, alone))
