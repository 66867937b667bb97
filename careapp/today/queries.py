"""What the home page asks: how the person is, what is new, and what waits for me."""

from collections.abc import Iterator, Sequence

from sqlalchemy import and_, exists, func, or_, select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Section, Who, sees_update
from careapp.choice import Choice
from careapp.helping.lists import help_today
from careapp.journal.cards import update_cards
from careapp.journal.choices import STATUS_MOODS
from careapp.journal.feed import newest_updates
from careapp.journal.text import one_line
from careapp.models import (
    Account,
    Comment,
    Invitation,
    JoinRequest,
    Member,
    Mention,
    PersonProfile,
    Status,
    Update,
)
from careapp.operation import Params, query
from careapp.said import mark
from careapp.schedule.upcoming import upcoming
from careapp.shifts.duty import duty_today
from careapp.sites.frame import face_of, frame, photo_of
from careapp.sites.pictures import cover_picture
from careapp.today.news import news_for
from careapp.today.views import Hint, MentionCard, RequestCard, StatusCard, TodayView

NEWEST = 3
HISTORY = 3
MENTIONS = 10
REQUESTS = 20


class Nothing(Params):
    pass


@query(who=Who.GUEST)
def today(session: Session, actor: Actor, params: Nothing) -> TodayView:
    """The home page of everyone who may enter; each part of it is there for those who may see it."""
    statuses = _statuses(session, actor)
    present = statuses[0] if statuses else StatusCard()
    can_set_status = bool(actor.member_id) and actor.may(Section.STATUS, Right.WRITE)
    return TodayView(
        frame=frame(session, actor),
        cover=cover_picture(session, actor),
        status=present,
        has_status=bool(statuses),
        shows_status=actor.may(Section.STATUS, Right.SEE),
        can_set_status=can_set_status,
        history=statuses[1:],
        moods=tuple(Choice(key, words, key == present.mood) for key, words in STATUS_MOODS.items()),
        updates=update_cards(session, actor, newest_updates(session, actor, NEWEST)),
        mentions=_mentions(session, actor),
        requests=_requests(session, actor),
        hints=tuple(_hints(session, actor)),
        news=news_for(session, actor),
        upcoming=upcoming(session, actor),
        help=help_today(session, actor),
        duty=duty_today(session, actor),
    )


def _statuses(session: Session, actor: Actor) -> tuple[StatusCard, ...]:
    if not actor.may(Section.STATUS, Right.SEE):
        return ()
    statement = (
        select(Status, Member, photo_of(Member.photo_media_id))
        .join(Member, col(Member.id) == col(Status.member_id))
        .where(col(Status.site_id) == actor.site_id)
        .order_by(col(Status.since).desc(), col(Status.id).desc())
        .limit(1 + HISTORY)
    )
    return tuple(
        StatusCard(
            id=status.id,
            place=status.place,
            mood=status.mood,
            mood_words=STATUS_MOODS.get(status.mood, ""),
            words=status.words,
            since=status.since,
            by=face_of(member.id, member.name, photo),
        )
        for status, member, photo in session.execute(statement)
    )


def _mentions(session: Session, actor: Actor) -> tuple[MentionCard, ...]:
    if not actor.member_id:
        return ()
    statement = (
        select(Mention, col(Update.text), col(Comment.text), Member, photo_of(Member.photo_media_id))
        .join(Update, col(Update.id) == col(Mention.update_id))
        .join(Member, col(Member.id) == col(Mention.by_id))
        .outerjoin(Comment, col(Comment.id) == col(Mention.comment_id))
        .where(col(Mention.member_id) == actor.member_id, col(Mention.seen_at).is_(None), sees_update(actor))
        .where(or_(col(Mention.comment_id).is_(None), col(Comment.deleted_at).is_(None)))
        .order_by(col(Mention.created_at).desc(), col(Mention.id).desc())
        .limit(MENTIONS)
    )
    return tuple(
        MentionCard(
            id=mention.id,
            update_id=mention.update_id,
            by=face_of(member.id, member.name, photo),
            at=mention.created_at,
            excerpt=one_line(comment_text if mention.comment_id else update_text),
            is_comment=mention.comment_id is not None,
        )
        for mention, update_text, comment_text, member, photo in session.execute(statement)
    )


def _requests(session: Session, actor: Actor) -> tuple[RequestCard, ...]:
    if not actor.may(Section.PEOPLE, Right.MANAGE):
        return ()
    statement = (
        select(JoinRequest, Account)
        .join(Account, col(Account.id) == col(JoinRequest.account_id))
        .where(col(JoinRequest.site_id) == actor.site_id, col(JoinRequest.decided_at).is_(None))
        .order_by(col(JoinRequest.created_at), col(JoinRequest.id))
        .limit(REQUESTS)
    )
    return tuple(
        RequestCard(request.id, face_of(account.id, account.name), request.words, request.created_at)
        for request, account in session.execute(statement)
    )


def _hints(session: Session, actor: Actor) -> Iterator[Hint]:
    """The first steps that nobody has taken yet, and that this member may take."""
    if not actor.member_id or not actor.may(Section.PEOPLE, Right.WRITE):
        return
    has_status, has_update, has_others, has_profile, has_phone = _taken(session, actor)
    if not has_status and actor.may(Section.STATUS, Right.WRITE):
        yield Hint("status", mark("Say where they are and how they are"))
    if not has_update and actor.may(Section.JOURNAL, Right.WRITE):
        yield Hint("update", mark("Write the first update"))
    if not has_others:
        yield Hint("invite", mark("Invite someone who helps"))
    if not has_profile and actor.may(Section.PROFILE, Right.WRITE):
        yield Hint("profile", mark("Write down what comforts them, what they like, what they wish"))
    if not has_phone:
        yield Hint("phone", mark("Add your phone number, so that people can call you"))


def _taken(session: Session, actor: Actor) -> Sequence[bool]:
    here = actor.site_id
    written = (PersonProfile.about, PersonProfile.comforts, PersonProfile.food, PersonProfile.language)
    is_other = and_(col(Member.site_id) == here, col(Member.id) != actor.member_id)
    statement = select(
        exists().where(col(Status.site_id) == here),
        exists().where(col(Update.site_id) == here, col(Update.published_at).is_not(None)),
        or_(exists().where(is_other), exists().where(col(Invitation.site_id) == here)),
        exists().where(col(PersonProfile.site_id) == here, or_(*(col(column) != "" for column in written))),
        exists().where(col(Member.id) == actor.member_id, func.length(Member.phone) > 0),
    )
    return session.execute(statement).one()
