"""All the sites of one login."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, literal, select
from sqlmodel import Session, col

from careapp.access import ROLE_TABLE, Actor, Right, Role, Section, Who, is_meant_for
from careapp.models import JoinRequest, Member, MemberGrant, PersonProfile, RoleGrant, Site, Update
from careapp.operation import Params, query
from careapp.sites.frame import Face, face_of, photo_of, site_columns
from careapp.sites.roles import ROLE_WORDS
from careapp.sites.site import is_past_restoring, restore_time

MOST = 200


@dataclass(frozen=True)
class SiteCard:
    """One of my sites. `unseen` counts the updates since I last looked, as far as I may see them."""

    site: str = ""
    href: str = ""
    name: str = ""
    colour: str = "teal"
    person: Face = field(default_factory=Face)
    cover_id: str = ""
    role_words: str = ""
    unseen: int = 0
    has_unseen: bool = False


@dataclass(frozen=True)
class DeletedCard:
    """A site I coordinate that is deleted and can be brought back until `until`."""

    site_id: str = ""
    name: str = ""
    until: datetime | None = None


@dataclass(frozen=True)
class AskedCard:
    """A site I have asked to join, and that has not answered."""

    site: str = ""
    name: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True)
class MySites:
    sites: tuple[SiteCard, ...] = ()
    deleted: tuple[DeletedCard, ...] = ()
    asked: tuple[AskedCard, ...] = ()
    is_empty: bool = True


@query(who=Who.SIGNED_IN)
def my_sites(session: Session, actor: Actor, params: Params) -> MySites:
    """Where I belong, what I could bring back, where I have asked; in four statements however many there are."""
    rows = _rows(session, actor)
    unseen = _unseen(session, actor, rows)
    cards = tuple(_card(row, unseen.get(row.site_id, 0)) for row in rows if not row.deleted_at)
    deleted = tuple(
        DeletedCard(row.site_id, row.site_name, row.deleted_at + restore_time())
        for row in rows
        if row.deleted_at and row.role == Role.COORDINATOR and not is_past_restoring(row.deleted_at)
    )
    return MySites(cards, deleted, _asked(session, actor), is_empty=not cards)


@dataclass(frozen=True)
class Home:
    """The address of the site to open first, empty for someone who has none."""

    site: str = ""


@query(who=Who.SIGNED_IN)
def home(session: Session, actor: Actor, params: Params) -> Home:
    """The site I looked at last, else the one I joined first."""
    statement = (
        select(col(Site.address))
        .join(Member, col(Member.site_id) == col(Site.id))
        .where(col(Member.account_id) == actor.account_id, col(Member.left_at).is_(None))
        .where(col(Site.deleted_at).is_(None))
        .order_by(col(Member.seen_at).desc().nulls_last(), col(Member.joined_at), col(Member.id))
        .limit(1)
    )
    return Home(session.execute(statement).scalar() or "")


def _rows(session: Session, actor: Actor) -> list[Row[Any]]:
    statement = (
        select(
            *site_columns(),
            photo_of(Site.cover_media_id).label("cover"),
            col(Site.deleted_at),
            col(Member.id).label("member_id"),
            col(Member.role),
        )
        .join(Member, col(Member.site_id) == col(Site.id))
        .outerjoin(PersonProfile, col(PersonProfile.site_id) == col(Site.id))
        .where(col(Member.account_id) == actor.account_id, col(Member.left_at).is_(None))
        .order_by(col(Member.joined_at), col(Site.id))
        .limit(MOST)
    )
    return list(session.execute(statement))


def _card(row: Row[Any], unseen: int) -> SiteCard:
    return SiteCard(
        site=row.address,
        href=f"/today?site={row.address}",
        name=row.site_name,
        colour=row.colour,
        person=face_of(row.site_id, row.called or row.person_name, row.person_photo),
        cover_id=row.cover or "",
        role_words=ROLE_WORDS[Role(row.role)],
        unseen=unseen,
        has_unseen=unseen > 0,
    )


def _unseen(session: Session, actor: Actor, rows: list[Row[Any]]) -> Mapping[str, int]:
    """Updates by others since the member last looked, where they may see the journal at all."""
    since = func.coalesce(Member.seen_at, Member.joined_at)
    statement = (
        select(col(Update.site_id), func.count().label("unseen"))
        .join(Member, col(Member.site_id) == col(Update.site_id))
        .where(col(Member.account_id) == actor.account_id, col(Member.left_at).is_(None))
        .where(col(Update.published_at) > since, col(Update.deleted_at).is_(None))
        .where(col(Update.author_id) != col(Member.id), is_meant_for(col(Member.role), col(Member.id)))
        .group_by(col(Update.site_id))
    )
    readers = _journal_readers(session, actor, rows)
    return {row.site_id: row.unseen for row in session.execute(statement) if row.site_id in readers}


def _journal_readers(session: Session, actor: Actor, rows: list[Row[Any]]) -> set[str]:
    """The sites on which the account may see the journal."""
    mine = (col(Member.account_id) == actor.account_id, col(Member.left_at).is_(None))
    for_role = (
        select(literal(0), col(Member.site_id), col(RoleGrant.level))
        .join(Member, (col(Member.site_id) == col(RoleGrant.site_id)) & (col(Member.role) == col(RoleGrant.role)))
        .where(*mine, col(RoleGrant.section) == Section.JOURNAL)
    )
    for_member = (
        select(literal(1), col(Member.site_id), col(MemberGrant.level))
        .join(Member, col(Member.id) == col(MemberGrant.member_id))
        .where(*mine, col(MemberGrant.section) == Section.JOURNAL)
    )
    own = {site_id: level for _, site_id, level in sorted(map(tuple, session.execute(for_role.union_all(for_member))))}
    standard = {row.site_id: ROLE_TABLE[Role(row.role)][Section.JOURNAL] for row in rows}
    coordinated = {row.site_id for row in rows if row.role == Role.COORDINATOR}
    return {
        site_id for site_id, right in standard.items() if site_id in coordinated or own.get(site_id, right) >= Right.SEE
    }


def _asked(session: Session, actor: Actor) -> tuple[AskedCard, ...]:
    statement = (
        select(col(Site.address), col(Site.name), col(JoinRequest.created_at))
        .join(Site, col(Site.id) == col(JoinRequest.site_id))
        .where(col(JoinRequest.account_id) == actor.account_id, col(JoinRequest.decided_at).is_(None))
        .where(col(Site.deleted_at).is_(None))
        .order_by(col(JoinRequest.created_at))
        .limit(MOST)
    )
    return tuple(AskedCard(*row) for row in session.execute(statement))
