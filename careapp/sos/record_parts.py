"""The record of an SOS that is over: how it ended, what happened line by line, notes, and every message."""

from typing import Any

from careapp.pwa.send import care_form, form_words
from careapp.pwa.waiting import waiting_list
from careapp.sos.components import section, told_row
from careapp.sos.operations import add_alert_note
from careapp.ui.avatar import avatar
from careapp.ui.buttons import submit_button
from careapp.ui.card import card
from careapp.ui.el import each, el, fragment, show, some
from careapp.ui.fields import text_area
from careapp.ui.icons import icon
from careapp.ui.rows import rows, table, table_row
from careapp.ui.words import said, t, when

SIGN = "flex size-8 flex-none items-center justify-center rounded-full bg-sunken text-muted"


def record(view: Any) -> Any:
    return fragment(
        _ending(view),
        section(t("What happened, and when"), el.ol(each(view.lines, _entry), class_name="card divide-y divide-line")),
        waiting_list(add_alert_note, {"alert_id": view.id}, text="words", class_name="mt-3 flex flex-col gap-2"),
        show(view.can_note, _note_form(view)),
        show(some(view.people), section(t("Who was told"), rows(each(view.people, told_row)))),
        show(some(view.messages), _messages(view)),
    )


def _ending(view: Any) -> Any:
    return card(
        el.p(
            t(view.ending_words, name=view.ended_by.name),
            ", ",
            when(view.ended_at, "full"),
            class_name="text-lg font-semibold",
        ),
        el.p(t("{n} of {total} people reached", n=view.reached, total=view.total), class_name="text-muted"),
    )


def _entry(entry: Any) -> Any:
    """Who did what; a note is said in its writer's words."""
    return el.li(
        show(entry.name, avatar(entry.face, "sm"), el.span(icon("bell", class_name="size-4!"), class_name=SIGN)),
        el.div(
            el.p(t(entry.words, name=entry.name, n=entry.n, minutes=entry.minutes), class_name="font-medium"),
            show(entry.minutes != 0, el.p(t("there in {n} minutes", n=entry.minutes))),
            show(entry.text, el.p(entry.text, dir="auto", class_name="prose-words")),
            when(entry.at, "full", class_name="text-sm text-muted"),
            class_name="min-w-0 flex-1",
        ),
        key=entry.id,
        data_what=entry.what,
        class_name="flex items-start gap-3 px-4 py-3",
    )


def _note_form(view: Any) -> Any:
    return care_form(
        text_area(
            "words",
            t("Add a note"),
            hint=t("What helped, what was missing, what the doctor said. Everyone who sees this record reads it."),
            rows=2,
            max_length=2000,
            dir="auto",
        ),
        form_words(),
        el.div(submit_button(t("Add the note")), class_name="mt-3"),
        operation=add_alert_note,
        fixed={"alert_id": view.id},
        draft="sos-note",
        label=t("A note"),
        class_name="mt-6",
    )


def _messages(view: Any) -> Any:
    """For whoever wants to know it exactly: every message, on every way, and whether it arrived."""
    headings = [t("Who"), t("How"), t("When"), t("What became of it")]
    return el.details(
        el.summary(
            t("Every message"),
            icon("down", class_name="icon-sm transition-transform group-open:rotate-180"),
            class_name="inline-flex min-h-12 items-center gap-1 font-medium text-primary",
        ),
        table(t("Every message"), headings, each(view.messages, _message)),
        class_name="group mt-8",
    )


def _message(one: Any) -> Any:
    arrived = show(one.reached_at, fragment(", ", when(one.reached_at, "time")))
    became = fragment(said(one.state_words), arrived)
    kind = fragment(said(one.channel_words), show(one.end_words, fragment(" (", said(one.end_words), ")")))
    return table_row(one.name, kind, when(one.at, "time"), became)
