"""The person's wishes beside what is decided for them, and in full on their page."""

from typing import Any

from careapp.ui.buttons import QUIET_LINK
from careapp.ui.card import card, card_title
from careapp.ui.el import el, link, show
from careapp.ui.places import to
from careapp.ui.words import t


def wishes_card(view: Any, **attrs: Any) -> Any:
    """Of a view with `wishes` and `frame`; nothing where there are none."""
    return show(view.wishes.is_any, lambda: _card(view, attrs))


def wish(name: Any, words: Any, look: str = "text-lg") -> Any:
    return show(
        words,
        el.div(
            el.dt(name, class_name="text-sm text-muted"),
            el.dd(words, dir="auto", class_name=f"prose-words {look}"),
            class_name="py-3",
        ),
    )


def wish_list(view: Any, look: str = "text-lg") -> tuple[Any, ...]:
    return (
        wish(t("What comforts them"), view.comforts, look),
        wish(t("What they do not like"), view.dislikes, look),
        wish(t("Food and drink"), view.food, look),
        wish(t("Language"), view.language, look),
        wish(t("Faith and customs"), view.faith, look),
    )


def _card(view: Any, attrs: dict[str, Any]) -> Any:
    return card(
        card_title(t("What matters to {name}", name=view.frame.called)),
        el.dl(*wish_list(view.wishes, "line-clamp-3"), class_name="divide-y divide-line"),
        link(to("/profile"), t("All wishes and preferences"), class_name=QUIET_LINK),
        **attrs,
    )
