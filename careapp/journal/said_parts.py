"""What people say below an update or a message, as it is drawn: what was said, what waits to be sent, and room for one
more. Comments and replies are each a `Saying`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from careapp.journal.text_parts import text_parts
from careapp.pwa.send import action_button, care_form, field_error, form_words
from careapp.pwa.unfold import unfold
from careapp.pwa.waiting import waiting_list
from careapp.ui.avatar import avatar
from careapp.ui.buttons import icon_button, submit_button
from careapp.ui.el import all_of, each, el, fragment, join, no, show
from careapp.ui.icons import icon
from careapp.ui.rows import MENU_LINK
from careapp.ui.sheet import menu
from careapp.ui.words import t, when, written_when

SMALL_ACTION = "inline-flex min-h-12 min-w-12 items-center text-sm font-medium"

Operation = Callable[..., Any]


@dataclass(frozen=True)
class Saying:
    """One kind of what is said: `about` and `one` name the fields of its commands that say below what it stands, and
    which one is meant; `edits` gives what an edit starts from. `key` begins the names of its fields and drafts. The
    rest are words, as keys of the catalogue."""

    key: str
    about: str
    one: str
    say: Operation
    edit: Operation
    delete: Operation
    edits: Callable[[Any], dict[str, Any]]
    label: str
    yours: str
    write: str
    send: str
    more: str
    sure: str


def all_said(kind: Saying, those: Any) -> Any:
    """One below the other, each with what its reader may do with it."""
    return el.ul(each(those, lambda one: _row(kind, one)), class_name="flex flex-col gap-3")


def last_said(those: Any) -> Any:
    """The last of them, in a list of what they stand below, without ways to change them."""
    return el.ul(each(those, lambda one: el.li(_said(one), key=one.id)), class_name="flex flex-col gap-2")


def said_form(kind: Saying, answered: Any, **attrs: Any) -> Any:
    """Room to say something; half-written it stays on this device, one draft for each that is answered."""
    field_id = join(f"{kind.key}-", answered.id)
    return care_form(
        el.label(t(kind.yours), html_for=field_id, class_name="sr-only"),
        el.div(
            el.textarea(
                id=field_id,
                name="text",
                rows="1",
                required=True,
                dir="auto",
                max_length=10_000,
                placeholder=t(kind.write),
                class_name="field min-h-12! min-w-0 rounded-[24px] py-2.5 resize-none!",
            ),
            icon_button("send", t(kind.send), type="submit", class_name="flex-none"),
            class_name="flex items-end gap-1",
        ),
        field_error("text"),
        form_words(),
        operation=kind.say,
        fixed={kind.about: answered.id},
        draft=field_id,
        label=t(kind.label),
        **attrs,
    )


def room_to_say(kind: Saying, answered: Any) -> Any:
    """Looks like the field that it becomes when it is touched."""
    return unfold(
        t(kind.write),
        said_form(kind, answered, class_name="mt-2"),
        operation=kind.say,
        fixed={kind.about: answered.id},
        draft=join(f"{kind.key}-", answered.id),
        class_name="field mt-2 min-h-12 w-full rounded-[24px] py-2.5 text-start text-muted",
    )


def waiting_said(kind: Saying, answered: Any) -> Any:
    """What this device still has to send of it."""
    return waiting_list(kind.say, match={kind.about: answered.id}, class_name="flex flex-col gap-2 py-2 ps-[42px]")


def _row(kind: Saying, one: Any) -> Any:
    """What someone said. Its author changes it below it; who keeps order here takes it away by a menu."""
    own = el.div(
        _edit(kind, one),
        show(one.can_delete, _delete(kind, one, t("Delete"), f"{SMALL_ACTION} text-primary")),
        class_name="flex flex-wrap items-start gap-x-4 ps-1",
    )
    face = fragment(icon("trash", class_name="text-muted"), t("Delete"))
    others = menu(t(kind.more), _delete(kind, one, face, MENU_LINK))
    is_others = all_of(one.can_delete, no(one.can_edit))
    said = _said(one, below=show(one.can_edit, own), beside=show(is_others, others))
    return el.li(said, id=join("said-", one.id), key=one.id)


def _said(one: Any, below: Any = None, beside: Any = None) -> Any:
    edited = el.span(" · ", t("edited"), class_name="text-muted")
    bubble = el.div(
        el.p(
            el.bdi(one.author.name, class_name="font-semibold"),
            " ",
            when(one.at, class_name="text-muted"),
            show(one.written_at, el.span(" · ", written_when(one.written_at), class_name="text-muted")),
            show(one.is_edited, edited),
            class_name="text-sm",
        ),
        text_parts(one.parts),
        class_name="rounded-card rounded-ss-[4px] bg-sunken px-3.5 py-2",
    )
    return el.div(
        avatar(one.author, "sm"),
        el.div(bubble, *_given_only(below), class_name="min-w-0 flex-1"),
        *_given_only(beside),
        class_name="flex items-start gap-2.5",
    )


def _given_only(part: Any) -> list[Any]:
    return [] if part is None else [part]


def _edit(kind: Saying, one: Any) -> Any:
    field_id = join("edit-", one.id)
    words = el.textarea(
        id=field_id, name="text", default_value=one.text, rows="2", required=True, dir="auto", class_name="field"
    )
    return el.details(
        el.summary(t("Edit"), class_name=f"{SMALL_ACTION} text-primary"),
        care_form(
            el.label(t(kind.yours), html_for=field_id, class_name="sr-only"),
            words,
            field_error("text"),
            form_words(),
            el.div(submit_button(t("Save")), class_name="mt-2"),
            operation=kind.edit,
            fixed=kind.edits(one),
            draft=field_id,
            label=t(kind.label),
            reset=False,
            class_name="pb-2",
        ),
        key=join(one.id, one.text),
        class_name="open:w-full",
    )


def _delete(kind: Saying, one: Any, face: Any, look: str) -> Any:
    return action_button(face, kind.delete, {kind.one: one.id}, t(kind.sure), class_name=look)
