"""Ending letters of one kind by a link in them, without signing in (RFC 8058)."""

import hmac
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated
from urllib.parse import urlencode

from pydantic import StringConstraints
from sqlmodel import Session

from careapp.access import Actor, Who
from careapp.errors import NotFound
from careapp.models import Account, Channel, Kind
from careapp.notify.choices import KIND_WORDS, choose, settings_of
from careapp.operation import Command, Id, operation
from careapp.said import mark
from careapp.secret import signature
from careapp.settings import settings

DIGEST = "digest"
# What letters there are to be ended, as their readers know it. An SOS is not among them.
STOPPED: Mapping[str, str] = MappingProxyType(
    {DIGEST: mark("Summaries")} | {kind.value: title for kind, (title, _) in KIND_WORDS.items() if kind is not Kind.SOS}
)


class Unsubscribe(Command):
    """`what` is a kind of notice, or "digest"; `proof` came with the letter."""

    account: Id
    what: Annotated[str, StringConstraints(max_length=20)]
    proof: Annotated[str, StringConstraints(max_length=64)]


@operation(says="ended letters", who=Who.ANYONE, is_remembered=False, is_at_door=False)
def unsubscribe(session: Session, actor: Actor, command: Unsubscribe) -> None:
    """Write no more letters of this kind to the account. Safe to repeat."""
    if not is_good(command.account, command.what, command.proof) or session.get(Account, command.account) is None:
        raise NotFound
    if command.what == DIGEST:
        settings_of(session, command.account).digest = "never"
    else:
        choose(session, command.account, Kind(command.what), Channel.EMAIL, is_on=False)


def stop_link(account_id: str, what: str) -> str:
    """The address that a letter carries. It goes on working: old letters are found again."""
    query = {"account": account_id, "what": what, "proof": _proof(account_id, what)}
    return f"{settings().public_url}/api/unsubscribe?{urlencode(query)}"


def is_good(account_id: str, what: str, proof: str) -> bool:
    return what in STOPPED and hmac.compare_digest(proof.encode(), _proof(account_id, what).encode())


def _proof(account_id: str, what: str) -> str:
    return signature("unsubscribe", account_id, what)
