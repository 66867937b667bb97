"""Removing books: rows first, their files by a job."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.jobs import enqueue
from careapp.media.places import site_folder
from careapp.models import Book, BookState
from careapp.notify.tell import take_back
from careapp.settings import settings

FOLDER = "books"
MOST_KEPT = 5


def key_of(book: Book) -> str:
    """Where its file lies in the storage."""
    return f"{site_folder(book.site_id)}/{FOLDER}/{book.id}.pdf"


def press() -> Path:
    """The folder of what is being made just now; always on this machine."""
    return settings().data / "press"


def remove(session: Session, books: Iterable[Book]) -> None:
    """Their files follow, also one that is being written just now; and nobody is told of them any more."""
    for book in books:
        take_back(session, book.site_id, book.id)
        enqueue(session, "book.erase_file", {"book_id": book.id, "key": key_of(book)})
        session.delete(book)


def keep_newest(session: Session, member_id: str) -> None:
    """Of the books that are ready, no more than so many."""
    ready = select(Book).where(col(Book.member_id) == member_id, col(Book.state) == BookState.READY)
    newest = ready.order_by(col(Book.created_at).desc(), col(Book.id).desc())
    remove(session, session.execute(newest.offset(MOST_KEPT)).scalars().all())


def remove_books_of(session: Session, member_id: str) -> None:
    """Whoever leaves a site takes no book of it along."""
    remove(session, session.execute(select(Book).where(col(Book.member_id) == member_id)).scalars().all())
