"""/import-calendar: what is in a calendar, before it is taken over."""

from typing import Any

import reflex as rx

from careapp.feeds.operations import import_calendar, remove_source
from careapp.feeds.queries import preview
from careapp.feeds.views import PreviewView
from careapp.pwa.send import action_button
from careapp.ui.banner import banner
from careapp.ui.buttons import button_link
from careapp.ui.card import card, card_title, page_title
from careapp.ui.el import all_of, each, el, no, show
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t, tn


class ImportCalendarState(Reading, rx.State):
    view: PreviewView = PreviewView()


@page("/import-calendar", title="Take over a calendar", state=ImportCalendarState, query=preview)
def import_calendar_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/calendars"), t("Calendars elsewhere")),
        page_title(t("Take over a calendar"), show(view.name, view.name, view.host)),
        show(view.is_looking, el.p(t("It is being fetched. This takes a few seconds."), role="status")),
        show(view.problem, banner("warm", el.p(view.problem))),
        show(view.is_taken, _taken()),
        show(all_of(view.count, no(view.is_taken)), lambda: _found(view)),
        show(all_of(view.refused_count, no(view.is_taken)), lambda: _refused(view)),
        show(no(view.is_taken), lambda: _ways(view)),
        place="more",
    )


def _taken() -> Any:
    return el.div(
        banner("good", el.p(t("It is in the schedule in a moment."))),
        button_link(t("Done"), to("/calendars"), class_name="mt-4 w-full sm:w-auto"),
    )


def _found(view: Any) -> Any:
    return card(
        card_title(tn("{n} appointment can be taken over", "{n} appointments can be taken over", view.count)),
        show(
            view.known,
            el.p(
                tn("{n} of them is here already.", "{n} of them are here already.", view.known),
                " ",
                t("It is brought up to date, not doubled."),
                class_name="mt-1 text-muted",
            ),
        ),
        el.ul(each(view.found, _one), class_name="mt-3 divide-y divide-line"),
        show(view.is_address, el.p(t("From then on it is looked at again every hour."), class_name="mt-3 text-muted")),
    )


def _one(one: Any) -> Any:
    return el.li(
        el.p(show(one.title, one.title, t("Without a title")), dir="auto", class_name="font-medium wrap-anywhere"),
        el.p(one.when, show(one.repeats, el.span(" · ", t("repeats"))), class_name="text-sm text-muted"),
        show(one.place, el.p(one.place, dir="auto", class_name="text-sm text-muted wrap-anywhere")),
        key=one.key,
        class_name="py-3",
    )


def _refused(view: Any) -> Any:
    return card(
        card_title(tn("{n} cannot be taken over", "{n} cannot be taken over", view.refused_count)),
        el.ul(each(view.refused, _line), class_name="mt-3 space-y-2"),
        show(view.refused_more, el.p(t("and {n} more", n=view.refused_more), class_name="mt-2 text-muted")),
        class_name="mt-4",
    )


def _line(one: Any) -> Any:
    return el.li(
        el.span(t("Line {line}:", line=one.line), class_name="font-medium"), " ", one.words, class_name="wrap-anywhere"
    )


def _ways(view: Any) -> Any:
    take = action_button(
        tn("Take over {n} appointment", "Take over {n} appointments", view.count),
        import_calendar,
        {"source_id": view.source_id},
        next=to("/calendars"),
        offline=False,
        class_name="button button-primary w-full",
    )
    leave = action_button(
        t("Leave it"),
        remove_source,
        {"source_id": view.source_id},
        next=to("/calendars"),
        offline=False,
        class_name="button button-secondary w-full",
    )
    return el.div(show(view.count, take), leave, class_name="mt-5 flex flex-col gap-3")
