"""Make the page talk to the address it came from, so that one build serves every port, name and proxy."""

from typing import Any

from reflex_base.plugins.base import Plugin

STATE_JS = "utils/state.js"
BEFORE = "export const getBackendURL = (url_str) => {"
AFTER = (
    BEFORE
    + """
  if (typeof window !== "undefined") {
    const here = new URL(new URL(url_str ?? env.PING).pathname, window.location.href);
    if ((url_str ?? "").startsWith("ws")) {
      here.protocol = here.protocol === "https:" ? "wss:" : "ws:";
    }
    return here;
  }"""
)


class SameOrigin(Plugin):
    """Replaces Reflex's rule, which fixes the port at build time and takes 443 for granted under https."""

    def pre_compile(self, **context: Any) -> None:
        context["add_modify_task"](STATE_JS, same_origin)


def same_origin(script: str) -> str:
    """Safe to repeat. Raises RuntimeError where a new Reflex has changed the place."""
    return changed(script, BEFORE, AFTER)


def changed(script: str, before: str, after: str) -> str:
    """Reflex's own script with one place changed. Safe to repeat; raises RuntimeError where the place is not there."""
    if after in script:
        return script
    if script.count(before) != 1:
        raise RuntimeError(f"{STATE_JS} of this Reflex is not the one that careapp/pwa was written for")
    return script.replace(before, after)
