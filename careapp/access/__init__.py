"""Permission, in one place: who someone is, what their role may do, and the only ways from an id to a row.

Outsiders get NotFound, exactly as for a thing that does not exist; members without the right get NotAllowed.
"""

from careapp.access.actor import (
    IDLE,
    Actor,
    Credentials,
    actor_of,
    authenticate,
    enter,
    recognise,
    right_of_member,
    rights_of,
    token_hash,
    visit_proof,
)
from careapp.access.calendars import access_calendar_feed, access_calendar_source
from careapp.access.duties import access_kick_off, access_responsibility
from careapp.access.helping import access_help_request, access_offer, access_slot, access_swap
from careapp.access.journal import (
    access_comment,
    access_deleted_update,
    access_shared_link,
    access_update,
    is_meant_for,
    member_sees,
    sees_update,
    tends_link,
    who_sees,
)
from careapp.access.messages import access_message, sees_message, who_sees_messages
from careapp.access.roles import CARE_TEAM, FAMILY_CIRCLE, MEMBER_ROLES, ROLE_TABLE, Right, Role, Section, Who
from careapp.access.rows import (
    access_alert,
    access_book,
    access_device,
    access_invitation,
    access_join_request,
    access_media,
    access_member,
    access_profile,
    access_site,
    lock_site,
)
from careapp.access.schedule import access_appointment, right_to_change, sees_appointment, who_sees_schedule

__all__ = [
    "CARE_TEAM",
    "FAMILY_CIRCLE",
    "IDLE",
    "MEMBER_ROLES",
    "ROLE_TABLE",
    "Actor",
    "Credentials",
    "Right",
    "Role",
    "Section",
    "Who",
    "access_alert",
    "access_appointment",
    "access_book",
    "access_calendar_feed",
    "access_calendar_source",
    "access_comment",
    "access_deleted_update",
    "access_device",
    "access_help_request",
    "access_invitation",
    "access_join_request",
    "access_kick_off",
    "access_media",
    "access_member",
    "access_message",
    "access_offer",
    "access_profile",
    "access_responsibility",
    "access_shared_link",
    "access_site",
    "access_slot",
    "access_swap",
    "access_update",
    "actor_of",
    "authenticate",
    "enter",
    "is_meant_for",
    "lock_site",
    "member_sees",
    "recognise",
    "right_of_member",
    "right_to_change",
    "rights_of",
    "sees_appointment",
    "sees_message",
    "sees_update",
    "tends_link",
    "token_hash",
    "visit_proof",
    "who_sees",
    "who_sees_messages",
    "who_sees_schedule",
]
