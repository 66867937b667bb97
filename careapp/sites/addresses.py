"""A site's address: the word people type and read aloud, `/s/<address>`."""

import re
import secrets
import unicodedata
from itertools import chain, count

from sqlalchemy import delete, select
from sqlmodel import Session, col

from careapp.errors import Invalid
from careapp.ids import is_id
from careapp.models import FormerAddress, Site
from careapp.said import Said

LONGEST = 40
_FORM = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")
_NOT_FOR_PEOPLE = {"admin", "api", "careapp", "help", "join", "new", "security", "site", "start", "support", "www"}


def checked_address(session: Session, wanted: str, site_id: str = "") -> str:
    """The address as it is stored. Raises Invalid with words for the field `address`; a site may have back its own.

    A taken address and one kept back get the same words, so that they do not tell which private sites exist.
    """
    address = wanted.strip().lower()
    if not _FORM.fullmatch(address) or is_id(address):
        raise Invalid(fields={"address": Said("Use 3 to 40 letters a to z, digits and dashes.")})
    if not is_free(session, address, site_id):
        free = suggested_address(session, address)
        raise Invalid(fields={"address": Said("This address is not free. How about {address}?", address=free)})
    return address


def move(session: Session, site: Site, address: str) -> None:
    """Give the site another address; the old one keeps leading to it."""
    if address == site.address:
        return
    session.execute(delete(FormerAddress).where(col(FormerAddress.address) == address))
    session.add(FormerAddress(address=site.address, site_id=site.id))
    site.address = address


def is_free(session: Session, address: str, site_id: str = "") -> bool:
    """Whether a site may have this address. A deleted site keeps its own until it is erased."""
    return address not in _NOT_FOR_PEOPLE and _taken(session, address).get(address, site_id) == site_id


def suggested_address(session: Session, *names: str) -> str:
    """A free address made of the first name that can be written in it, with a number when it is taken."""
    stem = next((slug for name in names if (slug := _slug(name))), "") or f"care-{secrets.token_hex(3)}"
    taken = _taken(session, stem).keys() | _NOT_FOR_PEOPLE
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(address for address in chain([stem], numbered) if address not in taken)


def _taken(session: Session, stem: str) -> dict[str, str]:
    """Every address, present or former, that starts with the stem, and whose it is."""
    present = select(col(Site.address), col(Site.id)).where(col(Site.address).startswith(stem))
    former = select(col(FormerAddress.address), col(FormerAddress.site_id)).where(
        col(FormerAddress.address).startswith(stem)
    )
    return {row.address: row.id for row in session.execute(present.union_all(former))}


def _slug(name: str) -> str:
    """Small letters a to z, digits and single dashes; empty when too little of the name is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST - 8].strip("-")
    return slug if len(slug) >= 3 else ""
