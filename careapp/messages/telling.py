"""Who is told of what is written on the wall. A lock screen shows little of it, unless its owner wants more."""

from uuid import UUID, uuid5

from sqlalchemy import exists, or_, select
from sqlmodel import Session, col

from careapp.access import Actor, Role, access_site, who_sees_messages
from careapp.journal.text import one_line
from careapp.models import Kind, Member, Message, Notice, Site
from careapp.notify.tell import Telling, Words, page_of, reword, take_back, tell
from careapp.said import Said


def tell_of_message(session: Session, actor: Actor, message: Message) -> None:
    """Tell the person, the coordinators and the point of contact; but not whoever wrote it."""
    site = access_site(session, actor)
    words = Words(
        Said("{site}: a new message of support", site=site.name),
        more_title=Said("{site}: a message from {name}", site=site.name, name=actor.name),
        more_body=one_line(message.text),
    )
    told = _for_whom(session, site) - {message.author_id}
    _tell(session, site, told, words, _path(site, message.id), f"messages-{site.id}")


def tell_of_reply(session: Session, actor: Actor, answered: Message, reply: Message) -> None:
    """Tell whoever wrote what is answered."""
    site = access_site(session, actor)
    words = Words(
        Said("{site}: an answer to your message", site=site.name),
        more_title=Said("{site}: {name} has answered your message", site=site.name, name=actor.name),
        more_body=one_line(reply.text),
    )
    told = {answered.author_id} - {reply.author_id}
    _tell(session, site, told, words, f"{_path(site, answered.id)}#said-{reply.id}", f"message-{answered.id}")


def tell_of_thanks(session: Session, actor: Actor, message: Message) -> None:
    """Tell whoever wrote it, once: thanks that are taken back and given again are no news."""
    site, tag = access_site(session, actor), f"thanks-{uuid5(UUID(message.id), actor.member_id)}"
    was_told = exists().where(col(Notice.member_id) == message.author_id, col(Notice.tag) == tag)
    if session.execute(select(was_told)).scalar_one():
        return
    words = Words(
        Said("{site}: thanks for your message", site=site.name),
        more_title=Said("{site}: {name} thanks you for your message", site=site.name, name=actor.name),
        more_body=one_line(message.text),
    )
    _tell(session, site, {message.author_id}, words, _path(site, message.reply_to_id or message.id), tag)


def tell_as_it_is_now(session: Session, message: Message) -> None:
    """The message was changed: nobody is told what it said before."""
    reword(session, message.site_id, message.id, one_line(message.text))


def tell_no_more(session: Session, message: Message) -> None:
    """What was taken away is no longer told, nor kept in what was."""
    take_back(session, message.site_id, message.id)


def _for_whom(session: Session, site: Site) -> set[str]:
    is_meant = or_(col(Member.role).in_((Role.COORDINATOR, Role.PERSON)), col(Member.is_contact))
    statement = select(col(Member.id)).where(col(Member.site_id) == site.id, col(Member.left_at).is_(None), is_meant)
    return {*session.scalars(statement)}


def _tell(session: Session, site: Site, told: set[str], words: Words, path: str, tag: str) -> None:
    """Of those, only who may read the wall."""
    readers = sorted(told & who_sees_messages(session, site.id))
    tell(session, site, readers, Telling(Kind.MESSAGES, words, path, tag))


def _path(site: Site, message_id: str) -> str:
    return page_of("/message", site, message=message_id)
