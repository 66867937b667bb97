"""What people are to the person, and what each may do in which section."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What someone is to the person. A visitor holds the link of a site that allows it, and no membership."""

    COORDINATOR = "coordinator"
    CO_CAREGIVER = "co_caregiver"
    FAMILY = "family"
    FRIEND = "friend"
    CARE_PROFESSIONAL = "care_professional"
    PERSON = "person"
    VISITOR = "visitor"


MEMBER_ROLES = tuple(role for role in Role if role is not Role.VISITOR)


class Section(StrEnum):
    JOURNAL = "journal"
    STATUS = "status"
    PROFILE = "profile"
    PEOPLE = "people"
    SITE = "site"
    SOS = "sos"
    MESSAGES = "messages"
    SCHEDULE = "schedule"


class Right(IntEnum):
    """Each right includes those below it. TAKE_PART: comment and react; WRITE: own entries; MANAGE: everyone's.

    For an SOS: TAKE_PART raises and answers one, and is told when everyone is; WRITE is told at once; MANAGE sets up
    the ladder and may stand anyone's down. In the schedule, which holds help and responsibilities too: TAKE_PART takes
    things on, WRITE adds to it, MANAGE changes what is others'."""

    NONE = 0
    SEE = 1
    TAKE_PART = 2
    WRITE = 3
    MANAGE = 4


class Who(StrEnum):
    """Who may call what no right in a section decides. MEMBER: every member of the site, whatever their rights; GUEST:
    they and whoever holds an open site's link."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    MEMBER = "member"
    GUEST = "guest"


_S, _T, _W, _M, _N = Right.SEE, Right.TAKE_PART, Right.WRITE, Right.MANAGE, Right.NONE

ROLE_TABLE: Mapping[Role, Mapping[Section, Right]] = MappingProxyType(
    {
        role: MappingProxyType(dict(zip(Section, rights, strict=True)))
        for role, rights in {
            #                        JOURNAL STATUS PROFILE PEOPLE SITE SOS MESSAGES SCHEDULE
            Role.COORDINATOR: (_M, _M, _M, _M, _M, _M, _M, _M),
            Role.CO_CAREGIVER: (_M, _M, _M, _W, _S, _M, _M, _M),
            Role.FAMILY: (_W, _W, _S, _S, _N, _W, _W, _W),
            Role.FRIEND: (_T, _S, _S, _S, _N, _T, _W, _T),
            Role.CARE_PROFESSIONAL: (_W, _W, _S, _S, _N, _T, _W, _W),
            Role.PERSON: (_M, _M, _M, _S, _S, _M, _M, _M),
            Role.VISITOR: (_S, _S, _N, _N, _N, _N, _S, _N),
        }.items()
    }
)

FAMILY_CIRCLE = (Role.COORDINATOR, Role.CO_CAREGIVER, Role.FAMILY, Role.PERSON)
CARE_TEAM = (Role.COORDINATOR, Role.CO_CAREGIVER, Role.CARE_PROFESSIONAL, Role.PERSON)
