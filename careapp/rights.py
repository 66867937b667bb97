"""The walk that `make check` takes: nothing may be reachable that does not say who may reach it."""

from careapp import features
from careapp.access import Right, Who
from careapp.operation import OPERATIONS, QUERIES, Registered

OPEN_TO_ANYONE = "who=Who.ANYONE"


def problems() -> list[str]:
    """One sentence for each operation or query whose declaration leaves open who may call it."""
    features.load("operations", "queries")
    if not OPERATIONS or not QUERIES:
        return ["No operation or no query is registered: the walk found nothing to look at."]
    found = [f"{name}: {words}" for name, each in OPERATIONS.items() for words in _of_operation(each)]
    return found + [f"{name}: {words}" for name, each in QUERIES.items() for words in _of_any(each)]


def _of_operation(registered: Registered) -> list[str]:
    found = _of_any(registered)
    if not registered.says.strip():
        found.append("says nothing for the record of who did what")
    if registered.section and registered.right < Right.TAKE_PART:
        found.append("changes a site with no right beyond seeing it")
    return found


def _of_any(registered: Registered) -> list[str]:
    found = []
    if registered.section and registered.right is Right.NONE:
        found.append("names a section and no right in it")
    if registered.section and registered.who is Who.ANYONE:
        found.append(f"{OPEN_TO_ANYONE} contradicts its section")
    if registered.asks.model_config.get("extra") == "allow":
        found.append("takes whatever it is sent")
    return found
