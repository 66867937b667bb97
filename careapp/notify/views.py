"""What the page about notices shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DeviceCard:
    """One of my devices. The browser knows by `id` whether it is this one; `is_this` says that it shares this sign-in.
    `problem` are words, empty when all is well."""

    id: str = ""
    name: str = ""
    added_at: datetime | None = None
    reached_at: datetime | None = None
    confirmed_at: datetime | None = None
    was_reached: bool = False
    is_confirmed: bool = False
    is_this: bool = False
    has_problem: bool = False
    problem: str = ""


@dataclass(frozen=True)
class ChannelChoice:
    """Whether a kind of notice comes by a channel; the titles are for who cannot see the table."""

    kind: str = ""
    channel: str = ""
    kind_title: str = ""
    channel_title: str = ""
    is_on: bool = False


@dataclass(frozen=True)
class KindRow:
    """One kind of notice, with a choice for each channel, in the order of `channels`. `note` are words on what one
    hears by these choices, empty where they say it all. `is_silent`: an SOS that comes by no way at all."""

    kind: str = ""
    title: str = ""
    about: str = ""
    choices: Sequence[ChannelChoice] = ()
    note: str = ""
    is_silent: bool = False


@dataclass(frozen=True)
class ChannelHead:
    """A way to be told. `note` are words on what it needs, empty when it works."""

    channel: str = ""
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class DigestChoice:
    value: str = ""
    title: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class MutedSite:
    """One of my sites, and whether I hear nothing of it but an SOS. `site` is its address."""

    site: str = ""
    name: str = ""
    is_muted: bool = False


@dataclass(frozen=True)
class NoticesView:
    """`vapid_public_key` is what a browser subscribes with. Quiet hours are "22:00", or empty, by the
    clock of a place. `has_mail`: the operator
    has set up a mail server."""

    vapid_public_key: str = ""
    devices: Sequence[DeviceCard] = ()
    has_devices: bool = False
    has_this: bool = False
    channels: Sequence[ChannelHead] = ()
    kinds: Sequence[KindRow] = ()
    has_quiet: bool = False
    quiet_from: str = ""
    quiet_until: str = ""
    clock: str = ""
    says_more: bool = False
    digest: str = "never"
    digests: Sequence[DigestChoice] = ()
    has_mail: bool = False
    email: str = ""
    is_email_confirmed: bool = False
    has_phone: bool = False
    sites: Sequence[MutedSite] = ()
    has_sites: bool = False
