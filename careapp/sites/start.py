"""Starting a site."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlmodel import Session

from careapp.access import Actor, Role, Who
from careapp.errors import Conflict
from careapp.ids import new_id
from careapp.models import PersonProfile, Privacy, Site
from careapp.notify.announce import announce
from careapp.operation import Command, Id, Line, Params, operation, query
from careapp.settings import settings
from careapp.sites.addresses import checked_address, is_free, move, suggested_address
from careapp.sites.countries import country_of_zone
from careapp.sites.fields import Name, OptionalName
from careapp.sites.phone import Phone
from careapp.sites.seats import as_member, place_of, seat


class StartSite(Command):
    """`site_id` is the client's, so that the step may be sent again. `name` and `address` may be left to us.
    `relation` and `phone` are those of whoever starts the site."""

    site_id: Id | None = None
    person_name: Name
    called: OptionalName = ""
    name: OptionalName = ""
    address: Annotated[Line, Field(max_length=80)] = ""
    privacy: Privacy = Privacy.INVITED
    relation: OptionalName = ""
    phone: Phone = ""


@dataclass(frozen=True)
class StartedSite:
    site: str
    site_id: str
    member_id: str


@operation(says="started the site")
def start_site(session: Session, actor: Actor, command: StartSite) -> StartedSite:
    """Make a site whose starter is its coordinator and point of contact.

    Safe to repeat: the same id by the same coordinator is the same site, with what was said last.
    """
    begun = session.get(Site, command.site_id) if command.site_id else None
    site, starter = _again(session, actor, begun) if begun else _anew(session, actor, command)
    _write_down(session, site, starter, command)
    announce(session, starter, about=site.id)
    return StartedSite(site.address, site.id, starter.member_id)


class SuggestAddress(Params):
    person_name: str = ""
    called: str = ""
    address: str = ""


@dataclass(frozen=True)
class AddressSuggestion:
    """`address` is free, and is what was wished for unless `is_other`. `starts_with` stands before it."""

    address: str = ""
    starts_with: str = ""
    is_other: bool = False


@query(who=Who.SIGNED_IN)
def suggest_address(session: Session, actor: Actor, params: SuggestAddress) -> AddressSuggestion:
    """A free address for a site: the one wished for, or one made of the person's names."""
    wished = params.address.strip().lower()
    address = suggested_address(session, wished, params.called, params.person_name)
    is_other = bool(wished) and address != wished and not is_free(session, wished)
    return AddressSuggestion(address, f"{settings().public_url}/s/", is_other)


def _anew(session: Session, actor: Actor, command: StartSite) -> tuple[Site, Actor]:
    site = Site(
        id=command.site_id or new_id(),
        address=_address(session, command),
        name=_site_name(command),
        country=country_of_zone(actor.time_zone) or settings().country,
    )
    session.add(site)
    session.flush()
    session.add(PersonProfile(site_id=site.id, name=command.person_name))
    return site, seat(session, actor, site, Role.COORDINATOR)


def _again(session: Session, actor: Actor, site: Site) -> tuple[Site, Actor]:
    member = place_of(session, site.id, actor.account_id)
    if site.deleted_at or member is None or member.left_at or member.role != Role.COORDINATOR:
        raise Conflict("Please begin again: this site could not be started.")
    return site, as_member(session, actor, site, member)


def _write_down(session: Session, site: Site, starter: Actor, command: StartSite) -> None:
    site.name, site.privacy = _site_name(command), command.privacy
    if command.address:
        move(session, site, checked_address(session, command.address, site.id))
    profile = session.get_one(PersonProfile, site.id)
    profile.name, profile.called = command.person_name, command.called
    member = place_of(session, site.id, starter.account_id)
    if member:
        member.is_contact = True
        member.relation, member.phone = command.relation or member.relation, command.phone or member.phone


def _address(session: Session, command: StartSite) -> str:
    if command.address:
        return checked_address(session, command.address)
    return suggested_address(session, command.called, command.person_name)


def _site_name(command: StartSite) -> str:
    return command.name or command.called or command.person_name
