"""What the courier carries: due deliveries are claimed by lease, with everything needed to send them, and settled.

Whether someone may still be told is asked again here, at the last moment before it leaves the house.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, case, func, or_, select, update
from sqlmodel import Session, col

from careapp.access import Right, Section, right_of_member
from careapp.clock import now
from careapp.db import concerns
from careapp.models import (
    Account,
    Alert,
    Channel,
    Delivery,
    DeliveryState,
    Device,
    Kind,
    Member,
    Notice,
    NoticeChoice,
    NoticeSettings,
    SignIn,
    Site,
)
from careapp.models.columns import UtcDateTime
from careapp.notify.announce import stir
from careapp.notify.badge import badges

LEASE = timedelta(seconds=60)
SEEN_IN = {
    Section.JOURNAL: (Kind.UPDATES, Kind.COMMENTS),
    Section.MESSAGES: (Kind.MESSAGES,),
    Section.PEOPLE: (Kind.PEOPLE,),
    Section.SCHEDULE: (Kind.SCHEDULE, Kind.HELP, Kind.REMINDERS),
}
# As long as a notice is of use it is tried again; who dies of one again and again does not get it for ever.
MOST_ATTEMPTS = 90
NOW = bindparam("now", type_=UtcDateTime())


@dataclass(frozen=True)
class Parcel:
    """One delivery that this process alone may send until `leased_until`. `row` has everything about it."""

    id: str
    fence: int
    attempts: int
    row: Row[Any]
    badge: int = 0

    @property
    def expires_at(self) -> datetime:
        at: datetime = self.row.expires_at
        return at


def claim(session: Session, channels: Collection[Channel], room: int, kept_for_urgent: int = 0) -> list[Parcel]:
    """Lease what is due, urgent first, at most `room`; of its places the last `kept_for_urgent` only to the urgent.
    What may no longer be sent is dropped."""
    due = _due(tuple(channels), room <= kept_for_urgent)
    rows = session.execute(due, {"now": now(), "room": room}).all()
    concerns(session, *(row.site_id for row in rows))
    _drop(session, [row for row in rows if row.why_not or row.attempts >= MOST_ATTEMPTS])
    sound = [row for row in rows if not row.why_not and row.attempts < MOST_ATTEMPTS]
    taken = _with_places_left(sound, room - kept_for_urgent)
    if taken:
        leased = {"state": DeliveryState.LEASED, "leased_until": now() + LEASE, "fence": Delivery.fence + 1}
        mine = update(Delivery).where(col(Delivery.id).in_([row.id for row in taken]))
        session.execute(mine.values(**leased, attempts=Delivery.attempts + 1), execution_options=_UNSEEN)
    shown = badges(session, {row.account_id for row in taken if row.channel == Channel.PUSH}) if taken else {}
    return [Parcel(row.id, row.fence + 1, row.attempts + 1, row, shown.get(row.account_id, 0)) for row in taken]


def next_due(session: Session, channels: Collection[Channel]) -> datetime | None:
    """When the next one falls due, or a lease runs out."""
    at = case((col(Delivery.state) == DeliveryState.LEASED, col(Delivery.leased_until)), else_=col(Delivery.run_at))
    found: datetime | None = session.execute(
        select(func.min(at)).where(col(Delivery.state).in_(_ON_THE_WAY), col(Delivery.channel).in_(channels))
    ).scalar_one()
    return found


_ON_THE_WAY = (DeliveryState.WAITING, DeliveryState.LEASED)
_UNSEEN: Any = {"synchronize_session": False}


def _with_places_left(rows: Sequence[Row[Any]], for_all: int) -> list[Row[Any]]:
    """The urgent, which come first, and of the others as many as places are left to them."""
    return [row for place, row in enumerate(rows) if row.is_urgent or place < for_all]


def _drop(session: Session, rows: Sequence[Row[Any]]) -> None:
    if not rows:
        return
    ended = update(Delivery).where(col(Delivery.id) == bindparam("delivery"))
    told = [
        {
            "delivery": row.id,
            "state": DeliveryState.DROPPED if row.why_not else DeliveryState.FAILED,
            "problem": row.why_not or row.problem or "given up",
        }
        for row in rows
    ]
    values = {"state": bindparam("state"), "problem": bindparam("problem"), "ended_at": now(), "leased_until": None}
    session.connection().execute(ended.values(**values), told)
    for site_id in sorted({row.site_id for row in rows if row.alert_id}):
        stir(session, site_id)


@cache
def _due(channels: tuple[Channel, ...], is_urgent_only: bool) -> Select[Any]:
    """Put together once: that takes longer than the database does."""
    is_due = or_(
        and_(col(Delivery.state) == DeliveryState.WAITING, col(Delivery.run_at) <= NOW),
        and_(col(Delivery.state) == DeliveryState.LEASED, col(Delivery.leased_until) <= NOW),
    )
    statement = _parcels().where(is_due, col(Delivery.channel).in_(channels))
    if is_urgent_only:
        statement = statement.where(col(Delivery.is_urgent))
    ordered = statement.order_by(col(Delivery.is_urgent).desc(), col(Delivery.run_at), col(Delivery.id))
    return ordered.limit(bindparam("room", type_=Integer)).with_for_update(skip_locked=True, of=Delivery)


def _parcels() -> Select[Any]:
    is_chosen = and_(
        col(NoticeChoice.account_id) == col(Notice.account_id),
        col(NoticeChoice.kind) == col(Notice.kind),
        col(NoticeChoice.channel) == col(Delivery.channel),
    )
    is_own = and_(col(Device.id) == col(Delivery.device_id), col(Device.account_id) == col(Notice.account_id))
    return (
        select(
            *_of(Delivery, "id", "channel", "device_id", "is_urgent", "attempts", "fence", "problem"),
            *_of(Notice, "kind", "words", "path", "tag", "alert_id", "site_id", "account_id", "expires_at"),
            *_of(Device, "endpoint", "p256dh", "auth"),
            *_of(Account, "email", "language", "time_zone"),
            col(Notice.id).label("notice_id"),
            func.coalesce(func.nullif(col(Member.phone), ""), col(Account.phone), "").label("phone"),
            func.coalesce(col(NoticeSettings.says_more), False).label("says_more"),
            col(Site.address).label("site"),
            _why_not().label("why_not"),
        )
        .join(Notice, col(Notice.id) == col(Delivery.notice_id))
        .join(Account, col(Account.id) == col(Notice.account_id))
        .outerjoin(Member, col(Member.id) == col(Notice.member_id))
        .outerjoin(Site, col(Site.id) == col(Notice.site_id))
        .outerjoin(Alert, col(Alert.id) == col(Notice.alert_id))
        .outerjoin(Device, is_own)
        .outerjoin(SignIn, and_(col(SignIn.id) == col(Device.sign_in_id), col(SignIn.account_id) == Device.account_id))
        .outerjoin(NoticeChoice, is_chosen)
        .outerjoin(NoticeSettings, col(NoticeSettings.account_id) == col(Notice.account_id))
    )


def _why_not() -> ColumnElement[str]:
    """Why a delivery may no longer be sent, as its record keeps it; empty when it may."""
    is_push = col(Delivery.channel) == Channel.PUSH
    is_of_site, is_of_alert = col(Notice.site_id).is_not(None), col(Notice.alert_id).is_not(None)
    is_member = and_(
        col(Member.account_id) == col(Notice.account_id),
        col(Member.site_id) == col(Notice.site_id),
        col(Member.left_at).is_(None),
    )
    may_answer = func.coalesce(right_of_member(Section.SOS), 0) >= int(Right.TAKE_PART)
    # What is told at the end, or after it, is the all-clear.
    is_over = and_(col(Alert.ended_at).is_not(None), col(Notice.created_at) < col(Alert.ended_at))
    return case(
        (col(Notice.expires_at) <= NOW, "came too late"),
        (and_(is_of_site, or_(col(Site.id).is_(None), col(Site.deleted_at).is_not(None))), "the site is gone"),
        (and_(is_of_site, ~func.coalesce(is_member, False)), "no longer a member"),
        (and_(is_push, col(Device.id).is_(None)), "the device is gone"),
        (and_(is_push, or_(col(SignIn.id).is_(None), col(SignIn.ended_at).is_not(None))), "signed out"),
        (and_(is_of_alert, is_over), "the alert has ended"),
        (or_(and_(is_of_alert, ~may_answer), _is_not_theirs()), "no longer allowed"),
        (and_(col(Notice.kind) != Kind.SOS, func.coalesce(col(Member.is_muted), False)), "the site is muted"),
        (col(NoticeChoice.is_on).is_(False), "switched off"),
        else_="",
    )


def _is_not_theirs() -> ColumnElement[bool]:
    """The reader has lost the right to see what the notice is about."""
    lost = [
        and_(col(Notice.kind).in_(kinds), func.coalesce(right_of_member(section), 0) < int(Right.SEE))
        for section, kinds in SEEN_IN.items()
    ]
    # What became of a book is told to whoever asked for it, as a reminder of theirs.
    is_of_book = and_(col(Notice.kind) == Kind.REMINDERS, col(Notice.path).startswith("/book?"))
    return and_(~is_of_book, or_(*lost))


def _of(table: Any, *names: str) -> list[Any]:
    return [col(getattr(table, name)) for name in names]
