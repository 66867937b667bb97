"""People with devices at the push service of the tests, and notices for them, written as rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from careapp import clock, db
from careapp.clock import now
from careapp.models import Account, Alert, Channel, Delivery, Device, Kind, Member, Notice, SignIn, Site
from careapp.notify.words import Action, Words, stored
from careapp.settings import settings
from tests.cast import START
from tests.push_service import PushService

WORDS = Words("Rose needs help", "Open Careapp", more_title="Rose has fallen", more_body="Tom: by the stairs")
ANSWERS = (Action("on_my_way", "I am on my way"), Action("can_call", "I can call"), Action("cannot", "I cannot"))


def use(service: PushService, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this installation speak to the service, as an operator would."""
    monkeypatch.setenv("CAREAPP_PUSH_HOSTS", service.url)
    monkeypatch.setenv("CAREAPP_CONTACT", "care@example.org")
    monkeypatch.setenv("CAREAPP_URL", "https://care.example.org")
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    settings.cache_clear()


@dataclass
class House:
    """Rose's stored site, whose people are known by their names and devices by theirs."""

    service: PushService
    devices: dict[str, str] = field(default_factory=dict)

    def device(self, who: str, name: str = "") -> str:
        """A device of theirs that is subscribed; its id."""
        name = name or f"{who}-phone"
        with db.unit_of_work() as session:
            account_id, sign_in_id = session.execute(
                select(col(Account.id), col(SignIn.id))
                .join(SignIn, col(SignIn.account_id) == col(Account.id))
                .where(col(Account.email) == f"{who}@example.org")
            ).one()
            device = Device(account_id=account_id, sign_in_id=sign_in_id, name=name, **self.service.subscribe(name))
            session.add(device)
        self.devices[name] = device.id
        return device.id

    def tell(self, who: str, *, kind: Kind = Kind.SOS, alert_id: str = "", **more: Any) -> list[str]:
        """A notice for them on all their devices; the ids of its deliveries."""
        channels = more.pop("channels", (Channel.PUSH,))
        run_at = more.pop("run_at", now())
        words, actions = more.pop("words", WORDS), more.pop("actions", ANSWERS)
        with db.unit_of_work() as session:
            member = self.member(session, who)
            usual = {"path": "/alert?site=rose&alert=1", "tag": "alert-1", "expires_at": now() + timedelta(hours=24)}
            notice = Notice(
                site_id=member.site_id,
                member_id=member.id,
                account_id=member.account_id,
                alert_id=alert_id or None,
                kind=kind,
                words=stored(words, actions, is_urgent=kind == Kind.SOS),
                created_at=now(),
                **{**usual, **more},
            )
            session.add(notice)
            session.flush()
            devices = session.scalars(select(col(Device.id)).where(col(Device.account_id) == member.account_id)).all()
            sent = [
                Delivery(
                    notice_id=notice.id,
                    device_id=device_id,
                    channel=channel,
                    is_urgent=kind == Kind.SOS,
                    run_at=run_at,
                )
                for channel in channels
                for device_id in (devices if channel is Channel.PUSH else [None])
            ]
            session.add_all(sent)
        return [delivery.id for delivery in sent]

    def raise_alert(self, who: str = "tom", **more: Any) -> str:
        with db.unit_of_work() as session:
            member = self.member(session, who)
            alert = Alert(site_id=member.site_id, raised_by_id=member.id, kind="fall", **more)
            session.add(alert)
        return alert.id

    def change_phone(self, who: str, phone: str) -> None:
        self.change(Member, self.member_id(who), phone=phone)

    def change(self, table: Any, row_id: str, **values: Any) -> None:
        with db.unit_of_work() as session:
            row = session.get_one(table, row_id)
            for name, value in values.items():
                setattr(row, name, value)

    def member(self, session: Any, who: str) -> Member:
        found: Member = session.scalars(
            select(Member)
            .join(Account, col(Account.id) == col(Member.account_id))
            .join(Site, col(Site.id) == col(Member.site_id))
            .where(col(Account.email) == f"{who}@example.org", col(Site.address) == "rose")
        ).one()
        return found

    def member_id(self, who: str) -> str:
        with db.reading() as session:
            return self.member(session, who).id

    def get(self, table: Any, row_id: str) -> Any:
        with db.reading() as session:
            return session.get(table, row_id)

    def delivery(self, row_id: str) -> Delivery:
        found: Delivery = self.get(Delivery, row_id)
        return found


def later(**more: float) -> datetime:
    return START + timedelta(**more)


@contextmanager
def at(**more: float) -> Iterator[None]:
    """So long after the start of the story."""
    with clock.freeze(later(**more)):
        yield
