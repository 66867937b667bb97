"""The secret address under which a member's own calendar follows the site."""

import hmac

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.models import CalendarFeed
from careapp.secret import id_in, link_secret
from careapp.settings import settings


def secret_of(feed: CalendarFeed) -> str:
    return link_secret("calendar feed", feed.id, feed.nonce)


def address_of(feed: CalendarFeed) -> str:
    return f"{settings().public_url}/api/feeds/{secret_of(feed)}.ics"


def webcal_of(feed: CalendarFeed) -> str:
    """The same address in the form that opens a phone's calendar."""
    return f"webcal://{address_of(feed).partition('://')[2]}"


def find_feed(session: Session, secret: str) -> CalendarFeed | None:
    """The feed with this secret; None when there is none, or it was taken back."""
    statement = select(CalendarFeed).where(
        col(CalendarFeed.id) == id_in(secret), col(CalendarFeed.revoked_at).is_(None)
    )
    feed: CalendarFeed | None = session.execute(statement).scalar_one_or_none()
    return feed if feed and hmac.compare_digest(secret_of(feed), secret) else None
