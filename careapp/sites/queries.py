"""Everything that can be asked about sites and their people, in one list; each topic has a file of its own."""

from careapp.sites.invitation_view import invitation_card
from careapp.sites.me import me
from careapp.sites.member_view import member
from careapp.sites.more import more
from careapp.sites.my_sites import home, my_sites
from careapp.sites.people_view import people
from careapp.sites.site_view import profile, site_settings
from careapp.sites.start import suggest_address
from careapp.sites.starting import starting
from careapp.sites.tables import roles
from careapp.sites.visits import door, invitation

__all__ = [
    "door",
    "home",
    "invitation",
    "invitation_card",
    "me",
    "member",
    "more",
    "my_sites",
    "people",
    "profile",
    "roles",
    "site_settings",
    "starting",
    "suggest_address",
]
