"""What people do with shared links: make one, take it back, open it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, Who, access_shared_link, access_update
from careapp.clock import now
from careapp.errors import Conflict, NotFound
from careapp.models import Media, SharedLink, UpdateMedia
from careapp.models.media import MediaState
from careapp.notify.announce import announce
from careapp.operation import Command, Id, operation
from careapp.sharing.links import find_shared, require_may_share

MOST_OPEN = 200


class ShareByLink(Command):
    """`media_id` for one photo or video of the update alone. `days`: how long the link holds."""

    update_id: Id
    media_id: Id | None = None
    days: Literal[1, 7, 30] = 7
    previews_photo: bool = False


@dataclass(frozen=True)
class LinkMade:
    """The address is not here but in `sharing.share`: answers are stored, and secrets are not."""

    link_id: str


@operation(section=Section.JOURNAL, right=Right.TAKE_PART, says="shared an update by a link")
def share_by_link(session: Session, actor: Actor, command: ShareByLink) -> LinkMade:
    """Make a link by which anyone can see this update, or one photo of it, and nothing else.

    Raises NotAllowed but for the author, and for who manages the journal where the update is for everyone.
    """
    shared = access_update(session, actor, command.update_id)
    require_may_share(actor, shared)
    _require_photo(session, shared.id, command.media_id)
    _require_room(session, actor)
    link = SharedLink(
        site_id=actor.site_id,
        update_id=shared.id,
        media_id=command.media_id,
        created_by_id=actor.member_id,
        audience=shared.audience,
        previews_photo=command.previews_photo or command.media_id is not None,
        expires_at=now() + timedelta(days=command.days),
    )
    session.add(link)
    announce(session, actor, about=link.id)
    return LinkMade(link.id)


class RevokeLink(Command):
    link_id: Id


@operation(section=Section.JOURNAL, right=Right.TAKE_PART, says="took back a shared link")
def revoke_link(session: Session, actor: Actor, command: RevokeLink) -> None:
    """From now on the link shows nothing. Safe to repeat."""
    link = access_shared_link(session, actor, command.link_id)
    link.revoked_at = link.revoked_at or now()
    announce(session, actor, about=link.id)


class CountOpening(Command):
    link: str


@operation(who=Who.ANYONE, says="opened a shared link", is_remembered=False, is_at_door=False, is_recorded=False)
def count_opening(session: Session, actor: Actor, command: CountOpening) -> None:
    """Somebody has opened what the link shows."""
    found = find_shared(session, command.link)
    if found is None:
        raise NotFound
    mine = update(SharedLink).where(col(SharedLink.id) == found[0].id)
    session.execute(mine.values(opened=SharedLink.opened + 1))


def _require_photo(session: Session, update_id: str, media_id: str | None) -> None:
    if media_id is None:
        return
    stands = (
        select(col(Media.id))
        .join(UpdateMedia, col(UpdateMedia.media_id) == col(Media.id))
        .where(col(UpdateMedia.update_id) == update_id, col(Media.id) == media_id)
        .where(col(Media.state) == MediaState.READY, col(Media.deleted_at).is_(None))
    )
    if session.execute(stands).first() is None:
        raise NotFound


def _require_room(session: Session, actor: Actor) -> None:
    waiting = select(func.count()).where(
        col(SharedLink.site_id) == actor.site_id,
        col(SharedLink.revoked_at).is_(None),
        col(SharedLink.expires_at) > now(),
    )
    if session.execute(waiting).scalar_one() >= MOST_OPEN:
        raise Conflict("Many links of this site are open. Please take some back first.")
