"""The points of the family meeting as they are drawn: two lines on why and how, something to tap, room for words."""

from typing import Any

from careapp.duties.kick_off_taps import something_to_tap
from careapp.duties.operations import note_point
from careapp.journal.operations import post_update
from careapp.pwa.editing import started_from
from careapp.pwa.send import care_form, form_words
from careapp.pwa.unfold import unfold
from careapp.pwa.waiting import waiting_list
from careapp.ui.buttons import button, submit_button
from careapp.ui.el import el, fragment, join, show
from careapp.ui.fields import text_area
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import badge
from careapp.ui.words import t


def point_card(view: Any, point: Any) -> Any:
    """One point; the one that it is about just now is open."""
    title = t(point.title, name=view.frame.called)
    return el.details(
        el.summary(
            _number(point),
            el.h2(title, class_name="min-w-0 flex-1 text-lg leading-snug"),
            show(point.is_done, badge(t("done"), "good")),
            icon("down", class_name="icon-sm text-muted transition-transform group-open:rotate-180"),
            class_name="flex min-h-16 items-center gap-3 px-4 py-3",
        ),
        el.div(
            el.p(t(point.why), class_name="font-medium"),
            el.p(t(point.how, name=view.frame.called), class_name="mt-1 text-muted"),
            something_to_tap(view, point),
            show(view.can_note, _words(view, point), show(point.words, el.p(point.words, class_name="prose-words"))),
            class_name="px-4 pb-4",
        ),
        open=point.is_current,
        id=join("point-", point.key),
        key=point.key,
        class_name="group card",
    )


def story(view: Any, point: Any) -> Any:
    """What was decided on a point, once the meeting is over."""
    return show(
        point.words,
        el.div(
            el.dt(t(point.title, name=view.frame.called), class_name="font-semibold"),
            el.dd(point.words, dir="auto", class_name="prose-words"),
        ),
    )


def post_it(view: Any) -> Any:
    """All that was decided, as an update for the family that can still be changed. It is put together when wanted, so
    that nothing that somebody writes meanwhile is missing in it."""
    draft = join("kick-off-post-", view.post.id)
    fixed = {"id": view.post.id, "audience": "family"}  # one update for one meeting, whoever posts it
    form = care_form(
        text_area(
            "text",
            t("This is posted for the family only. Change what you like."),
            value=view.summary,
            rows=8,
            max_length=100_000,
            dir="auto",
        ),
        form_words(),
        submit_button(t("Post it in the journal")),
        operation=post_update,
        fixed=fixed,
        draft=draft,
        next=to("/journal"),
        label=t("Family meeting"),
        class_name="card flex flex-col gap-4 p-4",
    )
    face = [icon("edit", class_name="icon-sm"), t("Put together what you decided")]
    return unfold(face, form, post_update, fixed, draft, class_name="button button-secondary w-full")


def _number(point: Any) -> Any:
    look = "flex size-10 flex-none items-center justify-center rounded-full font-bold "
    done = el.span(icon("check"), class_name=f"{look} bg-success-soft text-success")
    return show(point.is_done, done, el.span(point.number, class_name=f"{look} bg-tint text-primary"))


def _words(view: Any, point: Any) -> Any:
    field_id = join("said-", point.key)
    form = care_form(
        el.label(t("What we decide"), html_for=field_id, class_name="mb-1.5 block font-semibold"),
        el.textarea(
            id=field_id,
            name="words",
            rows="2",
            max_length=2000,
            dir="auto",
            default_value=point.words,
            placeholder=t(point.example),
            class_name="field",
        ),
        started_from(point.version, point.words, t("Someone else wrote here in the meantime. It now says:")),
        form_words(),
        show(point.is_done, _when_done(), _when_open()),
        operation=note_point,
        fixed={"kick_off_id": view.id, "point": point.key},
        draft=join("kick-off-", view.id, "-", point.key),
        label=t(point.title, name=view.frame.called),
        reset=False,
        class_name="mt-5",
    )
    match = {"kick_off_id": view.id, "point": point.key}
    return fragment(form, waiting_list(note_point, match=match, text="words", class_name="mt-3"))


def _when_open() -> Any:
    done = button(t("Done, go on"), type="submit", name="is_done", value="true", data_type="bool", class_name="flex-1")
    return el.div(done, button(t("Keep it"), "secondary", type="submit"), class_name="mt-3 flex flex-wrap gap-3")


def _when_done() -> Any:
    again: dict[str, Any] = {"type": "submit", "name": "is_done", "value": "false", "data_type": "bool"}
    return el.div(
        button(t("Keep it"), type="submit", class_name="flex-1"),
        button(t("Not done yet"), "secondary", **again),
        class_name="mt-3 flex flex-wrap gap-3",
    )
