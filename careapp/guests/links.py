"""What a guest link is: its secret and its PIN, the request it leads to, and by which devices it was opened."""

import hmac
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, case, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from careapp.access import Right, Section, right_of_member
from careapp.clock import now
from careapp.models import GuestLink, HelpRequest, Member, Site
from careapp.secret import id_in, link_secret, signature
from careapp.settings import settings

PATH = "/guest"
PIN_DIGITS = 6


@dataclass(frozen=True)
class Door:
    """A guest link that was not taken back, with its request. `asker` is whom guests see and may call: whoever asked,
    or, where they have left, whoever made the link."""

    link: GuestLink
    request: HelpRequest
    asker: Member

    @property
    def is_open(self) -> bool:
        """Whether anybody new may come in."""
        return self.link.expires_at > now() and self.request.closed_at is None


def secret_of(link: GuestLink) -> str:
    return link_secret("guest link", link.id, link.nonce)


def address_of(link: GuestLink) -> str:
    return f"{settings().public_url}{PATH}?link={secret_of(link)}"


def pin_of(link: GuestLink) -> str:
    """Derived from the installation's secret key: it stands nowhere, and what was guessed is compared with this."""
    return f"{int(signature('guest pin', link.id, link.nonce), 16) % 10**PIN_DIGITS:0{PIN_DIGITS}}"


def key_of(link: GuestLink, guest_id: str) -> str:
    """What a device keeps that had the PIN right."""
    return link_secret(f"guest of {link.id}", guest_id, link.nonce)


def guest_in(link: GuestLink, key: str) -> str:
    """Who the device with this key is; empty where it is none of ours."""
    guest_id = id_in(key)
    return guest_id if guest_id and hmac.compare_digest(key_of(link, guest_id), key) else ""


def find_door(session: Session, secret: str) -> Door | None:
    """Where the link with this secret leads; None when that is nowhere, whatever the reason."""
    row: Any = session.execute(_leading().where(col(GuestLink.id) == id_in(secret))).first()
    if row is None or not hmac.compare_digest(secret_of(row[0]), secret):
        return None
    link, request, author, maker = row
    return Door(link, request, maker if author.left_at else author)


def _leading() -> Select[*tuple[Any, ...]]:
    """Links that were not taken back, of sites that are there, by somebody who could still make them."""
    author = aliased(Member)
    right = case((col(HelpRequest.author_id) == col(Member.id), int(Right.TAKE_PART)), else_=int(Right.MANAGE))
    return (
        select(GuestLink, HelpRequest, author, Member)
        .join(Site, and_(col(Site.id) == col(GuestLink.site_id), col(Site.deleted_at).is_(None)))
        .join(HelpRequest, col(HelpRequest.id) == col(GuestLink.request_id))
        .join(author, col(author.id) == col(HelpRequest.author_id))
        .join(Member, col(Member.id) == col(GuestLink.created_by_id))
        .where(col(GuestLink.revoked_at).is_(None), col(Member.left_at).is_(None))
        .where(right_of_member(Section.SCHEDULE) >= right)
    )
