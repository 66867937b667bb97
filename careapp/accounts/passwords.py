"""Passwords: which are good enough, and how they are kept (argon2id).

Hashing is slow on purpose, so it happens before the write transaction: a new password is hashed while the command is
parsed, and a sign-in brings as proof the stored hash that its password was found to match.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from passlib.context import CryptContext
from pydantic import AfterValidator, Field
from sqlalchemy import select
from sqlmodel import col

from careapp.db import reading
from careapp.errors import Invalid
from careapp.models import Account
from careapp.said import Said, mark

SHORTEST, LONGEST = 10, 200
WRONG = mark("The e-mail address and the password do not fit together.")
# OWASP's parameters for argon2id: 19 MiB, twice, one lane.
_context = CryptContext(
    schemes=["argon2"], argon2__type="ID", argon2__memory_cost=19456, argon2__time_cost=2, argon2__parallelism=1
)


@dataclass(frozen=True)
class Proof:
    """The stored hash that a password matched, and its renewal where the stored one is of older parameters."""

    stored: str
    renewed: str = ""


def prove(email: str, password: str) -> Proof:
    """Raise Invalid unless the account has this password. Takes as long for an address that nobody has."""
    with reading() as session:
        stored = session.scalar(select(col(Account.password_hash)).where(col(Account.email) == email))
    if not matches(password, stored):
        raise Invalid(WRONG)
    return Proof(stored or "", hashed(password) if _context.needs_update(stored or "") else "")


def matches(password: str, stored: str | None) -> bool:
    """Without a stored hash this takes as long, and is False."""
    return bool(_context.verify(_composed(password[:LONGEST]), stored))


def hashed(password: str) -> str:
    return str(_context.hash(_composed(password)))


def _new(password: str) -> str:
    """The hash of a password that is good enough, for a command to carry."""
    password = _composed(password)
    if len(password) < SHORTEST:
        raise ValueError(Said("Please use at least {min} characters.", min=SHORTEST))
    if password.casefold() in _common():
        raise ValueError(Said("Many people use this password, so it is easy to guess. Please choose another."))
    return hashed(password)


Password = Annotated[str, Field(min_length=1, max_length=LONGEST)]
NewPassword = Annotated[str, Field(max_length=LONGEST), AfterValidator(_new)]


def _composed(password: str) -> str:
    """One spelling for what looks the same on different keyboards."""
    return unicodedata.normalize("NFKC", password)


@cache
def _common() -> frozenset[str]:
    """Common passwords that are long enough to be chosen at all."""
    return frozenset((Path(__file__).parent / "common_passwords.txt").read_text().split())
