"""Finds what the features bring: importing their operations, queries and jobs registers them."""

import importlib
import importlib.util
import pkgutil

import careapp

KINDS = ("operations", "queries", "jobs")


def load(*kinds: str) -> list[str]:
    """Import these modules of every feature that has them; the names of those imported."""
    names = [f"{feature}.{kind}" for feature in _packages() for kind in kinds or KINDS]
    found = [name for name in names if importlib.util.find_spec(name)]
    for name in found:
        importlib.import_module(name)
    return found


def load_pages() -> list[str]:
    """Import every module of a feature whose name ends in "page"; the names of those imported."""
    found = [
        f"{package}.{module.name}"
        for package in _packages()
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__)
        if module.name.endswith("page") and package != "careapp.ui"
    ]
    for name in found:
        importlib.import_module(name)
    return found


def _packages() -> list[str]:
    return [f"careapp.{module.name}" for module in pkgutil.iter_modules(careapp.__path__) if module.ispkg]
