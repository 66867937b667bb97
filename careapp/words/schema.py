"""What a file of words must look like. `content/situations` has one for every situation, `content/updates` for every
hard update, `content/never.toml` what no line may say.

A text may name the person or the caregiver as `{name|what else}` or `{carer|what else}`: what stands after the bar is
said where no name is known, so that every line reads well without one.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from careapp.helping.kinds import HelpKind


class Relation(StrEnum):
    """What the writer is to the person."""

    FAMILY = "family"
    FRIEND = "friend"
    COLLEAGUE = "colleague"
    NEIGHBOUR = "neighbour"
    PROFESSIONAL = "professional"


class Reader(StrEnum):
    """To whom one writes."""

    PERSON = "person"
    CAREGIVER = "caregiver"
    FAMILY = "family"


class Tone(StrEnum):
    SHORT = "short"
    WARM = "warm"
    PRACTICAL = "practical"
    FAITH = "faith"
    LIGHT = "light"


# Faith and jokes are not for someone to bring along who comes because it is their work.
PRIVATE_TONES = frozenset({Tone.FAITH, Tone.LIGHT})
EVERYONE = tuple(Relation)
NOT_AT_WORK = tuple(relation for relation in Relation if relation != Relation.PROFESSIONAL)
PLACEHOLDER = re.compile(r"\{(name|carer)\|([^{}|]+)\}")


def _listed(kind: type[StrEnum], value: Any) -> Any:
    """Several of a kind as the files write them, "family friend", or as they were read before."""
    if not isinstance(value, str):
        return value
    found = tuple(kind(word) for word in value.split())
    if len(set(found)) != len(found):
        raise ValueError(f"{value!r} names one twice")
    return found


Relations = Annotated[tuple[Relation, ...], BeforeValidator(partial(_listed, Relation))]
Readers = Annotated[tuple[Reader, ...], BeforeValidator(partial(_listed, Reader))]
Tones = Annotated[tuple[Tone, ...], BeforeValidator(partial(_listed, Tone)), Field(min_length=1)]
Kind = Annotated[HelpKind, BeforeValidator(HelpKind)]
Sentence = Annotated[str, StringConstraints(min_length=8, max_length=240, pattern=r"^[^\s].*[.?…]$")]
Title = Annotated[str, StringConstraints(min_length=3, max_length=60)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Name(Strict):
    en: Title
    es: Title


class Said(Strict):
    """One sentence or two. `…_all` is how several people are spoken to, where that differs."""

    en: Sentence
    es: Sentence
    en_all: Sentence | None = None
    es_all: Sentence | None = None

    def texts(self, language: str) -> tuple[str, str]:
        """For one reader, and for several."""
        one = getattr(self, language)
        return one, getattr(self, f"{language}_all") or one

    @model_validator(mode="after")
    def _names_the_same(self) -> Self:
        for text in filter(None, (self.en, self.es, self.en_all, self.es_all)):
            if re.search(r"[{}|]", PLACEHOLDER.sub("", text)):
                raise ValueError(f"not a name: {text!r}")
        return self


class Line(Said):
    tone: Tones


class Group(Strict):
    """Lines for the same writers and readers; without `to` for all that the situation is offered to."""

    who: Relations = NOT_AT_WORK
    to: Readers = ()
    openings: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()


class Offer(Said):
    """A sentence that offers help: what, and when, so that it needs no answer but yes."""

    kind: Kind
    who: Relations = NOT_AT_WORK
    to: Readers = ()


class NotSaid(Strict):
    """What is better not said, and why."""

    en: str
    es: str
    why_en: Sentence
    why_es: Sentence


class Never(NotSaid):
    """Better not said in any situation; the patterns find it in what was written."""

    patterns_en: tuple[str, ...] = Field(min_length=1)
    patterns_es: tuple[str, ...] = Field(min_length=1)


class Fitting(Strict):
    """One line with whom it is from and to; an offer is in the practical tone and has its kind."""

    part: str
    line: Said
    who: tuple[Relation, ...]
    to: tuple[Reader, ...]
    tones: tuple[Tone, ...]
    kind: HelpKind | None = None


class Situation(Strict):
    order: int
    name: Name
    hint: Said
    to: Readers
    tones: Tones
    said: tuple[Group, ...] = Field(strict=False)
    offers: tuple[Offer, ...] = Field(strict=False)
    not_said: tuple[NotSaid, ...] = Field(min_length=4)

    def tones_for(self, relation: Relation) -> tuple[Tone, ...]:
        return tuple(t for t in self.tones if relation != Relation.PROFESSIONAL or t not in PRIVATE_TONES)

    def all_lines(self) -> Iterator[Fitting]:
        """Openings, lines, and offers, in the order of the file."""
        for group in self.said:
            for part, lines in (("opening", group.openings), ("line", group.lines)):
                for line in lines:
                    yield Fitting(part=part, line=line, who=group.who, to=group.to or self.to, tones=line.tone)
        for offer in self.offers:
            to = offer.to or self.to
            yield Fitting(part="offer", line=offer, who=offer.who, to=to, tones=(Tone.PRACTICAL,), kind=offer.kind)

    def fitting(self, relation: Relation, reader: Reader, tone: Tone) -> list[Fitting]:
        """What is suggested for one choice."""
        return [x for x in self.all_lines() if relation in x.who and reader in x.to and tone in x.tones]


class HardUpdate(Strict):
    """Beginnings of sentences for the four parts of news that is hard to tell; `…` is for the writer to fill."""

    order: int
    name: Name
    hint: Said
    happened: tuple[Said, ...] = Field(min_length=3)
    known: tuple[Said, ...] = Field(min_length=3)
    needed: tuple[Said, ...] = Field(min_length=3)
    unwanted: tuple[Said, ...] = Field(min_length=3)


PARTS = ("happened", "known", "needed", "unwanted")
