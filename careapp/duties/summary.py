"""What a family meeting decided, as a text to be posted: pure words, in the language of who posts it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from careapp.catalogue import spoken_time, translate
from careapp.said import mark

HEADING = mark("What we decided together on {date}")
CONTACT, STAND_IN = mark("{name} is the point of contact."), mark("{name} stands in.")
WHO_DOES_WHAT = mark("{what}: {name}")


class Decided(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def words(self) -> str: ...


def summary(
    language: str,
    time_zone: str,
    at: datetime | None,
    said: Mapping[str, tuple[Decided, Sequence[tuple[str, str]]]],
    name: str,
) -> str:
    """One paragraph a point that something was decided on; points left open are left out. Names stand in a list."""
    heading = translate(language, HEADING, date=spoken_time(at, "day", language, time_zone))
    parts = [_paragraph(language, key, point, chosen, name) for key, (point, chosen) in said.items()]
    return "\n\n".join([heading, *filter(None, parts)])


def _paragraph(language: str, key: str, point: Decided, chosen: Sequence[tuple[str, str]], name: str) -> str:
    names = [f"- {line}" for line in _chosen(language, key, chosen)]
    lines = [*([point.words] if point.words else []), *names]
    return "\n".join([f"{translate(language, point.title, name=name)}:", *lines]) if lines else ""


def _chosen(language: str, key: str, chosen: Sequence[tuple[str, str]]) -> Iterator[str]:
    for what, who in chosen:
        if key == "contact":
            yield translate(language, CONTACT if who == "contact" else STAND_IN, name=what)
        else:
            yield translate(language, WHO_DOES_WHAT, what=translate(language, what), name=who)
