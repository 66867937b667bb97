"""How to follow an address, in the words of each calendar."""

from typing import Any

from careapp.ui.el import el
from careapp.ui.icons import icon
from careapp.ui.words import t

ARROW = "icon-sm text-muted transition-transform group-open:rotate-180"
SUMMARY = "flex min-h-12 cursor-pointer items-center gap-3 px-4 py-2 font-medium"


def how_to() -> Any:
    """One step after the other, for the calendars that most people have."""
    return el.div(
        _way(
            t("On an iPhone or iPad"),
            t("Tap “Open in my calendar”, then “Subscribe”."),
            t(
                "If nothing opens: Settings, Apps, Calendar, Calendar Accounts, Add Account, Other, Add Subscribed "
                "Calendar. Paste the address there."
            ),
        ),
        _way(
            t("In Google Calendar"),
            t("Copy the address. Open calendar.google.com on a computer; the app cannot do this."),
            t("Beside “Other calendars” tap the plus, then “From URL”. Paste the address and add it."),
            t("Google looks again only a few times a day, so changes take some hours."),
        ),
        _way(
            t("In Outlook"),
            t("Copy the address. Open Outlook on the web, then Calendar, “Add calendar”, “Subscribe from web”."),
            t("Paste the address, give it a name, and import it."),
        ),
        class_name="card mt-4 divide-y divide-line overflow-hidden",
    )


def _way(title: Any, *steps: Any) -> Any:
    return el.details(
        el.summary(el.span(title, class_name="flex-1"), icon("down", class_name=ARROW), class_name=SUMMARY),
        el.ol(*[el.li(step) for step in steps], class_name="list-decimal space-y-2 ps-9 pe-4 pb-4"),
        class_name="group",
    )
