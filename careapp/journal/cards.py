"""Updates as shown: rows and everything that belongs to them, with what the reader may do already decided."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section
from careapp.journal.choices import AUDIENCES, REACTIONS, UPDATE_MOODS
from careapp.journal.photos import photos_of
from careapp.journal.seen import Seen, seen_of
from careapp.journal.text import beginning, parts
from careapp.journal.threads import Thread, last_comments
from careapp.journal.views import ReactionCount, UpdateCard, VisitCard
from careapp.journal.visit_cards import visits_of
from careapp.models import Audience, Member, Reaction, Update, UpdateReader
from careapp.settings import settings
from careapp.sharing.links import may_share
from careapp.sites.frame import face_of, photo_of

PHOTOS_IN_LISTS = 5

Row = tuple[Update, Member, str | None]


@cache
def updates_with_author() -> Select[*tuple[Any, ...]]:
    """The rows that `update_cards` makes cards of."""
    return select(Update, Member, photo_of(Member.photo_media_id)).join(Member, col(Member.id) == col(Update.author_id))


def update_cards(session: Session, actor: Actor, rows: Sequence[Row], is_whole: bool = False) -> tuple[UpdateCard, ...]:
    """The cards of these updates, in six statements. `is_whole` leaves nothing out of texts and photos."""
    ids = [update.id for update, _, _ in rows]
    photos = photos_of(session, actor, ids)
    reactions = _reactions_of(session, actor, ids)
    threads, names = last_comments(session, actor, ids)
    readers = _readers_of(session, ids)
    visits = visits_of(session, actor, ids, is_whole)
    seen = seen_of(session, actor, ids)
    return tuple(
        replace(
            _card(actor, *row, reactions.get(row[0].id, {}), threads.get(row[0].id, Thread())),
            readers=readers.get(row[0].id, ""),
            **_seen(seen.get(row[0].id, Seen())),
            **_visit(visits.get(row[0].id)),
            **_content(row[0], photos.get(row[0].id, ()), names.get(row[0].id, set()), is_whole),
        )
        for row in rows
    )


def _card(
    actor: Actor,
    update: Update,
    author: Member,
    photo: str | None,
    given: Mapping[str, tuple[int, bool]],
    thread: Thread,
) -> UpdateCard:
    return UpdateCard(
        id=update.id,
        author=face_of(author.id, author.name, photo),
        relation=author.relation,
        at=update.published_at or update.created_at,
        written_at=update.written_at,
        is_edited=bool(update.published_at and update.edited_at),
        mood=update.mood,
        mood_words=UPDATE_MOODS.get(update.mood, ""),
        milestone=update.milestone,
        audience=update.audience,
        audience_words=AUDIENCES[update.audience],
        is_for_everyone=update.audience == Audience.EVERYONE,
        is_draft=update.published_at is None,
        is_pinned=update.pinned_at is not None,
        version=update.version,
        reactions=tuple(_count(kind, *given.get(kind, (0, False))) for kind in REACTIONS),
        reaction_total=sum(n for n, _ in given.values()),
        my_reaction=next((kind for kind, (_, is_mine) in given.items() if is_mine), ""),
        comments=thread.last,
        comment_total=thread.total,
        more_comments=thread.total - len(thread.last),
        **_may(actor, update),
    )


def _content(update: Update, photos: tuple[Any, ...], names: Collection[str], is_whole: bool) -> dict[str, Any]:
    text = update.text if is_whole else beginning(update.text)
    shown = photos if is_whole else photos[:PHOTOS_IN_LISTS]
    return {
        "parts": parts(text, names),
        "is_cut": len(text) < len(update.text),
        "photos": shown,
        "more_photos": f"+{len(photos) - len(shown)}" if len(photos) > len(shown) else "",
    }


def _visit(visit: VisitCard | None) -> dict[str, Any]:
    return {"is_visit": True, "visit": visit} if visit else {}


def _seen(seen: Seen) -> dict[str, Any]:
    return {"is_new": seen.is_new, "seen_by": seen.by, "seen_of": seen.of}


def _may(actor: Actor, update: Update) -> dict[str, Any]:
    takes_part = bool(actor.member_id) and actor.may(Section.JOURNAL, Right.TAKE_PART)
    manages = actor.may(Section.JOURNAL, Right.MANAGE)
    can_edit = manages or (takes_part and update.author_id == actor.member_id)
    is_published = update.published_at is not None
    return {
        "can_edit": can_edit,
        "can_delete": can_edit,
        "restore_days": settings().restore_days,
        "can_pin": manages and is_published,
        "can_share": may_share(actor, update),
        "can_comment": takes_part and is_published,
    }


def _count(kind: str, n: int, is_mine: bool) -> ReactionCount:
    sign, words = REACTIONS[kind]
    return ReactionCount(kind, sign, words, n, is_mine, wanted="" if is_mine else kind)


def _reactions_of(
    session: Session, actor: Actor, update_ids: Collection[str]
) -> dict[str, dict[str, tuple[int, bool]]]:
    """By update id and kind: how many there are, and whether one is the reader's."""
    is_mine = func.max(case((col(Reaction.member_id) == actor.member_id, 1), else_=0))
    statement = (
        select(col(Reaction.update_id), col(Reaction.kind), func.count(), is_mine)
        .where(col(Reaction.update_id).in_(update_ids))
        .group_by(col(Reaction.update_id), col(Reaction.kind))
    )
    given: dict[str, dict[str, tuple[int, bool]]] = defaultdict(dict)
    for update_id, kind, n, mine in session.execute(statement):
        given[update_id][kind] = (n, bool(mine))
    return given


def _readers_of(session: Session, update_ids: Collection[str]) -> dict[str, str]:
    statement = (
        select(col(UpdateReader.update_id), col(Member.name))
        .join(Member, col(Member.id) == col(UpdateReader.member_id))
        .where(col(UpdateReader.update_id).in_(update_ids))
        .order_by(col(Member.name))
    )
    names: dict[str, list[str]] = defaultdict(list)
    for update_id, name in session.execute(statement):
        names[update_id].append(name)
    return {update_id: ", ".join(some) for update_id, some in names.items()}
