"""Sessions: one sign-in on one device, begun and ended."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import Session, col

from careapp.access import token_hash
from careapp.clock import now
from careapp.ids import new_token
from careapp.models import Account, SignIn
from careapp.notify.announce import touch_sites
from careapp.notify.devices import forget_signed_out


@dataclass(frozen=True)
class SignedIn:
    """`token` goes into the cookie and nowhere else. By `who` a device knows whose unsent words it keeps."""

    token: str
    who: str
    language: str
    time_zone: str


def begin(session: Session, account: Account, device: str, time_zone: str = "") -> SignedIn:
    """`time_zone` is the device's, for an account that has none yet."""
    token = new_token()
    account.time_zone = account.time_zone or time_zone
    session.add(SignIn(token_hash=token_hash(token), account_id=account.id, device=device))
    return SignedIn(token, account.id, account.language, account.time_zone)


def end(session: Session, account_id: str, *, only: str = "", but: str = "") -> None:
    """End the account's sign-ins: one, all but one, or all. Their open pages close at once, and their devices are sent
    nothing more. Safe to repeat."""
    mine = update(SignIn).where(col(SignIn.account_id) == account_id, col(SignIn.ended_at).is_(None))
    if only:
        mine = mine.where(col(SignIn.id) == only)
    if but:
        mine = mine.where(col(SignIn.id) != but)
    ended = session.execute(mine.values(ended_at=now()).returning(col(SignIn.id))).scalars().all()
    forget_signed_out(session, ended)
    touch_sites(session, account_id)
