"""Whether every book has its file, and every file its book."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlmodel import col

from careapp.adapters.storage import PARTIAL, storage
from careapp.book.removal import FOLDER, press
from careapp.db import reading
from careapp.models import Book, BookState, Job


def find_stray_books() -> list[str]:
    """One sentence for each file without a book and each book without a file; none for what a job is to remove."""
    with reading() as session:
        expected = set(session.execute(select(col(Book.file_key)).where(col(Book.state) == BookState.READY)).scalars())
        pending = select(col(Job.payload)).where(
            col(Job.kind) == "book.erase_file", col(Job.state).in_(("waiting", "leased"))
        )
        going = {str(payload.get("key", "")) for payload in session.execute(pending).scalars()}
        making = set(session.execute(select(col(Book.id)).where(col(Book.state) == BookState.WAITING)).scalars())
    there = {key for key in storage().keys("sites") if f"/{FOLDER}/" in key and PARTIAL not in key}
    strays = [key for key in there - expected - going if key.rpartition("/")[2].removesuffix(".pdf") not in making]
    return [
        *(f"The file {key} belongs to no book." for key in sorted(strays)),
        *(f"The file {key} of a book is missing." for key in sorted(expected - there)),
        *([] if making else _left_in_press()),
    ]


def _left_in_press() -> Iterator[str]:
    """What a crash left behind. While a book is being made nobody can tell whose it is."""
    for path in sorted(press().glob("*")):
        yield f"The folder {path.name} in the press folder belongs to no book that is being made."
