"""Everything people do with a site and its people, in one list; each topic has a file of its own."""

from careapp.sites.invitations import invite, join, resend_invitation, revoke_invitation
from careapp.sites.start import start_site

__all__ = [
    "invite",
    "join",
    "resend_invitation",
    "revoke_invitation",
    "start_site",
]
