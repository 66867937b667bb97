"""A night on Rose's site: people with devices, a clock that is pushed forward, and everything that was sent."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from careapp import clock, db, features, jobs
from careapp.adapters.webpush import Answer, Fate
from careapp.ids import new_id
from careapp.models import Account, Alert, Channel, Delivery, Device, Job, Member, SignIn
from careapp.notify.courier import Round, turn
from careapp.notify.parcels import Parcel
from careapp.notify.sending import Outcome, outcome
from careapp.notify.words import Spoken, spoken
from careapp.operation import QUERIES
from careapp.perform import Asked, do, read
from careapp.sos.views import AlertView
from tests.cast import START, Cast

ALL = Round(tuple(Channel), at_once=200, kept_for_urgent=0)
ACCEPTED, GONE = Answer(Fate.ACCEPTED), Answer(Fate.GONE, "gone")


class Sent(NamedTuple):
    """So many seconds into the night, to whom, and on which device or by which channel."""

    at: int
    who: str
    where: str


@dataclass
class Night:
    """`answer` is what a push service, mail server or telephone says to a parcel."""

    cast: Cast
    begins: datetime = START
    seconds: int = 0
    sent: list[Sent] = field(default_factory=list)
    words: list[Spoken] = field(default_factory=list)
    answer: Callable[[Parcel], Answer] = lambda parcel: ACCEPTED
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        features.load("operations", "queries", "jobs")

    @property
    def now(self) -> datetime:
        return self.begins + timedelta(seconds=self.seconds)

    def device(self, who: str, name: str = "") -> str:
        """Give someone a device that push goes to; its id."""
        name = name or f"{who}-phone"
        with clock.freeze(self.now), db.unit_of_work() as session:
            sign_in = session.scalars(
                select(SignIn)
                .join(Account, col(Account.id) == col(SignIn.account_id))
                .where(col(Account.email) == f"{who}@example.org")
            ).one()
            subscribed = {"endpoint": f"https://push/{name}", "p256dh": "k", "auth": "a"}
            device = Device(account_id=sign_in.account_id, sign_in_id=sign_in.id, name=name, **subscribed)
            session.add(device)
        self.names[device.id] = name
        return device.id

    def ask(self, who: str, operation: str, op_id: str = "", age: int = 0, **command: Any) -> Any:
        """Have someone do something, through the front door; they said it so many seconds ago."""
        with clock.freeze(self.now):
            return do(Asked(f"sos.{operation}", command, op_id or new_id(), "rose", age), self.cast.credentials(who))

    def call(self, who: str = "maya", **more: Any) -> str:
        raised: str = self.ask(who, "raise_alert", **{"kind": "fall", **more})["id"]
        return raised

    def board(self, who: str = "maya", alert_id: str = "") -> AlertView:
        with clock.freeze(self.now):
            view: AlertView = read(QUERIES["sos.alert"], self.cast.credentials(who), "rose", {"alert": alert_id})
        return view

    def forward(self, seconds: int) -> list[Sent]:
        """Let so much time go by, and everything happen that falls due meanwhile; what was sent."""
        before, until = len(self.sent), self.seconds + seconds
        while True:
            self.work()
            due = self._next_due()
            if due is None or due > self.begins + timedelta(seconds=until):
                break
            self.seconds = max(self.seconds, math.ceil((due - self.begins).total_seconds()))
        self.seconds = until
        self.work()
        return sorted(self.sent[before:])

    def everyone(self, change: Callable[[Any, Member], None]) -> None:
        """Change something about every member."""
        with db.unit_of_work() as session:
            for member in session.scalars(select(Member)):
                change(session, member)

    def work(self) -> None:
        """Do what is due at this moment: jobs, and deliveries."""
        with clock.freeze(self.now):
            while jobs.run_next():
                pass
            while parcels := turn(ALL, [], ALL.at_once):
                turn(ALL, [self._carry(parcel) for parcel in parcels], 0)

    def change(self, table: Any, row_id: str, **values: Any) -> None:
        with db.unit_of_work() as session:
            row = session.get_one(table, row_id)
            for name, value in values.items():
                setattr(row, name, value)

    def remove(self, who: str) -> None:
        self.change(Member, self.member_id(who), left_at=self.now)

    def alert(self, alert_id: str) -> Alert:
        with db.reading() as session:
            return session.get_one(Alert, alert_id)

    def rows(self, table: Any, *wanted: Any) -> list[Any]:
        with db.reading() as session:
            return list(session.scalars(select(table).where(*wanted)))

    def member_id(self, who: str) -> str:
        with db.reading() as session:
            mine = select(col(Member.id)).join(Account, col(Account.id) == col(Member.account_id))
            found: str = session.execute(mine.where(col(Account.email) == f"{who}@example.org")).scalar_one()
            return found

    def _carry(self, parcel: Parcel) -> Outcome:
        row = parcel.row
        answer = self.answer(parcel)
        if answer.fate is Fate.ACCEPTED:
            where = self.names[row.device_id] if row.channel == Channel.PUSH else str(row.channel)
            self.sent.append(Sent(self.seconds, row.email.partition("@")[0], where))
            self.words += [spoken(row.words, row.language, says_more=says_more) for says_more in (False, True)]
        return outcome(parcel, answer)

    def _next_due(self) -> datetime | None:
        with db.reading() as session:
            job = session.scalar(select(func.min(Job.run_at)).where(col(Job.state) == "waiting"))
            delivery = session.scalar(select(func.min(Delivery.run_at)).where(col(Delivery.state) == "waiting"))
        due = [moment for moment in (job, delivery) if moment]
        return min(due, default=None)
