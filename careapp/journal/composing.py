"""What writing starts from: an empty update, a draft, an update to correct, or one taken away by mistake."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import exists, func, select, true
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_update, sees_update
from careapp.choice import Choice
from careapp.clock import now
from careapp.journal.cards import updates_with_author
from careapp.journal.choices import AUDIENCES, UPDATE_MOODS
from careapp.journal.people import people_to_name
from careapp.journal.photos import photos_of
from careapp.journal.text import one_line
from careapp.journal.views import ComposerView, DeletedCard, DraftCard, DraftsView
from careapp.models import Audience, Update, UpdateMedia, UpdateReader, VisitOutcome
from careapp.operation import Params, query
from careapp.settings import settings
from careapp.sites.frame import face_of, frame

MOST = 50


class Composing(Params):
    update: str = ""


class Nothing(Params):
    pass


@query(section=Section.JOURNAL, right=Right.TAKE_PART)
def composer(session: Session, actor: Actor, params: Composing) -> ComposerView:
    """For a new update, or with the one the address names, which the reader may change."""
    if params.update:
        return begun(session, actor, access_update(session, actor, params.update, Right.WRITE))
    return new(session, actor)


def new(session: Session, actor: Actor, audience: Audience = Audience.EVERYONE) -> ComposerView:
    """Nothing yet, for this audience unless its author chooses another."""
    return ComposerView(
        frame=frame(session, actor),
        audience=audience,
        moods=choices(UPDATE_MOODS, ""),
        audiences=choices(AUDIENCES, audience),
        people=people_to_name(session, actor),
        can_write=actor.may(Section.JOURNAL, Right.WRITE),
    )


@query(section=Section.JOURNAL)
def drafts(session: Session, actor: Actor, params: Nothing) -> DraftsView:
    """What the reader has begun and nobody else sees, and what they can still bring back."""
    kept = _drafts(session, actor)
    deleted = _deleted(session, actor)
    return DraftsView(frame(session, actor), kept, deleted, is_empty=not kept and not deleted)


def begun(session: Session, actor: Actor, update: Update) -> ComposerView:
    """What an update that is there says already."""
    readers = select(col(UpdateReader.member_id)).where(col(UpdateReader.update_id) == update.id)
    return ComposerView(
        frame=frame(session, actor),
        update_id=update.id,
        version=update.version,
        text=update.text,
        mood=update.mood,
        milestone=update.milestone,
        photos=photos_of(session, actor, [update.id]).get(update.id, ()),
        audience=update.audience,
        moods=choices(UPDATE_MOODS, update.mood),
        audiences=choices(AUDIENCES, update.audience),
        people=people_to_name(session, actor, set(session.execute(readers).scalars())),
        is_draft=update.published_at is None,
        is_editing=update.published_at is not None,
        is_mine=update.author_id == actor.member_id,
        can_write=actor.may(Section.JOURNAL, Right.WRITE),
    )


def choices(words: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(key, said, key == chosen) for key, said in words.items())


def _drafts(session: Session, actor: Actor) -> tuple[DraftCard, ...]:
    is_visit = exists().where(col(VisitOutcome.update_id) == col(Update.id))
    photos = select(func.count()).where(col(UpdateMedia.update_id) == col(Update.id)).scalar_subquery()
    statement = (
        select(Update, photos, is_visit)
        .where(sees_update(actor), col(Update.author_id) == actor.member_id, col(Update.published_at).is_(None))
        .order_by(func.coalesce(Update.edited_at, Update.created_at).desc())
        .limit(MOST)
    )
    return tuple(
        DraftCard(
            id=update.id,
            excerpt=one_line(update.text or update.milestone),
            photo_count=count,
            saved_at=update.edited_at or update.created_at,
            audience_words=AUDIENCES[update.audience],
            version=update.version,
            is_visit=tells_of_visit,
            restore_days=settings().restore_days,
        )
        for update, count, tells_of_visit in session.execute(statement)
    )


def _deleted(session: Session, actor: Actor) -> tuple[DeletedCard, ...]:
    kept = timedelta(days=settings().restore_days)
    manages = actor.may(Section.JOURNAL, Right.MANAGE)
    may_restore = true() if manages else col(Update.author_id) == actor.member_id
    statement = (
        updates_with_author()
        .where(sees_update(actor, is_deleted=True), may_restore, col(Update.deleted_at) > now() - kept)
        .order_by(col(Update.deleted_at).desc())
        .limit(MOST)
    )
    return tuple(
        DeletedCard(
            id=update.id,
            author=face_of(author.id, author.name, photo),
            excerpt=one_line(update.text or update.milestone),
            deleted_at=update.deleted_at,
            until=update.deleted_at + kept if update.deleted_at else None,
        )
        for update, author, photo in session.execute(statement)
    )
