"""What nearly every family has to look after: offered to begin with, in this order."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from careapp.said import mark


@dataclass(frozen=True)
class Starter:
    """`title` and `about` are message ids. `icon` is a name of `careapp.ui.icons`."""

    title: str
    about: str
    icon: str


STARTERS: Mapping[str, Starter] = MappingProxyType(
    {
        "medicines": Starter(
            mark("Medicines"), mark("Knows what is taken when, orders in time, asks about changes."), "heart"
        ),
        "appointments": Starter(
            mark("Appointments"), mark("Makes them, goes along or finds someone who does."), "calendar"
        ),
        "money": Starter(mark("Money and insurance"), mark("Bills, forms, and calls to the insurance."), "mail"),
        "transport": Starter(mark("Transport"), mark("Sees that there is a way there and back."), "place"),
        "home": Starter(mark("Home"), mark("Shopping, laundry, the heating, the garden."), "today"),
        "updates": Starter(mark("Updates to the family"), mark("Writes how it goes; nobody has to ask."), "edit"),
        "nights": Starter(mark("Night calls"), mark("Can be reached at night, and can come."), "phone"),
        "pets": Starter(mark("Pets"), mark("Food, walks, and the vet."), "smile"),
    }
)
