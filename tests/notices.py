"""Devices for the cast, and what was written down for them to be told."""

from sqlmodel import Session, col, select

from careapp.access import Actor
from careapp.models import Account, Channel, Delivery, Device, Kind, Member, Notice
from careapp.notify import devices
from careapp.notify.choices import SetNoticeSettings, set_notice_settings
from careapp.notify.tell import Telling, Words
from careapp.notify.words import spoken
from careapp.said import Said
from tests.cast import Cast
from tests.push_keys import subscription

NEWS = Telling(Kind.UPDATES, Words(Said("{site}: news", site="Rose"), "Little", "Much", "More"), "/journal", "news")
HELP = Telling(Kind.SOS, Words("Help"), "/alert", "alert", alert_id="")


def add_device(session: Session, actor: Actor, name: str = "phone") -> str:
    """A browser of the actor's that may be sent push messages; its id."""
    asked = devices.Subscription(**subscription(f"{name}-{actor.account_id}", name=name))
    return devices.register_device(session, actor, asked).device_id


def with_phones(session: Session, cast: Cast, *names: str) -> None:
    for name in names or ("maya", "tom", "ida", "cole", "rose"):
        add_device(session, cast.actor(name))


def account_of(session: Session, actor: Actor) -> Account:
    return session.get_one(Account, actor.account_id)


def told(session: Session, *kinds: Kind) -> dict[str, list[str]]:
    """What each member's screen says, by first name: titles in the order in which they were told."""
    rows = session.exec(
        select(Notice, Member).join(Member, col(Member.id) == col(Notice.member_id)).order_by(col(Notice.id))
    )
    said: dict[str, list[str]] = {}
    for notice, member in rows:
        if not kinds or notice.kind in kinds:
            said.setdefault(member.name.split()[0], []).append(spoken(notice.words, "en").title)
    return said


def sent(session: Session, notice: Notice) -> list[tuple[str, str]]:
    """By which channels, and to which devices by name, a notice goes."""
    rows = session.exec(
        select(Delivery, Device)
        .outerjoin(Device, col(Device.id) == col(Delivery.device_id))
        .where(col(Delivery.notice_id) == notice.id)
    )
    return sorted((delivery.channel, device.name if device else "") for delivery, device in rows)


def waiting(session: Session) -> list[Delivery]:
    return list(session.exec(select(Delivery).order_by(col(Delivery.id))))


PUSH, EMAIL, SMS = Channel.PUSH, Channel.EMAIL, Channel.SMS


def set_says_more(session: Session, actor: Actor) -> None:
    set_notice_settings(session, actor, SetNoticeSettings(says_more=True))
