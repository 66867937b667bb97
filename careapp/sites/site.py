"""Making a site one's own, and ending it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field
from sqlmodel import Session

from careapp.access import Actor, Right, Role, Section, access_profile, lock_site
from careapp.clock import now
from careapp.errors import Invalid, NotFound
from careapp.ids import new_token
from careapp.jobs import enqueue
from careapp.models import PersonProfile, Privacy, Site
from careapp.notify.announce import announce, touch_sites_of_members
from careapp.operation import Command, Id, Line, Text, operation
from careapp.said import Said
from careapp.settings import settings
from careapp.sites.addresses import checked_address, move
from careapp.sites.countries import is_country
from careapp.sites.fields import COLOURS, IdOrEmpty, Name, OptionalName, own_photo
from careapp.sites.seats import as_member, place_of


def _colour(value: str) -> str:
    if value not in COLOURS:
        raise ValueError(Said("Please choose one of the colours."))
    return value


def _country(value: str) -> str:
    if not is_country(value):
        raise ValueError(Said("Please choose a country."))
    return value


class EditSite(Command):
    """What is None stays as it is. An empty `cover_media_id` takes the photo away."""

    name: Name | None = None
    address: Annotated[Line, Field(max_length=80)] | None = None
    colour: Annotated[str, AfterValidator(_colour)] | None = None
    cover_media_id: IdOrEmpty | None = None
    country: Annotated[str, AfterValidator(_country)] | None = None


@dataclass(frozen=True)
class SiteAddress:
    site: str


@operation(section=Section.SITE, right=Right.WRITE, says="changed the site")
def edit_site(session: Session, actor: Actor, command: EditSite) -> SiteAddress:
    """Change name, address, colour, cover photo or country. The old address still leads here."""
    site = lock_site(session, actor)
    for name, value in command.model_dump(exclude_none=True, include={"name", "colour", "country"}).items():
        setattr(site, name, value)
    if command.address is not None:
        move(session, site, checked_address(session, command.address, site.id))
    if command.cover_media_id is not None:
        site.cover_media_id = own_photo(session, actor, command.cover_media_id, site.cover_media_id, "cover_media_id")
    touch_sites_of_members(session, site.id)
    announce(session, actor, about=site.id)
    return SiteAddress(site.address)


class SetPrivacy(Command):
    privacy: Privacy


@operation(section=Section.SITE, right=Right.MANAGE, says="changed who may visit")
def set_privacy(session: Session, actor: Actor, command: SetPrivacy) -> None:
    """Choose who may visit. A link that was once closed stays closed: opening again makes a new one."""
    site = lock_site(session, actor)
    if site.privacy == command.privacy:
        return
    site.privacy, site.link_nonce = command.privacy, new_token()
    announce(session, actor, about=site.id)


class EditProfile(Command):
    """What is None stays as it is. An empty `photo_media_id` or `born_on` takes it away."""

    name: Name | None = None
    called: OptionalName | None = None
    born_on: Line | None = None
    photo_media_id: IdOrEmpty | None = None
    about: Text | None = Field(default=None, max_length=2000)
    language: Line | None = Field(default=None, max_length=200)
    food: Text | None = Field(default=None, max_length=1000)
    faith: Text | None = Field(default=None, max_length=1000)
    comforts: Text | None = Field(default=None, max_length=1000)
    dislikes: Text | None = Field(default=None, max_length=1000)


@operation(section=Section.PROFILE, right=Right.WRITE, says="changed the profile")
def edit_profile(session: Session, actor: Actor, command: EditProfile) -> None:
    """Say who the person is, and what they like."""
    profile = access_profile(session, actor)
    shown = _shown_elsewhere(profile)
    said = command.model_dump(exclude_none=True, exclude={"photo_media_id", "born_on"})
    for name, value in said.items():
        setattr(profile, name, value)
    if command.born_on is not None:
        profile.born_on = _birthday(command.born_on)
    if command.photo_media_id is not None:
        wanted, present = command.photo_media_id, profile.photo_media_id
        profile.photo_media_id = own_photo(session, actor, wanted, present, "photo_media_id")
    if _shown_elsewhere(profile) != shown:
        touch_sites_of_members(session, actor.site_id)
    announce(session, actor, about=actor.site_id)


class DeleteSite(Command):
    """`name` is the site's name, typed again."""

    name: str = Field(max_length=200)


@dataclass(frozen=True)
class DeletedSite:
    restore_days: int


@operation(section=Section.SITE, right=Right.MANAGE, says="deleted the site")
def delete_site(session: Session, actor: Actor, command: DeleteSite) -> DeletedSite:
    """Hide the site from everyone at once; a coordinator can bring it back until it is erased."""
    site = lock_site(session, actor)
    if " ".join(command.name.split()).casefold() != site.name.casefold():
        raise Invalid(fields={"name": Said("This is not the name. Please type {name}.", name=site.name)})
    site.deleted_at = now()
    touch_sites_of_members(session, site.id)
    enqueue(session, "sites.erase_site", {"site_id": site.id}, run_at=now() + restore_time())
    announce(session, actor, about=site.id)
    return DeletedSite(settings().restore_days)


class RestoreSite(Command):
    site_id: Id


@operation(says="brought the site back")
def restore_site(session: Session, actor: Actor, command: RestoreSite) -> SiteAddress:
    """Undo a deletion that has not become an erasure. For its coordinators; to others it never was there."""
    site = session.get(Site, command.site_id, with_for_update=True)
    member = place_of(session, command.site_id, actor.account_id)
    if (
        site is None
        or member is None
        or member.left_at
        or member.role != Role.COORDINATOR
        or is_past_restoring(site.deleted_at)
    ):
        raise NotFound
    site.deleted_at = None
    session.flush()
    touch_sites_of_members(session, site.id)
    announce(session, as_member(session, actor, site, member), about=site.id)
    return SiteAddress(site.address)


def restore_time() -> timedelta:
    return timedelta(days=settings().restore_days)


def is_past_restoring(deleted_at: datetime | None) -> bool:
    return bool(deleted_at and deleted_at + restore_time() <= now())


def _shown_elsewhere(profile: PersonProfile) -> tuple[str | None, ...]:
    return profile.name, profile.called, profile.photo_media_id


def _birthday(written: str) -> date | None:
    """The day written as 1946-02-03, None when nothing is."""
    if not written:
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = date.min
    if day.year < 1890 or day > now().date() + timedelta(days=1):
        raise Invalid(fields={"born_on": Said("Please check the date of birth.")})
    return day
