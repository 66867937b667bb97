"""What people fill in about a site and its people, and how long it may be."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from sqlmodel import Session

from careapp.access import MEMBER_ROLES, Actor, Role, access_media
from careapp.errors import Invalid, NotFound
from careapp.operation import Id, Line
from careapp.said import Said, mark

Name = Annotated[Line, Field(min_length=1, max_length=80)]
OptionalName = Annotated[Line, Field(max_length=80)]

COLOURS: Mapping[str, str] = {
    "teal": mark("Teal"),
    "ocean": mark("Ocean"),
    "moss": mark("Moss"),
    "plum": mark("Plum"),
    "berry": mark("Berry"),
    "clay": mark("Clay"),
    "honey": mark("Honey"),
    "slate": mark("Slate"),
}


def _membership(role: Role) -> Role:
    if role not in MEMBER_ROLES:
        raise ValueError(Said("This cannot be used here."))
    return role


def _none_if_empty(value: object) -> object:
    return None if value == "" else value


MemberRole = Annotated[Role, AfterValidator(_membership)]
PhotoId = Annotated[Id | None, BeforeValidator(_none_if_empty)]


def own_photo(session: Session, actor: Actor, wanted: str | None, present: str | None, name: str) -> str | None:
    """A photo to show where many look: one's own, or the one that is there. Showing another's photo could show it to
    people it was not meant for. `name` is the field's."""
    if wanted is None or wanted == present:
        return wanted
    try:
        photo = access_media(session, actor, wanted)
    except NotFound:
        photo = None
    if photo is None or photo.uploader_id != actor.member_id:
        raise Invalid(fields={name: Said("Please choose a photo of your own.")})
    return wanted
