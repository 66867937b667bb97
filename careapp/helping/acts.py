"""What one can do about a slot beyond taking it: thank, let go, take it off the list."""

from typing import Any

from careapp.helping.operations import cancel_slot, release_slot, thank
from careapp.pwa.send import action_button, care_form, form_words
from careapp.pwa.unfold import unfold
from careapp.ui.buttons import submit_button
from careapp.ui.el import join, show
from careapp.ui.fields import form_stack, text_area
from careapp.ui.icons import icon
from careapp.ui.rows import MENU_LINK
from careapp.ui.words import said, t

QUIET = "button button-quiet flex-none px-3"


def thank_form(slot: Any) -> Any:
    draft, fixed = join("thank-", slot.id), {"slot_id": slot.id}
    form = care_form(
        form_stack(
            text_area(
                "words",
                t("A word of thanks"),
                optional=True,
                rows=2,
                max_length=500,
                dir="auto",
                id=join("t-", slot.id),
            ),
            submit_button(t("Say thank you")),
        ),
        form_words(),
        operation=thank,
        fixed=fixed,
        draft=draft,
        label=t("A word of thanks"),
        class_name="card w-full p-4",
    )
    face = [icon("heart", class_name="icon-sm"), t("Thank {name}", name=slot.holder.name)]
    return unfold(face, form, thank, fixed, draft, class_name="button button-secondary px-4")


def release_button(slot: Any, look: str = QUIET) -> Any:
    """As long as it is far: at once."""
    return action_button(
        show(slot.is_mine, t("I cannot after all"), t("Make it open again")),
        release_slot,
        {"slot_id": slot.id},
        show(
            slot.is_guest,
            t("Make this open again? Please tell {name} yourself: Careapp cannot reach guests.", name=slot.holder.name),
            t("Let go of this? Then someone else can take it."),
        ),
        pending=t("Being sent"),
        about=slot_words(slot),
        class_name=look,
    )


def cancel_button(slot: Any) -> Any:
    return action_button(
        t("Not needed"),
        cancel_slot,
        {"slot_id": slot.id},
        show(
            slot.is_guest,
            t(
                "Take this time off the list? Please tell {name} yourself: Careapp cannot reach guests.",
                name=slot.holder.name,
            ),
            t("Take this time off the list? Whoever has taken it is told."),
        ),
        about=slot_words(slot),
        class_name=MENU_LINK,
    )


def release_form(slot: Any) -> Any:
    """When it is near, with a word of why."""
    draft, fixed = join("release-", slot.id), {"slot_id": slot.id}
    form = care_form(
        form_stack(
            text_area(
                "why",
                t("Why can you not come?"),
                hint=t("It is soon. A word helps others to step in."),
                rows=2,
                max_length=500,
                dir="auto",
                id=join("r-", slot.id),
            ),
            submit_button(t("Let go of it")),
        ),
        form_words(),
        operation=release_slot,
        fixed=fixed,
        draft=draft,
        label=t("Let go of it"),
        class_name="card w-full p-4",
    )
    near = unfold(
        show(slot.is_mine, t("I cannot after all"), t("Make it open again")),
        form,
        release_slot,
        fixed,
        draft,
        class_name=QUIET,
    )
    return show(slot.needs_why, near, release_button(slot))


def slot_words(slot: Any) -> Any:
    """Which one it is, in a line."""
    return join(said(slot.title), ", ", slot.day)
