"""Everything the pages about responsibilities ask, in one list."""

from careapp.duties.lists import responsibilities, responsibility

__all__ = ["responsibilities", "responsibility"]
