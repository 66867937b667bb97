"""The steps of getting in and out: how often it may be tried, what is proved, and the operation that follows."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from careapp import limits
from careapp.access import Credentials
from careapp.accounts.codes import account_of, spend_a_try
from careapp.accounts.fields import normal_email
from careapp.accounts.operations import Register
from careapp.accounts.passwords import prove
from careapp.db import reading
from careapp.errors import NotSignedIn
from careapp.limits import Limit
from careapp.perform import Asked, do, parse

# Never by account alone: that would let anyone lock the owner out.
PAIR = Limit("sign-in pair", 10, timedelta(minutes=15))
PLACE = Limit("sign-in place", 100, timedelta(minutes=15))
ASK_PAIR = Limit("code pair", 5, timedelta(minutes=15))
ASK_PLACE = Limit("code place", 30, timedelta(minutes=15))
NEW_ACCOUNTS = Limit("register place", 60, timedelta(hours=1))


@dataclass(frozen=True)
class Visit:
    """One form, and what the browser and the network say of who sent it."""

    form: dict[str, str]
    address: str
    device: str
    language: str
    time_zone: str
    request: str
    credentials: Credentials

    @property
    def email(self) -> str:
        return normal_email(self.form.get("email", ""))

    @property
    def device_said(self) -> dict[str, str]:
        return {"device": self.device, "time_zone": self.time_zone}

    def asked(self, *names: str, **more: str) -> dict[str, str]:
        """The command: these fields of the form, where they are there, and what else is known."""
        return {name: self.form[name] for name in names if name in self.form} | more


Answer = dict[str, Any]


def register(visit: Visit) -> Answer:
    """Someone who has an account already, and types its password, is signed in."""
    command = visit.asked("email", "name", "password", language=visit.language)
    limits.take(NEW_ACCOUNTS, visit.address)
    parse(Register, command)
    with reading() as session:
        is_known = account_of(session, visit.email) is not None
    return sign_in(visit) if is_known else _do("register", command | visit.device_said)


def sign_in(visit: Visit) -> Answer:
    limits.take(PLACE, visit.address)
    limits.take(PAIR, visit.email, visit.address)
    proof = prove(visit.email, visit.form.get("password", ""))
    command = {"email": visit.email, "proof": proof.stored, "renewed": proof.renewed}
    answer = _do("sign_in", command | visit.device_said)
    limits.give_back(PLACE, visit.address)
    limits.give_back(PAIR, visit.email, visit.address)
    return answer


def ask_code(visit: Visit) -> Answer:
    return _ask(visit, "ask_code")


def forgot(visit: Visit) -> Answer:
    return _ask(visit, "forgot")


def _ask(visit: Visit, operation: str) -> Answer:
    limits.take(ASK_PLACE, visit.address)
    limits.take(ASK_PAIR, visit.email, visit.address)
    return _do(operation, visit.asked("email"))


def sign_in_code(visit: Visit) -> Answer:
    return _try_code(visit, "sign_in_with_code", visit.asked("email", "code"))


def reset(visit: Visit) -> Answer:
    return _try_code(visit, "reset_password", visit.asked("email", "code", "password"))


def _try_code(visit: Visit, operation: str, command: dict[str, str]) -> Answer:
    limits.take(PLACE, visit.address)
    spend_a_try(visit.request)
    return _do(operation, command | {"request": visit.request} | visit.device_said)


def sign_out(visit: Visit) -> Answer:
    """Whoever is not signed in, or no longer, is out already."""
    with suppress(NotSignedIn):
        do(Asked("accounts.sign_out", {}), visit.credentials)
    return {}


def _do(operation: str, command: dict[str, str]) -> Answer:
    return do(Asked(f"accounts.{operation}", command), Credentials()) or {}
