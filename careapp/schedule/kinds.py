"""What an appointment can be."""

from collections.abc import Mapping
from types import MappingProxyType

from careapp.said import mark

# By key: words, and a name of `careapp.ui.icons`.
KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "doctor": (mark("Doctor"), "heart"),
        "therapy": (mark("Therapy"), "smile"),
        "test": (mark("Test or scan"), "search"),
        "procedure": (mark("Procedure"), "shield"),
        "telemedicine": (mark("Video visit"), "video"),
        "home_care": (mark("Care at home"), "today"),
        "visit": (mark("Visit"), "people"),
        "family": (mark("Family"), "heart"),
        "other": (mark("Other"), "calendar"),
    }
)

# Where somebody has to go along, so that it shows while nobody does.
ACCOMPANIED = frozenset({"doctor", "therapy", "test", "procedure"})
