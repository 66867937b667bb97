"""/kick-off: the agenda of a family meeting, followed together on one phone, or on several."""

from typing import Any

import reflex as rx

from careapp.duties.kick_off_parts import point_card, post_it, story
from careapp.duties.kick_off_view import KickOffView
from careapp.duties.operations import add_responsibility, finish_kick_off, hand_over, start_kick_off
from careapp.duties.queries import kick_off
from careapp.pwa.send import action_button
from careapp.pwa.waiting import refused_list
from careapp.sites.operations import set_contact, set_stand_in
from careapp.sites.wishes_card import wishes_card
from careapp.ui.buttons import button_link
from careapp.ui.card import card, page_title, section_title
from careapp.ui.el import all_of, each, el, fragment, no, show
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t, when

TAPS = (start_kick_off, finish_kick_off, set_contact, set_stand_in, add_responsibility, hand_over)


class KickOffState(Reading, rx.State):
    view: KickOffView = KickOffView()


@page("/kick-off", title="Family meeting", state=KickOffState, query=kick_off)
def kick_off_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/more"), t("More")),
        refused_list(*TAPS, class_name="mb-4 flex flex-col gap-3"),
        show(view.is_open, lambda: _under_way(view), lambda: _before(view)),
        place="more",
    )


def _before(view: Any) -> Any:
    return fragment(
        page_title(t("Family meeting"), t("One hour, eight questions, and everyone knows where they stand.")),
        card(
            el.ul(
                el.li(t("Sit down together, or call each other. One phone in the middle is enough.")),
                el.li(t("Go from point to point. Write down only what you decide.")),
                el.li(t("You may stop at any time. It goes on where you were.")),
                class_name="flex list-disc flex-col gap-2 ps-5",
            ),
            show(view.can_lead, _start(), el.p(t("Whoever coordinates begins it."), class_name="mt-4 text-muted")),
        ),
        show(all_of(view.id != "", no(view.is_open)), fragment(_last(view), _tell(view))),
    )


def _start() -> Any:
    look = "button button-primary mt-5 w-full"
    return action_button(t("Begin"), start_kick_off, {}, pending=t("Being sent"), class_name=look)


def _last(view: Any) -> Any:
    return el.section(
        section_title(t("What you decided last"), el.span(when(view.started_at, "day"), class_name="text-muted")),
        card(el.dl(each(view.points, lambda point: story(view, point)), class_name="flex flex-col gap-4")),
    )


def _under_way(view: Any) -> Any:
    return fragment(
        page_title(t("Family meeting"), t("{done} of {total} points are done", done=view.done, total=view.total)),
        wishes_card(view, class_name="mb-4"),
        el.div(each(view.points, lambda point: point_card(view, point)), class_name="flex flex-col gap-3"),
        _tell(view),
        show(view.can_lead, _close(view)),
    )


def _tell(view: Any) -> Any:
    """Also after the end: the way home is when most is told."""
    told = show(
        view.post.can_edit,
        button_link(t("Edit the update"), to("/write", update=view.post.id), "secondary", "edit", wide=True),
        button_link(t("See it in the journal"), to("/update", update=view.post.id), "secondary", wide=True),
    )
    cannot = el.p(t("Whoever writes updates can post what you decided."))
    return el.section(
        section_title(t("Tell the family")),
        show(view.post.is_there, told, show(view.frame.can_write, post_it(view), cannot)),
    )


def _close(view: Any) -> Any:
    return action_button(
        t("Close the meeting"),
        finish_kick_off,
        {"kick_off_id": view.id},
        t("Close the meeting? What you decided stays here to be read."),
        class_name="button button-quiet mt-6 w-full",
    )
