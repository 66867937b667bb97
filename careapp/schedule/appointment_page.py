"""/appointment: one appointment in full, and what can be done about it."""

from typing import Any

import reflex as rx

from careapp.pwa.bars import while_offline
from careapp.pwa.keep import keeps_page
from careapp.pwa.send import action_button
from careapp.pwa.waiting import refused_list, waiting_list
from careapp.schedule.components import check_link, join_button, kind_sign, when_words
from careapp.schedule.operations import (
    answer_appointment,
    cancel_appointment,
    change_appointment,
    delete_appointment,
)
from careapp.schedule.own_parts import along, reminders
from careapp.schedule.queries import appointment
from careapp.schedule.views import AppointmentView
from careapp.sites.wishes_card import wishes_card
from careapp.ui.attached import attached_whole
from careapp.ui.banner import banner
from careapp.ui.buttons import button_link, outside_link
from careapp.ui.card import card, section_title, stack
from careapp.ui.el import el, fragment, join, show
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t

WIDE = "button button-secondary w-full"
QUIET = "button button-quiet w-full"


class AppointmentState(Reading, rx.State):
    view: AppointmentView = AppointmentView()


@page("/appointment", title="Appointment", state=AppointmentState, query=appointment)
def appointment_page(view: Any) -> Any:
    item = view.item
    return site_frame(
        view.frame,
        back_link(to("/calendar"), t("Calendar")),
        _head(view),
        show(
            view.is_other,
            banner(
                "info", t("The time you came for was moved or taken away. This is the next one."), class_name="mb-4"
            ),
        ),
        show(item.is_cancelled, banner("warm", t("This is called off."), class_name="mb-4")),
        _waiting(view),
        join_button(item, class_name="mb-4"),
        show(view.has_video, check_link(item, "mb-4 w-full print:hidden")),
        card(stack(_when(view), _where(view), along(view))),
        show(
            view.is_brief,
            while_offline(t("Notes, photos and the rest come with the connection."), class_name="mt-4 text-muted"),
        ),
        _texts(view),
        wishes_card(view, class_name="mt-6"),
        show(view.photos, el.section(section_title(t("Photos and documents")), attached_whole(view.photos))),
        show(view.can_go_along, reminders(view)),
        _actions(view),
        place="calendar",
    )


def _waiting(view: Any) -> Any:
    """What was changed without a connection; where others were quicker, it is edited beside what they wrote."""
    item = view.item
    form = to("/edit-appointment", appointment=item.id, at=item.at)
    theirs = join(to("/edit-appointment"), "&appointment={appointment_id}&at={at}")
    about = {"appointment_id": item.id}
    taps = answer_appointment, cancel_appointment, delete_appointment
    return fragment(
        refused_list(*taps, match=about, class_name="mb-4 flex flex-col gap-3"),
        waiting_list(change_appointment, match=about, text="title", edit_at=theirs, class_name="mb-4"),
        show(view.can_change, keeps_page(form)),
    )


def _head(view: Any) -> Any:
    item = view.item
    return el.header(
        kind_sign(item),
        el.div(
            el.h1(item.title, dir="auto", class_name="text-2xl wrap-anywhere"),
            el.p(
                said(item.kind_words),
                show(item.provider, fragment(" · ", el.bdi(item.provider))),
                class_name="text-muted",
            ),
            class_name="min-w-0",
        ),
        class_name="mb-4 flex items-start gap-3",
    )


def _when(view: Any) -> Any:
    item = view.item
    return el.div(
        el.p(view.when, class_name="font-semibold"),
        el.p(when_words(item), class_name="text-lg tabular-nums"),
        show(item.here, el.p(t("For you: {time}", time=item.here), class_name="text-muted tabular-nums")),
        show(
            view.repeats,
            el.p(t("Repeats: {how}", how=view.repeats), class_name="text-sm text-muted"),
        ),
        show(view.is_changed, el.p(t("This one was changed by itself."), class_name="text-sm text-muted")),
    )


def _where(view: Any) -> Any:
    place = el.div(
        el.p(view.item.place, dir="auto", class_name="prose-words"),
        outside_link(
            t("Open the map"), view.map_href, "secondary", "place", target="_blank", rel="noreferrer noopener"
        ),
        class_name="flex flex-col items-start gap-2",
    )
    return show(view.item.place, place)


def _texts(view: Any) -> Any:
    return fragment(
        _text(t("To bring along"), view.bring),
        _text(t("Questions to ask"), view.questions),
        _text(t("Notes"), view.notes),
    )


def _text(title: Any, words: Any) -> Any:
    return show(words, el.section(section_title(title), card(el.p(words, dir="auto", class_name="prose-words"))))


def _actions(view: Any) -> Any:
    item = view.item
    at = {"appointment": item.id, "at": item.at}
    change = fragment(
        button_link(t("Change"), to("/edit-appointment", **at), "secondary", "edit", wide=True),
        _cancel(view),
        _delete(view),
    )
    return el.div(
        show(
            view.can_tell,
            button_link(t("Tell what was said"), to("/visit-outcome", **at), "secondary", "edit", wide=True),
        ),
        show(view.can_change, change),
        show(view.author, el.p(t("Written down by {name}", name=view.author), class_name="mt-2 text-sm text-muted")),
        class_name="mt-6 flex flex-col gap-3 print:hidden",
    )


def _cancel(view: Any) -> Any:
    named = {"appointment_id": view.item.id, "at": view.item.at}
    off = action_button(
        t("Call it off"),
        cancel_appointment,
        named,
        t("Call this off? Everyone sees that it does not take place."),
        about=view.item.title,
        class_name=WIDE,
    )
    on = action_button(
        t("It takes place after all"),
        cancel_appointment,
        {**named, "is_cancelled": False},
        about=view.item.title,
        class_name=WIDE,
    )
    return show(view.item.is_cancelled, on, show(view.is_over, None, off))


def _delete(view: Any) -> Any:
    named = {"appointment_id": view.item.id, "at": view.item.at}

    def button(words: Any, scope: str, question: Any) -> Any:
        command = {**named, "scope": scope}
        back = join(to("/calendar"), "&taken={id}&taken_at={at}")
        return action_button(
            words, delete_appointment, command, question, next=back, about=view.item.title, class_name=QUIET
        )

    series = fragment(
        button(t("Take this one away"), "this", t("Take this one off the calendar?")),
        button(t("Take this and all after it away"), "following", t("Take this and all after it off the calendar?")),
        button(t("Take all of them away"), "all", t("Take the whole series off the calendar?")),
    )
    return show(view.is_series, series, button(t("Take it away"), "all", t("Take this off the calendar?")))
