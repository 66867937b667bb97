"""A member's books, and the file of one."""

from dataclasses import dataclass
from datetime import timedelta

from babel.numbers import format_decimal
from sqlalchemy import func, select
from sqlmodel import Session, col

from careapp.access import Actor, Credentials, Right, Section, Who, access_book, enter
from careapp.book.removal import key_of
from careapp.book.span import Span, told_in
from careapp.book.views import BookCard, BooksView
from careapp.book.words import Wording
from careapp.catalogue import translate
from careapp.errors import NotFound
from careapp.models import Book, BookState, Update
from careapp.operation import Params, query
from careapp.said import mark
from careapp.sites.frame import frame

KEPT = timedelta(days=30)
SHOWN = 20
MEGABYTE = 1_000_000
PROBLEMS = {
    "nothing": mark("There is nothing left in this time that you can see."),
    "too_long": mark("This is more than one book holds. Please choose a shorter time."),
    "failed": mark("The book could not be made. Nothing is lost; please try again."),
}


@dataclass(frozen=True)
class Kept:
    """One book's file, and what it is called when it is saved."""

    key: str
    file_name: str


@query(who=Who.MEMBER)
def books(session: Session, actor: Actor, params: Params) -> BooksView:
    """The member's own books, newest first, and what a new one may hold."""
    actor.require(Section.JOURNAL, Right.SEE)
    say, around = Wording(actor), frame(session, actor)
    mine = select(Book).where(col(Book.member_id) == actor.member_id)
    found = session.execute(mine.order_by(col(Book.created_at).desc(), col(Book.id).desc()).limit(SHOWN)).scalars()
    told = told_in(actor, Span(), say.zone)
    published = col(Update.published_at)
    first, last = session.execute(select(func.min(published), func.max(published)).where(told)).one()
    cards = tuple(_card(say, book) for book in found)
    return BooksView(
        frame=around,
        books=cards,
        title=translate(actor.language, mark("The journal of {name}"), name=around.called),
        from_on=f"{first.astimezone(say.zone):%Y-%m-%d}" if first else "",
        until_on=f"{last.astimezone(say.zone):%Y-%m-%d}" if last else "",
        is_empty=first is None,
        is_at_work=any(card.is_waiting for card in cards),
    )


def kept_book(session: Session, credentials: Credentials, book_id: str) -> Kept:
    """The file of a book, for its owner as long as they belong to the site and may read its journal. Raises NotFound
    for everyone else, and while there is none."""
    found = session.get(Book, book_id)
    actor = enter(session, credentials, found.site_id if found else "")
    book = access_book(session, actor, book_id)
    if book.state != BookState.READY:
        raise NotFound
    return Kept(key_of(book), file_name_of(book))


def file_name_of(book: Book) -> str:
    return f"{book.title}.pdf"


def _card(say: Wording, book: Book) -> BookCard:
    return BookCard(
        id=book.id,
        title=book.title,
        span=say.spoken_span(book),
        at=book.created_at,
        is_waiting=book.state == BookState.WAITING,
        is_ready=book.state == BookState.READY,
        progress=book.progress,
        pages=book.pages,
        weighs=f"{format_decimal(max(0.1, round(book.size / MEGABYTE, 1)), locale=say.language)} MB",
        until=book.created_at + KEPT,
        problem_words=PROBLEMS.get(book.problem, PROBLEMS["failed"]) if book.state == BookState.FAILED else "",
    )
