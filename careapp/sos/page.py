"""/sos: raise an SOS by holding a button, call the emergency number, or call someone of the ladder by hand."""

from typing import Any

import reflex as rx

from careapp.sos.browser import raise_button
from careapp.sos.components import alert_rows, call_list, emergency_call, section
from careapp.sos.queries import sos
from careapp.sos.views import SosView
from careapp.ui.banner import banner
from careapp.ui.buttons import button_link
from careapp.ui.el import all_of, el, link, no, show
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import site_frame
from careapp.ui.words import t


class SosState(Reading, rx.State):
    view: SosView = SosView()


@page("/sos", title="SOS", state=SosState, query=sos)
def sos_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        el.h1(t("SOS"), class_name="sr-only"),
        show(view.is_first_page, _raising(view)),
        show(view.past, section(t("Earlier"), alert_rows(view.past))),
        show(
            view.older,
            link(to("/sos", before=view.older), t("Older"), class_name="button button-secondary mt-4 w-full"),
        ),
        show(no(view.is_first_page), link(to("/sos"), t("To the newest"), class_name="button button-quiet mt-4")),
        place="sos",
    )


def _raising(view: Any) -> Any:
    return el.div(
        emergency_call(view.emergency),
        show(view.open_alerts, _open(view)),
        show(view.can_raise, raise_button(view.kinds, view.frame.called)),
        el.p(_who_is_told(view), class_name="mx-auto mt-4 max-w-[40ch] text-center text-balance"),
        show(view.to_call, section(t("Call or text someone yourself"), call_list(view.to_call))),
        show(no(view.to_call), _no_numbers()),
        _arranging(view),
    )


def _open(view: Any) -> Any:
    """What is already known comes before another call for help."""
    return el.section(el.h2(t("Open now"), class_name="mb-3 text-lg"), alert_rows(view.open_alerts), class_name="mb-6")


def _who_is_told(view: Any) -> Any:
    told = t("{n} of {total} people get a notification at once.", n=view.reachable, total=view.people)
    nobody = t("Nobody gets a notification at once. Call or text someone as well.")
    alone = t("You are the only one here who can be told. Call for help.")
    return show(view.is_alone, alone, show(view.nobody_by_push, nobody, told))


def _no_numbers() -> Any:
    return banner(
        "warm",
        el.p(t("No phone numbers are known here. Members add theirs on their own page.")),
        link(to("/me"), t("Add mine"), class_name="inline-flex min-h-12 items-center font-medium text-primary"),
        class_name="mt-8",
    )


def _arranging(view: Any) -> Any:
    """What one does on a quiet day: try it, and arrange who is told."""
    return section(
        t("On a quiet day"),
        show(all_of(view.can_raise, no(view.open_alerts)), _drill(view)),
        el.div(
            button_link(t("Who is told, and when"), to("/ladder"), "secondary", "people"),
            show(
                view.can_change_country,
                button_link(t("Another country for the emergency number"), to("/settings"), "secondary", "phone"),
            ),
            show(
                no(view.has_push),
                button_link(t("Get notifications on this phone"), to("/notifications"), "secondary", "bell"),
            ),
            class_name="mt-4 flex flex-wrap gap-3",
        ),
    )


def _drill(view: Any) -> Any:
    summary = el.summary(
        icon("bell", class_name="text-primary"),
        el.span(t("Try it with a drill"), class_name="min-w-0 flex-1 font-medium"),
        icon("down", class_name="icon-sm text-muted transition-transform group-open:rotate-180"),
        class_name="flex min-h-14 items-center gap-3 px-4 py-2.5",
    )
    about = t("Everyone is told as in earnest, and each message says that it is a drill. Nobody has to come.")
    return el.details(
        summary,
        el.div(
            el.p(about, class_name="mb-4"),
            raise_button(view.kinds, view.frame.called, is_drill=True),
            class_name="px-4 pb-5",
        ),
        class_name="card group",
    )
