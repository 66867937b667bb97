"""/: what Careapp is, and the three ways in."""

from typing import Any

from careapp.ui.buttons import button_link
from careapp.ui.el import el, link
from careapp.ui.icons import icon
from careapp.ui.page import static_page
from careapp.ui.shell import plain_frame
from careapp.ui.words import t


@static_page("/", title="Careapp: looking after someone together")
def landing_page() -> Any:
    sign_in = link("/sign-in", t("Sign in"), class_name="button button-quiet")
    return plain_frame(_promise(), _reasons(), wide=True, end=sign_in)


def _promise() -> Any:
    return el.section(
        el.div(
            el.h1(
                t("Look after someone together"), class_name="text-2xl text-balance sm:text-[2.5rem] sm:leading-tight"
            ),
            el.p(
                t("One private place where family, friends and the care team share news, photos and what needs doing."),
                class_name="mt-4 max-w-[44ch] text-lg text-muted",
            ),
            el.div(
                button_link(t("Start a site"), "/start", wide=True),
                button_link(t("I was invited"), "/invited", "secondary", wide=True),
                class_name="mt-8 flex max-w-sm flex-col gap-3",
            ),
        ),
        el.img(
            src="/screenshots/today-narrow.webp",
            alt=t("The home page of a site: Rose's picture, how she is today, and the newest update with a photo."),
            width="390",
            height="844",
            class_name="mx-auto h-auto w-full max-w-72 rounded-[28px] border border-line shadow-card",
        ),
        class_name="grid items-center gap-10 py-6 sm:grid-cols-2 sm:py-12",
    )


def _reasons() -> Any:
    return el.section(
        el.h2(t("Made for a phone at a bedside"), class_name="text-xl"),
        el.ul(
            _reason(
                "journal", t("Tell everyone once"), t("Write one update instead of twenty calls. Choose who sees it.")
            ),
            _reason("wifi_off", t("Works with one bar of signal"), t("What you write is kept and sent by itself.")),
            _reason(
                "lock", t("Private from the start"), t("Only people you invite. No advertising, and nothing is sold.")
            ),
            class_name="mt-4 grid gap-4 sm:grid-cols-3",
        ),
        class_name="py-8",
    )


def _reason(icon_name: str, title: Any, words: Any) -> Any:
    return el.li(
        icon(icon_name, class_name="size-7 text-primary"),
        el.h3(title, class_name="mt-3 text-lg"),
        el.p(words, class_name="mt-1 text-muted"),
        class_name="card p-5",
    )
