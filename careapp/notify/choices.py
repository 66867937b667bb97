"""What people want to be told, and how: the standard, and where they differ from it."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col

from careapp.access import Actor, Who, access_member
from careapp.clock import now
from careapp.errors import Invalid
from careapp.models import Channel, Kind, NoticeChoice, NoticeSettings
from careapp.notify.quiet import HOUR
from careapp.operation import Command, Line, operation
from careapp.said import Said, mark

KIND_WORDS: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.SOS: (mark("SOS"), mark("Someone calls for help. It comes through quiet hours.")),
        Kind.SCHEDULE: (mark("Schedule"), mark("A visit or an appointment is new or changed.")),
        Kind.HELP: (mark("Help wanted"), mark("Someone asks for a hand, or takes something on.")),
        Kind.UPDATES: (mark("Updates"), mark("Someone has written how things are.")),
        Kind.COMMENTS: (mark("Comments and mentions"), mark("Someone answers you, or names you.")),
        Kind.MESSAGES: (mark("Messages"), mark("Someone writes to you.")),
        Kind.QUESTIONS: (mark("Questions"), mark("Someone asks, or answers a question.")),
        Kind.REMINDERS: (mark("Reminders"), mark("What you asked to be reminded of, or to have made.")),
        Kind.PEOPLE: (mark("People"), mark("Someone joins, or asks to.")),
    }
)
CHANNEL_WORDS: Mapping[Channel, str] = MappingProxyType(
    {Channel.PUSH: mark("Push"), Channel.EMAIL: mark("E-mail"), Channel.SMS: mark("Text message")}
)
DIGEST_WORDS: Mapping[str, str] = MappingProxyType(
    {"never": mark("Never"), "daily": mark("Every day"), "weekly": mark("Once a week")}
)

# By account: what was chosen for each channel of one kind.
Chosen = Mapping[str, Mapping[str, bool]]


def is_standard(kind: str, channel: str) -> bool:
    """Whether people are told so who have not chosen: everything by push, an SOS by all there is."""
    return channel == Channel.PUSH or kind == Kind.SOS


def chosen_by(session: Session, account_ids: Collection[str], kind: str) -> Chosen:
    """What each of these people has chosen for a kind, in one statement."""
    rows = select(col(NoticeChoice.account_id), col(NoticeChoice.channel), col(NoticeChoice.is_on)).where(
        col(NoticeChoice.account_id).in_(account_ids), col(NoticeChoice.kind) == kind
    )
    chosen: dict[str, dict[str, bool]] = {}
    for account_id, channel, is_on in session.execute(rows):
        chosen.setdefault(account_id, {})[channel] = is_on
    return chosen


def _hour(value: str) -> str:
    if value and not HOUR.fullmatch(value):
        raise ValueError(Said("Please give a time such as 22:00."))
    return value


def _kind(value: Kind) -> Kind:
    if value not in KIND_WORDS:
        raise ValueError(Said("This cannot be used here."))
    return value


Hour = Annotated[Line, AfterValidator(_hour)]


class ChooseNotice(Command):
    kind: Annotated[Kind, AfterValidator(_kind)]
    channel: Channel
    is_on: bool


@operation(says="chose what to be told")
def choose_notice(session: Session, actor: Actor, command: ChooseNotice) -> None:
    """Have a kind of notice come by a channel, or not. Safe to repeat."""
    choose(session, actor.account_id, command.kind, command.channel, is_on=command.is_on)


class SetNoticeSettings(Command):
    """What is None stays as it is. Quiet hours need both ends; both empty mean none."""

    quiet_from: Hour | None = None
    quiet_until: Hour | None = None
    says_more: bool | None = None
    digest: Literal["never", "daily", "weekly"] | None = None


@operation(says="chose how to be told")
def set_notice_settings(session: Session, actor: Actor, command: SetNoticeSettings) -> None:
    """Set quiet hours, whether a lock screen may say more, and how often a digest comes: the first tells what is new
    from now on. Safe to repeat."""
    mine = settings_of(session, actor.account_id)
    if command.digest and command.digest != mine.digest:
        mine.digest_sent_at = now()
    for name, value in command.model_dump(exclude_none=True).items():
        setattr(mine, name, value)
    if bool(mine.quiet_from) != bool(mine.quiet_until):
        missing = "quiet_until" if mine.quiet_from else "quiet_from"
        raise Invalid(fields={missing: Said("Quiet hours need a beginning and an end.")})


class MuteSite(Command):
    is_muted: bool


@operation(who=Who.MEMBER, says="chose whether to hear of the site")
def mute_site(session: Session, actor: Actor, command: MuteSite) -> None:
    """Hear nothing of this site but an SOS, or hear of it again. Safe to repeat."""
    access_member(session, actor, actor.member_id).is_muted = command.is_muted


def choose(session: Session, account_id: str, kind: Kind, channel: Channel, *, is_on: bool) -> None:
    row = insert(NoticeChoice).values(account_id=account_id, kind=kind, channel=channel, is_on=is_on)
    changed = row.on_conflict_do_update(index_elements=["account_id", "kind", "channel"], set_={"is_on": is_on})
    session.execute(changed)


def settings_of(session: Session, account_id: str) -> NoticeSettings:
    """The account's own settings, made the first time."""
    session.execute(insert(NoticeSettings).values(account_id=account_id).on_conflict_do_nothing())
    return session.get_one(NoticeSettings, account_id)
