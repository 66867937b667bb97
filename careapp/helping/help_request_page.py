"""/help-request: what is wanted, where, and who has which time of it."""

from typing import Any

import reflex as rx

from careapp.helping.acts import QUIET
from careapp.helping.operations import add_slots, ask_to_swap, close_help_request
from careapp.helping.parts import kind_icon, request_slot, slots_of_day, swap_card
from careapp.helping.queries import help_request
from careapp.helping.unsent import unsent_help
from careapp.helping.views import HelpRequestView
from careapp.pwa.send import action_button, care_form, form_words
from careapp.pwa.times import times
from careapp.pwa.unfold import unfold
from careapp.ui.banner import banner
from careapp.ui.buttons import button_link, outside_link, submit_button
from careapp.ui.card import section_title
from careapp.ui.el import each, el, join, show
from careapp.ui.facts import small_facts
from careapp.ui.fields import form_stack, select_each
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t, when

WIDE = "button button-secondary w-full"


class HelpRequestState(Reading, rx.State):
    view: HelpRequestView = HelpRequestView()


@page("/help-request", title="Help wanted", state=HelpRequestState, query=help_request)
def help_request_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/help-wanted"), t("Help wanted")),
        el.header(
            kind_icon(view.icon),
            el.div(
                el.h1(said(view.title), dir="auto", class_name="text-2xl wrap-anywhere"),
                small_facts(
                    (True, t("asked by {name}", name=view.author.name)),
                    (True, when(view.at)),
                    (view.is_edited, t("edited")),
                ),
                class_name="min-w-0 flex-1",
            ),
            class_name="mb-4 flex items-start gap-3",
        ),
        show(view.is_closed, banner("info", t("This request is closed. Thank you to everyone."), class_name="mb-4")),
        unsent_help("mb-4"),
        show(view.swaps, el.ul(each(view.swaps, swap_card), class_name="mb-4 flex flex-col gap-3")),
        _about(view),
        el.section(section_title(t("Who does it")), slots_of_day(view.slots, _slot_of(view))),
        show(view.can_edit, _actions(view)),
        place="calendar",
    )


def _slot_of(view: Any) -> Any:
    def draw(slot: Any) -> Any:
        return request_slot(slot, lambda one: show(view.people, _swap(one, view)))

    return draw


def _about(view: Any) -> Any:
    """Nothing where there is nothing to say beyond its title."""
    return el.div(
        show(view.words, el.p(view.words, dir="auto", class_name="prose-words")),
        show(view.food, _food(view.food)),
        show(view.address, _address(view)),
        show(view.hides_from_me, _hidden()),
        class_name="card flex flex-col gap-4 p-4 empty:hidden",
    )


def _food(food: Any) -> Any:
    return el.div(
        el.p(t("Food: what they like, and what they must not eat"), class_name="text-sm font-semibold"),
        el.p(food, dir="auto", class_name="prose-words text-lg"),
        class_name="rounded-card bg-accent-soft px-4 py-3",
    )


def _address(view: Any) -> Any:
    return el.div(
        el.p(
            icon("place", t("Place"), "icon-sm mt-1 text-primary"),
            el.span(view.address, dir="auto", class_name="min-w-0 wrap-anywhere"),
            class_name="flex items-start gap-2 font-semibold",
        ),
        show(
            view.hides_address,
            el.p(t("Only who takes something on sees this address."), class_name="mt-1 text-sm text-muted"),
        ),
        outside_link(
            t("Show on a map"), view.map_href, "secondary", target="_blank", rel="noreferrer", class_name="mt-3"
        ),
    )


def _hidden() -> Any:
    return el.p(
        icon("lock", class_name="icon-sm mt-1 text-muted"),
        t("Where it is you see once you have taken something on."),
        class_name="flex items-start gap-2 text-muted",
    )


def _swap(slot: Any, view: Any) -> Any:
    draft, fixed = join("swap-", slot.id), {"slot_id": slot.id}
    form = care_form(
        form_stack(
            select_each("member_id", t("Whom do you ask?"), view.people, id=join("swap-to-", slot.id)),
            submit_button(t("Ask them")),
        ),
        form_words(),
        operation=ask_to_swap,
        fixed=fixed,
        draft=draft,
        label=t("Ask someone to take over"),
        class_name="card w-full p-4",
    )
    return show(
        slot.is_done, None, unfold(t("Ask someone to take over"), form, ask_to_swap, fixed, draft, class_name=QUIET)
    )


def _clock_there(view: Any) -> Any:
    words = t("Times are as the clock shows them in {place}.", place=view.there)
    return show(view.there, el.p(words, class_name="text-sm text-muted"))


def _actions(view: Any) -> Any:
    draft, fixed = join("more-times-", view.id), {"request_id": view.id}
    form = care_form(
        form_stack(_clock_there(view), times(view), submit_button(t("Add these times"))),
        form_words(),
        operation=add_slots,
        fixed=fixed,
        draft=draft,
        label=t("More times"),
        class_name="card p-4",
    )
    return el.div(
        unfold(t("More times"), form, add_slots, fixed, draft, class_name=WIDE),
        button_link(t("Guests without an account"), to("/guests", request=view.id), "secondary", "share", wide=True),
        button_link(t("Change what it says"), to("/ask-for-help", request=view.id), "secondary", "edit", wide=True),
        action_button(
            t("Close this request"),
            close_help_request,
            fixed,
            t("Close this request? Members who have taken something on are told; guests you tell yourself."),
            next=to("/help-wanted"),
            class_name="button button-quiet w-full",
        ),
        class_name="mt-6 flex flex-col gap-3",
    )
