"""What the journal's pages ask: the feed, and one update with what was said to it."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, access_update, sees_update
from careapp.journal.cards import Row, update_cards, updates_with_author
from careapp.journal.choices import REACTIONS
from careapp.journal.cursor import Cursor, cursor_from, older
from careapp.journal.people import people_to_name
from careapp.journal.seen import seen_by
from careapp.journal.threads import comments_before
from careapp.journal.updates import PINNED
from careapp.journal.views import JournalView, Reactor, UpdateView
from careapp.models import Member, Mention, Reaction, Update
from careapp.operation import Params, query
from careapp.sites.frame import face_of, frame, photo_of

PAGE = 20
MOST_REACTORS = 100


class Page(Params):
    before: str = ""


class OneUpdatePage(Params):
    update: str = ""
    before: str = ""


@query(section=Section.JOURNAL)
def journal(session: Session, actor: Actor, params: Page) -> JournalView:
    """The newest updates that the reader may see, or those before a cursor."""
    before = cursor_from(params.before)
    pinned = session.execute(_pinned(actor)).all()
    rows = session.execute(_timeline(actor, PAGE + 1, before, [row[0].id for row in pinned])).all()
    above = () if before else pinned
    cards = update_cards(session, actor, [*above, *rows[:PAGE]])
    return JournalView(
        frame=frame(session, actor),
        pinned=cards[: len(above)],
        updates=cards[len(above) :],
        older=older(rows, PAGE, "published_at"),
        is_first_page=before is None,
        is_empty=before is None and not cards,
        can_write=bool(actor.member_id) and actor.may(Section.JOURNAL, Right.WRITE),
        draft_count=session.execute(_draft_count(actor)).scalar_one(),
    )


def newest_updates(session: Session, actor: Actor, limit: int) -> Sequence[Row]:
    """The rows of the newest updates that the reader may see, pinned or not."""
    return session.execute(_timeline(actor, limit)).all()


@query(section=Section.JOURNAL)
def update_page(session: Session, actor: Actor, params: OneUpdatePage) -> UpdateView:
    """One update in full, with a page of its comments."""
    update = access_update(session, actor, params.update)
    rows = session.execute(updates_with_author().where(col(Update.id) == update.id)).all()
    comments, earlier = comments_before(session, actor, update.id, cursor_from(params.before))
    return UpdateView(
        frame=frame(session, actor),
        update=update_cards(session, actor, rows, is_whole=True)[0],
        comments=comments,
        earlier=earlier,
        reactors=_reactors(session, update.id),
        seen_by=seen_by(session, actor, update),
        people=people_to_name(session, actor),
        names_me=_names_me(session, actor, update.id),
    )


def _pinned(actor: Actor) -> Select[*tuple[Any, ...]]:
    pinned = updates_with_author().where(sees_update(actor), col(Update.pinned_at).is_not(None))
    return pinned.order_by(col(Update.pinned_at).desc(), col(Update.id).desc()).limit(PINNED)


def _timeline(
    actor: Actor, limit: int, before: Cursor | None = None, without: Collection[str] = ()
) -> Select[*tuple[Any, ...]]:
    seen = updates_with_author().where(sees_update(actor), col(Update.published_at).is_not(None))
    if without:
        seen = seen.where(col(Update.id).not_in(without))
    if before:
        seen = seen.where(tuple_(col(Update.published_at), col(Update.id)) < before.key())
    return seen.order_by(col(Update.published_at).desc(), col(Update.id).desc()).limit(limit)


def _draft_count(actor: Actor) -> Select[int]:
    return select(func.count()).where(
        sees_update(actor), col(Update.author_id) == actor.member_id, col(Update.published_at).is_(None)
    )


def _names_me(session: Session, actor: Actor, update_id: str) -> bool:
    unseen = select(Mention).where(
        col(Mention.update_id) == update_id, col(Mention.member_id) == actor.member_id, col(Mention.seen_at).is_(None)
    )
    return bool(session.execute(select(unseen.exists())).scalar())


def _reactors(session: Session, update_id: str) -> tuple[Reactor, ...]:
    statement = (
        select(Reaction, Member, photo_of(Member.photo_media_id))
        .join(Member, col(Member.id) == col(Reaction.member_id))
        .where(col(Reaction.update_id) == update_id)
        .order_by(col(Reaction.created_at), col(Member.id))
        .limit(MOST_REACTORS)
    )
    return tuple(
        Reactor(face_of(member.id, member.name, photo), *REACTIONS[reaction.kind])
        for reaction, member, photo in session.execute(statement)
    )
