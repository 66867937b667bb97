"""What people see of how they are told."""

from sqlalchemy import exists, select
from sqlmodel import Session, col

from careapp.access import Actor, Who
from careapp.models import Account, Channel, Device, Kind, Member, NoticeChoice, NoticeSettings, Site
from careapp.notify.choices import CHANNEL_WORDS, DIGEST_WORDS, KIND_WORDS, is_standard
from careapp.notify.quiet import zone_of
from careapp.notify.views import (
    ChannelChoice,
    ChannelHead,
    DeviceCard,
    DigestChoice,
    KindRow,
    MutedSite,
    NoticesView,
)
from careapp.operation import Params, query
from careapp.said import mark
from careapp.schedule.spoken import place_of_zone
from careapp.secret import vapid_public_key
from careapp.settings import settings


@query(who=Who.SIGNED_IN)
def notices_page(session: Session, actor: Actor, params: Params) -> NoticesView:
    """One's own devices, what one wants to be told, and when."""
    account = session.get_one(Account, actor.account_id)
    mine = session.get(NoticeSettings, account.id) or NoticeSettings(account_id=account.id)
    devices, sites = _devices(session, actor), _sites(session, actor)
    channels = tuple(_head(channel, account) for channel in _ways())
    return NoticesView(
        vapid_public_key=vapid_public_key(),
        devices=devices,
        has_devices=bool(devices),
        has_this=any(device.is_this for device in devices),
        channels=channels,
        kinds=_kinds(session, actor),
        has_quiet=bool(mine.quiet_from),
        quiet_from=mine.quiet_from,
        quiet_until=mine.quiet_until,
        clock=place_of_zone(zone_of(account.time_zone).key, account.language),
        says_more=mine.says_more,
        digest=mine.digest,
        digests=tuple(DigestChoice(value, words, value == mine.digest) for value, words in DIGEST_WORDS.items()),
        has_mail=bool(settings().smtp_url),
        email=account.email,
        is_email_confirmed=account.email_confirmed_at is not None,
        has_phone=bool(account.phone),
        sites=sites,
        has_sites=bool(sites),
    )


def _devices(session: Session, actor: Actor) -> tuple[DeviceCard, ...]:
    """This sign-in's first, then as they were added."""
    rows = select(Device).where(col(Device.account_id) == actor.account_id)
    cards = [_device(device, actor) for device in session.scalars(rows.order_by(col(Device.id)))]
    return tuple(sorted(cards, key=lambda card: not card.is_this))


def _device(device: Device, actor: Actor) -> DeviceCard:
    return DeviceCard(
        id=device.id,
        name=device.name,
        added_at=device.created_at,
        reached_at=device.reached_at,
        confirmed_at=device.confirmed_at,
        was_reached=device.reached_at is not None,
        is_confirmed=device.confirmed_at is not None,
        is_this=device.sign_in_id == actor.sign_in_id,
        has_problem=bool(device.problem),
        problem=mark("The last message did not get through.") if device.problem else "",
    )


def _ways() -> tuple[Channel, ...]:
    """The channels of this installation: letters and text messages only where the operator has set them up."""
    set_up = {Channel.PUSH: True, Channel.EMAIL: bool(settings().smtp_url), Channel.SMS: bool(settings().sms_url)}
    return tuple(channel for channel in Channel if set_up[channel])


def _head(channel: Channel, account: Account) -> ChannelHead:
    note = ""
    if channel is Channel.EMAIL and account.email_confirmed_at is None:
        note = mark("Until you confirm your address, only an SOS goes there: sign in by code once.")
    if channel is Channel.SMS and not account.phone:
        note = mark("Your account has no phone number yet.")
    return ChannelHead(channel, CHANNEL_WORDS[channel], note)


def _kinds(session: Session, actor: Actor) -> tuple[KindRow, ...]:
    rows = select(NoticeChoice).where(col(NoticeChoice.account_id) == actor.account_id)
    chosen = {(row.kind, row.channel): row.is_on for row in session.scalars(rows)}
    asked = any(chosen.get((Kind.SCHEDULE, channel)) for channel in _ways())
    hears_all = asked or _is_contact(session, actor)
    return tuple(_kind(kind, chosen, asked, hears_all) for kind in KIND_WORDS)


def _kind(kind: Kind, chosen: dict[tuple[str, str], bool], asked: bool, hears_all: bool) -> KindRow:
    title, about = KIND_WORDS[kind]
    choices = tuple(_choice(kind, title, channel, chosen, hears_all) for channel in _ways())
    is_silent = kind is Kind.SOS and not any(choice.is_on for choice in choices)
    note = mark("No SOS reaches you now. Please choose at least one way.") if is_silent else ""
    return KindRow(kind, title, about, choices, note or _note_on(kind, chosen, asked), is_silent)


def _choice(
    kind: Kind, title: str, channel: Channel, chosen: dict[tuple[str, str], bool], hears_all: bool
) -> ChannelChoice:
    """Of the schedule only the point of contact hears everything without asking for it."""
    usual = is_standard(kind, channel) and (hears_all or kind is not Kind.SCHEDULE)
    is_on = chosen.get((kind, channel), usual)
    return ChannelChoice(kind, channel, title, CHANNEL_WORDS[channel], is_on)


def _note_on(kind: Kind, chosen: dict[tuple[str, str], bool], asked: bool) -> str:
    if kind is not Kind.SCHEDULE:
        return ""
    if asked:
        return mark("You hear of every change.")
    if chosen.get((kind, Channel.PUSH)) is False:
        return mark("You hear of none, not even where you go along.")
    return mark(
        "You hear of what concerns you, such as where you go along; as the point of contact, of everything. "
        "Tap to hear of every change."
    )


def _is_contact(session: Session, actor: Actor) -> bool:
    mine = col(Member.account_id) == actor.account_id, col(Member.left_at).is_(None)
    return bool(session.scalar(select(exists().where(*mine, col(Member.is_contact)))))


def _sites(session: Session, actor: Actor) -> tuple[MutedSite, ...]:
    rows = (
        select(col(Site.address), col(Site.name), col(Member.is_muted))
        .join(Member, col(Member.site_id) == col(Site.id))
        .where(col(Member.account_id) == actor.account_id, col(Member.left_at).is_(None))
        .where(col(Site.deleted_at).is_(None))
        .order_by(col(Member.joined_at), col(Site.id))
        .limit(200)
    )
    return tuple(MutedSite(*row) for row in session.execute(rows))
