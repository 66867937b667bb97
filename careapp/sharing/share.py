"""What sharing starts from: an update, who sees it so far, and the links by which it is open already."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_update, tends_link
from careapp.journal.choices import AUDIENCES
from careapp.journal.cursor import Cursor, cursor_from
from careapp.journal.text import one_line
from careapp.journal.visit_text import names_of_parts, whole_text
from careapp.models import Audience, Media, Member, SharedLink, Update, UpdateMedia
from careapp.models.media import MediaState
from careapp.operation import Id, Params, query
from careapp.said import mark
from careapp.sharing.links import address_of, holding, may_share, require_may_share
from careapp.sharing.views import LinkCard, LinksView, PhotoChoice, ShareView
from careapp.sites.frame import frame

PAGE = 20
MOST_SHOWN = 50
PLACE = (col(SharedLink.created_at), col(SharedLink.id))
WHOLE, PHOTO = mark("The whole update"), mark("One photo or video")


class WhatToShare(Params):
    """`photo` and `link` are chosen beforehand: a photo of the update, and a link that was just made."""

    update: Id
    photo: str = ""
    link: str = ""


@query(section=Section.JOURNAL, right=Right.TAKE_PART)
def share(session: Session, actor: Actor, params: WhatToShare) -> ShareView:
    """An update and its open links, for those who may share it. Raises NotAllowed for the others."""
    update = access_update(session, actor, params.update)
    require_may_share(actor, update)
    newest = _newest(actor).where(col(Update.id) == update.id).limit(MOST_SHOWN)
    links = _cards(actor, session.execute(newest))
    photos = _photos(session, update, params.photo)
    return ShareView(
        frame=frame(session, actor),
        update_id=update.id,
        author=session.get_one(Member, update.author_id).name,
        is_mine=update.author_id == actor.member_id,
        excerpt=one_line(update.milestone or whole_text(session, update, actor.language)),
        parts=", ".join(names_of_parts(session, update, actor.language)),
        at=update.published_at,
        photos=photos,
        is_photo_chosen=any(photo.is_chosen for photo in photos),
        is_for_everyone=update.audience == Audience.EVERYONE,
        audience_words=AUDIENCES[update.audience],
        made=next((link for link in links if link.id == params.link), LinkCard()),
        links=links,
    )


class Before(Params):
    before: str = ""


@query(section=Section.JOURNAL, right=Right.TAKE_PART)
def links(session: Session, actor: Actor, params: Before) -> LinksView:
    """The open links that the reader made, that show what they wrote, or that they see as who manages the journal."""
    before = cursor_from(params.before)
    newest = _newest(actor).limit(PAGE + 1)
    if before:
        newest = newest.where(tuple_(*PLACE) < before.key())
    rows = session.execute(newest).all()
    last = rows[PAGE - 1][0] if len(rows) > PAGE else None
    return LinksView(
        frame=frame(session, actor),
        links=_cards(actor, rows[:PAGE]),
        older=str(Cursor(last.created_at, last.id)) if last else "",
        is_empty=before is None and not rows,
        sees_all=actor.may(Section.JOURNAL, Right.MANAGE),
    )


def _newest(actor: Actor) -> Select[*tuple[Any, ...]]:
    return holding().where(tends_link(actor)).order_by(*(column.desc() for column in PLACE))


def _cards(actor: Actor, rows: Iterable[Any]) -> tuple[LinkCard, ...]:
    return tuple(_card(actor, link, update, maker) for link, update, _, maker in rows)


def _card(actor: Actor, link: SharedLink, update: Update, maker: str) -> LinkCard:
    may_hand_on = link.created_by_id == actor.member_id or may_share(actor, update)
    return LinkCard(
        id=link.id,
        what_words=PHOTO if link.media_id else WHOLE,
        excerpt=_excerpt(update),
        update_id=update.id,
        photo_id=link.media_id or "",
        by=maker,
        address=address_of(link) if may_hand_on else "",
        made_at=link.created_at,
        expires_at=link.expires_at,
        opened=link.opened,
    )


def _excerpt(update: Update) -> str:
    return one_line(update.milestone or update.text)


def _photos(session: Session, update: Update, chosen: str) -> tuple[PhotoChoice, ...]:
    statement = (
        select(col(Media.id), col(UpdateMedia.alt))
        .join(Media, col(Media.id) == col(UpdateMedia.media_id))
        .where(col(UpdateMedia.update_id) == update.id)
        .where(col(Media.state) == MediaState.READY, col(Media.deleted_at).is_(None))
        .order_by(col(UpdateMedia.position))
    )
    return tuple(PhotoChoice(media_id, alt, media_id == chosen) for media_id, alt in session.execute(statement))
