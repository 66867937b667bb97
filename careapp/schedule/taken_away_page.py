"""/taken-away: what was taken off the calendar, to be brought back."""

from typing import Any

import reflex as rx

from careapp.pwa.send import action_button
from careapp.pwa.waiting import refused_list
from careapp.schedule.operations import restore_appointment
from careapp.schedule.queries import taken_away
from careapp.schedule.views import TakenAwayView
from careapp.ui.banner import banner
from careapp.ui.card import page_title
from careapp.ui.el import each, el, fragment, link, no, show, some
from careapp.ui.empty import empty
from careapp.ui.page import Reading, page
from careapp.ui.places import param, to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t, when

BACK = "button button-secondary"


class TakenAwayState(Reading, rx.State):
    view: TakenAwayView = TakenAwayView()


@page("/taken-away", title="Taken off the calendar", state=TakenAwayState, query=taken_away)
def taken_away_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/calendar"), t("Calendar")),
        page_title(t("Taken off the calendar")),
        refused_list(restore_appointment, class_name="mb-4 flex flex-col gap-3"),
        el.ul(each(view.cards, _card), class_name="grid gap-3"),
        show(no(some(view.cards)), empty("home", t("What is taken off the calendar can be brought back here."))),
        place="calendar",
    )


def just_taken_away() -> Any:
    """Stands on the calendar right after something was taken off it: one tap brings it back."""
    named = {"appointment_id": param("taken"), "at": param("taken_at")}
    undo = action_button(t("Bring it back"), restore_appointment, named, next=to("/calendar"), class_name=BACK)
    others = link(
        to("/taken-away"), t("All that was taken off"), class_name="inline-flex min-h-12 items-center underline"
    )
    words = fragment(el.p(t("It is off the calendar.")), el.div(undo, others, class_name="flex flex-wrap gap-x-4 mt-2"))
    return show(param("taken") != "", banner("info", words, class_name="mb-4 print:hidden"))


def _card(gone: Any) -> Any:
    named = {"appointment_id": gone.id, "at": gone.at}
    return el.li(
        el.p(gone.title, dir="auto", class_name="font-semibold wrap-anywhere"),
        el.p(gone.when, class_name="tabular-nums"),
        show(gone.repeats, el.p(t("Repeats: {how}", how=gone.repeats), class_name="text-sm text-muted")),
        el.p(
            t("Taken off"), " ", when(gone.gone_at), " · ",
            t("can be brought back until"), " ", when(gone.until, "day"),
            class_name="mb-3 text-sm text-muted",
        ),
        action_button(
            t("Bring it back"), restore_appointment, named, pending=t("Being sent"), about=gone.title, class_name=BACK
        ),
        key=gone.key,
        class_name="card p-4",
    )  # fmt: skip
