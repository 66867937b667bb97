"""A site's address: the word people type and read aloud, `/s/<address>`."""

import re
import secrets
import unicodedata

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.errors import Invalid
from careapp.ids import is_id
from careapp.models import Site
from careapp.said import Said

LONGEST = 40
_FORM = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")
_NOT_FOR_PEOPLE = {"admin", "api", "careapp", "help", "join", "new", "security", "site", "start", "support", "www"}


def checked_address(session: Session, wanted: str, own: str = "") -> str:
    """The address as it is stored. Raises Invalid with words for the field `address`; `own` is the site's present one.

    A taken address and one kept back get the same words, so that they do not tell which private sites exist.
    """
    address = wanted.strip().lower()
    if not _FORM.fullmatch(address) or is_id(address):
        raise Invalid(fields={"address": Said("Use 3 to 40 letters a to z, digits and dashes.")})
    if address != own and not is_free(session, address):
        free = suggested_address(session, address)
        raise Invalid(fields={"address": Said("This address is not free. How about {address}?", address=free)})
    return address


def is_free(session: Session, address: str) -> bool:
    """Whether a site may have this address. A deleted site keeps its own until it is erased."""
    if address in _NOT_FOR_PEOPLE:
        return False
    return session.execute(select(col(Site.id)).where(col(Site.address) == address)).first() is None


def suggested_address(session: Session, *names: str) -> str:
    """A free address made of the first name that can be written in it, with a number when it is taken."""
    stem = next((slug for name in names if (slug := _slug(name))), "") or f"care-{secrets.token_hex(3)}"
    taken = set(session.execute(select(col(Site.address)).where(col(Site.address).startswith(stem))).scalars())
    number = 1
    address = stem
    while address in taken | _NOT_FOR_PEOPLE:
        number += 1
        address = f"{stem}-{number}"
    return address


def _slug(name: str) -> str:
    """Small letters a to z, digits and single dashes; empty when too little of the name is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST - 8].strip("-")
    return slug if len(slug) >= 3 else ""
