"""What a file of a guide must look like: `content` has one for every guide, both languages beside each other.

A part's text is paragraphs with an empty line between them; lines that begin with "- " are a list.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

ICONS = ("edit", "globe", "heart", "help", "journal", "people", "phone", "place", "smile", "today")


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Title(Strict):
    en: Annotated[str, StringConstraints(min_length=3, max_length=60)]
    es: Annotated[str, StringConstraints(min_length=3, max_length=60)]


class Lead(Strict):
    """One or two sentences that say what the guide comes down to."""

    en: Annotated[str, StringConstraints(min_length=20, max_length=160)]
    es: Annotated[str, StringConstraints(min_length=20, max_length=160)]


class Part(Strict):
    title: Title
    en: Annotated[str, StringConstraints(min_length=40)]
    es: Annotated[str, StringConstraints(min_length=40)]


class Guide(Strict):
    """`icon` is a name of `careapp.ui.icons`."""

    order: int
    icon: Annotated[str, StringConstraints(pattern="|".join(ICONS))]
    title: Title
    lead: Lead
    parts: Annotated[tuple[Part, ...], Field(min_length=3, strict=False)]

    def text(self, language: str) -> str:
        """All of it, as it is read."""
        said = [getattr(self.title, language), getattr(self.lead, language)]
        for part in self.parts:
            said += [getattr(part.title, language), getattr(part, language)]
        return "\n".join(said)
