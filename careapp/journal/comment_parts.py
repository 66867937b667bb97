"""Comments as they are drawn: what was said, what waits to be sent, and room for one more."""

from typing import Any

from careapp.journal.looks import QUIET_LINK
from careapp.journal.replies import comment, delete_comment, edit_comment
from careapp.journal.text_parts import text_parts
from careapp.pwa.send import action_button, care_form, field_error, form_words
from careapp.pwa.unfold import unfold
from careapp.pwa.waiting import waiting_list
from careapp.ui.avatar import avatar
from careapp.ui.buttons import icon_button, submit_button
from careapp.ui.el import all_of, el, fragment, join, link, no, show, to
from careapp.ui.icons import icon
from careapp.ui.rows import MENU_LINK
from careapp.ui.sheet import menu
from careapp.ui.words import t, tn, when

SMALL_ACTION = "inline-flex min-h-12 min-w-12 items-center text-sm font-medium"


def comment_row(one: Any) -> Any:
    """What someone said to an update. Its author changes it below it; who keeps order here takes it away by a menu."""
    own = el.div(
        _edit_comment(one),
        show(one.can_delete, _delete_comment(one, t("Delete"), f"{SMALL_ACTION} text-primary")),
        class_name="flex flex-wrap items-start gap-x-4 ps-1",
    )
    face = fragment(icon("trash", class_name="text-muted"), t("Delete"))
    others = menu(t("More about this comment"), _delete_comment(one, face, MENU_LINK))
    is_others = all_of(one.can_delete, no(one.can_edit))
    said = _said(one, below=show(one.can_edit, own), beside=show(is_others, others))
    return el.li(said, id=join("said-", one.id), key=one.id)


def last_comment(one: Any) -> Any:
    """The same in a feed, without ways to change it."""
    return el.li(_said(one), key=one.id)


def comment_form(update: Any, **attrs: Any) -> Any:
    """Room for a comment; half-written it stays on this device, one draft for each update."""
    field_id = join("comment-", update.id)
    return care_form(
        el.label(t("Your comment"), html_for=field_id, class_name="sr-only"),
        el.div(
            el.textarea(
                id=field_id,
                name="text",
                rows="1",
                required=True,
                dir="auto",
                max_length=10_000,
                placeholder=t("Write a comment"),
                class_name="field min-h-12! min-w-0 rounded-[24px] py-2.5 resize-none!",
            ),
            icon_button("send", t("Send comment"), type="submit", class_name="flex-none"),
            class_name="flex items-end gap-1",
        ),
        field_error("text"),
        form_words(),
        operation=comment,
        fixed={"update_id": update.id},
        draft=field_id,
        label=t("A comment"),
        **attrs,
    )


def room_for_comment(update: Any) -> Any:
    """Looks like the field that it becomes when it is touched."""
    return unfold(
        t("Write a comment"),
        comment_form(update, class_name="mt-2"),
        operation=comment,
        fixed={"update_id": update.id},
        draft=join("comment-", update.id),
        class_name="field mt-2 min-h-12 w-full rounded-[24px] py-2.5 text-start text-muted",
    )


def waiting_comments(update: Any) -> Any:
    """Comments from this device that are not sent yet."""
    return waiting_list(comment, match={"update_id": update.id}, class_name="flex flex-col gap-2 py-2 ps-[42px]")


def comments_link(update: Any) -> Any:
    words = show(
        update.more_comments != 0,
        t("All {n} comments", n=update.comment_total),
        tn("{n} comment", "{n} comments", update.comment_total),
    )
    return link(to("/update", update=update.id), words, class_name=QUIET_LINK)


def _said(one: Any, below: Any = None, beside: Any = None) -> Any:
    return el.div(
        avatar(one.author, "sm"),
        el.div(
            el.div(
                el.p(
                    el.bdi(one.author.name, class_name="font-semibold"),
                    " ",
                    when(one.at, class_name="text-muted"),
                    show(one.is_edited, el.span(" · ", t("edited"), class_name="text-muted")),
                    class_name="text-sm",
                ),
                text_parts(one.parts),
                class_name="rounded-card rounded-ss-[4px] bg-sunken px-3.5 py-2",
            ),
            *_given_only(below),
            class_name="min-w-0 flex-1",
        ),
        *_given_only(beside),
        class_name="flex items-start gap-2.5",
    )


def _given_only(part: Any) -> list[Any]:
    return [] if part is None else [part]


def _edit_comment(one: Any) -> Any:
    field_id = join("edit-", one.id)
    return el.details(
        el.summary(t("Edit"), class_name=f"{SMALL_ACTION} text-primary"),
        care_form(
            el.label(t("Your comment"), html_for=field_id, class_name="sr-only"),
            el.textarea(
                id=field_id,
                name="text",
                default_value=one.text,
                rows="2",
                required=True,
                dir="auto",
                class_name="field",
            ),
            field_error("text"),
            form_words(),
            el.div(submit_button(t("Save")), class_name="mt-2"),
            operation=edit_comment,
            fixed={"comment_id": one.id},
            draft=field_id,
            label=t("A comment"),
            reset=False,
            class_name="pb-2",
        ),
        key=join(one.id, one.text),
        class_name="open:w-full",
    )


def _delete_comment(one: Any, face: Any, look: str) -> Any:
    sure = t("Delete this comment? It cannot be brought back.")
    return action_button(face, delete_comment, {"comment_id": one.id}, sure, class_name=look)
