"""Everything the journal's pages ask, in one list; each topic has a file of its own."""

from careapp.journal.composing import composer, drafts
from careapp.journal.feed import journal, update_page
from careapp.journal.visit_composing import visit_composer

__all__ = ["composer", "drafts", "journal", "update_page", "visit_composer"]
