"""Everything people do in the journal, in one list; each topic has a file of its own."""

from careapp.journal.replies import comment, delete_comment, edit_comment, mark_mentions_seen, react
from careapp.journal.seen import mark_seen
from careapp.journal.status import set_status
from careapp.journal.updates import (
    delete_update,
    edit_update,
    pin_update,
    post_update,
    publish_draft,
    restore_update,
    unpin_update,
)
from careapp.journal.visits import edit_visit_outcome, post_visit_outcome

__all__ = [
    "comment",
    "delete_comment",
    "delete_update",
    "edit_comment",
    "edit_update",
    "edit_visit_outcome",
    "mark_mentions_seen",
    "mark_seen",
    "pin_update",
    "post_update",
    "post_visit_outcome",
    "publish_draft",
    "react",
    "restore_update",
    "set_status",
    "unpin_update",
]
