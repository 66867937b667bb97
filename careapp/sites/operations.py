"""Everything people do with a site and its people, in one list; each topic has a file of its own."""

from careapp.sites.inviting import invite, join, resend_invitation, revoke_invitation
from careapp.sites.people import (
    change_role,
    edit_membership,
    hand_over,
    leave,
    remove_member,
    set_contact,
    set_stand_in,
)
from careapp.sites.presence import mark_seen
from careapp.sites.requests import approve_request, ask_to_join, decline_request
from careapp.sites.rights import set_member_right, set_role_right
from careapp.sites.site import delete_site, edit_profile, edit_site, restore_site, set_privacy
from careapp.sites.start import start_site

__all__ = [
    "approve_request",
    "ask_to_join",
    "change_role",
    "decline_request",
    "delete_site",
    "edit_membership",
    "edit_profile",
    "edit_site",
    "hand_over",
    "invite",
    "join",
    "leave",
    "mark_seen",
    "remove_member",
    "resend_invitation",
    "restore_site",
    "revoke_invitation",
    "set_contact",
    "set_member_right",
    "set_privacy",
    "set_role_right",
    "set_stand_in",
    "start_site",
]
