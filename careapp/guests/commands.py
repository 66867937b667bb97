"""What can be asked about guests, with the limits of each field."""

from typing import Annotated, Literal

from pydantic import Field

from careapp.accounts.fields import Name
from careapp.helping.commands import Note
from careapp.helping.contacts import Contact
from careapp.operation import Command, Id, Text


class MakeGuestLink(Command):
    """`days`: how long somebody new may come in by it."""

    request_id: Id
    days: Literal[2, 14, 60] = 14


class OneGuestLink(Command):
    link_id: Id


class EnterPin(Command):
    """`link` is the secret of the address."""

    link: str
    pin: Annotated[str, Field(max_length=20)]


class AsGuest(Command):
    """`key` is what the device keeps since it had the PIN right."""

    link: str
    key: str


class TakeAsGuest(AsGuest):
    slot_id: Id
    name: Name
    contact: Contact


class ReleaseAsGuest(AsGuest):
    """`why` is needed when it is near."""

    why: Note = ""


class WriteAsGuest(AsGuest):
    name: Name
    contact: Contact
    words: Annotated[Text, Field(min_length=1, max_length=1000)]
