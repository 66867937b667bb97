"""/meals: two weeks of meals at a glance, and who brings what."""

from typing import Any

import reflex as rx

from careapp.helping.parts import help_tabs, take_button
from careapp.helping.queries import meals
from careapp.helping.unsent import unsent_help
from careapp.helping.views import MealsView
from careapp.ui.avatar import avatar
from careapp.ui.buttons import button_link
from careapp.ui.el import all_of, each, el, link, no, show
from careapp.ui.empty import empty
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import badge
from careapp.ui.shell import site_frame
from careapp.ui.words import said, t

STEP = "button button-quiet size-12 p-0"


class MealsState(Reading, rx.State):
    view: MealsView = MealsView()


@page("/meals", title="Meals", state=MealsState, query=meals)
def meals_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        el.h1(t("Help"), class_name="mb-3 text-2xl"),
        help_tabs("meals"),
        unsent_help("mt-4"),
        _span(view),
        show(view.food, _food(view.food)),
        show(all_of(view.is_now, no(view.has_meals)), _nothing(view.frame)),
        el.ol(each(view.days, _day), class_name="card divide-y divide-line overflow-hidden"),
        show(
            all_of(view.frame.can_add_to_schedule, view.has_meals),
            button_link(t("Ask for meals"), to("/ask-for-help"), "secondary", "meal", wide=True, class_name="mt-5"),
        ),
        place="calendar",
    )


def _span(view: Any) -> Any:
    return el.div(
        link(to("/meals", start=view.earlier), icon("previous"), aria_label=t("A week earlier"), class_name=STEP),
        el.h2(view.span, class_name="min-w-0 flex-1 text-center text-base"),
        link(to("/meals", start=view.later), icon("forward"), aria_label=t("A week later"), class_name=STEP),
        class_name="-mx-3 mt-3 mb-2 flex items-center gap-1",
    )


def _food(food: Any) -> Any:
    return el.div(
        el.p(t("Food: what they like, and what they must not eat"), class_name="text-sm font-semibold"),
        el.p(food, dir="auto", class_name="prose-words"),
        class_name="mb-4 rounded-card bg-accent-soft px-4 py-3",
    )


def _day(day: Any) -> Any:
    number = el.div(
        el.span(day.weekday, class_name="block text-sm text-muted"),
        el.span(
            day.number,
            class_name="mx-auto flex size-9 items-center justify-center rounded-full text-lg font-semibold",
            aria_hidden="true",
        ),
        el.span(day.day, class_name="sr-only"),
        show(day.is_today, badge(t("today"), "own")),
        class_name="w-14 flex-none text-center",
    )
    nothing = el.p("–", aria_hidden="true", class_name="py-3 text-muted")
    return el.li(
        number,
        el.div(
            show(day.slots, el.ul(each(day.slots, _meal), class_name="flex flex-col gap-2"), nothing),
            class_name="min-w-0 flex-1",
        ),
        class_name="flex items-center gap-3 px-3 py-2",
        key=day.key,
    )


def _meal(slot: Any) -> Any:
    brings = el.span(
        avatar(slot.holder, "sm"),
        el.span(
            el.bdi(slot.holder.name, class_name="font-medium"),
            show(slot.is_mine, badge(t("you"), "own")),
            class_name="flex min-w-0 flex-wrap items-center gap-x-2",
        ),
        class_name="flex min-w-0 items-center gap-2",
    )
    return el.li(
        link(
            to("/help-request", request=slot.request_id),
            el.span(
                el.span(said(slot.title), dir="auto", class_name="leading-snug font-semibold wrap-anywhere"),
                el.span(" ", slot.clock, class_name="text-sm text-muted"),
                class_name="block",
            ),
            show(slot.has_holder, brings, show(slot.can_take, None, badge(t("still open"), "warm"))),
            class_name="flex min-h-12 min-w-0 flex-1 basis-28 flex-col justify-center gap-1",
        ),
        show(slot.can_take, take_button(slot)),
        class_name="flex flex-wrap items-center gap-x-3 gap-y-2",
        key=slot.id,
    )


def _nothing(frame: Any) -> Any:
    words = t("No meals are asked for in these two weeks. A warm dinner is what most people like to bring.")
    ask = button_link(t("Ask for meals"), to("/ask-for-help"), "primary", "meal")
    return empty("home", words, show(frame.can_add_to_schedule, ask))
