"""/guides: short guides for families, all on one page, which is kept on the device."""

from typing import Any

import reflex as rx

from careapp.guides.queries import GuidesView, guides
from careapp.guides.schema import ICONS
from careapp.ui.card import page_title
from careapp.ui.el import choose, each, el, join, link, show
from careapp.ui.icons import icon
from careapp.ui.page import Reading, page
from careapp.ui.places import to
from careapp.ui.shell import back_link, site_frame
from careapp.ui.words import t

ROUND = "flex size-11 flex-none items-center justify-center rounded-full bg-tint text-primary"


class GuidesState(Reading, rx.State):
    view: GuidesView = GuidesView()


@page("/guides", title="Guides for families", state=GuidesState, query=guides)
def guides_page(view: Any) -> Any:
    return site_frame(
        view.frame,
        back_link(to("/more"), t("More")),
        page_title(t("Guides for families"), t("Two minutes each, for what nobody teaches.")),
        el.div(each(view.guides, _guide), class_name="flex flex-col gap-3"),
        el.p(
            t("These are words of experience, not medical or legal advice."),
            " ",
            link(to("/words"), t("What to say"), class_name="font-medium text-primary underline underline-offset-4"),
            class_name="mt-6 text-sm text-muted",
        ),
        place="more",
    )


def _guide(one: Any) -> Any:
    """One is open at a time, so that the next heading is never far."""
    return el.details(
        el.summary(
            el.span(choose(one.icon, {name: icon(name) for name in ICONS}, icon("info")), class_name=ROUND),
            el.div(
                el.h2(one.title, class_name="text-lg leading-snug"),
                el.p(one.lead, class_name="mt-0.5 text-sm text-muted"),
                class_name="min-w-0 flex-1",
            ),
            icon("down", class_name="icon-sm text-muted transition-transform group-open:rotate-180"),
            class_name="flex min-h-16 items-center gap-3 p-4",
        ),
        el.div(each(one.parts, _part), class_name="flex flex-col gap-5 px-4 pb-6"),
        id=join("guide-", one.key),
        key=one.key,
        custom_attrs={"name": "guide"},
        class_name="group card",
    )


def _part(part: Any) -> Any:
    return el.section(
        el.h3(part.title, class_name="mb-1 text-base font-bold"),
        el.div(each(part.blocks, _block), class_name="flex flex-col gap-3"),
        key=part.title,
    )


def _block(block: Any) -> Any:
    return el.div(
        show(block.text, el.p(block.text)),
        show(
            block.points,
            el.ul(
                each(block.points, lambda item: el.li(item, key=item)), class_name="flex list-disc flex-col gap-2 ps-5"
            ),
        ),
        key=join(block.text, "·"),
        class_name="flex flex-col gap-2",
    )
