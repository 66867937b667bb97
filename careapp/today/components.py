"""The status card: where the person is, how they are, since when, and who said so."""

from typing import Any

from careapp.journal.status import set_status
from careapp.pwa.send import waiting_list
from careapp.ui.buttons import button_link
from careapp.ui.card import card
from careapp.ui.el import each, el, show, to
from careapp.ui.icons import icon
from careapp.ui.rows import badge
from careapp.ui.words import said, t, when


def status_card(view: Any) -> Any:
    """The newest word on how things are; one tap leads to a new one for who may say it."""
    return card(
        el.h2(t("How things are just now"), class_name="sr-only"),
        show(view.has_status, status_words(view.status), el.p(t("Nobody has said yet."), class_name="text-muted")),
        waiting_status(),
        show(
            view.can_set_status,
            button_link(
                show(view.has_status, t("Say how it is now"), t("Say where and how")),
                to("/status"),
                "secondary",
                "smile",
                wide=True,
                class_name="mt-4",
            ),
        ),
    )


def status_words(status: Any) -> Any:
    """Place and mood in large type, what was said, and since when."""
    return el.div(
        el.div(
            show(
                status.place,
                el.p(
                    icon("place", t("Place"), "mt-0.5 text-primary"),
                    el.span(status.place, dir="auto", class_name="min-w-0"),
                    class_name="flex items-start gap-2 text-lg font-semibold",
                ),
            ),
            show(status.mood, badge(said(status.mood_words), "warm", "smile")),
            class_name="flex flex-wrap items-center gap-x-4 gap-y-2",
        ),
        show(status.words, el.p(status.words, dir="auto", class_name="prose-words mt-2")),
        el.p(
            when(status.since),
            " · ",
            t("said by {name}", name=status.by.name),
            class_name="mt-2 text-sm text-muted",
        ),
    )


def waiting_status() -> Any:
    """What was said on this device and is not sent yet."""
    return waiting_list(set_status, text="words", edit_at=to("/status"), class_name="mt-3 flex flex-col gap-2")


def history(statuses: Any) -> Any:
    """How it was before."""
    return el.details(
        el.summary(
            t("How it was before"),
            icon("down", class_name="icon-sm transition-transform group-open:rotate-180"),
            class_name="inline-flex min-h-12 items-center gap-1 font-medium text-primary",
        ),
        el.ul(each(statuses, _before), class_name="card divide-y divide-line"),
        class_name="group mt-6",
    )


def _before(status: Any) -> Any:
    return el.li(status_words(status), key=status.id, class_name="p-4")
