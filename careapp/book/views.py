"""What the page about books shows."""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.sites.frame import Frame


@dataclass(frozen=True)
class BookCard:
    """`problem_words` where it could not be made; `until` is when a finished one is removed; `weighs` as "4.2 MB"."""

    id: str = ""
    title: str = ""
    span: str = ""
    at: datetime | None = None
    is_waiting: bool = False
    is_ready: bool = False
    progress: int = 0
    pages: int = 0
    weighs: str = ""
    until: datetime | None = None
    problem_words: str = ""


@dataclass(frozen=True)
class BooksView:
    """`title` is what a new book may be called; `from_on` and `until_on` are the days of the first and the last update
    that the reader sees."""

    frame: Frame = field(default_factory=Frame)
    books: tuple[BookCard, ...] = ()
    title: str = ""
    from_on: str = ""
    until_on: str = ""
    is_empty: bool = False
    is_at_work: bool = False
