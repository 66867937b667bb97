"""/roles: who may do what, role by role; coordinators change it here."""

from typing import Any

import reflex as rx

from careapp.pwa.send import care_form, form_words
from careapp.sites.member_page import right_choice
from careapp.sites.operations import set_role_right
from careapp.sites.tables import RolesView, roles
from careapp.ui.buttons import submit_button
from careapp.ui.card import page_title, section_title
from careapp.ui.el import each, el, show
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.rows import badge, row, row_words, rows
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import said, t


class RolesState(Reading, rx.State):
    view: RolesView = RolesView()


@page("/roles", title="Who may do what", state=RolesState, query=roles)
def roles_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/more"), t("More")),
        page_title(t("Who may do what"), t("Everyone here can read this. Only a coordinator can change it.")),
        section_title(t("You")),
        rows(
            each(view.mine, lambda cell: row(row_words(said(cell.section_words), said(cell.words)), key=cell.section))
        ),
        section_title(t("All roles")),
        _table(view),
        show(view.can_change, lambda: el.div(each(view.rows, lambda one: show(one.can_change, _changes(one))))),
        place="more",
    )


def _table(view: Any) -> Any:
    """The headings follow the sections, so the table is made of rows that the query has put in their order."""
    return el.div(
        el.table(
            el.caption(t("Who may do what"), class_name="sr-only"),
            el.thead(
                el.tr(
                    el.th(t("Role"), scope="col", class_name="table-head"),
                    each(
                        view.sections, lambda words: el.th(said(words), scope="col", class_name="table-head", key=words)
                    ),
                )
            ),
            el.tbody(each(view.rows, _role_row)),
            class_name="w-full min-w-max border-collapse text-start",
        ),
        role="region",
        aria_label=t("Who may do what"),
        tab_index=0,
        class_name="card overflow-x-auto",
    )


def _role_row(one: Any) -> Any:
    return el.tr(
        el.th(said(one.words), scope="row", class_name="table-side"),
        each(
            one.cells, lambda cell: el.td(said(cell.words), class_name="max-w-56 px-4 py-3 align-top", key=cell.section)
        ),
        key=one.role,
        class_name="border-t border-line",
    )


def _changes(one: Any) -> Any:
    """The cells of one role that may be changed, behind a disclosure."""
    return el.details(
        el.summary(
            t("Change what this role may do: {role}", role=said(one.words)),
            class_name="flex min-h-14 cursor-pointer items-center px-4 font-medium text-primary",
        ),
        el.p(said(one.about), class_name="px-4 text-muted"),
        each(one.cells, lambda cell: show(cell.can_change, _cell_form(one, cell))),
        key=one.role,
        class_name="card mt-3 pb-2",
    )


def _cell_form(one: Any, cell: Any) -> Any:
    return care_form(
        el.fieldset(
            el.legend(said(cell.section_words), class_name="font-semibold"),
            show(cell.is_own, badge(t("This site's own rule"), "warm")),
            el.div(each(cell.options, right_choice), class_name="mt-2 grid gap-3"),
        ),
        form_words(),
        submit_button(t("Save")),
        operation=set_role_right,
        fixed={"role": one.role, "section": cell.section},
        offline=False,
        reset=False,
        key=cell.section,
        class_name="grid gap-3 px-4 py-4",
    )
