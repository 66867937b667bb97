"""How a guest can be reached: a phone number or an e-mail address, as they wrote it."""

from typing import Annotated
from urllib.parse import quote

from pydantic import AfterValidator, Field

from careapp.accounts.fields import is_email
from careapp.operation import Line
from careapp.said import Said
from careapp.sites.phone import dialable, is_phone


def _contact(value: str) -> str:
    if not (is_phone(value) or is_email(value)):
        raise ValueError(Said("Please write a phone number or an e-mail address."))
    return value


Contact = Annotated[Line, Field(max_length=200), AfterValidator(_contact)]


def contact_href(contact: str) -> str:
    """What calls or writes to them."""
    return f"mailto:{quote(contact, safe='@+')}" if "@" in contact else f"tel:{dialable(contact)}"
