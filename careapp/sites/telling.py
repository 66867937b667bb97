"""Who is told that someone comes: those who can do something about it."""

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Role, Section, right_of_member
from careapp.models import Kind, Member, Site
from careapp.notify.tell import Telling, Words, page_of, tell
from careapp.said import Said


def tell_of_request(session: Session, actor: Actor, site: Site, words: str) -> None:
    """Someone asks to join: tell everyone who may answer."""
    may_answer = right_of_member(Section.PEOPLE) >= Right.MANAGE
    answering = select(col(Member.id)).where(col(Member.site_id) == site.id, col(Member.left_at).is_(None), may_answer)
    said = Words(
        Said("{site}: someone asks to join", site=site.name),
        more_title=Said("{site}: {name} asks to join", site=site.name, name=actor.name),
        more_body=words,
    )
    _tell(session, site, list(session.scalars(answering)), said)


def tell_of_arrival(session: Session, actor: Actor, site: Site, joined: Actor, inviter_id: str = "") -> None:
    """Someone has joined: tell the coordinators and who invited them, but whoever let them in."""
    current = col(Member.site_id) == site.id, col(Member.left_at).is_(None)
    coordinators = select(col(Member.id)).where(*current, col(Member.role) == Role.COORDINATOR)
    concerned = {*session.scalars(coordinators), inviter_id} - {joined.member_id, actor.member_id, ""}
    said = Words(
        Said("{site}: someone has joined", site=site.name),
        more_title=Said("{site}: {name} has joined", site=site.name, name=joined.name),
    )
    _tell(session, site, sorted(concerned), said)


def _tell(session: Session, site: Site, member_ids: list[str], words: Words) -> None:
    tell(session, site, member_ids, Telling(Kind.PEOPLE, words, page_of("/people", site), f"people-{site.id}"))
