"""The board of an open SOS: how many it has reached, who comes, who is still to be called, and the all-clear."""

from typing import Any

from careapp.pwa.send import action_button, care_form, field_error, form_words
from careapp.pwa.waiting import waiting_list
from careapp.sos.browser import where_button
from careapp.sos.components import CHIP, call_buttons, person_row, section, there_about
from careapp.sos.operations import say_more, stand_down
from careapp.ui.banner import banner
from careapp.ui.buttons import button, submit_button
from careapp.ui.card import card
from careapp.ui.el import all_of, each, el, fragment, no, show, some
from careapp.ui.fields import text_area
from careapp.ui.icons import icon
from careapp.ui.rows import rows
from careapp.ui.sheet import opens, sheet
from careapp.ui.words import said, t, tn, when

ALL_CLEAR = "all-clear"
MOST_TO_CALL = 5  # everyone else follows in the list of people


def board(view: Any, between: Any = None) -> Any:
    """Live: the page is read again whenever something happens. `between` stands before the people, who may be many."""
    return el.section(
        el.h2(t("Who knows, and who comes"), class_name="sr-only"),
        _summary(view),
        show(all_of(view.nobody_by_push, view.coming == 0), _by_hand(view)),
        *([between] if between is not None else []),
        show(some(view.people), rows(each(view.people, person_row), class_name="mt-5")),
        show(no(some(view.people)), banner("warm", t("There is nobody else here who could be told."))),
        class_name="mt-2",
    )


def more_to_say(view: Any) -> Any:
    """The sender adds what happened once help has been called: a tap, words, where."""
    chips = el.div(
        each(view.kinds, lambda one: _kind(view, one)),
        role="group",
        aria_label=t("What happened?"),
        class_name="flex flex-wrap gap-2",
    )
    return section(
        t("What happened?"),
        chips,
        el.div(where_button(view.id, _where(view), class_name="button button-secondary w-full"), class_name="mt-4"),
        _words(view),
        waiting_list(say_more, {"alert_id": view.id}, text="words", class_name="mt-3 flex flex-col gap-2"),
    )


def all_clear(view: Any) -> Any:
    """Ends it, after asking once more, and tells everyone who was told."""
    return show(
        view.can_stand_down,
        el.section(
            opens(ALL_CLEAR, t("It is over: give the all-clear"), "secondary", class_name="min-h-16 w-full"),
            waiting_list(stand_down, {"alert_id": view.id}, text="words", class_name="mt-3 flex flex-col gap-2"),
            sheet(ALL_CLEAR, t("Give the all-clear?"), _all_clear_form(view)),
            class_name="mt-8",
        ),
    )


def _summary(view: Any) -> Any:
    """What the sender wants to know first, in one glance; said again to a screen reader when it changes."""
    reached = t("{n} of {total} people reached", n=view.reached, total=view.total)
    telling = t("People are being told.")
    return card(
        el.div(
            el.p(show(view.total == 0, telling, reached), class_name="text-xl font-semibold"),
            show(view.seen != 0, el.p(tn("{n} person has seen it", "{n} people have seen it", view.seen))),
            el.ul(each(view.people, _coming), class_name="mt-1 empty:hidden"),
            show(view.coming == 0, el.p(t("Nobody is coming yet."), class_name="font-medium")),
            role="status",
        ),
        show(
            view.next_step_at,
            el.p(
                said(view.next_step_words), ", ", when(view.next_step_at, "time"), class_name="mt-2 text-sm text-muted"
            ),
        ),
    )


def _coming(person: Any) -> Any:
    on_the_way = show(
        person.arrives_at,
        fragment(t("{name} is on the way", name=person.name), ", ", there_about(person)),
        t("{name} is on the way", name=person.name),
    )
    return fragment(
        show(person.state == "on_my_way", _sure(on_the_way)),
        show(person.state == "can_call", _sure(t("{name} can call", name=person.name))),
    )


def _sure(words: Any) -> Any:
    look = "flex items-start gap-2 text-lg font-semibold text-success"
    return el.li(icon("check", class_name="mt-0.5"), el.span(words), class_name=look)


def _by_hand(view: Any) -> Any:
    """Said at once: waiting for an answer would be waiting for nothing."""
    earnest = _nobody(
        view,
        t("Nobody can be reached by a notification."),
        t("Please call or text now:"),
        t("No phone numbers are known here. Call the emergency number if it is serious."),
    )
    drill = _nobody(
        view,
        t("Drill: nobody can be reached by a notification."),
        t("In earnest you would call or text now:"),
        t("No phone numbers are known here. In earnest you would call the emergency number."),
    )
    return show(view.is_drill, banner("warm", *drill, class_name="mt-4"), banner("danger", *earnest, class_name="mt-4"))


def _nobody(view: Any, what: Any, call: Any, none: Any) -> list[Any]:
    return [
        el.p(what, class_name="font-semibold"),
        show(some(view.to_call), el.p(call), el.p(none)),
        el.ul(each(view.to_call[:MOST_TO_CALL], _call_now), class_name="mt-2 flex flex-col gap-2 empty:hidden"),
    ]


def _call_now(person: Any) -> Any:
    return el.li(
        el.bdi(person.name, class_name="min-w-0 flex-1 font-medium wrap-anywhere"),
        call_buttons(person),
        key=person.member_id,
        class_name="flex items-center gap-3",
    )


def _kind(view: Any, one: Any) -> Any:
    """Pressed once more it is taken back."""
    return action_button(
        said(one.words),
        say_more,
        {"alert_id": view.id, "kind": show(one.is_chosen, "", one.key)},
        pressed=one.is_chosen,
        key=one.key,
        class_name=CHIP,
    )


def _where(view: Any) -> Any:
    return fragment(
        icon("place", class_name="icon-sm"), show(view.position, t("Say again where I am"), t("Add where I am"))
    )


def _words(view: Any) -> Any:
    return care_form(
        text_area("words", t("In your words"), value=view.words, optional=True, rows=2, max_length=500, dir="auto"),
        form_words(),
        el.div(button(t("Add this"), "secondary", type="submit", class_name="w-full"), class_name="mt-3"),
        operation=say_more,
        fixed={"alert_id": view.id},
        reset=False,
        class_name="mt-4",
    )


def _all_clear_form(view: Any) -> Any:
    return care_form(
        el.p(t("Everyone who was told gets the all-clear, and nobody is told any more."), class_name="mb-4 text-muted"),
        text_area(
            "words",
            t("A word to everyone"),
            id="field-all-clear",
            optional=True,
            rows=2,
            max_length=500,
            dir="auto",
            placeholder=t("For example: she is fine, thank you all"),
        ),
        field_error("words"),
        form_words(),
        el.div(submit_button(t("All clear")), class_name="mt-4"),
        operation=stand_down,
        fixed={"alert_id": view.id},
        label=t("The all-clear"),
    )
