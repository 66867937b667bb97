"""The number on the app's icon: what is new for someone since they last looked, on all their sites together."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select
from sqlmodel import Session, col

from careapp.clock import now
from careapp.models import Member, Notice


def badges(session: Session, account_ids: Collection[str]) -> Mapping[str, int]:
    """By account, the notices since they last looked at the site of each (`sites.mark_seen`), as a screen shows them:
    those with one tag count once, and those that came too late not at all. Who has none is left out."""
    since = func.coalesce(Member.seen_at, Member.joined_at)
    statement = (
        select(col(Notice.account_id), func.count(func.distinct(Notice.tag)))
        .join(Member, col(Member.id) == col(Notice.member_id))
        .where(col(Notice.account_id).in_(account_ids), col(Member.left_at).is_(None))
        .where(col(Notice.created_at) > since, col(Notice.expires_at) > now())
        .group_by(col(Notice.account_id))
    )
    return {row[0]: row[1] for row in session.execute(statement)}
