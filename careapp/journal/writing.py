"""The parts of the composer: text, mood, milestone, and who may see it."""

from typing import Any

from careapp.pwa.send import field_error, form_words
from careapp.ui.avatar import avatar
from careapp.ui.buttons import button
from careapp.ui.el import choose, each, el, fragment, show
from careapp.ui.fields import text_field
from careapp.ui.words import said, t

LEGEND = "font-semibold"
BAR = (
    "sticky bottom-0 z-10 -mx-4 mt-8 flex flex-row-reverse flex-wrap gap-3 border-t border-line bg-paper "
    "px-4 pt-3 pb-[calc(12px+env(safe-area-inset-bottom))]"
)
# The form that ends with the bar: without the room that a page leaves below what it shows.
TO_THE_END = "-mb-16"
NAMED = "hidden group-has-[[name=audience][value=named]:checked]/audience:block"
PERSON = "flex min-h-14 cursor-pointer items-center gap-3 px-4 py-2 has-checked:bg-tint"


def action_bar(*buttons: Any) -> Any:
    """The end of a form, always in reach whatever its length. The first button is the one that Enter presses."""
    return el.div(form_words(class_name="max-h-32 w-full overflow-auto text-alert"), *buttons, class_name=BAR)


def submit_as(label: Any, name: str, is_so: bool, look: str = "primary") -> Any:
    """A button that sends the form, and says one thing more in the command."""
    width = "max-sm:flex-1" if look == "primary" else ""
    value = "true" if is_so else "false"
    return button(label, look, type="submit", name=name, value=value, data_type="bool", class_name=width)


def text_of_update(view: Any) -> Any:
    """It may stay empty beside a photo, a mood or a milestone."""
    return main_text(view, t("How are things?"), t("How was the day? What helped?"))


def end_of_draft(view: Any) -> Any:
    """The bar of a form that goes on with a draft."""
    post = show(view.can_write, submit_as(t("Post"), "publish", True))
    return action_bar(post, submit_as(t("Keep as a draft"), "publish", False, "quiet"))


def main_text(view: Any, label: Any, example: Any, *below: Any, **attrs: Any) -> Any:
    """What all is about: the text, in a field that grows."""
    return el.div(
        el.label(label, html_for="field-text", class_name="mb-1.5 block font-semibold"),
        field_error("text"),
        el.textarea(
            id="field-text",
            name="text",
            default_value=view.text,
            rows="6",
            dir="auto",
            placeholder=example,
            class_name="field min-h-40! max-h-[60svh] text-base",
            aria_describedby="marks",
            **attrs,
        ),
        _marks_hint(),
        *below,
        data_field="text",
    )


def _marks_hint() -> Any:
    """What shapes a text, said once under the field that names it as its description."""
    words = t("**Two stars** make words bold, lines that begin with - a list.")
    return el.p(words, id="marks", class_name="mt-1 text-sm text-muted")


def mood_chips(legend: Any, moods: Any, is_new: bool = False, name: str = "mood") -> Any:
    """One mood or none; where none is chosen the hidden field speaks. `is_new`: none is chosen yet."""
    return el.fieldset(
        el.legend(legend, el.span(" ", t("(optional)"), class_name="font-normal text-muted"), class_name=LEGEND),
        el.input(type="hidden", name=name, default_value=""),
        el.div(
            each(moods, lambda mood: _chip(name, mood.key, said(mood.words), False if is_new else mood.is_chosen)),
            _chip(name, "", t("None"), False),
            class_name="mt-2 flex flex-wrap gap-2",
        ),
    )


def milestone_field(view: Any) -> Any:
    return text_field(
        "milestone",
        t("Milestone"),
        hint=t("A first or a big step, for example: First walk in the garden"),
        value=view.milestone,
        optional=True,
        max_length=120,
        dir="auto",
        auto_complete="off",
    )


def audience(view: Any) -> Any:
    """Who may see it; the people to name appear once that is chosen."""
    return el.div(
        el.fieldset(
            el.legend(t("Who sees this?"), class_name=LEGEND),
            el.div(each(view.audiences, _audience), class_name="mt-2 grid gap-3 sm:grid-cols-2"),
        ),
        el.fieldset(
            el.legend(t("Whom do you name?"), class_name=f"mb-2 {LEGEND}"),
            field_error("readers"),
            el.div(each(view.people, _reader), class_name="card max-h-96 divide-y divide-line overflow-auto"),
            class_name=f"mt-4 {NAMED}",
        ),
        class_name="group/audience",
    )


def kept_audience(view: Any) -> Any:
    """Another's update: its author decided who sees it, so that is sent back as it was."""
    return fragment(
        el.input(type="hidden", name="audience", default_value=view.audience),
        each(
            view.people,
            lambda one: show(
                one.is_chosen,
                el.input(type="hidden", name="readers", default_value=one.member_id, data_type="list"),
            ),
        ),
        el.input(
            type="hidden",
            name="readers",
            default_value=show(view.audience == "named", view.frame.my_member_id, ""),
            data_type="list",
        ),
    )


def _chip(name: str, key: Any, words: Any, is_chosen: Any) -> Any:
    return el.label(
        el.input(type="radio", name=name, value=key, default_checked=is_chosen, class_name="sr-only"),
        words,
        key=key,
        class_name="chip",
    )


def _audience(one: Any) -> Any:
    detail = {
        "everyone": t("Family, friends and the care team"),
        "family": t("Without friends and the care team"),
        "care_team": t("Who cares professionally, and who coordinates"),
        "named": t("And nobody else"),
    }
    return el.label(
        el.input(type="radio", name="audience", value=one.key, default_checked=one.is_chosen, class_name="tick mt-0.5"),
        el.span(
            el.span(said(one.words), class_name="block font-semibold"),
            el.span(choose(one.key, detail, ""), class_name="block text-sm text-muted"),
        ),
        key=one.key,
        class_name="choice",
    )


def _reader(person: Any) -> Any:
    return el.label(
        el.input(
            type="checkbox",
            name="readers",
            value=person.member_id,
            data_type="list",
            default_checked=person.is_chosen,
            class_name="tick",
        ),
        avatar(person.face, "sm"),
        el.span(
            el.span(person.face.name, class_name="block font-medium leading-snug"),
            show(person.relation, el.span(person.relation, class_name="block text-sm text-muted")),
            class_name="min-w-0 flex-1",
        ),
        key=person.member_id,
        class_name=PERSON,
    )
