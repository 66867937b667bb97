"""Updates as they are drawn, on the home page, in the journal and alone: words, photos, reactions, comments."""

from typing import Any

from careapp.journal.operations import delete_update, edit_update, pin_update, post_update, unpin_update
from careapp.journal.replies import comment, delete_comment, edit_comment, react
from careapp.pwa.bars import in_turn
from careapp.pwa.send import action_button, care_form, field_error, form_words, waiting_list
from careapp.pwa.unfold import unfold
from careapp.ui.avatar import avatar
from careapp.ui.buttons import icon_button, submit_button
from careapp.ui.el import all_of, any_of, each, el, fragment, join, link, no, show, to
from careapp.ui.icons import icon
from careapp.ui.photo import photo, photos
from careapp.ui.rows import MENU_LINK, badge
from careapp.ui.sheet import menu
from careapp.ui.words import said, t, tn, when

ON_PHONES_EDGE_TO_EDGE = "card max-sm:-mx-4 max-sm:rounded-none"
QUIET_LINK = "inline-flex min-h-12 items-center font-medium text-primary underline-offset-4 hover:underline"
SMALL_ACTION = "inline-flex min-h-12 min-w-12 items-center text-sm font-medium"
EMOJI = "[font-family:'Apple_Color_Emoji','Segoe_UI_Emoji','Noto_Color_Emoji',sans-serif]"
PINNED = "flex items-center gap-1 text-sm font-semibold text-accent-ink"
TILE_WORDS = "absolute inset-0 flex flex-col items-center justify-center gap-2 p-4 text-center text-sm text-muted"
REACTION = (
    "group inline-flex min-h-12 min-w-12 items-center justify-center gap-1.5 rounded-full border-[1.5px] border-line "
    "px-2.5 transition active:scale-95 aria-pressed:border-primary aria-pressed:bg-tint aria-pressed:text-primary"
)


def update_card(update: Any, level: int = 3) -> Any:
    """One update in a feed, with its last comments and room for another; its author is a heading of `level`."""
    return in_turn(_feed_card, update, level, key=update.id)


def _feed_card(update: Any, level: int) -> Any:
    return el.article(
        _head(update, level),
        _words(update),
        show(update.is_cut, _way_in(update, t("Read on"))),
        update_photos(update),
        waiting_list(edit_update, match={"update_id": update.id}, edit_at=to("/write"), class_name="px-4 py-2"),
        _answers(update),
        class_name=ON_PHONES_EDGE_TO_EDGE,
    )


def whole_update(update: Any, reactors: Any) -> Any:
    """One update alone, with every photo and who reacted how; its comments stand under it."""
    return el.article(
        _head(update, 2),
        _words(update),
        whole_photos(update.photos),
        waiting_list(edit_update, match={"update_id": update.id}, edit_at=to("/write"), class_name="px-4 py-2"),
        show(no(update.is_draft), fragment(reactions(update), _who_reacted(update, reactors))),
        class_name=f"{ON_PHONES_EDGE_TO_EDGE} pb-2",
    )


def update_photos(update: Any) -> Any:
    """Up to five photos, edge to edge; where there are more, a way to them."""
    return show(
        update.photos,
        el.div(
            photos(each(update.photos, photo_tile), update.more_photos),
            show(update.more_photos, _way_in(update, t("See all photos"))),
            class_name="mt-3",
        ),
    )


def whole_photos(pictures: Any) -> Any:
    """Every photo in its own shape, one under the other."""
    tiles = el.div(each(pictures, photo_tile), data_photos="", class_name="mt-3 flex flex-col gap-1")
    return show(pictures, tiles)


def photo_tile(picture: Any) -> Any:
    """A photo, or the room it will take while it is being prepared, or why its uploader does not see it."""
    return show(
        picture.is_ready,
        photo(picture),
        _blank_tile(
            picture,
            show(
                picture.is_waiting,
                t("This photo is being prepared"),
                show(picture.refusal_words, said(picture.refusal_words), t("This photo cannot be shown")),
            ),
        ),
    )


def reactions(update: Any) -> Any:
    """One tap gives a reaction or takes it back; who may not react sees what others gave."""
    given = show(update.reaction_total != 0, el.ul(each(update.reactions, _given), class_name="flex flex-wrap gap-3"))
    return el.div(
        show(
            update.can_comment,
            el.div(
                each(update.reactions, lambda one: _reaction(update, one)),
                role="group",
                aria_label=t("Reactions"),
                class_name="flex flex-wrap gap-1.5",
            ),
            given,
        ),
        class_name="px-4 pt-3",
    )


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


def _room_for_comment(update: Any) -> Any:
    """Looks like the field that it becomes when it is touched."""
    return unfold(
        t("Write a comment"),
        comment_form(update, class_name="mt-2"),
        operation=comment,
        fixed={"update_id": update.id},
        draft=join("comment-", update.id),
        class_name="field mt-2 min-h-12 w-full rounded-[24px] py-2.5 text-start text-muted",
    )


def waiting_updates(**attrs: Any) -> Any:
    """Updates from this device that are not sent yet, or were refused."""
    return waiting_list(post_update, edit_at=to("/write"), ground=f"{ON_PHONES_EDGE_TO_EDGE} p-4", **attrs)


def waiting_comments(update: Any) -> Any:
    """Comments from this device that are not sent yet."""
    return waiting_list(comment, match={"update_id": update.id}, class_name="flex flex-col gap-2 py-2 ps-[42px]")


def text_parts(parts: Any) -> Any:
    """What a person wrote: line breaks kept, links that can be followed, names that stand out."""
    return el.div(each(parts, _part), dir="auto", class_name="prose-words")


def small_facts(*facts: Any) -> Any:
    """Small words with dots between them; a fact is (whether it is shown, what)."""
    return el.p(
        *[show(is_shown, fragment(_dot(), el.span(what))) for is_shown, what in facts],
        class_name="text-sm text-muted",
    )


def _dot() -> Any:
    return el.span("·", aria_hidden="true", class_name="mx-1.5 first:hidden")


def _head(update: Any, level: int) -> Any:
    return el.header(
        avatar(update.author),
        el.div(
            show(update.is_pinned, el.p(icon("pin", class_name="size-4!"), t("Pinned"), class_name=PINNED)),
            getattr(el, f"h{level}")(el.bdi(update.author.name), class_name="text-base leading-snug"),
            small_facts(
                (update.relation != "", el.bdi(update.relation)),
                (True, when(update.at)),
                (update.is_edited, t("edited")),
                (update.is_draft, t("a draft that only you see")),
                (no(update.is_for_everyone), _audience(update)),
            ),
            class_name="min-w-0 flex-1 pt-0.5",
        ),
        show(any_of(update.can_edit, update.can_delete, update.can_pin), _menu(update)),
        class_name="flex items-start gap-3 px-4 pt-4",
    )


def _audience(update: Any) -> Any:
    names = show(update.readers, update.readers, said(update.audience_words))
    return fragment(icon("lock", t("Not everyone sees this"), "me-1 inline size-4! align-[-2px]"), names)


def _menu(update: Any) -> Any:
    return menu(
        t("More about this update"),
        show(
            update.can_edit,
            link(
                to("/write", update=update.id), icon("edit", class_name="text-muted"), t("Edit"), class_name=MENU_LINK
            ),
        ),
        show(update.can_pin, show(update.is_pinned, _unpin(update), _pin(update))),
        show(update.can_delete, _delete(update)),
    )


def _pin(update: Any) -> Any:
    face = [icon("pin", class_name="text-muted"), t("Keep on top")]
    return action_button(face, pin_update, {"update_id": update.id}, class_name=MENU_LINK)


def _unpin(update: Any) -> Any:
    face = [icon("pin", class_name="text-muted"), t("No longer on top")]
    return action_button(face, unpin_update, {"update_id": update.id}, class_name=MENU_LINK)


def _delete(update: Any) -> Any:
    return action_button(
        [icon("trash", class_name="text-muted"), t("Delete")],
        delete_update,
        {"update_id": update.id},
        t("Delete this update? It can be brought back for 30 days, from Drafts."),
        next=to("/journal"),
        class_name=MENU_LINK,
    )


def _words(update: Any) -> Any:
    """A milestone first, then the text, then the mood."""
    return fragment(
        show(
            update.milestone,
            el.p(
                icon("star", t("Milestone"), "text-accent-ink"),
                el.span(update.milestone, dir="auto", class_name="min-w-0 flex-1 font-semibold"),
                class_name="mx-4 mt-3 flex items-start gap-2.5 rounded-card bg-accent-soft px-3.5 py-2.5",
            ),
        ),
        show(update.parts, el.div(text_parts(update.parts), class_name="px-4 pt-3")),
        show(update.mood, el.div(badge(said(update.mood_words), "warm", "smile"), class_name="px-4 pt-3")),
    )


def _part(part: Any) -> Any:
    plain = el.span(part.text, class_name=show(part.is_mention, "font-semibold text-primary", ""))
    return show(part.url != "", _outward(part), plain)


def _outward(part: Any) -> Any:
    look = "font-medium text-primary underline underline-offset-2"
    return el.a(part.text, href=part.url, target="_blank", rel="noopener noreferrer nofollow", class_name=look)


def _way_in(update: Any, words: Any) -> Any:
    return link(to("/update", update=update.id), words, class_name=f"{QUIET_LINK} px-4")


def _blank_tile(picture: Any, words: Any) -> Any:
    """Keeps the photo's shape where it is known; the words stand on top of it."""
    shape = show(picture.width != 0, join("0 0 ", picture.width, " ", picture.height), "0 0 3 2")
    return el.a(
        el.svg(view_box=shape, aria_hidden="true", class_name="block max-h-[80svh] w-full"),
        el.span(icon("image"), words, class_name=TILE_WORDS),
        class_name="photo",
    )


def _reaction(update: Any, one: Any) -> Any:
    """The number follows the button at once: `pressed` turns before the server has answered."""
    with_mine, without = show(one.is_mine, one.n, one.n + 1), show(one.is_mine, one.n - 1, one.n)
    return action_button(
        [
            el.span(one.sign, aria_hidden="true", class_name=f"text-[22px] leading-none {EMOJI}"),
            el.span(said(one.words), class_name="sr-only"),
            _number(with_mine, "hidden group-aria-pressed:inline"),
            _number(without, "group-aria-pressed:hidden"),
        ],
        react,
        {"update_id": update.id, "kind": one.wanted},
        pressed=one.is_mine,
        key=one.kind,
        custom_attrs={"title": said(one.words)},
        class_name=REACTION,
    )


def _number(n: Any, look: str) -> Any:
    return show(n != 0, el.span(n, class_name=f"{look} text-sm font-semibold tabular-nums"))


def _given(one: Any) -> Any:
    return show(
        one.n != 0,
        el.li(
            el.span(one.sign, aria_hidden="true", class_name=EMOJI),
            el.span(said(one.words), class_name="sr-only"),
            el.span(one.n, class_name="ms-1 text-sm font-semibold tabular-nums"),
            class_name="inline-flex min-h-12 items-center",
        ),
    )


def _who_reacted(update: Any, reactors: Any) -> Any:
    return show(
        update.reaction_total != 0,
        el.details(
            el.summary(
                tn("{n} reaction", "{n} reactions", update.reaction_total),
                icon("down", class_name="icon-sm transition-transform group-open:rotate-180"),
                class_name=f"{QUIET_LINK} gap-1",
            ),
            el.ul(each(reactors, _reactor), class_name="grid gap-1 pb-2 sm:grid-cols-2"),
            class_name="group px-4",
        ),
    )


def _reactor(one: Any) -> Any:
    return el.li(
        avatar(one.face, "sm"),
        el.span(one.face.name, class_name="min-w-0 flex-1"),
        el.span(one.sign, role="img", aria_label=said(one.words), class_name=f"text-xl {EMOJI}"),
        class_name="flex min-h-12 items-center gap-3 pe-2",
    )


def _answers(update: Any) -> Any:
    """Reactions, the last comments, and room for one more."""
    return show(
        no(update.is_draft),
        el.div(
            reactions(update),
            el.div(
                show(update.comment_total != 0, _comments_link(update)),
                show(update.comments, el.ul(each(update.comments, last_comment), class_name="flex flex-col gap-2")),
                waiting_comments(update),
                show(update.can_comment, _room_for_comment(update)),
                class_name="px-4",
            ),
            class_name="pb-3",
        ),
    )


def _comments_link(update: Any) -> Any:
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
