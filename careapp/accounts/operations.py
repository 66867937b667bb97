"""What people do with their account. The ways in have routes of their own, as their answer goes into a cookie."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import update
from sqlmodel import Session, col

from careapp.access import Actor, Who
from careapp.accounts import letters, sign_ins
from careapp.accounts.codes import Purpose, account_of, redeem, send_code, wrong_code
from careapp.accounts.fields import Device, Email, Language, Name, TimeZone
from careapp.accounts.passwords import WRONG, NewPassword, Password, matches
from careapp.accounts.sign_ins import SignedIn
from careapp.clock import now
from careapp.errors import Conflict, Invalid, NotFound
from careapp.limits import Limit
from careapp.models import Account, Member, SignIn
from careapp.notify.announce import touch_sites
from careapp.notify.mail import post
from careapp.operation import Command, Id, operation
from careapp.said import Said
from careapp.sites.phone import Phone

Code = Annotated[str, Field(max_length=40)]


class Register(Command):
    """`password` is its hash as soon as the command is parsed."""

    email: Email
    name: Name
    password: NewPassword
    language: Language = "en"
    time_zone: TimeZone = ""
    device: Device = ""


@operation(says="registered", who=Who.ANYONE, is_remembered=False, is_at_door=False)
def register(session: Session, actor: Actor, command: Register) -> SignedIn:
    """Make an account and sign in. An address that has one is refused with the words of a wrong sign-in."""
    if account_of(session, command.email):
        raise Invalid(WRONG)
    account = Account(
        email=command.email,
        name=command.name,
        password_hash=command.password,
        language=command.language,
        time_zone=command.time_zone,
    )
    session.add(account)
    session.flush()
    return sign_ins.begin(session, account, command.device)


class SignInByPassword(Command):
    """`proof` is the stored hash that the password was found to match, `renewed` what is to take its place."""

    email: Email
    proof: str = Field(min_length=1)
    renewed: str = ""
    device: Device = ""
    time_zone: TimeZone = ""


@operation(says="signed in", who=Who.ANYONE, is_remembered=False, is_at_door=False)
def sign_in(session: Session, actor: Actor, command: SignInByPassword) -> SignedIn:
    account = account_of(session, command.email)
    if account is None or account.password_hash != command.proof:
        raise Invalid(WRONG)
    if command.renewed:
        account.password_hash = command.renewed
    return sign_ins.begin(session, account, command.device, command.time_zone)


class AskCode(Command):
    email: Email


@dataclass(frozen=True)
class CodeAsked:
    """`request` stays in the browser that asked; the code works nowhere else."""

    request: str


@operation(says="asked for a code", who=Who.ANYONE, is_remembered=False, is_at_door=False)
def ask_code(session: Session, actor: Actor, command: AskCode) -> CodeAsked:
    account = account_of(session, command.email)
    return CodeAsked(send_code(session, Purpose.SIGN_IN, command.email, account.language if account else None))


@operation(says="asked for a new password", who=Who.ANYONE, is_remembered=False, is_at_door=False)
def forgot(session: Session, actor: Actor, command: AskCode) -> CodeAsked:
    account = account_of(session, command.email)
    return CodeAsked(send_code(session, Purpose.PASSWORD, command.email, account.language if account else None))


class SignInByCode(Command):
    request: str
    email: Email
    code: Code
    device: Device = ""
    time_zone: TimeZone = ""


@operation(says="signed in by code", who=Who.ANYONE, is_remembered=False, is_at_door=False)
def sign_in_with_code(session: Session, actor: Actor, command: SignInByCode) -> SignedIn:
    """The first code proves whose the address is. What was set up before that could be someone else's trap, so an
    earlier password and earlier sign-ins end."""
    redeem(session, Purpose.SIGN_IN, command.request, command.email, command.code)
    account = account_of(session, command.email)
    if account is None:
        raise wrong_code()
    if account.email_confirmed_at is None and account.password_hash:
        account.password_hash = None
        sign_ins.end(session, account.id)
        post(session, account.email, account.language, letters.password_dropped())
    account.email_confirmed_at = account.email_confirmed_at or now()
    return sign_ins.begin(session, account, command.device, command.time_zone)


class ResetPassword(Command):
    request: str
    email: Email
    code: Code
    password: NewPassword
    device: Device = ""
    time_zone: TimeZone = ""


@operation(says="chose a new password", who=Who.ANYONE, is_remembered=False, is_at_door=False)
def reset_password(session: Session, actor: Actor, command: ResetPassword) -> SignedIn:
    """Set a password by code. Every other sign-in ends."""
    redeem(session, Purpose.PASSWORD, command.request, command.email, command.code)
    account = account_of(session, command.email)
    if account is None:
        raise wrong_code()
    account.password_hash = command.password
    account.email_confirmed_at = account.email_confirmed_at or now()
    sign_ins.end(session, account.id)
    post(session, account.email, account.language, letters.password_changed())
    return sign_ins.begin(session, account, command.device, command.time_zone)


class Nothing(Command):
    pass


@operation(says="signed out", is_remembered=False, is_at_door=False)
def sign_out(session: Session, actor: Actor, command: Nothing) -> None:
    sign_ins.end(session, actor.account_id, only=actor.sign_in_id)


class EndSignIn(Command):
    sign_in_id: Id


@operation(says="ended a sign-in")
def end_sign_in(session: Session, actor: Actor, command: EndSignIn) -> None:
    """End one of one's own sessions. Its open pages close at once."""
    found = session.get(SignIn, command.sign_in_id)
    if found is None or found.account_id != actor.account_id:
        raise NotFound
    sign_ins.end(session, actor.account_id, only=found.id)


@operation(says="ended all other sign-ins")
def end_other_sign_ins(session: Session, actor: Actor, command: Nothing) -> None:
    sign_ins.end(session, actor.account_id, but=actor.sign_in_id)


class UpdateAccount(Command):
    name: Name
    language: Language
    time_zone: TimeZone = ""
    phone: Phone = ""


@operation(says="changed their account")
def update_account(session: Session, actor: Actor, command: UpdateAccount) -> None:
    """Sites where the person still goes by the old name or number show the new one."""
    account = _own(session, actor)
    for column, before, after in (
        (Member.name, account.name, command.name),
        (Member.phone, account.phone, command.phone),
    ):
        mine = update(Member).where(col(Member.account_id) == account.id, col(column) == before)
        session.execute(mine.values({col(column): after}))
    account.name, account.phone = command.name, command.phone
    account.language, account.time_zone = command.language, command.time_zone
    touch_sites(session, account.id)


class ChangePassword(Command):
    """`current` may stay empty for who never had a password. `password` is its hash once parsed."""

    current: Annotated[str, Field(max_length=200)] = ""
    password: NewPassword


@operation(says="changed their password", limit=Limit("change_password", 10, timedelta(minutes=15)))
def change_password(session: Session, actor: Actor, command: ChangePassword) -> None:
    """Every other sign-in ends."""
    account = _own(session, actor)
    if account.password_hash and not matches(command.current, account.password_hash):
        raise Invalid(fields={"current": Said("This is not your present password.")})
    account.password_hash = command.password
    sign_ins.end(session, account.id, but=actor.sign_in_id)
    post(session, account.email, account.language, letters.password_changed())


class AskNewAddress(Command):
    email: Email
    password: Password


@operation(
    says="asked to change their address", is_remembered=False, limit=Limit("ask_address", 5, timedelta(minutes=15))
)
def ask_new_address(session: Session, actor: Actor, command: AskNewAddress) -> CodeAsked:
    """Send a code to the new address. Who has no password chooses one first."""
    account = _own(session, actor)
    if not matches(command.password, account.password_hash):
        raise Invalid(fields={"password": Said("This is not your present password.")})
    return CodeAsked(send_code(session, Purpose.ADDRESS, command.email, account.language, account.id))


class ChangeAddress(Command):
    request: str
    email: Email
    code: Code


@operation(says="changed their address", limit=Limit("address", 5, timedelta(minutes=15)))
def change_address(session: Session, actor: Actor, command: ChangeAddress) -> None:
    """The old address is told."""
    account = _own(session, actor)
    redeem(session, Purpose.ADDRESS, command.request, command.email, command.code, account.id)
    if account_of(session, command.email):
        raise Conflict("Another account uses this address.")
    post(session, account.email, account.language, letters.address_changed(command.email))
    account.email, account.email_confirmed_at = command.email, now()


def _own(session: Session, actor: Actor) -> Account:
    account = session.get(Account, actor.account_id)
    if account is None:
        raise NotFound
    return account
