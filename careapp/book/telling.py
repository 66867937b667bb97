"""Tells whoever asked for a book what has become of it: making one may take longer than they wait."""

from sqlmodel import Session

from careapp.book.queries import PROBLEMS
from careapp.models import Book, BookState, Kind, Site
from careapp.notify.tell import Telling, Words, page_of, tell
from careapp.said import Said


def tell_how_it_went(session: Session, book: Book) -> None:
    """It is ready, or could not be made. A lock screen shows the title to none but who allows it to say more."""
    site = session.get_one(Site, book.site_id)
    words = _ready(site, book) if book.state == BookState.READY else _failed(site, book)
    path = f"{page_of('/book', site)}#book-{book.id}"
    tell(session, site, [book.member_id], Telling(Kind.REMINDERS, words, path, f"book-{book.id}"))


def _ready(site: Site, book: Book) -> Words:
    return Words(Said("{site}: your book is ready", site=site.name), more_body=book.title)


def _failed(site: Site, book: Book) -> Words:
    return Words(Said("{site}: your book could not be made", site=site.name), PROBLEMS[book.problem])
