"""Everything people do with an SOS, in one list; each topic has a file of its own."""

from careapp.sos.answering import answer_alert, mark_alert_seen
from careapp.sos.arranging import reset_ladder, set_ladder
from careapp.sos.raising import add_alert_note, raise_alert, say_more, stand_down

__all__ = [
    "add_alert_note",
    "answer_alert",
    "mark_alert_seen",
    "raise_alert",
    "reset_ladder",
    "say_more",
    "set_ladder",
    "stand_down",
]
