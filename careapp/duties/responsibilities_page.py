"""/responsibilities: who looks after what, gaps first."""

from typing import Any

import reflex as rx

from careapp.duties.operations import add_responsibility, close_responsibility, take_on
from careapp.duties.parts import duty_card, duty_icon
from careapp.duties.queries import responsibilities
from careapp.duties.views import ResponsibilitiesView
from careapp.pwa.send import action_button, care_form, form_words
from careapp.pwa.unfold import unfold
from careapp.pwa.waiting import refused_list, waiting_list
from careapp.ui.banner import banner
from careapp.ui.buttons import submit_button
from careapp.ui.card import page_title, section_title
from careapp.ui.el import all_of, each, el, no, show
from careapp.ui.empty import empty
from careapp.ui.fields import form_stack, text_area, text_field
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import row_words, rows
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t

OWN = "own-responsibility"


class ResponsibilitiesState(Reading, rx.State):
    view: ResponsibilitiesView = ResponsibilitiesView()


@page("/responsibilities", title="Responsibilities", state=ResponsibilitiesState, query=responsibilities)
def responsibilities_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/more"), t("More")),
        page_title(t("Responsibilities"), t("Everyone knows who looks after what, and who steps in.")),
        refused_list(take_on, close_responsibility, class_name="mb-4 flex flex-col gap-3"),
        show(all_of(view.is_empty, no(view.can_add)), empty("journal", t("Nothing is on the list yet."))),
        show(view.gaps, _gaps(view.gaps)),
        show(view.settled, _settled(view.settled)),
        show(view.can_add, _additions(view)),
        place="more",
    )


def _gaps(duties: Any) -> Any:
    return el.section(section_title(t("Someone is missing here")), _list(duties))


def _settled(duties: Any) -> Any:
    return el.section(section_title(t("In good hands")), _list(duties))


def _list(duties: Any) -> Any:
    return el.ul(each(duties, duty_card), class_name="flex flex-col gap-3")


def _additions(view: Any) -> Any:
    return el.section(
        show(view.is_empty, banner("info", t("Tap what has to be looked after. Who does it can be said later."))),
        show(view.starters, el.div(section_title(t("Often needed")), rows(each(view.starters, _starter)))),
        waiting_list(add_responsibility, text="title", class_name="mt-4 flex flex-col gap-2"),
        el.div(
            unfold(
                [icon("plus", class_name="icon-sm"), t("Something else")],
                _own_form(),
                add_responsibility,
                {"kind": ""},
                OWN,
                class_name="button button-secondary w-full",
            ),
            class_name="mt-4",
        ),
    )


def _starter(one: Any) -> Any:
    return el.li(
        action_button(
            [
                duty_icon(one.icon),
                row_words(said(one.title), said(one.about)),
                icon("plus", t("Add"), "text-primary"),
            ],
            add_responsibility,
            {"kind": one.kind},
            class_name="flex min-h-14 w-full items-center gap-3 px-4 py-2.5 text-start active:bg-sunken "
            "aria-busy:opacity-60 data-waiting:opacity-60",
        ),
        key=one.kind,
    )


def _own_form() -> Any:
    return care_form(
        form_stack(
            text_field(
                "title",
                t("What is it?"),
                hint=t("For example: The garden, or Visits from the grandchildren"),
                max_length=80,
                dir="auto",
                auto_complete="off",
            ),
            text_area("words", t("What belongs to it"), optional=True, rows=3, max_length=1000, dir="auto"),
            submit_button(t("Add it")),
        ),
        form_words(),
        operation=add_responsibility,
        fixed={"kind": ""},
        draft=OWN,
        label=t("A responsibility"),
        class_name="card p-4",
    )
