"""Codes by e-mail: to sign in, to choose a new password, to change the address.

A code works only in the browser that asked for it, which holds the id of the request, so nobody else can use up its
tries. For an address that nobody has, everything happens in the same way, except that no mail is sent.
"""

import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlmodel import Session, col

from careapp.accounts import letters
from careapp.clock import now
from careapp.db import unit_of_work
from careapp.errors import Invalid
from careapp.limits import Limit, tally
from careapp.models import Account, EmailCode
from careapp.notify.mail import Letter, post
from careapp.said import Said
from careapp.secret import signature

TRIES = 5
GOOD_FOR = timedelta(minutes=10)
# Six digits hold while few are sent. When someone keeps asking, from however many places, the codes grow, so that the
# owner can still sign in and guessing stays hopeless.
USUAL = Limit("codes", 20, timedelta(days=1))
DIGITS, MANY_DIGITS = 6, 12


class Purpose(StrEnum):
    SIGN_IN = "sign_in"
    PASSWORD = "password"  # noqa: S105
    ADDRESS = "address"


LETTERS: dict[Purpose, Callable[[str], Letter]] = {
    Purpose.SIGN_IN: letters.code_to_sign_in,
    Purpose.PASSWORD: letters.code_for_password,
    Purpose.ADDRESS: letters.code_for_address,
}


def send_code(session: Session, purpose: Purpose, email: str, language: str | None, whose: str = "") -> str:
    """Send a code, and return the id of the request. `language` is None when nobody is to be written to."""
    session.execute(delete(EmailCode).where(col(EmailCode.expires_at) < now() - timedelta(days=1)))
    code = _code(DIGITS if tally(session, USUAL, email) <= USUAL.most else MANY_DIGITS)
    request = EmailCode(email=email, purpose=purpose, code_hash="", expires_at=now() + GOOD_FOR)
    request.code_hash = _proof(request, code, whose)
    session.add(request)
    if language is not None:
        post(session, email, language, LETTERS[purpose](code))
    return request.id


def spend_a_try(request_id: str) -> None:
    """Count one try at a code, in a transaction of its own: a wrong one counts although it is refused."""
    with unit_of_work() as session:
        tried = update(EmailCode).where(col(EmailCode.id) == request_id)
        session.execute(tried.values(attempts=EmailCode.attempts + 1))


def redeem(session: Session, purpose: Purpose, request_id: str, email: str, code: str, whose: str = "") -> None:
    """Use a code up. Raises Invalid, with the same words whatever is wrong with it."""
    request = session.get(EmailCode, request_id)
    if request is None or not _is_open(request, purpose, email) or not _fits(request, code, whose):
        raise wrong_code()
    request.used_at = now()


def wrong_code() -> Invalid:
    return Invalid(fields={"code": Said("This code does not fit, or is no longer good. You can ask for a new one.")})


def account_of(session: Session, email: str) -> Account | None:
    return session.execute(select(Account).where(col(Account.email) == email)).scalar_one_or_none()


def _is_open(request: EmailCode, purpose: Purpose, email: str) -> bool:
    is_meant = request.purpose == purpose and request.email == email
    return is_meant and request.used_at is None and request.expires_at > now() and request.attempts <= TRIES


def _fits(request: EmailCode, code: str, whose: str) -> bool:
    typed = "".join(sign for sign in code if sign.isdigit())
    return hmac.compare_digest(request.code_hash, _proof(request, typed, whose))


def _proof(request: EmailCode, code: str, whose: str) -> str:
    return signature("code", request.id, request.purpose, request.email, whose, code)


def _code(digits: int) -> str:
    return str(secrets.randbelow(10**digits)).zfill(digits)
