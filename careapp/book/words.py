"""How a book says days and months: in its reader's language and calendar."""

from datetime import UTC, date, datetime

from babel.dates import format_skeleton

from careapp.access import Actor
from careapp.book.span import Span
from careapp.catalogue import spoken_time, translate
from careapp.gallery.months import month_key, month_name, zone_of
from careapp.models import Book
from careapp.said import mark


class Wording:
    """Called, it gives the words of a message id."""

    def __init__(self, actor: Actor) -> None:
        self.language, self.zone = actor.language, zone_of(actor)

    def __call__(self, words: str, **params: object) -> str:
        return translate(self.language, words, **params)

    def day(self, at: datetime) -> str:
        return spoken_time(at, "day", self.language, self.zone.key)

    def month(self, at: datetime) -> str:
        return month_name(month_key(at, self.zone), self.language)

    def span(self, book: Book) -> Span:
        return Span(book.from_on, book.until_on)

    def spoken_span(self, book: Book) -> str:
        """Both days, or the one that is given; the whole journal without any."""
        first, last = self._date(book.from_on), self._date(book.until_on)
        if first and last:
            return f"{first} – {last}"
        if first:
            return self(mark("From {day}"), day=first)
        return self(mark("Until {day}"), day=last) if last else self(mark("The whole journal"))

    def _date(self, on: date | None) -> str:
        if on is None:
            return ""
        noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
        return str(format_skeleton("yMMMMd", noon, locale=self.language))
