"""All tables, one file an aggregate. Importing this module makes the metadata complete."""

from careapp.models.account import Account, EmailCode, SignIn
from careapp.models.journal import Audience, Comment, Mention, Reaction, Status, Update, UpdatePhoto, UpdateReader
from careapp.models.media import Media, Upload
from careapp.models.notice import Channel, Delivery, DeliveryState, Device, Kind, Notice, NoticeChoice, NoticeSettings
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
from careapp.models.sos import Alert, AlertEntry, Answer, Ending, LadderMember, LadderStep, Responder
from careapp.models.system import AuditEntry, Job, OpAnswer, RateCount

__all__ = [
    "Account",
    "Alert",
    "AlertEntry",
    "Answer",
    "Audience",
    "AuditEntry",
    "Channel",
    "Comment",
    "Delivery",
    "DeliveryState",
    "Device",
    "EmailCode",
    "Ending",
    "FormerAddress",
    "Invitation",
    "Job",
    "JoinRequest",
    "Kind",
    "LadderMember",
    "LadderStep",
    "Media",
    "Member",
    "MemberGrant",
    "Mention",
    "Notice",
    "NoticeChoice",
    "NoticeSettings",
    "OpAnswer",
    "PersonProfile",
    "Privacy",
    "RateCount",
    "Reaction",
    "Responder",
    "RoleGrant",
    "SignIn",
    "Site",
    "Status",
    "Update",
    "UpdatePhoto",
    "UpdateReader",
    "Upload",
]
