"""What people see of their account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import IDLE, Actor, Who
from careapp.catalogue import LANGUAGES
from careapp.clock import now
from careapp.models import Account, SignIn
from careapp.notify.quiet import zone_of
from careapp.operation import Params, query
from careapp.schedule.spoken import place_of_zone
from careapp.sites.tables import Option


@dataclass(frozen=True)
class Viewer:
    """Who looks, as far as every page wants to know. Without an account, language and zone are the browser's. By `who`
    a device knows whose words it keeps."""

    is_signed_in: bool = False
    who: str = ""
    name: str = ""
    language: str = ""
    time_zone: str = ""


class NoParams(Params):
    pass


@query(who=Who.ANYONE)
def viewer(session: Session, actor: Actor, params: NoParams) -> Viewer:
    if not actor.is_signed_in:
        return Viewer()
    return Viewer(True, actor.account_id, actor.name, actor.language, actor.time_zone)


@dataclass(frozen=True)
class SignInCard:
    id: str = ""
    device: str = ""
    began_at: datetime | None = None
    seen_at: datetime | None = None
    is_this: bool = False


@dataclass(frozen=True)
class LanguageChoice:
    code: str = ""
    name: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class AccountView:
    name: str = ""
    email: str = ""
    is_confirmed: bool = False
    has_password: bool = False
    phone: str = ""
    language: str = "en"
    time_zone: str = ""
    zones: Sequence[Option] = ()
    languages: Sequence[LanguageChoice] = ()
    sign_ins: Sequence[SignInCard] = ()
    has_other_sign_ins: bool = False


@query(who=Who.SIGNED_IN)
def account(session: Session, actor: Actor, params: NoParams) -> AccountView:
    """One's own account, with the sessions that still work, this one first and then the latest used."""
    found = session.execute(select(Account).where(col(Account.id) == actor.account_id)).scalar_one()
    cards = _sign_ins(session, actor)
    return AccountView(
        name=found.name,
        email=found.email,
        is_confirmed=found.email_confirmed_at is not None,
        has_password=found.password_hash is not None,
        phone=found.phone,
        language=found.language,
        time_zone=found.time_zone,
        zones=_zones(found),
        languages=[LanguageChoice(code, name, code == found.language) for code, name in LANGUAGES.items()],
        sign_ins=cards,
        has_other_sign_ins=len(cards) > 1,
    )


def _zones(account: Account) -> list[Option]:
    if not account.time_zone:
        return []
    return [Option(account.time_zone, place_of_zone(zone_of(account.time_zone).key, account.language))]


def _sign_ins(session: Session, actor: Actor) -> list[SignInCard]:
    works = col(SignIn.ended_at).is_(None), col(SignIn.seen_at) > now() - IDLE
    mine = select(SignIn).where(col(SignIn.account_id) == actor.account_id, *works)
    latest = session.scalars(mine.order_by(col(SignIn.seen_at).desc(), col(SignIn.id).desc()).limit(50))
    cards = [
        SignInCard(each.id, each.device, each.created_at, each.seen_at, each.id == actor.sign_in_id) for each in latest
    ]
    return sorted(cards, key=lambda card: not card.is_this)
