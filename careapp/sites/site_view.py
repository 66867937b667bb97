"""The settings of a site, and the profile of the person it is for."""

from dataclasses import dataclass, field
from datetime import date

from babel.numbers import format_decimal
from sqlmodel import Session

from careapp.access import Actor, Right, Section, access_profile, access_site, visit_proof
from careapp.clock import now
from careapp.media.queries import bytes_taken
from careapp.models import Privacy, Site
from careapp.operation import Params, query
from careapp.said import mark
from careapp.settings import settings
from careapp.sites.countries import country_names
from careapp.sites.fields import COLOURS
from careapp.sites.frame import Frame, frame
from careapp.sites.pictures import Picture, present_picture
from careapp.sites.tables import Option

PRIVACY_WORDS = {
    Privacy.INVITED: mark("Only people I invite"),
    Privacy.ASK: mark("People who ask, and whom I let in"),
    Privacy.LINK: mark("Anyone with the link"),
}


@dataclass(frozen=True)
class SettingsView:
    """`link` is what people type or follow to come here; on an open site it carries the key that lets them in. How much
    of the site's room is `taken` and how much it has at `most`, as "4.2 GB", is for who can manage it."""

    frame: Frame = field(default_factory=Frame)
    name: str = ""
    address: str = ""
    starts_with: str = ""
    link: str = ""
    colour: str = ""
    colours: tuple[Option, ...] = ()
    cover: tuple[Picture, ...] = ()
    country: str = ""
    countries: tuple[Option, ...] = ()
    privacy: str = Privacy.INVITED.value
    privacy_words: str = ""
    privacies: tuple[Option, ...] = ()
    restore_days: int = 30
    taken: str = ""
    most: str = ""
    can_edit: bool = False
    can_manage: bool = False


@query(section=Section.SITE)
def site_settings(session: Session, actor: Actor, params: Params) -> SettingsView:
    site = access_site(session, actor)
    can_edit, can_manage = actor.may(Section.SITE, Right.WRITE), actor.may(Section.SITE, Right.MANAGE)
    countries = country_names(actor.language).items() if can_edit else ()
    return SettingsView(
        frame=frame(session, actor),
        name=site.name,
        address=site.address,
        starts_with=f"{settings().public_url}/s/",
        link=_link(site, can_manage),
        colour=site.colour,
        colours=tuple(Option(colour, words, colour == site.colour) for colour, words in COLOURS.items()),
        cover=present_picture(session, actor, site.cover_media_id) if can_edit else (),
        country=site.country,
        countries=tuple(Option(code, name, code == site.country) for code, name in countries),
        privacy=site.privacy,
        privacy_words=PRIVACY_WORDS[site.privacy],
        privacies=tuple(Option(one, words, one == site.privacy) for one, words in PRIVACY_WORDS.items()),
        restore_days=settings().restore_days,
        taken=_gigabytes(bytes_taken(session, site.id), actor.language) if can_manage else "",
        most=_gigabytes(settings().max_site_bytes, actor.language) if can_manage else "",
        can_edit=can_edit,
        can_manage=can_manage,
    )


@dataclass(frozen=True)
class ProfileView:
    """`born_on` is written as 1946-02-03, empty when unknown; `age` is in years, 0 when unknown."""

    frame: Frame = field(default_factory=Frame)
    name: str = ""
    called: str = ""
    born_on: str = ""
    age: int = 0
    photo: tuple[Picture, ...] = ()
    about: str = ""
    language: str = ""
    food: str = ""
    faith: str = ""
    comforts: str = ""
    dislikes: str = ""
    is_empty: bool = False
    can_edit: bool = False


@query(section=Section.PROFILE)
def profile(session: Session, actor: Actor, params: Params) -> ProfileView:
    found = access_profile(session, actor)
    can_edit = actor.may(Section.PROFILE, Right.WRITE)
    wishes = {name: getattr(found, name) for name in ("about", "language", "food", "faith", "comforts", "dislikes")}
    return ProfileView(
        frame=frame(session, actor),
        name=found.name,
        called=found.called,
        born_on=found.born_on.isoformat() if found.born_on else "",
        age=_age(found.born_on),
        photo=present_picture(session, actor, found.photo_media_id) if can_edit else (),
        is_empty=not any(wishes.values()),
        can_edit=can_edit,
        **wishes,
    )


def _link(site: Site, can_manage: bool) -> str:
    """The key of an open site lets anyone in who has it, so only those see it who may open and close the site."""
    address = f"{settings().public_url}/s/{site.address}"
    return f"{address}?key={visit_proof(site)}" if site.privacy == Privacy.LINK and can_manage else address


def _gigabytes(size: int, language: str) -> str:
    return f"{format_decimal(round(size / 1024**3, 1), locale=language)} GB"


def _age(born_on: date | None) -> int:
    if born_on is None:
        return 0
    today = now().date()
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return max(0, today.year - born_on.year - (not had_birthday))
