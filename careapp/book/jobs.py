"""Making books, and removing them when their time has come."""

import json
import logging
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from careapp.access import Right, Section, actor_of
from careapp.adapters import confined, typesetter
from careapp.adapters.storage import storage
from careapp.book.manuscript import Manuscript, TooLong, manuscript, with_pictures
from careapp.book.queries import KEPT, file_name_of
from careapp.book.removal import keep_newest, key_of, press, remove
from careapp.book.telling import tell_how_it_went
from careapp.clock import now
from careapp.db import reading, unit_of_work
from careapp.jobs import Lane, Overtaken, enqueue, every, job, still_at_it
from careapp.models import Book, BookState
from careapp.notify.announce import stir

HERE = Path(__file__).parent
TEMPLATE, FONTS = HERE / "book.typ", HERE / "fonts"
DAY = 24 * 60 * 60
LONGEST_WAIT = timedelta(days=1)
WRITTEN, PICTURED = 5, 80  # percent

log = logging.getLogger(__name__)


class Unmakable(Exception):
    """Why there will be no book of this, as a key of `queries.PROBLEMS`."""


@job("book.make", Lane.BOOKS)
def make(payload: dict[str, Any]) -> None:
    """Make the book of what its owner may see now, or say why not."""
    book_id = payload["book_id"]
    try:
        with _folder() as folder:
            _make(book_id, folder)
    except (confined.Interrupted, Overtaken):
        raise
    except Unmakable as problem:
        _fail(book_id, str(problem))
    except (confined.Exhausted, TooLong) as problem:
        log.warning("a book was too long: %s", problem)
        _fail(book_id, "too_long")
    except Exception:
        log.exception("a book could not be made")
        _fail(book_id, "failed")


@job("book.erase_file")
def erase_file(payload: dict[str, Any]) -> None:
    with reading() as session:
        if session.get(Book, payload["book_id"]):
            return
    storage().delete(payload["key"])


@every(DAY, "book.tidy")
def tidy(payload: dict[str, Any]) -> None:
    """Old books go, and what a crash left half made. One that was never made, whatever the reason, says so."""
    for left in press().glob("*"):
        if left.stat().st_mtime < time.time() - LONGEST_WAIT.total_seconds():
            shutil.rmtree(left, ignore_errors=True)
    with unit_of_work() as session:
        remove(session, session.exec(select(Book).where(col(Book.created_at) < now() - KEPT)).all())
        late = select(Book.id).where(col(Book.state) == BookState.WAITING, col(Book.created_at) < now() - LONGEST_WAIT)
        stuck = session.exec(late).all()
    for book_id in stuck:
        _fail(book_id, "failed")


def _make(book_id: str, folder: Path) -> None:
    with reading() as session:
        book = session.get(Book, book_id)
        if book is None or book.state != BookState.WAITING:
            return
        key, file_name, written = key_of(book), file_name_of(book), _written(session, book)
    _say(book_id, WRITTEN)
    there = _print_pictures(book_id, written, folder)
    (folder / "book.json").write_text(json.dumps(with_pictures(written.book, there)), encoding="utf-8")
    pages = typesetter.set_pages(folder, TEMPLATE, FONTS)
    made = folder / typesetter.BOOK
    size = made.stat().st_size
    storage().put(key, made, "application/pdf", file_name)
    _finish(book_id, key, pages, size)


def _written(session: Session, book: Book) -> Manuscript:
    actor = actor_of(session, book.member_id)
    if actor is None or not actor.may(Section.JOURNAL, Right.SEE):
        raise Unmakable("nothing")
    written = manuscript(session, replace(actor, language=book.language), book)
    if not written.book["months"]:
        raise Unmakable("nothing")
    return written


def _print_pictures(book_id: str, written: Manuscript, folder: Path) -> set[str]:
    """The pictures a few at a time, so that their owner sees it go on. The names of those that are there."""
    pictures, there = list(written.pictures.items()), set()
    for start in range(0, len(pictures), typesetter.AT_ONCE):
        some = pictures[start : start + typesetter.AT_ONCE]
        found = [(file, name) for key, name in some if (file := _fetched(key, folder))]
        typesetter.print_pictures(folder, found)
        there |= {name for _, name in found}
        _say(book_id, WRITTEN + (PICTURED - WRITTEN) * (start + len(some)) // len(pictures))
    return there


def _fetched(key: str, folder: Path) -> Path | None:
    """A file of the storage as one that can be opened: ours, or a copy of what lies in a bucket; None where it is lost,
    which `doctor` says and no book fails for."""
    try:
        place = storage().place(key, timedelta(minutes=5))
        storage().size(key)
    except FileNotFoundError:
        return None
    if isinstance(place, Path):
        return place
    copy = folder / "copies" / key.replace("/", "-")
    copy.parent.mkdir(exist_ok=True)
    with copy.open("wb") as file:
        file.writelines(storage().open(key))
    return copy


@contextmanager
def _folder() -> Iterator[Path]:
    """Beside the data, where there is room, and gone afterwards."""
    press().mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=press()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _say(book_id: str, percent: int) -> None:
    """How far it is, for the page that looks again by itself."""
    still_at_it()
    with unit_of_work() as session:
        session.execute(update(Book).where(col(Book.id) == book_id).values(progress=percent))


def _finish(book_id: str, key: str, pages: int, size: int) -> None:
    """Unless it was taken away meanwhile: then its file goes too."""
    with unit_of_work() as session:
        book = session.get(Book, book_id, with_for_update=True)
        if book is None:
            enqueue(session, "book.erase_file", {"book_id": book_id, "key": key})
            return
        if book.state != BookState.WAITING:
            return
        book.state, book.progress, book.pages, book.size = BookState.READY, 100, pages, size
        book.file_key = key
        session.flush()
        keep_newest(session, book.member_id)
        _settle(session, book)


def _fail(book_id: str, problem: str) -> None:
    with unit_of_work() as session:
        book = session.get(Book, book_id, with_for_update=True)
        if book and book.state == BookState.WAITING:
            book.state, book.problem = BookState.FAILED, problem
            _settle(session, book)


def _settle(session: Session, book: Book) -> None:
    book.finished_at = now()
    tell_how_it_went(session, book)
    stir(session, book.site_id)
