"""The people of every test, on real rows: Maya coordinates, Tom is family, Ida is a friend, Dr Cole is a care
professional, Rose is the person, and Sam is a stranger with an account of his own."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from careapp.access import Actor, Credentials, Role, enter, recognise, token_hash
from careapp.models import Account, Member, PersonProfile, SignIn, Site

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Cast:
    """One site with its people. `credentials` of each is what their browser would show."""

    session: Session
    address: str = "rose"

    def credentials(self, name: str) -> Credentials:
        return Credentials(session=f"token-of-{name}") if name else Credentials()

    def actor(self, name: str) -> Actor:
        """Who they are on this site; raises as `enter` does for those who do not belong."""
        return enter(self.session, self.credentials(name), self.address)

    def anyone(self, name: str = "") -> Actor:
        """Who they are outside any site."""
        return recognise(self.session, self.credentials(name))

    @property
    def maya(self) -> Actor:
        return self.actor("maya")

    @property
    def tom(self) -> Actor:
        return self.actor("tom")

    @property
    def ida(self) -> Actor:
        return self.actor("ida")

    @property
    def cole(self) -> Actor:
        return self.actor("cole")

    @property
    def rose(self) -> Actor:
        return self.actor("rose")


ROLES = {
    "maya": Role.COORDINATOR,
    "tom": Role.FAMILY,
    "ida": Role.FRIEND,
    "cole": Role.CARE_PROFESSIONAL,
    "rose": Role.PERSON,
}
NAMES = {
    "maya": "Maya Lind",
    "tom": "Tom Lind",
    "ida": "Ida Berg",
    "cole": "Dr Cole",
    "rose": "Rose Lind",
    "sam": "Sam",
}


def add_account(session: Session, name: str) -> Account:
    """Someone who can sign in; the same account when they can already."""
    email = f"{name}@example.org"
    account = session.execute(select(Account).where(col(Account.email) == email)).scalar_one_or_none()
    if account:
        return account
    account = Account(email=email, name=NAMES.get(name, name.title()))
    session.add(account)
    session.flush()
    session.add(SignIn(token_hash=token_hash(f"token-of-{name}"), account_id=account.id, device="Phone"))
    return account


def add_site(session: Session, address: str = "rose", roles: dict[str, Role] | None = None) -> Cast:
    """A site with its people; accounts that exist already are used again."""
    site = Site(address=address, name="Looking after Rose")
    session.add(site)
    session.flush()
    session.add(PersonProfile(site_id=site.id, name="Rose Lind", called="Rose"))
    for name, role in (roles or ROLES).items():
        account = add_account(session, name)
        session.add(
            Member(site_id=site.id, account_id=account.id, role=role, name=account.name, is_contact=name == "maya")
        )
    session.flush()
    return Cast(session, address)
