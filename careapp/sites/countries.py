"""Countries, by their two letters (ISO 3166-1), with names in the reader's language."""

from functools import cache

from babel import Locale
from babel.core import get_global

_NO_COUNTRY = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}


@cache
def country_names(language: str) -> dict[str, str]:
    """Code and name of every country, in the order of the names."""
    named = {str(code): str(name) for code, name in Locale.parse(language).territories.items()}
    codes = [code for code in named if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY]
    return {code: named[code] for code in sorted(codes, key=named.__getitem__)}


def country_of_zone(zone: str) -> str:
    """Where a time zone lies; empty where it is of no country."""
    name = get_global("zone_aliases").get(zone, zone)
    country = get_global("zone_territories").get(name, "")
    return country if is_country(country) else ""


def is_country(code: str) -> bool:
    return code in country_names("en")
