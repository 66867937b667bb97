"""The card "Since your last visit": figures that lead to what they count, and a way to put it away."""

from typing import Any

from careapp.pwa.send import action_button
from careapp.sites.presence import mark_seen
from careapp.ui.el import el, link, show
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.words import t, tn, when

CHIP = "inline-flex min-h-12 items-center gap-2 rounded-full bg-tint px-4 font-medium text-primary active:bg-sunken"


def news_card(news: Any) -> Any:
    return el.section(
        el.div(
            el.h2(t("Since your last visit"), class_name="text-lg leading-snug"),
            el.p(when(news.since), class_name="text-sm text-muted"),
            class_name="min-w-0 flex-1",
        ),
        _away(),
        el.ul(
            _way("journal", news.updates, tn("{n} update", "{n} updates", news.updates), to("/journal")),
            _way(
                "comment",
                news.comments,
                tn("{n} answer to you", "{n} answers to you", news.comments),
                to("/update", update=news.commented_id),
            ),
            _way("message", news.messages, tn("{n} message", "{n} messages", news.messages), to("/messages")),
            _way("image", news.photos, tn("{n} photo", "{n} photos", news.photos), to("/photos")),
            _way("people", news.people, tn("{n} new person", "{n} new people", news.people), to("/people")),
            class_name="flex w-full flex-wrap gap-2",
        ),
        class_name="card mt-4 flex flex-wrap items-start gap-x-3 gap-y-2 p-4",
    )


def _away() -> Any:
    return action_button(
        icon("close"),
        mark_seen,
        {"is_all": True},
        aria_label=t("I have seen this"),
        custom_attrs={"title": t("I have seen this")},
        class_name="button button-quiet -me-2 -mt-2 size-12 rounded-full p-0 text-muted",
    )


def _way(icon_name: str, n: Any, words: Any, target: Any) -> Any:
    return show(n != 0, el.li(link(target, icon(icon_name, class_name="icon-sm"), words, class_name=CHIP)))
