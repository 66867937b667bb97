"""Who is on duty, on the home page."""

from typing import Any

from careapp.pwa.keep import keeps_page
from careapp.shifts.now_parts import now_and_next
from careapp.ui.el import el, fragment, link, show
from careapp.ui.icons import icon
from careapp.ui.places import to
from careapp.ui.words import t, tn


def duty_card(duty: Any) -> Any:
    return fragment(
        el.section(
            el.h2(t("On duty"), class_name="sr-only"),
            link(
                to("/on-duty"),
                el.div(now_and_next(duty.near), show(duty.waiting, _waiting(duty)), class_name="min-w-0 flex-1"),
                icon("forward", class_name="icon-sm me-4 text-muted"),
                class_name="flex items-center active:bg-sunken",
            ),
            class_name="card mt-4 overflow-hidden",
        ),
        keeps_page("/on-duty"),
    )


def _waiting(duty: Any) -> Any:
    return el.p(
        tn("{n} note to read and take over", "{n} notes to read and take over", duty.waiting),
        class_name="px-4 py-3 font-medium text-primary",
    )
