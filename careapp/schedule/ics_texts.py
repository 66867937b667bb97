"""The words of an appointment in a calendar file. Nothing is cut off: what is too long for its place moves to the
notes, and what is too long even for those is refused."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from careapp.said import Said
from careapp.schedule.ics_lines import Block, Unreadable

TITLE, PLACE, LINK, NOTES = 200, 300, 1000, 10_000
ELSEWHERE = ("URL", "CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")


@dataclass(frozen=True)
class Texts:
    """`categories` are the file's own words."""

    title: str = ""
    place: str = ""
    link: str = ""
    notes: str = ""
    categories: tuple[str, ...] = ()


def texts_of(block: Block) -> Texts:
    """The texts of an appointment. Raises Unreadable when they are longer than can be kept."""
    moved: list[str] = []
    title = " ".join(_text(block, "SUMMARY").split())
    if len(title) > TITLE:
        moved.append(title)
        title = f"{title[: TITLE - 1]}…"
    place = _text(block, "LOCATION")
    if len(place) > PLACE:
        moved.append(place)
        place = ""
    link = _link(block, moved)
    notes = "\n\n".join(filter(None, [*moved, _text(block, "DESCRIPTION")]))
    if len(notes) > NOTES:
        line = block.first("DESCRIPTION")
        words = Said("Its text is longer than {most} characters.", most=NOTES)
        raise Unreadable(line.number if line else block.number, words)
    categories = tuple(each.strip() for line in block.all("CATEGORIES") for each in line.words().split(","))
    return Texts(title, place, link, notes, categories)


def _link(block: Block, moved: list[str]) -> str:
    """The first address that can be opened safely; others are kept among the notes."""
    found = [said for name in ELSEWHERE for line in block.all(name) if (said := line.words())]
    fitting = [each for each in found if _is_safe(each)]
    link = fitting[0] if fitting else ""
    moved.extend(each for each in dict.fromkeys(found) if each != link)
    return link


def _text(block: Block, name: str) -> str:
    """The first that says something: some programs write an empty one as well."""
    return next((said for line in block.all(name) if (said := line.words())), "")


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc and len(address) <= LINK
