"""The secret address under which a member's own calendar follows the site."""

import hmac

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.ids import is_id
from careapp.models import CalendarFeed
from careapp.secret import signature
from careapp.settings import settings

LONGEST_SECRET = 80


def secret_of(feed: CalendarFeed) -> str:
    """What the address carries. It is derived, so that it can be shown again without being stored."""
    return f"{feed.id}.{signature('calendar feed', feed.id, feed.nonce)}"


def address_of(feed: CalendarFeed) -> str:
    return f"{settings().public_url}/api/feeds/{secret_of(feed)}.ics"


def webcal_of(feed: CalendarFeed) -> str:
    """The same address in the form that opens a phone's calendar."""
    return f"webcal://{address_of(feed).partition('://')[2]}"


def find_feed(session: Session, secret: str) -> CalendarFeed | None:
    """The feed with this secret; None when there is none, or it was taken back."""
    feed_id = secret[:LONGEST_SECRET].partition(".")[0]
    if not is_id(feed_id) or not secret.isascii():
        return None
    statement = select(CalendarFeed).where(col(CalendarFeed.id) == feed_id, col(CalendarFeed.revoked_at).is_(None))
    feed: CalendarFeed | None = session.execute(statement).scalar_one_or_none()
    return feed if feed and hmac.compare_digest(secret_of(feed), secret) else None
