"""Asking to join, and the answer."""

from dataclasses import dataclass, replace
from datetime import timedelta

from pydantic import Field
from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Right, Role, Section, access_join_request, lock_site
from careapp.clock import now
from careapp.errors import Conflict, NotFound
from careapp.models import Account, JoinRequest, Privacy, Site
from careapp.notify.announce import announce
from careapp.notify.mail import post
from careapp.operation import Command, Id, Line, Text, operation
from careapp.said import mark
from careapp.sites.fields import MemberRole
from careapp.sites.letters import welcome_letter
from careapp.sites.roles import require_on_offer
from careapp.sites.seats import place_of, seat
from careapp.sites.telling import tell_of_arrival, tell_of_request

ASK_AGAIN = timedelta(days=30)
MOST_WAITING = 200


class AskToJoin(Command):
    """`site` is the address; `words` say who one is, for whoever decides."""

    address: Line = Field(max_length=40)
    words: Text = Field(default="", max_length=500)


@dataclass(frozen=True)
class Asked:
    words: str = mark("Thank you. You will find the answer here as soon as the family has decided.")
    is_member: bool = False


@operation(says="asked to join")
def ask_to_join(session: Session, actor: Actor, command: AskToJoin) -> Asked:
    """Ask a site that lets people ask; every other one answers as if it were not there. Safe to repeat."""
    site = site_that_may_be_asked(session, command.address)
    if site is None:
        raise NotFound
    place = place_of(session, site.id, actor.account_id)
    if place and not place.left_at:
        return Asked(mark("You already belong here."), is_member=True)
    last = last_request(session, site.id, actor.account_id)
    if last and not last.decided_at:
        last.words = command.words
    else:
        _require_patience(last)
        _require_room(session, site)
        session.add(JoinRequest(site_id=site.id, account_id=actor.account_id, words=command.words))
        tell_of_request(session, actor, site, command.words)
    announce(session, replace(actor, site_id=site.id))
    return Asked()


class ApproveRequest(Command):
    request_id: Id
    role: MemberRole


@operation(section=Section.PEOPLE, right=Right.MANAGE, says="let someone join")
def approve_request(session: Session, actor: Actor, command: ApproveRequest) -> None:
    """Give whoever asked a place in a role."""
    site = lock_site(session, actor)
    request = _undecided(session, actor, command.request_id)
    require_on_offer(session, actor, command.role)
    _decide(actor, request, is_approved=True)
    account = session.get_one(Account, request.account_id)
    place = place_of(session, site.id, account.id)
    if place is None or place.left_at:
        joined = seat(session, Actor(account_id=account.id, name=account.name), site, Role(command.role))
        tell_of_arrival(session, actor, site, joined)
    post(session, account.email, account.language, welcome_letter(site))
    announce(session, actor, about=request.id)


class DeclineRequest(Command):
    request_id: Id


@operation(section=Section.PEOPLE, right=Right.MANAGE, says="answered a request to join with no")
def decline_request(session: Session, actor: Actor, command: DeclineRequest) -> None:
    """Say no. They may ask again after thirty days."""
    lock_site(session, actor)
    _decide(actor, _undecided(session, actor, command.request_id), is_approved=False)
    announce(session, actor, about=command.request_id)


def site_that_may_be_asked(session: Session, address: str) -> Site | None:
    statement = select(Site).where(
        col(Site.address) == address.lower(), col(Site.privacy) == Privacy.ASK, col(Site.deleted_at).is_(None)
    )
    return session.execute(statement).scalar_one_or_none()


def last_request(session: Session, site_id: str, account_id: str) -> JoinRequest | None:
    statement = (
        select(JoinRequest)
        .where(col(JoinRequest.site_id) == site_id, col(JoinRequest.account_id) == account_id)
        .order_by(col(JoinRequest.created_at).desc(), col(JoinRequest.id).desc())
        .limit(1)
    )
    return session.execute(statement).scalar_one_or_none()


def is_too_soon(last: JoinRequest | None) -> bool:
    """Whether a no was given lately."""
    return bool(last and last.is_approved is False and last.decided_at and last.decided_at > now() - ASK_AGAIN)


def _require_patience(last: JoinRequest | None) -> None:
    if is_too_soon(last):
        raise Conflict("The family has not opened this site to more people for now. Please speak to them yourself.")


def _require_room(session: Session, site: Site) -> None:
    waiting = select(col(JoinRequest.id)).where(
        col(JoinRequest.site_id) == site.id, col(JoinRequest.decided_at).is_(None)
    )
    if len(session.execute(waiting.limit(MOST_WAITING)).all()) >= MOST_WAITING:
        raise Conflict("Many people are waiting for an answer here. Please try again in a few days.")


def _undecided(session: Session, actor: Actor, request_id: str) -> JoinRequest:
    request = access_join_request(session, actor, request_id)
    if request.decided_at:
        raise Conflict("Someone has already answered this.")
    return request


def _decide(actor: Actor, request: JoinRequest, is_approved: bool) -> None:
    request.decided_at, request.decided_by_id, request.is_approved = now(), actor.member_id, is_approved
