"""Giving away: an address to others, and the app to the home screen."""

from typing import Any

import reflex as rx

from careapp.pwa.part import Part
from careapp.ui.el import Html, el, painted_for
from careapp.ui.words import t


class _Install(Part):
    library = "$/public/js/share.js"
    tag = "InstallButton"


class _Share(Part):
    library = "$/public/js/share.js"
    tag = "ShareButton"
    url: rx.Var[str]
    title: rx.Var[str]
    text: rx.Var[str]
    copied: rx.Var[str]


class _Copy(Part):
    library = "$/public/js/share.js"
    tag = "CopyButton"
    text: rx.Var[str]
    copied: rx.Var[str]


def install_button(*children: Any, **attrs: Any) -> Any:
    """Puts the app on the home screen; only there where the browser offers it."""
    return Html("") if painted_for() is not None else _Install.create(*children, **attrs)


def share_button(*children: Any, url: Any, title: Any = "", text: Any = "", **attrs: Any) -> Any:
    """Opens the phone's share sheet, or copies the address where there is none."""
    if painted_for() is not None:
        return el.button(*children, type="button", **attrs)
    return _Share.create(*children, url=url, title=title, text=text, copied=t("Copied"), **attrs)


def copy_button(*children: Any, text: Any, **attrs: Any) -> Any:
    """Copies `text` and says so."""
    if painted_for() is not None:
        return el.button(*children, type="button", **attrs)
    return _Copy.create(*children, text=text, copied=t("Copied"), **attrs)
