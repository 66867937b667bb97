"""Whether calls for help go out, for whoever runs the installation: counts and ids, no names and no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from careapp.clock import now
from careapp.models import Alert, AuditEntry, Delivery, DeliveryState, Device
from careapp.sos.audit import OPERATION, OVERDUE, is_late

RECENTLY = timedelta(hours=24)
MOST = 100


@dataclass(frozen=True)
class OpenAlert:
    id: str
    site_id: str
    is_drill: bool
    arrived_at: datetime
    steps: int
    is_answered: bool
    next_step_at: datetime | None

    @property
    def is_overdue(self) -> bool:
        """It should have been climbed by now, or does not know when."""
        return not self.is_answered and (self.next_step_at is None or self.next_step_at < now() - OVERDUE)


@dataclass(frozen=True)
class Failed:
    """How many deliveries could not be made for this reason, lately."""

    channel: str
    problem: str
    count: int


@dataclass(frozen=True)
class Mended:
    at: datetime
    about_id: str
    words: str


@dataclass(frozen=True)
class Health:
    alerts: Sequence[OpenAlert]
    failed: Sequence[Failed]
    late: int
    refused_devices: int
    mended: Sequence[Mended]

    @property
    def is_well(self) -> bool:
        """Nothing stands still now, and no push service refuses this installation."""
        return not (self.late or self.refused_devices or any(alert.is_overdue for alert in self.alerts))


def health(session: Session) -> Health:
    """How it is at this moment, and what failed or was mended within a day."""
    return Health(
        alerts=_alerts(session),
        failed=_failed(session),
        late=session.scalar(select(func.count()).select_from(Delivery).where(is_late())) or 0,
        refused_devices=_refused(session),
        mended=_mended(session),
    )


def _alerts(session: Session) -> list[OpenAlert]:
    wanted = select(Alert).where(col(Alert.ended_at).is_(None)).order_by(col(Alert.created_at)).limit(MOST)
    return [
        OpenAlert(
            id=alert.id,
            site_id=alert.site_id,
            is_drill=alert.is_drill,
            arrived_at=alert.created_at,
            steps=alert.step,
            is_answered=alert.answered_at is not None,
            next_step_at=alert.next_step_at,
        )
        for alert in session.scalars(wanted)
    ]


def _failed(session: Session) -> list[Failed]:
    statement = (
        select(col(Delivery.channel), col(Delivery.problem), func.count())
        .where(col(Delivery.state) == DeliveryState.FAILED, col(Delivery.ended_at) > now() - RECENTLY)
        .group_by(col(Delivery.channel), col(Delivery.problem))
        .order_by(func.count().desc())
        .limit(MOST)
    )
    return [Failed(channel, problem, count) for channel, problem, count in session.execute(statement)]


def _refused(session: Session) -> int:
    """Devices whose push services do not believe who we are (401, 403)."""
    answered = [col(Device.problem).startswith(f"the push service answered {status}") for status in (401, 403)]
    return session.scalar(select(func.count()).select_from(Device).where(or_(*answered))) or 0


def _mended(session: Session) -> list[Mended]:
    statement = (
        select(AuditEntry)
        .where(col(AuditEntry.operation) == OPERATION, col(AuditEntry.at) > now() - RECENTLY)
        .order_by(col(AuditEntry.id).desc())
        .limit(MOST)
    )
    return [Mended(entry.at, entry.about_id or "", entry.says) for entry in session.scalars(statement)]
