"""The status card: where the person is, how they are, since when, and who said so."""

from typing import Any

from careapp.journal.status import set_status
from careapp.pwa.waiting import waiting_list
from careapp.ui.avatar import avatar
from careapp.ui.buttons import button_link
from careapp.ui.card import card
from careapp.ui.el import each, el, fragment, show
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.rows import badge
from careapp.ui.words import said, t, when


def person_card(view: Any) -> Any:
    """The person, and the newest word on how they are; one tap leads to a new one for who may say it."""
    frame = view.frame
    return card(
        el.header(
            avatar(frame.person, "xl"),
            el.div(
                el.h1(el.bdi(frame.person.name), class_name="text-2xl"),
                show(view.has_status, _where_and_how(view.status), _site_name(frame)),
                class_name="min-w-0 flex-1",
            ),
            class_name="flex items-center gap-4",
        ),
        show(view.shows_status, _status(view)),
    )


def _site_name(frame: Any) -> Any:
    """As a rule a site is called what the person is called, which is said already."""
    is_other = frame.site_name != frame.person.name
    return show(is_other, el.p(el.bdi(frame.site_name), class_name="text-muted"))


def _status(view: Any) -> Any:
    return fragment(
        show(view.has_status, _words_and_since(view.status), _nobody_yet()),
        waiting_status(),
        show(view.can_set_status, _say_it(show(view.has_status, t("Say how it is now"), t("Say where and how")))),
    )


def _nobody_yet() -> Any:
    return el.p(t("Nobody has said yet how things are."), class_name="mt-4 text-muted")


def _say_it(words: Any) -> Any:
    return button_link(words, to("/status"), "secondary", "smile", wide=True, class_name="mt-4")


def status_words(status: Any) -> Any:
    """One status in full: place and mood, what was said, since when and by whom."""
    return el.div(_where_and_how(status), _words_and_since(status))


def _where_and_how(status: Any) -> Any:
    place = el.p(
        icon("place", t("Place"), "icon-sm mt-1 text-primary"),
        el.bdi(status.place, class_name="min-w-0"),
        class_name="flex max-w-full items-start gap-1.5 font-semibold wrap-anywhere",
    )
    return el.div(
        show(status.place, place),
        show(status.mood, badge(said(status.mood_words), "warm", "smile")),
        class_name="flex flex-wrap items-center gap-x-4 gap-y-1.5 pt-1",
    )


def _words_and_since(status: Any) -> Any:
    return fragment(
        show(status.words, el.p(status.words, dir="auto", class_name="prose-words mt-3")),
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
