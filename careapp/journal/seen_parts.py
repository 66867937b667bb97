"""Who has seen an update, as it is drawn for its author and for whoever manages the journal."""

from typing import Any

from careapp.ui.avatar import avatar
from careapp.ui.buttons import QUIET_LINK
from careapp.ui.el import each, el, show
from careapp.ui.icons import icon
from careapp.ui.words import t, when


def seen_words(update: Any) -> Any:
    return t("seen by {n} of {all}", n=update.seen_by, all=update.seen_of)


def who_has_seen(update: Any, readers: Any) -> Any:
    """The names behind the figures, for who wants to know."""
    return show(
        update.seen_of != 0,
        el.details(
            el.summary(
                t("Seen by {n} of {all}", n=update.seen_by, all=update.seen_of),
                icon("down", class_name="icon-sm transition-transform group-open:rotate-180"),
                class_name=f"{QUIET_LINK} gap-1",
            ),
            el.ul(each(readers, _reader), class_name="grid gap-1 pb-2 sm:grid-cols-2"),
            class_name="group px-4",
        ),
    )


def _reader(one: Any) -> Any:
    return el.li(
        avatar(one.face, "sm"),
        el.span(one.face.name, class_name="min-w-0 flex-1"),
        el.span(show(one.at, when(one.at), t("not yet")), class_name="text-sm text-muted"),
        class_name="flex min-h-12 items-center gap-3 pe-2",
    )
