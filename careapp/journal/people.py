"""The members who can be named in an update: with @, or as its readers."""

from collections.abc import Collection

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.journal.mentions import spellings
from careapp.journal.views import PersonChoice
from careapp.models import Member
from careapp.sites.frame import face_of, photo_of

MOST = 300


def people_to_name(session: Session, actor: Actor, chosen: Collection[str] = ()) -> tuple[PersonChoice, ...]:
    """Everyone else on the site, for those who may see its people."""
    if not actor.member_id or not actor.may(Section.PEOPLE, Right.SEE):
        return ()
    statement = (
        select(Member, photo_of(Member.photo_media_id))
        .where(col(Member.site_id) == actor.site_id, col(Member.left_at).is_(None), col(Member.id) != actor.member_id)
        .order_by(col(Member.name), col(Member.id))
        .limit(MOST)
    )
    return tuple(
        PersonChoice(
            member_id=member.id,
            face=face_of(member.id, member.name, photo),
            relation=member.relation,
            mention=next(iter(spellings(member.name)), ""),
            is_chosen=member.id in chosen,
        )
        for member, photo in session.execute(statement)
    )
