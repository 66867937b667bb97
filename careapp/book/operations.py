"""Asking for a book of the journal, asking again, and taking one away."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from sqlalchemy import func, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, Who, access_book
from careapp.book.removal import remove
from careapp.book.span import Span, told_in
from careapp.errors import Conflict, Invalid
from careapp.gallery.months import zone_of
from careapp.ids import new_id
from careapp.jobs import enqueue
from careapp.limits import Limit
from careapp.media.arrival import has_disk
from careapp.models import Book, BookState, Update
from careapp.notify.announce import announce
from careapp.operation import Command, Id, Line, operation
from careapp.said import Said

BOOKS_A_DAY = Limit("make_book", 20, timedelta(days=1))


def _day(value: object) -> object:
    """A date as forms send it; "" for a field that was left empty."""
    if isinstance(value, str):
        return date.fromisoformat(value) if value else None
    return value


def _within_reach(on: date | None) -> date | None:
    if on and not 1900 <= on.year <= 2200:
        raise ValueError(Said("Please check this date."))
    return on


Day = Annotated[date | None, BeforeValidator(_day), AfterValidator(_within_reach)]


class MakeBook(Command):
    """Both days belong to the span; without one it is open on that side."""

    id: Id = Field(default_factory=new_id)
    title: Annotated[Line, StringConstraints(min_length=1, max_length=120)]
    from_on: Day = None
    until_on: Day = None
    has_comments: bool = False


class OneBook(Command):
    book_id: Id


@dataclass(frozen=True)
class Asked:
    id: str


@operation(who=Who.MEMBER, says="asked for a book of the journal", limit=BOOKS_A_DAY)
def make_book(session: Session, actor: Actor, command: MakeBook) -> Asked:
    """Have a book made of what the actor may see of the journal when its turn comes. The oldest beyond a few go."""
    actor.require(Section.JOURNAL, Right.SEE)
    if session.get(Book, command.id):
        raise Conflict("This book has already been asked for.")
    _require_something(session, actor, Span(command.from_on, command.until_on))
    _require_rest(session, actor)
    _require_disk()
    told = command.model_dump()
    book = Book(site_id=actor.site_id, member_id=actor.member_id, language=actor.language, **told)
    session.add(book)
    session.flush()
    return _asked(session, actor, book)


@operation(who=Who.MEMBER, says="asked for a book again", limit=BOOKS_A_DAY)
def make_book_again(session: Session, actor: Actor, command: OneBook) -> Asked:
    """Try again where it could not be made. Safe to repeat."""
    book = access_book(session, actor, command.book_id)
    if book.state != BookState.FAILED:
        return Asked(book.id)
    _require_rest(session, actor)
    _require_disk()
    book.state, book.problem, book.progress = BookState.WAITING, "", 0
    return _asked(session, actor, book)


@operation(who=Who.MEMBER, says="took a book away")
def delete_book(session: Session, actor: Actor, command: OneBook) -> None:
    remove(session, [access_book(session, actor, command.book_id)])
    announce(session, actor)


def _require_something(session: Session, actor: Actor, span: Span) -> None:
    if span.from_on and span.until_on and span.from_on > span.until_on:
        raise Invalid(fields={"until_on": Said("The last day comes before the first.")})
    told = select(func.count()).select_from(Update).where(told_in(actor, span, zone_of(actor)))
    if not session.execute(told).scalar_one():
        raise Invalid(fields={"from_on": Said("There are no updates in this time that you can see.")})


def _require_rest(session: Session, actor: Actor) -> None:
    waiting = select(col(Book.id)).where(col(Book.member_id) == actor.member_id, col(Book.state) == BookState.WAITING)
    if session.execute(waiting.limit(1)).first():
        raise Conflict("A book is being made for you already. Please wait until it is ready.")


def _require_disk() -> None:
    if not has_disk():
        raise Conflict("There is no room for a book on this server at the moment. Please try again later.")


def _asked(session: Session, actor: Actor, book: Book) -> Asked:
    enqueue(session, "book.make", {"book_id": book.id})
    announce(session, actor)
    return Asked(book.id)
