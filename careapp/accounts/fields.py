"""What people fill in about themselves."""

import re
import unicodedata
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field

from careapp.catalogue import DEFAULT, LANGUAGES
from careapp.operation import Line
from careapp.said import Said

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]\\]{1,64}@[^@\s<>,;:\"()\[\]\\]{1,189}\.[^@\s<>,;:\"()\[\]\\.]{2,}")


def normal_email(written: str) -> str:
    """The one form in which an address is stored and looked up."""
    return unicodedata.normalize("NFKC", written).strip().casefold()


def is_email(address: str) -> bool:
    return bool(_EMAIL.fullmatch(address)) and address.isprintable()


def _email(written: str) -> str:
    email = normal_email(written)
    if not is_email(email):
        raise ValueError(Said("This does not look like an e-mail address."))
    return email


def _email_if_any(written: str) -> str:
    return _email(written) if written.strip() else ""


def _language(code: str) -> str:
    return code if code in LANGUAGES else DEFAULT


def _time_zone(name: str) -> str:
    """Empty when the browser names a zone that this machine does not know."""
    return name if name in available_timezones() else ""


Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]
OptionalEmail = Annotated[str, Field(max_length=254), AfterValidator(_email_if_any)]
Name = Annotated[Line, Field(min_length=1, max_length=80)]
Language = Annotated[str, Field(max_length=10), AfterValidator(_language)]
TimeZone = Annotated[str, Field(max_length=64), AfterValidator(_time_zone)]
Device = Annotated[Line, Field(max_length=120)]
