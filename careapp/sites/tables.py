"""The table of rights as people read and change it: cells of role or member, section by section."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import ROLE_TABLE, Actor, Right, Role, Section, Who
from careapp.models import MemberGrant
from careapp.operation import Params, query
from careapp.sites.frame import Frame, frame
from careapp.sites.roles import (
    ROLE_ABOUT,
    ROLE_WORDS,
    SECTION_WORDS,
    SiteAnswers,
    right_words,
    rights_on_offer,
    role_right,
    site_answers,
)

STANDARD = "standard"


@dataclass(frozen=True)
class Option:
    """`value` is what a command takes; `words` is a message id."""

    value: str = ""
    words: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Cell:
    """What a role or a member may do in a section. `is_own`: the site's own answer, not the usual one."""

    section: str = ""
    section_words: str = ""
    words: str = ""
    usual_words: str = ""
    is_own: bool = False
    can_change: bool = False
    options: tuple[Option, ...] = ()


@dataclass(frozen=True)
class RoleRow:
    role: str = ""
    words: str = ""
    about: str = ""
    is_mine: bool = False
    can_change: bool = False
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class RolesView:
    """`mine` are the viewer's own rights, with what was agreed for them alone."""

    frame: Frame = field(default_factory=Frame)
    sections: tuple[str, ...] = ()
    rows: tuple[RoleRow, ...] = ()
    mine: tuple[Cell, ...] = ()
    can_change: bool = False
    has_own: bool = False


@query(who=Who.MEMBER)
def roles(session: Session, actor: Actor, params: Params) -> RolesView:
    """Who may do what on this site, for every member to read."""
    site = site_answers(session, actor.site_id)
    can_change = actor.may(Section.SITE, Right.MANAGE)
    rows = tuple(_row(actor, role, site, can_change) for role in Role)
    return RolesView(
        frame=frame(session, actor),
        sections=tuple(SECTION_WORDS.values()),
        rows=rows,
        mine=member_cells(session, actor.role, actor.member_id, site, can_change=False),
        can_change=can_change,
        has_own=any(cell.is_own for row in rows for cell in row.cells),
    )


def member_cells(session: Session, role: Role, member_id: str, site: SiteAnswers, can_change: bool) -> tuple[Cell, ...]:
    """What one member may do. Their usual answer is their role's on this site."""
    statement = select(MemberGrant).where(col(MemberGrant.member_id) == member_id)
    own = {grant.section: grant.level for grant in session.execute(statement).scalars()}
    is_open = can_change and role is not Role.COORDINATOR
    return tuple(_cell(section, role_right(role, section, site), own.get(section), is_open) for section in Section)


def _row(actor: Actor, role: Role, site: SiteAnswers, can_change: bool) -> RoleRow:
    is_open = can_change and role not in (Role.COORDINATOR, Role.VISITOR)
    cells = tuple(_cell(section, ROLE_TABLE[role][section], site.get((role, section)), is_open) for section in Section)
    return RoleRow(role, ROLE_WORDS[role], ROLE_ABOUT[role], role is actor.role, is_open, cells)


def _cell(section: Section, usual: Right, own: int | None, can_change: bool) -> Cell:
    right = usual if own is None else Right(own)
    return Cell(
        section=section,
        section_words=SECTION_WORDS[section],
        words=right_words(section, right),
        usual_words=right_words(section, usual),
        is_own=own is not None,
        can_change=can_change,
        options=_options(section, usual, right) if can_change else (),
    )


def _options(section: Section, usual: Right, chosen: Right) -> tuple[Option, ...]:
    """The usual answer first, then the others that can be given, each in words of its own."""
    usual_words = right_words(section, usual)
    chosen_words = right_words(section, chosen)
    others = (right for right in rights_on_offer(section) if right_words(section, right) != usual_words)
    return (
        Option(STANDARD, usual_words, usual_words == chosen_words),
        *(
            Option(right.name.lower(), right_words(section, right), right_words(section, right) == chosen_words)
            for right in others
        ),
    )
