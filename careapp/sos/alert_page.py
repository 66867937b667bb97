"""/alert: one SOS. Three big answers for who is called, the board for its sender and who answered, the record later."""

from typing import Any

import reflex as rx

from careapp.sos.answers import answer_buttons, my_answer
from careapp.sos.board import all_clear, board, more_to_say
from careapp.sos.browser import alert_seen
from careapp.sos.components import alert_rows, big_link, drill_sign, emergency_call, section
from careapp.sos.queries import alert
from careapp.sos.record_parts import record
from careapp.sos.views import AlertView
from careapp.ui.avatar import avatar
from careapp.ui.banner import banner
from careapp.ui.buttons import button_link
from careapp.ui.card import page_title
from careapp.ui.el import all_of, choose, el, fragment, no, show
from careapp.ui.empty import empty
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.places import param, to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.skeletons import skeleton_feed
from careapp.ui.words import said, t, when


class AlertState(Reading, rx.State):
    view: AlertView = AlertView()


@page("/alert", title="SOS", state=AlertState, query=alert)
def alert_page(view: Any) -> Any:
    asked = param("alert")
    is_other = all_of(asked != "", view.id != asked)  # until this one is read, what was looked at before must not stand
    shown = show(is_other, lambda: skeleton_feed(2), lambda: show(view.id, lambda: _alert(view), lambda: _none(view)))
    return site_frame(view.frame, shown, place="sos", shows_sos=False)


def _alert(view: Any) -> Any:
    return fragment(
        alert_seen(view.id, view.mode == "receiver"),
        show(view.mode == "record", back_link(to("/sos"), t("SOS"))),
        show(all_of(view.mode == "board", view.is_mine, no(view.is_drill)), emergency_call(view.emergency)),
        _head(view),
        choose(view.mode, {"receiver": _receiver(view), "board": _board(view), "record": record(view)}),
        show(view.others, section(t("Also open"), alert_rows(view.others))),
    )


def _none(view: Any) -> Any:
    return fragment(
        page_title(t("SOS")),
        empty("door", t("No SOS is open here."), button_link(t("To the SOS page"), to("/sos"), "secondary")),
    )


def _head(view: Any) -> Any:
    """What happened, who calls, where: in large type, red only while it is open and in earnest."""
    earnest, drill, over = (f"{HEAD} {look}" for look in ("bg-sos text-on-sos", "bg-accent-soft", "bg-sunken"))
    return el.header(
        el.div(
            avatar(view.by, "lg"),
            el.div(
                drill_sign(view),
                el.h1(_title(view), class_name="text-xl leading-tight"),
                el.p(
                    show(view.is_mine, t("Raised by you"), t("Raised by {name}", name=view.by.name)), " ", _moment(view)
                ),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex items-center gap-3",
        ),
        show(view.words, el.p(view.words, dir="auto", class_name="prose-words mt-3 text-lg")),
        show(view.map_href, _place(view)),
        show(view.is_late, el.p(t("It was raised without a connection and arrived later."), class_name="mt-2 text-sm")),
        class_name=show(view.mode == "record", over, show(view.is_drill, drill, earnest)),
    )


HEAD = "mb-5 rounded-card p-4"


def _title(view: Any) -> Any:
    unsaid = show(view.mode == "record", t("SOS"), t("Help is needed now"))
    return show(view.kind_words, said(view.kind_words), unsaid)


def _moment(view: Any) -> Any:
    return show(view.mode == "record", when(view.raised_at, "full"), when(view.raised_at))


def _place(view: Any) -> Any:
    """Opens outside, in the phone's own map where it has one for such addresses."""
    around = show(view.accuracy != 0, fragment(" ", t("(within {n} m)", n=view.accuracy)))
    return el.a(
        icon("place", class_name="icon-sm"),
        el.span(t("On the map"), ": ", view.position, around, class_name="min-w-0 flex-1"),
        href=view.map_href,
        target="_blank",
        rel="noopener noreferrer",
        class_name="mt-2 flex min-h-12 items-center gap-2 font-medium underline underline-offset-4",
    )


def _receiver(view: Any) -> Any:
    """One screen: the answers first, then how to call, then what the others do."""
    return fragment(
        show(view.is_drill, banner("warm", t("This is only a drill. Please answer as you would."), class_name="mb-5")),
        answer_buttons(view),
        el.div(_call_sender(view), class_name="mt-5"),
        show(no(view.is_drill), emergency_call(view.emergency)),
        board(view),
        all_clear(view),
    )


def _board(view: Any) -> Any:
    """The sender sees who comes, and may say more; who has answered sees the same, and calls."""
    return fragment(
        board(view, between=show(view.can_say_more, more_to_say(view))),
        show(view.can_answer, fragment(my_answer(view), el.div(_call_sender(view), class_name="mt-5"))),
        show(all_of(no(view.is_mine), no(view.is_drill)), emergency_call(view.emergency)),
        all_clear(view),
    )


def _call_sender(view: Any) -> Any:
    return show(
        view.by.call_href,
        el.div(
            el.div(big_link(t("Call {name}", name=view.by.name), view.by.call_href), class_name="flex-1"),
            el.div(big_link(t("Text {name}", name=view.by.name), view.by.message_href, "message"), class_name="flex-1"),
            class_name="mb-5 flex flex-wrap gap-3",
        ),
    )
