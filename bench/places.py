"""The pages that are measured."""

from dataclasses import dataclass

from bench.family import TOKEN, invitation


@dataclass(frozen=True)
class Place:
    """`rows` selects what one came for. `who` is signed in there, nobody when it is empty."""

    name: str
    path: str
    rows: str = "h1"
    who: str = ""

    @property
    def has_reactions(self) -> bool:
        return bool(self.who)


def places() -> tuple[Place, ...]:
    return (
        Place("landing", "/"),
        Place("join", f"/join?invitation={invitation()}"),
        Place("today", "/today?site=rose", "article", "maya"),
        Place("journal-20", "/journal?site=rose", "article", "maya"),
        Place("journal-5000", "/journal?site=ben", "article", "maya"),
    )


def cookie(who: str, url: str) -> dict[str, str]:
    """The session cookie of someone of the family, as a browser is given it."""
    return {"name": "careapp", "value": TOKEN.format(who), "url": url}
