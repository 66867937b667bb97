"""What this device still has to send about help, and what of it was not accepted."""

from typing import Any

from careapp.helping.operations import (
    accept_offer,
    add_slots,
    answer_swap,
    ask_for_help,
    ask_to_swap,
    cancel_slot,
    close_help_request,
    close_offer,
    edit_help_request,
    mark_done,
    offer_help,
    release_slot,
    take_slot,
    thank,
)
from careapp.pwa.waiting import refused_list, waiting_list
from careapp.ui.el import el, join
from careapp.ui.places import to


def unsent_help(look: str) -> Any:
    """On every page about help: what was tapped there, and every form with its words."""
    form, request = to("/ask-for-help"), join(to("/help-request"), "&request={request_id}")
    return el.div(
        refused_list(take_slot, mark_done, cancel_slot, answer_swap, close_offer, close_help_request, class_name=LIST),
        waiting_list(ask_for_help, text="title", edit_at=form, class_name=LIST),
        waiting_list(edit_help_request, text="words", edit_at=join(form, "&request={request_id}"), class_name=LIST),
        waiting_list(add_slots, text="", edit_at=request, class_name=LIST),
        waiting_list(offer_help, text="words", edit_at=to("/help-wanted"), class_name=LIST),
        waiting_list(accept_offer, text="", edit_at=to("/help-wanted"), class_name=LIST),
        waiting_list(ask_to_swap, text="", class_name=LIST),
        waiting_list(release_slot, text="why", class_name=LIST),
        waiting_list(thank, text="words", class_name=LIST),
        class_name=f"flex flex-col gap-3 empty:hidden {look}",
    )


LIST = "flex flex-col gap-3"
