"""What someone has missed on each of their sites: new since a moment, and since they last looked there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlmodel import Session, col

from careapp.access import Right, Section, is_meant_for, right_of_member
from careapp.models import Alert, Comment, JoinRequest, Member, Mention, Site, Update

NEWEST, LENGTH = 5, 140
MOST = 200


@dataclass(frozen=True)
class Missed:
    """Figures of one site, and the beginnings of its newest updates."""

    address: str
    name: str
    updates: int = 0
    comments: int = 0
    mentions: int = 0
    requests: int = 0
    alerts: int = 0
    newest: tuple[str, ...] = ()


def missed_by(session: Session, account_id: str, since: datetime) -> list[Missed]:
    """The sites with something new, as far as the account may see it, in as many statements whatever there is. A site
    that was muted is not among them."""
    mine = _Mine(account_id, since)
    counts = {name: _counts(session, statement) for name, statement in mine.statements().items()}
    newest = _newest(session, mine)
    return [
        Missed(row.address, row.name, newest=newest.get(row.id, ()), **{name: n[row.id] for name, n in found.items()})
        for row in session.execute(mine.sites())
        if (found := {name: n for name, n in counts.items() if row.id in n})
    ]


@dataclass(frozen=True)
class _Mine:
    """Statements about the account's present places, each joined as Member."""

    account_id: str
    since: datetime

    def statements(self) -> Mapping[str, Select[str, int]]:
        return {
            "updates": self._count(Update, self.updates()),
            "comments": self._count(Comment, self._comments()).join(Update, col(Update.id) == col(Comment.update_id)),
            "mentions": self._count(Mention, self._mentions()).join(Update, col(Update.id) == col(Mention.update_id)),
            "requests": self._count(JoinRequest, self._requests()),
            "alerts": self._count(Alert, self._alerts()),
        }

    def sites(self) -> Select[str, str, str]:
        return (
            select(col(Site.id), col(Site.address), col(Site.name))
            .join(Member, col(Member.site_id) == col(Site.id))
            .where(self.place())
            .order_by(col(Member.joined_at), col(Site.id))
            .limit(MOST)
        )

    def place(self) -> ColumnElement[bool]:
        return and_(
            col(Member.account_id) == self.account_id,
            col(Member.left_at).is_(None),
            col(Member.is_muted).is_(False),
            col(Site.deleted_at).is_(None),
        )

    def updates(self) -> ColumnElement[bool]:
        return and_(self._is_readable(), col(Update.author_id) != col(Member.id), self._is_new(Update.published_at))

    def _comments(self) -> ColumnElement[bool]:
        is_there = and_(col(Comment.deleted_at).is_(None), col(Comment.author_id) != col(Member.id))
        return and_(
            self._is_readable(), col(Update.author_id) == col(Member.id), is_there, self._is_new(Comment.created_at)
        )

    def _mentions(self) -> ColumnElement[bool]:
        is_me = and_(col(Mention.member_id) == col(Member.id), col(Mention.seen_at).is_(None))
        return and_(self._is_readable(), is_me, self._is_new(Mention.created_at))

    def _requests(self) -> ColumnElement[bool]:
        may_answer = right_of_member(Section.PEOPLE) >= Right.MANAGE
        return and_(may_answer, col(JoinRequest.decided_at).is_(None), self._is_new(JoinRequest.created_at))

    def _alerts(self) -> ColumnElement[bool]:
        may_see = right_of_member(Section.SOS) >= Right.TAKE_PART
        is_others = and_(col(Alert.raised_by_id) != col(Member.id), col(Alert.is_drill).is_(False))
        return and_(may_see, is_others, self._is_new(Alert.created_at))

    def _is_readable(self) -> ColumnElement[bool]:
        return and_(
            right_of_member(Section.JOURNAL) >= Right.SEE,
            col(Update.deleted_at).is_(None),
            or_(col(Update.author_id) == col(Member.id), is_meant_for(col(Member.role), col(Member.id))),
        )

    def _is_new(self, at: Any) -> ColumnElement[bool]:
        return and_(col(at) > self.since, col(at) > func.coalesce(Member.seen_at, Member.joined_at))

    def _count(self, what: Any, where: ColumnElement[bool]) -> Select[str, int]:
        return (
            select(col(Site.id), func.count())
            .select_from(what)
            .join(Site, col(Site.id) == col(what.site_id))
            .join(Member, col(Member.site_id) == col(Site.id))
            .where(self.place(), where)
            .group_by(col(Site.id))
        )


def _counts(session: Session, statement: Select[str, int]) -> Mapping[str, int]:
    return {row[0]: row[1] for row in session.execute(statement)}


def _newest(session: Session, mine: _Mine) -> Mapping[str, tuple[str, ...]]:
    """By site, its newest updates in a line each, the newest first."""
    place = func.row_number().over(partition_by=col(Update.site_id), order_by=col(Update.published_at).desc())
    ranked = (
        select(col(Update.id), place.label("place"))
        .join(Site, col(Site.id) == col(Update.site_id))
        .join(Member, col(Member.site_id) == col(Site.id))
        .where(mine.place(), mine.updates())
        .subquery()
    )
    rows = session.execute(
        select(col(Update.site_id), col(Member.name), col(Update.text), col(Update.milestone))
        .join(ranked, ranked.c.id == col(Update.id))
        .join(Member, col(Member.id) == col(Update.author_id))
        .where(ranked.c.place <= NEWEST)
        .order_by(col(Update.published_at).desc())
    )
    lines: dict[str, tuple[str, ...]] = {}
    for row in rows:
        lines[row.site_id] = (*lines.get(row.site_id, ()), _line(row))
    return lines


def _line(row: Row[Any]) -> str:
    said = " ".join((row.text or row.milestone).split())
    short = said if len(said) <= LENGTH else said[: LENGTH - 1].rstrip() + "…"
    return f"{row.name}: {short}" if short else str(row.name)
