"""Phone numbers, kept as people write them and dialled as phones want them."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from careapp.operation import Line
from careapp.said import Said

_WRITTEN = re.compile(r"\+?[0-9 ()./\-\u2010-\u2013]{3,40}")


def _phone(value: str) -> str:
    if value and not is_phone(value):
        raise ValueError(Said("This does not look like a phone number."))
    return value


Phone = Annotated[Line, Field(max_length=40), AfterValidator(_phone)]


def is_phone(value: str) -> bool:
    return bool(_WRITTEN.fullmatch(value)) and len(dialable(value)) >= 3


def dialable(phone: str) -> str:
    """The number for a tel: or sms: address: digits, and a leading plus."""
    digits = re.sub(r"[^0-9]", "", phone)
    return f"+{digits}" if phone.startswith("+") else digits
