"""Those who are to be told something: where each can be reached, and when they want to be left alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from careapp.models import Account, Channel, Device, Kind, Member, NoticeSettings, SignIn, Site
from careapp.notify.choices import chosen_by, is_standard
from careapp.settings import settings


@dataclass(frozen=True)
class Reader:
    """One member. `channels` are those that they want for what is told, and that lead to them."""

    member_id: str
    account_id: str
    is_muted: bool
    time_zone: str
    quiet_from: str
    quiet_until: str
    channels: frozenset[Channel]
    device_ids: tuple[str, ...]


def readers_of(session: Session, site_id: str, member_ids: Collection[str], kind: Kind) -> list[Reader]:
    """The current members among these, in three statements however many they are."""
    rows = _members(session, site_id, member_ids)
    account_ids = [row.account_id for row in rows]
    devices = devices_of(session, account_ids)
    chosen = chosen_by(session, account_ids, kind)
    return [_reader(row, kind, devices.get(row.account_id, ()), chosen.get(row.account_id, {})) for row in rows]


def devices_of(session: Session, account_ids: Collection[str]) -> Mapping[str, Sequence[str]]:
    """By account, the devices on which it is still signed in."""
    rows = (
        select(col(Device.account_id), col(Device.id))
        .join(SignIn, col(SignIn.id) == col(Device.sign_in_id))
        .where(col(Device.account_id).in_(account_ids), col(SignIn.ended_at).is_(None))
        .order_by(col(Device.id))
    )
    found: dict[str, list[str]] = {}
    for account_id, device_id in session.execute(rows):
        found.setdefault(account_id, []).append(device_id)
    return found


def _members(session: Session, site_id: str, member_ids: Collection[str]) -> Sequence[Row[Any]]:
    return session.execute(
        select(
            col(Member.id),
            col(Member.account_id),
            col(Member.is_muted),
            col(Member.phone),
            col(Account.phone).label("own_phone"),
            col(Account.time_zone),
            col(Account.email_confirmed_at),
            col(NoticeSettings.quiet_from),
            col(NoticeSettings.quiet_until),
        )
        .join(Account, col(Account.id) == col(Member.account_id))
        .join(Site, col(Site.id) == col(Member.site_id))
        .outerjoin(NoticeSettings, col(NoticeSettings.account_id) == col(Account.id))
        .where(col(Member.site_id) == site_id, col(Member.id).in_(member_ids), col(Member.left_at).is_(None))
        .where(col(Site.deleted_at).is_(None))
        .order_by(col(Member.id))
    ).all()


def _reader(row: Row[Any], kind: Kind, device_ids: Sequence[str], chosen: Mapping[str, bool]) -> Reader:
    wanted = {channel for channel in Channel if chosen.get(channel, is_standard(kind, channel))}
    return Reader(
        member_id=row.id,
        account_id=row.account_id,
        is_muted=row.is_muted,
        time_zone=row.time_zone,
        quiet_from=row.quiet_from or "",
        quiet_until=row.quiet_until or "",
        channels=frozenset(wanted & _open_channels(row, kind, device_ids)),
        device_ids=tuple(device_ids),
    )


def _open_channels(row: Row[Any], kind: Kind, device_ids: Sequence[str]) -> set[Channel]:
    """An address that nobody has confirmed may be a stranger's: only a call for help is worth that risk. Without a mail
    server a letter reaches nobody but whoever runs this one."""
    is_open = {
        Channel.PUSH: bool(device_ids),
        Channel.EMAIL: bool(settings().smtp_url) and (row.email_confirmed_at is not None or kind == Kind.SOS),
        Channel.SMS: bool(row.phone or row.own_phone) and bool(settings().sms_url),
    }
    return {channel for channel in Channel if is_open[channel]}
