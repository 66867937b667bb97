"""The number that calls for help, by country. Placeholder."""

from careapp.said import mark
from careapp.sos.views import Emergency


def emergency_of(country: str) -> Emergency:
    return Emergency("112", "tel:112", mark("Emergency services"))
