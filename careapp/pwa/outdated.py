"""Make a page that the server has outgrown say so, where Reflex would load it anew under the hands of who writes."""

from typing import Any

from reflex_base.plugins.base import Plugin

from careapp.pwa.origin import STATE_JS, changed

BEFORE = "const handleStateMismatch = (info) => {"
AFTER = (
    BEFORE
    + """
  if (!app.isDevMode) return void window.dispatchEvent(new Event("careapp:outdated"));"""
)


class OffersNewVersions(Plugin):
    """The service worker's side of the page (`assets/js/worker.js`) looks for the new version and offers it."""

    def pre_compile(self, **context: Any) -> None:
        context["add_modify_task"](STATE_JS, says_outdated)


def says_outdated(script: str) -> str:
    """Safe to repeat. Raises RuntimeError where a new Reflex has changed the place."""
    return changed(script, BEFORE, AFTER)
