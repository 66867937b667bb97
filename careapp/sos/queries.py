"""Everything the SOS pages ask, in one list; each page has a file of its own."""

from careapp.sos.alert_view import alert
from careapp.sos.ladder_view import ladder
from careapp.sos.raise_view import sos

__all__ = ["alert", "ladder", "sos"]
