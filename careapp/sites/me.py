"""Oneself, as the others on the site see one."""

from dataclasses import dataclass, field

from sqlmodel import Session

from careapp.access import Actor, Who, access_member
from careapp.operation import Params, query
from careapp.sites.frame import Frame, frame
from careapp.sites.pictures import Picture, present_picture


@dataclass(frozen=True)
class Me:
    frame: Frame = field(default_factory=Frame)
    name: str = ""
    relation: str = ""
    phone: str = ""
    photo: tuple[Picture, ...] = ()


@query(who=Who.MEMBER)
def me(session: Session, actor: Actor, params: Params) -> Me:
    member = access_member(session, actor, actor.member_id)
    photo = present_picture(session, actor, member.photo_media_id)
    return Me(frame(session, actor), member.name, member.relation, member.phone, photo)
