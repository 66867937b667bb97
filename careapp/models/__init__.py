"""All tables, one file an aggregate. Importing this module makes the metadata complete."""

from careapp.models.account import Account, EmailCode, SignIn
from careapp.models.journal import Audience, Comment, Mention, Reaction, Status, Update, UpdatePhoto, UpdateReader
from careapp.models.media import Media, Upload
from careapp.models.site import (
    FormerAddress,
    Invitation,
    JoinRequest,
    Member,
    MemberGrant,
    PersonProfile,
    Privacy,
    RoleGrant,
    Site,
)
from careapp.models.system import AuditEntry, Job, OpAnswer, RateCount

__all__ = [
    "Account",
    "Audience",
    "AuditEntry",
    "Comment",
    "EmailCode",
    "FormerAddress",
    "Invitation",
    "Job",
    "JoinRequest",
    "Media",
    "Member",
    "MemberGrant",
    "Mention",
    "OpAnswer",
    "PersonProfile",
    "Privacy",
    "RateCount",
    "Reaction",
    "RoleGrant",
    "SignIn",
    "Site",
    "Status",
    "Update",
    "UpdatePhoto",
    "UpdateReader",
    "Upload",
]
