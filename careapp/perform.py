"""The front door: from credentials to an actor, then one operation or query in one transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, to_jsonable_python
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from careapp.access import Actor, Credentials, Who, enter, is_seen_again, recognise
from careapp.clock import now
from careapp.db import concerns, reading, unit_of_work
from careapp.errors import Conflict, Invalid, NotFound, NotSignedIn
from careapp.ids import is_id
from careapp.models import OpAnswer, SignIn
from careapp.notify.announce import record
from careapp.operation import OPERATIONS, Registered
from careapp.said import Said
from careapp.secret import signature

A = TypeVar("A")


@dataclass(frozen=True)
class Asked:
    """One write, as a client asks for it. `site` is an address or id, empty for what belongs to no site. It was said
    `age` seconds ago."""

    operation: str
    command: Mapping[str, Any]
    op_id: str = ""
    site: str = ""
    age: int = 0


def do(asked: Asked, credentials: Credentials) -> Any:
    """Do one write and return its answer, ready for JSON.

    Safe to repeat: the same `op_id` by the same account has one effect and gets the same answer.
    """
    registered = OPERATIONS.get(asked.operation)
    if registered is None:
        raise NotFound
    command = parse(registered.asks, asked.command)
    try:
        return _do(registered, command, asked, credentials)
    except (IntegrityError, OperationalError):
        # On PostgreSQL two may ask for the same at once; the second sees the rows of the first when it looks again.
        return _do(registered, command, asked, credentials)


def _do(registered: Registered, command: Any, asked: Asked, credentials: Credentials) -> Any:
    with unit_of_work() as session:
        actor = replace(_actor(session, registered, credentials, asked.site), age=asked.age)
        if not _is_remembered(registered, asked, actor):
            return _run(session, registered, actor, command)
        before = session.get(OpAnswer, (asked.op_id, actor.account_id))
        if before:
            return _same_answer(before, asked)
        answer = _run(session, registered, actor, command)
        session.add(
            OpAnswer(op_id=asked.op_id, account_id=actor.account_id, body_hash=_body_hash(asked), answer=answer)
        )
        return answer


def read(registered: Registered, credentials: Credentials, site: str, params: Mapping[str, Any]) -> Any:
    """The frozen dataclass that the query answers, read in one transaction."""
    return look(registered, credentials, site, params)[0]


def look(registered: Registered, credentials: Credentials, site: str, params: Mapping[str, Any]) -> tuple[Any, Actor]:
    """The same, and who it was read for."""
    asks = parse(registered.asks, params)
    with reading() as session:
        actor = _actor(session, registered, credentials, site)
        answer = registered.function(session, actor, asks)
        stale = _stale_sign_in(session, actor)
    if stale:
        _mark_seen(stale)
    return answer, actor


def parse(model: type[BaseModel], body: Mapping[str, Any]) -> Any:
    """The command or params a body stands for. Raises Invalid with words for each field."""
    try:
        return model.model_validate_json(json.dumps(body))
    except ValidationError as error:
        raise Invalid(fields={_field(detail): _words(detail) for detail in error.errors()}) from None
    except (ValueError, TypeError, RecursionError):
        raise Invalid from None


def _actor(session: Session, registered: Registered, credentials: Credentials, site: str) -> Actor:
    """Who acts; refused here when the right that the function declares is missing."""
    if registered.is_of_a_site:
        actor = enter(session, credentials, site)
        if registered.section is not None:
            actor.require(registered.section, registered.right)
        if registered.who is Who.MEMBER:
            actor.require_member()
        return actor
    actor = recognise(session, credentials)
    if registered.who is Who.SIGNED_IN and not actor.is_signed_in:
        raise NotSignedIn
    return actor


def _run(session: Session, registered: Registered, actor: Actor, command: Any) -> Any:
    if registered.is_of_a_site:
        concerns(session, actor.site_id)
    answer = registered.function(session, actor, command)
    record(session, actor, registered)
    session.flush()
    return to_jsonable_python(answer)


def _is_remembered(registered: Registered, asked: Asked, actor: Actor) -> bool:
    if not registered.is_remembered or not actor.is_signed_in:
        return False
    if not is_id(asked.op_id):
        raise Invalid("This request has no valid op_id.")
    return True


def _same_answer(before: OpAnswer, asked: Asked) -> Any:
    if before.body_hash != _body_hash(asked):
        raise Conflict("This op_id was used for something else.")
    return before.answer


def _body_hash(asked: Asked) -> str:
    """Keyed, because some bodies hold a password, which a bare hash would let others guess at."""
    return signature(json.dumps([asked.operation, asked.site, asked.command], sort_keys=True))


def _stale_sign_in(session: Session, actor: Actor) -> str:
    sign_in = session.get(SignIn, actor.sign_in_id) if actor.sign_in_id else None
    return sign_in.id if sign_in and is_seen_again(sign_in) else ""


def _mark_seen(sign_in_id: str) -> None:
    with unit_of_work() as session:
        concerns(session)
        sign_in = session.get(SignIn, sign_in_id)
        if sign_in:
            sign_in.seen_at = now()


def _field(detail: ErrorDetails) -> str:
    return ".".join(str(part) for part in detail["loc"])


def _words(detail: ErrorDetails) -> Said:
    limits = detail.get("ctx", {})
    match detail["type"]:
        case "value_error" if isinstance(said := (limits["error"].args or ("",))[0], Said):
            return said
        case "string_too_long" | "too_long":
            return Said("This is too long: at most {max} characters.", max=limits["max_length"])
        case "string_too_short" | "too_short" | "missing":
            return Said("Please fill this in.")
        case "extra_forbidden":
            return Said("This is not known here.")
        case _:
            return Said("This cannot be used here.")
