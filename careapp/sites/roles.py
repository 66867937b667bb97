"""Roles, sections and rights in the words of people, and which of them may be given to whom."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import CARE_TEAM, FAMILY_CIRCLE, MEMBER_ROLES, ROLE_TABLE, Actor, Right, Role, Section
from careapp.errors import NotAllowed
from careapp.models import RoleGrant
from careapp.said import mark

ROLE_WORDS: Mapping[Role, str] = {
    Role.COORDINATOR: mark("Coordinator"),
    Role.CO_CAREGIVER: mark("Co-caregiver"),
    Role.FAMILY: mark("Family"),
    Role.FRIEND: mark("Friend"),
    Role.CARE_PROFESSIONAL: mark("Care professional"),
    Role.PERSON: mark("The person cared for"),
    Role.VISITOR: mark("Visitor"),
}

ROLE_ABOUT: Mapping[Role, str] = {
    Role.COORDINATOR: mark("Looks after the site and its people, and can change everything."),
    Role.CO_CAREGIVER: mark("Shares the daily care: writes, tidies up and invites."),
    Role.FAMILY: mark("Reads and posts, and says how things are."),
    Role.FRIEND: mark("Reads, comments and helps; sees nothing medical."),
    Role.CARE_PROFESSIONAL: mark("A nurse, doctor, therapist or aide: reads and posts for the care team."),
    Role.PERSON: mark("The one this site is for: own words, own wishes, own voice."),
    Role.VISITOR: mark("Someone with the link of an open site: reads, and nothing more."),
}

SECTION_WORDS: Mapping[Section, str] = {
    Section.JOURNAL: mark("Journal"),
    Section.STATUS: mark("Status"),
    Section.PROFILE: mark("Profile and wishes"),
    Section.PEOPLE: mark("People"),
    Section.SITE: mark("Site settings"),
    Section.SOS: mark("SOS"),
    Section.MESSAGES: mark("Messages of support"),
    Section.SCHEDULE: mark("Schedule and help"),
}

RIGHT_WORDS: Mapping[Section, Mapping[Right, str]] = {
    Section.JOURNAL: {
        Right.NONE: mark("Does not see it"),
        Right.SEE: mark("Reads"),
        Right.TAKE_PART: mark("Reads, comments and reacts"),
        Right.WRITE: mark("Posts updates"),
        Right.MANAGE: mark("Posts, and edits what others posted"),
    },
    Section.STATUS: {
        Right.NONE: mark("Does not see it"),
        Right.SEE: mark("Sees it"),
        Right.WRITE: mark("Says how things are"),
    },
    Section.PROFILE: {
        Right.NONE: mark("Does not see it"),
        Right.SEE: mark("Sees it"),
        Right.WRITE: mark("Edits it"),
    },
    Section.PEOPLE: {
        Right.NONE: mark("Does not see who is here"),
        Right.SEE: mark("Sees who is here"),
        Right.WRITE: mark("Invites people"),
        Right.MANAGE: mark("Invites, changes roles and removes people"),
    },
    Section.SITE: {
        Right.NONE: mark("Does not see them"),
        Right.SEE: mark("Sees them"),
        Right.WRITE: mark("Edits name, picture and colour"),
        Right.MANAGE: mark("Decides everything about the site"),
    },
    Section.SOS: {
        Right.NONE: mark("Has nothing to do with it"),
        Right.TAKE_PART: mark("Can raise one, and is told when everyone is"),
        Right.WRITE: mark("Can raise one, and is told at once"),
        Right.MANAGE: mark("Is told at once, and decides who is told when"),
    },
    Section.MESSAGES: {
        Right.NONE: mark("Does not see them"),
        Right.SEE: mark("Reads them"),
        Right.TAKE_PART: mark("Reads them, replies and says thanks"),
        Right.WRITE: mark("Writes messages"),
        Right.MANAGE: mark("Writes, and takes away what others wrote"),
    },
    Section.SCHEDULE: {
        Right.NONE: mark("Does not see it"),
        Right.SEE: mark("Sees it"),
        Right.TAKE_PART: mark("Sees it, and takes things on"),
        Right.WRITE: mark("Adds to it"),
        Right.MANAGE: mark("Adds to it, and changes what others added"),
    },
}

COORDINATORS_ALONE = ((Section.PEOPLE, Right.MANAGE), (Section.SITE, Right.MANAGE))


def right_words(section: Section, right: Right) -> str:
    """What a right means in a section. A right that a section has no words for means the same as the next below."""
    words = RIGHT_WORDS[section]
    return words[max(step for step in words if step <= right)]


def rights_on_offer(section: Section) -> tuple[Right, ...]:
    """What may be given to a role or a member. Managing people and the site comes with being coordinator, and only
    so: whoever could give rights could otherwise give them all to themselves."""
    return tuple(right for right in RIGHT_WORDS[section] if (section, right) not in COORDINATORS_ALONE)


SiteAnswers = Mapping[tuple[str, str], int]


def site_answers(session: Session, site_id: str) -> SiteAnswers:
    """What the site has decided for roles, by role and section."""
    statement = select(RoleGrant).where(col(RoleGrant.site_id) == site_id)
    return {(grant.role, grant.section): grant.level for grant in session.execute(statement).scalars()}


def role_right(role: Role, section: Section, site: SiteAnswers) -> Right:
    """What a role may do on a site. Nobody has decided otherwise for coordinators and visitors: nobody can."""
    return Right(site.get((role, section), ROLE_TABLE[role][section]))


def roles_on_offer(session: Session, actor: Actor) -> tuple[Role, ...]:
    """The roles the actor may give: none that may do or read more here than they do themselves, or they could let
    themselves in again as more than they are. Empty for who may not invite."""
    if not actor.may(Section.PEOPLE, Right.WRITE):
        return ()
    site = site_answers(session, actor.site_id)
    return tuple(role for role in MEMBER_ROLES if _is_no_more_than(actor, role, site))


def require_on_offer(session: Session, actor: Actor, role: Role) -> None:
    """Raise NotAllowed unless the actor may give the role."""
    if role not in roles_on_offer(session, actor):
        raise NotAllowed("You can only give a role that may do no more here than you may yourself.")


def _is_no_more_than(actor: Actor, role: Role, site: SiteAnswers) -> bool:
    may_do = all(actor.may(section, role_right(role, section, site)) for section in Section)
    return may_do and all(actor.role in circle for circle in (FAMILY_CIRCLE, CARE_TEAM) if role in circle)
