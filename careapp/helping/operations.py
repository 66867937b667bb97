"""Everything people do with help, in one list."""

from careapp.helping.asking import add_slots, ask_for_help, cancel_slot, close_help_request, edit_help_request
from careapp.helping.offers import accept_offer, close_offer, offer_help
from careapp.helping.swaps import answer_swap, ask_to_swap
from careapp.helping.taking import mark_done, release_slot, take_slot, thank

__all__ = [
    "accept_offer",
    "add_slots",
    "answer_swap",
    "ask_for_help",
    "ask_to_swap",
    "cancel_slot",
    "close_help_request",
    "close_offer",
    "edit_help_request",
    "mark_done",
    "offer_help",
    "release_slot",
    "take_slot",
    "thank",
]
