"""What came since a member's last visit, as figures with a way to each."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Role, Section, sees_message, sees_update
from careapp.models import Comment, Member, Message, Update, UpdateMedia
from careapp.models.columns import UtcDateTime
from careapp.sites.presence import has_ended, last_visit

SINCE: ColumnElement[datetime] = bindparam("since", type_=UtcDateTime)


@dataclass(frozen=True)
class News:
    """`comments` are those to the member's own updates, the newest to `commented_id`."""

    since: datetime | None = None
    updates: int = 0
    photos: int = 0
    comments: int = 0
    commented_id: str = ""
    messages: int = 0
    people: int = 0
    is_any: bool = False


def news_for(session: Session, actor: Actor) -> News:
    """In one statement; nothing on a first visit, nor soon after one that is just over."""
    since = last_visit(session, actor)
    if since is None or not has_ended(since):
        return News()
    figures = session.execute(_figures(_reader(actor)), {"since": since}).one()
    updates, photos, comments, commented_id, messages, people = figures
    is_any = bool(updates or comments or messages or people)
    return News(since, updates, photos, comments, commented_id or "", messages, people, is_any)


@dataclass(frozen=True)
class _Reader:
    """Of an actor what the figures depend on."""

    site_id: str
    member_id: str
    role: Role
    sees: frozenset[Section]

    def actor(self) -> Actor:
        rights = dict.fromkeys(self.sees, Right.SEE)
        return Actor(site_id=self.site_id, member_id=self.member_id, role=self.role, rights=rights)


def _reader(actor: Actor) -> _Reader:
    sees = (section for section in (Section.JOURNAL, Section.MESSAGES, Section.PEOPLE) if actor.may(section, Right.SEE))
    return _Reader(actor.site_id, actor.member_id, actor.role, frozenset(sees))


@lru_cache(maxsize=256)
def _figures(reader: _Reader) -> Select[Any]:
    """Asked with `since`. Kept for whoever comes back soon, since making it costs more than asking."""
    actor = reader.actor()
    is_new = and_(sees_update(actor), col(Update.published_at) > SINCE, col(Update.author_id) != actor.member_id)
    photos = select(func.count()).select_from(UpdateMedia).join(Update, col(Update.id) == col(UpdateMedia.update_id))
    answers = _answers(actor)
    commented = answers.with_only_columns(col(Comment.update_id)).order_by(col(Comment.created_at).desc()).limit(1)
    return select(
        select(func.count()).select_from(Update).where(is_new).scalar_subquery(),
        photos.where(is_new).scalar_subquery(),
        answers.scalar_subquery(),
        commented.scalar_subquery(),
        _messages(actor),
        _people(actor),
    )


def _answers(actor: Actor) -> Select[int]:
    """What others said to the member's own updates."""
    return (
        select(func.count())
        .select_from(Comment)
        .join(Update, col(Update.id) == col(Comment.update_id))
        .where(col(Comment.site_id) == actor.site_id, col(Comment.created_at) > SINCE)
        .where(col(Comment.deleted_at).is_(None), col(Comment.author_id) != actor.member_id)
        .where(sees_update(actor), col(Update.author_id) == actor.member_id)
    )


def _messages(actor: Actor) -> ColumnElement[int]:
    is_new = and_(col(Message.created_at) > SINCE, col(Message.author_id) != actor.member_id)
    on_the_wall = and_(sees_message(actor), col(Message.reply_to_id).is_(None))
    return select(func.count()).select_from(Message).where(on_the_wall, is_new).scalar_subquery()


def _people(actor: Actor) -> ColumnElement[int]:
    if not actor.may(Section.PEOPLE, Right.SEE):
        return literal(0)
    here = and_(col(Member.site_id) == actor.site_id, col(Member.left_at).is_(None))
    is_new = and_(col(Member.joined_at) > SINCE, col(Member.id) != actor.member_id)
    return select(func.count()).select_from(Member).where(here, is_new).scalar_subquery()
