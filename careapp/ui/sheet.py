"""Sheets and menus: native dialogs and disclosures that open without asking the server.

A button with `**opening("<id>")` opens the sheet of that id, and anything inside with `data_closes=""` closes it
(`assets/js/ui.js`); Escape and a tap beside it close it too, and the focus returns to where it was.
"""

from typing import Any

from careapp.ui.buttons import button, icon_button
from careapp.ui.el import el
from careapp.ui.icons import icon
from careapp.ui.rows import MENU_LINK
from careapp.ui.words import t


def sheet(sheet_id: str, title: Any, *content: Any, **attrs: Any) -> Any:
    """A dialog that rises from the bottom on a phone and stands in the middle of a desktop."""
    return el.dialog(
        el.div(
            el.h2(title, id=f"{sheet_id}-title", class_name="text-lg"),
            icon_button(
                "close", t("Close"), data_closes="", command="close", commandfor=sheet_id, class_name="-me-3 text-muted"
            ),
            class_name="flex items-center justify-between gap-4",
        ),
        el.div(*content, class_name="pt-1"),
        id=sheet_id,
        aria_labelledby=f"{sheet_id}-title",
        class_name="sheet",
        **attrs,
    )


def opens(sheet_id: str, label: Any, look: str = "secondary", **attrs: Any) -> Any:
    """A button that opens the sheet `sheet_id`."""
    return button(label, look, **opening(sheet_id), **attrs)


def opening(sheet_id: str) -> dict[str, str]:
    """What makes a button open a sheet: the browser's own command, and the same for browsers that do not know it."""
    return {"data_opens": sheet_id, "aria_haspopup": "dialog", "command": "show-modal", "commandfor": sheet_id}


def confirm_sheet(sheet_id: str, title: Any, words: Any, action: Any) -> Any:
    """Ask before something is removed; `action` is the danger button that does it."""
    return sheet(
        sheet_id,
        title,
        el.p(words, class_name="text-muted"),
        el.div(
            action,
            button(t("Keep it"), "secondary", data_closes="", command="close", commandfor=sheet_id),
            class_name="mt-5 flex flex-col gap-3 sm:flex-row-reverse sm:justify-start",
        ),
    )


def menu(label: Any, *items: Any) -> Any:
    """The three dots of a card: a disclosure with a few `menu_item`s."""
    return el.details(
        el.summary(
            icon("more"),
            aria_label=label,
            title=label,
            class_name="button button-quiet size-12 rounded-full p-0 text-muted",
        ),
        el.div(*items, class_name="card absolute end-0 top-12 z-20 w-60 max-w-[80vw] border border-line p-1.5"),
        data_menu="",
        class_name="relative",
    )


def menu_item(icon_name: str, label: Any, **attrs: Any) -> Any:
    """One action of a menu or of a list of actions in a sheet; closes the menu it is in."""
    look = f"{MENU_LINK} {attrs.pop('class_name', '')}".strip()
    return el.button(icon(icon_name, class_name="text-muted"), label, type="button", class_name=look, **attrs)
