"""All photos and videos that someone may see on a site: in updates and in messages, newest first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select, tuple_
from sqlmodel import Session, col

from careapp.access import Actor, Who, sees_message, sees_update
from careapp.catalogue import translate
from careapp.gallery.months import end_of_month, month_key, month_name, zone_of
from careapp.gallery.views import GalleryView, Item, Month, MonthLink, MoreView
from careapp.journal.cursor import cursor_from, older
from careapp.journal.photos import SHOWN_BY, spoken_length
from careapp.models import Media, MediaKind, MediaState, Member, Message, MessageMedia, Update, UpdateMedia
from careapp.operation import Params, query
from careapp.sites.frame import frame

PAGE = 60
HOUR = len("2026-03-02 09")


class Place(Params):
    """After a cursor, or from the end of a month ("2026-03") on backwards."""

    before: str = ""
    month: str = ""


@query(who=Who.GUEST)
def photos(session: Session, actor: Actor, params: Place) -> GalleryView:
    """The newest photos and videos, and in which months there are more."""
    shown, older = _page(session, actor, params)
    months = _every_month(session, actor)
    return GalleryView(
        frame=frame(session, actor),
        months=shown,
        older=older,
        every_month=months,
        total=sum(month.n for month in months),
        is_first_page=not params.before and not params.month,
        is_empty=not months,
    )


@query(who=Who.GUEST)
def more_photos(session: Session, actor: Actor, params: Place) -> MoreView:
    """What follows a cursor, for a page that is open already."""
    return MoreView(*_page(session, actor, params))


def sees_in_gallery(actor: Actor) -> ColumnElement[bool]:
    """Media that stand in an update or a message that the actor may see, and can be shown. They are found from there,
    once: asked for each of them, SQLite would look through all updates every time."""
    in_updates = select(col(UpdateMedia.media_id)).join(Update, _is_told(actor))
    in_messages = select(col(MessageMedia.media_id)).join(Message, _is_written(actor))
    return and_(
        col(Media.site_id) == actor.site_id,
        col(Media.state) == MediaState.READY,
        col(Media.deleted_at).is_(None),
        or_(col(Media.id).in_(in_updates), col(Media.id).in_(in_messages)),
    )


def _is_told(actor: Actor) -> ColumnElement[bool]:
    is_told = and_(sees_update(actor), col(Update.published_at).is_not(None))
    return and_(col(UpdateMedia.update_id) == col(Update.id), is_told)


def _is_written(actor: Actor) -> ColumnElement[bool]:
    return and_(col(MessageMedia.message_id) == col(Message.id), sees_message(actor))


def _page(session: Session, actor: Actor, params: Place) -> tuple[tuple[Month, ...], str]:
    rows = session.execute(_newest(actor, params)).all()
    media = [row[0] for row in rows[:PAGE]]
    places = {**_messages_of(session, actor, media), **_updates_of(session, actor, media)}
    return _by_month(actor, media, places), older(rows, PAGE)


def _newest(actor: Actor, params: Place) -> Select[*tuple[Any, ...]]:
    seen = select(Media).where(sees_in_gallery(actor))
    before = cursor_from(params.before)
    if before:
        seen = seen.where(tuple_(col(Media.created_at), col(Media.id)) < before.key())
    elif params.month:
        seen = seen.where(col(Media.created_at) < end_of_month(params.month, zone_of(actor)))
    return seen.order_by(col(Media.created_at).desc(), col(Media.id).desc()).limit(PAGE + 1)


def _updates_of(session: Session, actor: Actor, media: Sequence[Media]) -> dict[str, tuple[str, str, str]]:
    """By the medium's id: how it is described, who showed it, and where; of several the newest."""
    ids = [one.id for one in media]
    holders = select(col(UpdateMedia.update_id)).where(col(UpdateMedia.media_id).in_(ids))
    statement = (
        select(col(UpdateMedia.media_id), col(UpdateMedia.alt), col(Member.name), col(Update.id))
        .select_from(UpdateMedia)
        .join(Update, _is_told(actor))
        .join(Member, col(Member.id) == col(Update.author_id))
        .where(col(UpdateMedia.media_id).in_(ids), col(Update.id).in_(holders))
        .order_by(col(Update.published_at))
    )
    return {
        media_id: (alt, name, _to(actor, "/update", update=update_id))
        for media_id, alt, name, update_id in session.execute(statement)
    }


def _messages_of(session: Session, actor: Actor, media: Sequence[Media]) -> dict[str, tuple[str, str, str]]:
    ids = [one.id for one in media]
    holders = select(col(MessageMedia.message_id)).where(col(MessageMedia.media_id).in_(ids))
    statement = (
        select(col(MessageMedia.media_id), col(MessageMedia.alt), col(Member.name), col(Message.id))
        .select_from(MessageMedia)
        .join(Message, _is_written(actor))
        .join(Member, col(Member.id) == col(Message.author_id))
        .where(col(MessageMedia.media_id).in_(ids), col(Message.id).in_(holders))
        .order_by(col(Message.created_at))
    )
    return {
        media_id: (alt, name, _to(actor, "/message", message=message_id))
        for media_id, alt, name, message_id in session.execute(statement)
    }


def _to(actor: Actor, path: str, **named: str) -> str:
    return f"{path}?{urlencode({'site': actor.site_address, **named})}"


def _by_month(actor: Actor, media: Iterable[Media], places: Mapping[str, tuple[str, str, str]]) -> tuple[Month, ...]:
    zone = zone_of(actor)
    months = groupby(media, lambda one: month_key(one.created_at, zone))
    return tuple(
        Month(key, month_name(key, actor.language), tuple(_item(actor, one, *places[one.id]) for one in some))
        for key, some in months
    )


def _item(actor: Actor, media: Media, alt: str, who: str, to: str) -> Item:
    return Item(
        id=media.id,
        alt=alt or translate(actor.language, SHOWN_BY[MediaKind(media.kind)], name=who),
        who=who,
        at=media.created_at,
        to=to,
        is_video=media.kind == MediaKind.VIDEO,
        length=spoken_length(media.duration_ms) if media.kind == MediaKind.VIDEO else "",
        is_mine=bool(actor.member_id) and media.uploader_id == actor.member_id,
    )


def _every_month(session: Session, actor: Actor) -> tuple[MonthLink, ...]:
    """Counted by the hour in the database, which knows no zones, and put into the reader's months here."""
    hour = func.substr(cast(Media.created_at, String), 1, HOUR)
    zone, counted = zone_of(actor), Counter[str]()
    for text, n in session.execute(select(hour, func.count()).where(sees_in_gallery(actor)).group_by(hour)):
        counted[month_key(datetime.fromisoformat(f"{text}:00").replace(tzinfo=UTC), zone)] += n
    return tuple(MonthLink(key, month_name(key, actor.language), counted[key]) for key in sorted(counted, reverse=True))
