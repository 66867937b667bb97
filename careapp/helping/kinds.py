"""The kinds of help that people ask for most, in the order in which a form shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from careapp.models import HelpRequest
from careapp.said import Said, mark


class HelpKind(StrEnum):
    MEALS = "meals"
    RIDES = "rides"
    COMPANY = "company"
    ERRANDS = "errands"
    RESPITE = "respite"
    CARE = "care"
    MONEY = "money"
    OTHER = "other"


@dataclass(frozen=True)
class About:
    """Message ids; `icon` is one of `careapp.ui.icons`."""

    icon: str
    title: str
    about: str


KINDS: Mapping[str, About] = MappingProxyType(
    {
        HelpKind.MEALS: About("meal", mark("A meal"), mark("Cooked, or brought along")),
        HelpKind.RIDES: About("car", mark("A ride"), mark("There, and back again")),
        HelpKind.COMPANY: About("smile", mark("Company"), mark("A visit, a walk, a call")),
        HelpKind.ERRANDS: About("bag", mark("Errands"), mark("Shopping, post, pharmacy")),
        HelpKind.RESPITE: About("cup", mark("A break"), mark("Someone takes over for a while")),
        HelpKind.CARE: About("heart", mark("Child or pet"), mark("School run, walking the dog")),
        HelpKind.MONEY: About("file", mark("Money matters"), mark("Bills, forms, insurance")),
        HelpKind.OTHER: About("star", mark("Something else"), mark("Whatever it is")),
    }
)


def title_of(request: HelpRequest) -> str:
    """What the family called it, else a message id that names its kind."""
    return request.title or Said(KINDS[request.kind].title)
