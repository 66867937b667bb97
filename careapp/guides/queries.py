"""What the page of the guides asks: all of them, in the reader's language, so that one page holds them offline."""

from dataclasses import dataclass, field
from functools import cache

from sqlmodel import Session

from careapp.access import Actor, Who
from careapp.catalogue import DEFAULT, LANGUAGES
from careapp.guides.library import guides as all_guides
from careapp.guides.schema import Part
from careapp.operation import Params, query
from careapp.sites.frame import Frame, frame


@dataclass(frozen=True)
class Block:
    """A paragraph, or the points of a list."""

    text: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartView:
    title: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class GuideView:
    key: str = ""
    icon: str = ""
    title: str = ""
    lead: str = ""
    parts: tuple[PartView, ...] = ()


@dataclass(frozen=True)
class GuidesView:
    frame: Frame = field(default_factory=Frame)
    guides: tuple[GuideView, ...] = ()


@query(who=Who.GUEST)
def guides(session: Session, actor: Actor, params: Params) -> GuidesView:
    return GuidesView(frame(session, actor), in_language(actor.language))


@cache
def in_language(language: str) -> tuple[GuideView, ...]:
    spoken = language if language in LANGUAGES else DEFAULT
    return tuple(
        GuideView(
            key=key,
            icon=guide.icon,
            title=getattr(guide.title, spoken),
            lead=getattr(guide.lead, spoken),
            parts=tuple(_part(part, spoken) for part in guide.parts),
        )
        for key, guide in all_guides().items()
    )


def _part(part: Part, language: str) -> PartView:
    blocks = getattr(part, language).strip().split("\n\n")
    return PartView(getattr(part.title, language), tuple(_block(block) for block in blocks))


def _block(text: str) -> Block:
    """A paragraph that leads to a list may stand right above it."""
    lines = text.strip().split("\n")
    points = tuple(line.removeprefix("- ") for line in lines if line.startswith("- "))
    return Block(" ".join(line for line in lines if not line.startswith("- ")), points)
