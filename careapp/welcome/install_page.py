"""/install: how to put the app on the home screen, with pictures for iPhone."""

from typing import Any

from careapp.pwa.share import install_button
from careapp.ui.card import card, page_title
from careapp.ui.el import el
from careapp.ui.icons import icon
from careapp.ui.illustrations import illustration
from careapp.ui.page import static_page
from careapp.ui.shell import plain_frame
from careapp.ui.words import t


@static_page("/install", title="On your home screen")
def install_page() -> Any:
    return plain_frame(
        page_title(
            t("On your home screen"),
            t("Then it opens with one tap like any other app, also with no signal."),
        ),
        install_button(t("Put it on my home screen"), class_name="button button-primary mb-6 w-full"),
        _iphone(),
        _android(),
    )


def _iphone() -> Any:
    return card(
        el.h2(t("On an iPhone or iPad"), class_name="text-lg"),
        el.ol(
            _pictured(
                "share_button",
                t(
                    "Open this page in Safari and tap the share button: on an iPhone at the bottom of the screen, on "
                    "an iPad at the top right. Where you see three dots instead, tap them, then “Share”."
                ),
            ),
            _pictured("share_sheet", t("Scroll down and tap “Add to Home Screen”.")),
            _pictured("home_screen", t("Tap “Add”. Careapp is now among your apps.")),
            class_name="mt-3 grid gap-5",
        ),
    )


def _android() -> Any:
    return card(
        el.h2(t("On Android"), class_name="text-lg"),
        el.ol(
            _step("more", t("Open this page in Chrome and tap the three dots at the top.")),
            _step("download", t("Tap “Add to home screen”, then “Install”.")),
            class_name="mt-3 grid gap-4",
        ),
        class_name="mt-4",
    )


def _pictured(drawing: str, words: Any) -> Any:
    return el.li(
        illustration(drawing, "w-28 flex-none"),
        el.span(words),
        class_name="flex items-center gap-4",
    )


def _step(icon_name: str, words: Any) -> Any:
    return el.li(
        el.span(
            icon(icon_name, class_name="size-6"),
            class_name="flex size-12 flex-none items-center justify-center rounded-card bg-tint text-primary",
        ),
        el.span(words),
        class_name="flex items-center gap-4",
    )
