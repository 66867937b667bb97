"""/ask-for-help: what with, when, and what whoever comes should know; or a request that is there, said otherwise."""

from typing import Any

import reflex as rx

from careapp.availability.browser import who_can_then
from careapp.helping.kinds import KINDS, HelpKind
from careapp.helping.operations import ask_for_help, edit_help_request
from careapp.helping.queries import asking
from careapp.helping.views import AskView
from careapp.pwa.editing import started_from
from careapp.pwa.send import care_form, field_error, form_words
from careapp.pwa.times import times
from careapp.ui.buttons import submit_button
from careapp.ui.card import page_title
from careapp.ui.el import el, join, show
from careapp.ui.fields import form_stack, switch, text_area, text_field
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, plain_frame
from careapp.ui.skeletons import plain_skeleton
from careapp.ui.words import t

CHOSEN = "hidden flex-col gap-6 group-has-[[name=kind]:checked]/ask:flex"
OF_MEALS = "hidden group-has-[[value=meals]:checked]/ask:block"


class AskForHelpState(Reading, rx.State):
    view: AskView = AskView()


@page("/ask-for-help", title="Ask for help", state=AskForHelpState, query=asking, skeleton=plain_skeleton)
def ask_for_help_page(view: Any) -> Any:
    return plain_frame(
        back_link(to("/help-wanted"), t("Help wanted")),
        show(view.request_id != "", _edit(view), _new(view)),
        colour=view.frame.colour,
        sos_of=view.frame,
    )


def _new(view: Any) -> Any:
    form = care_form(
        _kinds(),
        el.div(
            times(view),
            who_can_then(view.free, class_name="-mt-3 empty:hidden"),
            _title(view),
            el.div(_food(view), class_name=OF_MEALS),
            _words(view),
            _address(view),
            form_words(),
            submit_button(t("Ask for help")),
            class_name=CHOSEN,
        ),
        operation=ask_for_help,
        next=to("/help-wanted"),
        draft=join("ask-for-help", view.visit),
        label=t("A request for help"),
        key=join("new", view.visit),
        class_name="group/ask flex flex-col gap-6",
    )
    lead = t("Small and clear is easiest to say yes to. Who can help is told.")
    return el.div(page_title(t("Ask for help"), lead), form)


def _kinds() -> Any:
    return el.fieldset(
        el.legend(t("What with?"), class_name="mb-2 font-semibold"),
        field_error("kind"),
        el.div(*[_tile(kind) for kind in HelpKind], class_name="grid grid-cols-2 gap-3 sm:grid-cols-4"),
        id="field-kind",
    )


def _tile(kind: HelpKind) -> Any:
    about = KINDS[kind]
    return el.label(
        el.input(type="radio", name="kind", value=kind.value, class_name="sr-only"),
        icon(about.icon, class_name="size-7 text-primary"),
        el.span(
            el.span(t(about.title), class_name="block leading-snug font-semibold"),
            el.span(t(about.about), class_name="mt-0.5 block text-sm leading-snug text-muted"),
        ),
        class_name="choice relative h-full flex-col gap-2! p-3.5!",
    )


def _title(view: Any) -> Any:
    return text_field(
        "title",
        t("In a few words"),
        hint=t("For example: Dinner for two, or To the eye clinic and back"),
        value=view.title,
        optional=True,
        max_length=120,
        dir="auto",
        auto_complete="off",
    )


def _food(view: Any) -> Any:
    return text_area(
        "food",
        t("Food: what they like, and what they must not eat"),
        hint=t("Everyone who sees this request reads it. Allergies first."),
        value=view.food,
        optional=True,
        rows=2,
        max_length=1000,
        dir="auto",
    )


def _words(view: Any) -> Any:
    return text_area(
        "words",
        t("What should they know?"),
        hint=t("Where the key is, what to bring, whom to ring."),
        value=view.words,
        optional=True,
        rows=3,
        max_length=5000,
        dir="auto",
    )


def _address(view: Any) -> Any:
    return el.div(
        text_field(
            "address",
            t("Where?"),
            hint=t("Street and town"),
            value=view.address,
            optional=True,
            max_length=300,
            dir="auto",
            auto_complete="off",
        ),
        switch(
            "hides_address",
            t("Show the address only to who takes something on"),
            checked=view.hides_address,
        ),
        class_name="flex flex-col gap-2",
    )


def _edit(view: Any) -> Any:
    food = show(view.kind == HelpKind.MEALS.value, _food(view))
    form = care_form(
        form_stack(
            _title(view),
            food,
            _words(view),
            _address(view),
            started_from(view.version, view.summary),
            form_words(),
            submit_button(t("Save")),
        ),
        operation=edit_help_request,
        fixed={"request_id": view.request_id},
        next=to("/help-request", request=view.request_id),
        draft=join("help-", view.request_id),
        label=t("A request for help"),
        reset=False,
        key=view.request_id,
    )
    return el.div(page_title(t("Change what it says")), form)
