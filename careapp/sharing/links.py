"""What a shared link is: its secret, how long it holds, and who may make one."""

import hmac
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, right_of_member
from careapp.clock import now
from careapp.errors import NotAllowed
from careapp.models import Audience, Media, Member, SharedLink, Site, Update, UpdateMedia
from careapp.models.media import MediaState
from careapp.secret import id_in, link_secret
from careapp.settings import settings

# Forms of address say nothing without the name that follows.
TITLES = frozenset(("dr", "dra", "prof", "profa", "mr", "mrs", "ms", "miss", "sr", "sra", "sister", "father"))

Row = tuple[SharedLink, Update, str, str]


def secret_of(link: SharedLink) -> str:
    return link_secret("shared link", link.id, link.nonce)


def address_of(link: SharedLink) -> str:
    return f"{settings().public_url}/shared?link={secret_of(link)}"


def find_shared(session: Session, secret: str) -> Row | None:
    """The link with this secret, its update, and the names of the update's author and of who made the link; None when
    it shows nothing, whatever the reason."""
    row: Any = session.execute(holding().where(col(SharedLink.id) == id_in(secret))).first()
    return row if row and hmac.compare_digest(secret_of(row[0]), secret) else None


def holding() -> Select[*tuple[Any, ...]]:
    """The links that show something at this moment, as the rows of `find_shared`: not run out or taken back, by
    somebody who could still make them, and of something that is there and meant for the same people as it was then."""
    statement = _with_names().where(
        col(SharedLink.revoked_at).is_(None), col(SharedLink.expires_at) > now(), col(Member.left_at).is_(None)
    )
    return statement.where(_may_still(), _is_there())


@cache
def _with_names() -> Select[*tuple[Any, ...]]:
    author = aliased(Member)
    return (
        select(SharedLink, Update, col(author.name), col(Member.name))
        .join(Site, and_(col(Site.id) == col(SharedLink.site_id), col(Site.deleted_at).is_(None)))
        .join(Update, and_(col(Update.id) == col(SharedLink.update_id), col(Update.site_id) == col(Site.id)))
        .join(author, col(author.id) == col(Update.author_id))
        .join(Member, col(Member.id) == col(SharedLink.created_by_id))
    )


def _may_still() -> ColumnElement[bool]:
    """What `may_share` asks of an actor, of the member who made the link."""
    is_author = col(Update.author_id) == col(Member.id)
    right = case((is_author, int(Right.TAKE_PART)), else_=int(Right.MANAGE))
    return and_(right_of_member(Section.JOURNAL) >= right, or_(is_author, col(Update.audience) == Audience.EVERYONE))


def _is_there() -> ColumnElement[bool]:
    stands = exists().where(
        col(UpdateMedia.update_id) == col(Update.id),
        col(UpdateMedia.media_id) == col(SharedLink.media_id),
        col(Media.id) == col(SharedLink.media_id),
        col(Media.state) == MediaState.READY,
        col(Media.deleted_at).is_(None),
    )
    return and_(
        col(Update.published_at).is_not(None),
        col(Update.deleted_at).is_(None),
        or_(*(and_(col(Update.audience) == each, col(SharedLink.audience) == each.value) for each in Audience)),
        or_(col(SharedLink.media_id).is_(None), stands),
    )


def may_share(actor: Actor, update: Update) -> bool:
    """Its author may, and who manages the journal what is for everyone there; nobody a draft."""
    if update.published_at is None or not actor.member_id:
        return False
    if update.author_id == actor.member_id:
        return actor.may(Section.JOURNAL, Right.TAKE_PART)
    return update.audience == Audience.EVERYONE and actor.may(Section.JOURNAL, Right.MANAGE)


def require_may_share(actor: Actor, update: Update) -> None:
    if may_share(actor, update):
        return
    if update.published_at is None:
        raise NotAllowed("Only what is posted can be shared.")
    raise NotAllowed("Only who wrote this can share it outside the site.")


def first_name(name: str) -> str:
    """How someone is called before people who may not know them: "Maya" of "Maya Lind", but all of "Dr Cole"."""
    first, *others = name.split() or [""]
    return name if others and first.rstrip(".").casefold() in TITLES else first
