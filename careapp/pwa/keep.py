"""Pages that must open without a connection although they were never opened on this device."""

from typing import Any

import reflex as rx

from careapp.pwa.part import Part
from careapp.ui.el import Html, painted_for


class _KeepPage(Part):
    library = "$/public/js/keep.js"
    tag = "KeepPage"
    path: rx.Var[str]


def keeps_page(path: Any) -> Any:
    """Has this device keep another page of the site: its path, or its whole address."""
    return Html("") if painted_for() is not None else _KeepPage.create(path=path)
