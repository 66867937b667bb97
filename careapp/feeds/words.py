"""What an appointment says in a calendar elsewhere, in the reader's language."""

from urllib.parse import urlencode

from careapp.access import Actor
from careapp.catalogue import translate
from careapp.models import Appointment
from careapp.said import mark
from careapp.settings import settings

WITH, GOES_ALONG = mark("With"), mark("Goes along")
NOBODY = mark("nobody yet")
BRING, ASK, JOIN = mark("To bring"), mark("To ask"), mark("Join")


def words_of(row: Appointment, companion: str, reader: Actor) -> str:
    """Its description: with whom, who goes along, what to bring and to ask, and the notes."""
    goes_along = companion or translate(reader.language, NOBODY)
    said = (
        (WITH, row.provider),
        (GOES_ALONG, goes_along if row.source_id is None or companion else ""),
        (JOIN, row.link),
        (BRING, row.bring),
        (ASK, row.questions),
    )
    lines = [f"{translate(reader.language, name)}: {words}" for name, words in said if words]
    return "\n".join([*lines, *([f"\n{row.notes}" if lines else row.notes] if row.notes else [])])


def address_in_app(row: Appointment, reader: Actor) -> str:
    """Where it stands in Careapp."""
    query = {"site": reader.site_address, "appointment": row.series_id or row.id}
    if row.recurrence_at:
        query["at"] = row.recurrence_at.isoformat()
    return f"{settings().public_url}/appointment?{urlencode(query)}"
