"""What people fill in about a site and its people, and how long it may be."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field
from sqlmodel import Session

from careapp.access import MEMBER_ROLES, Actor, Role, access_media
from careapp.errors import Invalid, NotFound
from careapp.ids import is_id
from careapp.models.media import MediaKind
from careapp.operation import Line
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


def _id_or_empty(value: str) -> str:
    if value and not is_id(value):
        raise ValueError("not an id")
    return value


def _membership(role: Role) -> Role:
    if role not in MEMBER_ROLES:
        raise ValueError(Said("This cannot be used here."))
    return role


MemberRole = Annotated[Role, AfterValidator(_membership)]
IdOrEmpty = Annotated[str, Field(max_length=36), AfterValidator(_id_or_empty)]


def own_photo(session: Session, actor: Actor, wanted: str, present: str | None, name: str) -> str | None:
    """A photo to show where many look: one's own, or the one that is there; empty for none. Showing another's photo
    could show it to people it was not meant for. `name` is the field's."""
    if not wanted:
        return None
    if wanted == present:
        return present
    try:
        photo = access_media(session, actor, wanted)
    except NotFound:
        photo = None
    if photo is None or photo.uploader_id != actor.member_id or photo.kind != MediaKind.PHOTO:
        raise Invalid(fields={name: Said("Please choose a photo of your own.")})
    return wanted
