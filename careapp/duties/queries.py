"""Everything the pages about responsibilities and the family meeting ask, in one list."""

from careapp.duties.kick_off_view import kick_off
from careapp.duties.lists import responsibilities, responsibility

__all__ = ["kick_off", "responsibilities", "responsibility"]
