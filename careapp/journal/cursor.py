"""Where a page of rows ended, so that the next one starts there however many rows came in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import literal, tuple_

from careapp.errors import NotFound
from careapp.ids import is_id
from careapp.models.columns import UtcDateTime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Cursor:
    """The moment and id of the last row shown; as text it is fit for an address."""

    at: datetime
    id: str

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}.{self.id}"

    def key(self) -> Any:
        """To be compared with the same two columns of a row."""
        return tuple_(literal(self.at, UtcDateTime), literal(self.id))


def cursor_from(text: str) -> Cursor | None:
    """The cursor that an address holds; None where it holds none. Raises NotFound for what never was one."""
    if not text:
        return None
    moment, _, row_id = text.partition(".")
    if not (moment.isascii() and moment.isdigit() and len(moment) < 18 and is_id(row_id)):
        raise NotFound
    return Cursor(EPOCH + int(moment) * MICROSECOND, row_id)


def older(rows: Sequence[Any], page: int, at: str = "created_at") -> str:
    """The cursor after the first `page` of these rows, each of which begins with what is listed, by its time `at`; ""
    where there are no more."""
    if len(rows) <= page:
        return ""
    last = rows[page - 1][0]
    return str(Cursor(getattr(last, at), last.id))
