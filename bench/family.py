"""The measured installation: Rose's site with 20 updates, and Ben's with 5,000, alike on their first page."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlmodel import Session

from careapp import db, features
from careapp.access import Role, token_hash
from careapp.adapters import images
from careapp.adapters.storage import storage
from careapp.clock import now
from careapp.ids import new_id
from careapp.lock import make_data_folder, own_data
from careapp.media import places
from careapp.migrate import migrate
from careapp.models import (
    Account,
    Comment,
    Invitation,
    Media,
    Member,
    PersonProfile,
    Reaction,
    SignIn,
    Site,
    Status,
    Update,
)
from careapp.models.journal import UpdateMedia
from careapp.models.media import MediaState
from careapp.sites.invitations import secret_of

TOKEN = "token-of-{}"
PEOPLE = {"maya": Role.COORDINATOR, "tom": Role.FAMILY, "ida": Role.FRIEND, "cole": Role.CARE_PROFESSIONAL}
UPDATES = {"rose": 20, "ben": 5000}
CROWD_SITES, CROWD_PEOPLE = 40, 10
SCENES = ("garden", "tea", "cat")
WORDS = (
    "A quiet night. She slept until six and had tea by the window.",
    "The physiotherapist came. Ten steps to the door and back, without the frame for the last two, and she laughed.",
    "We looked at the old photos from the lake. She told the story of the boat twice, better the second time.",
    "A tired day. Visitors tomorrow afternoon are welcome, not before three, please.",
    "Dr Cole was pleased with the wound. The stitches come out on Thursday; Tom drives her there.",
)


@dataclass(frozen=True)
class Shown:
    """One picture of the demo family, made ready once for both sites."""

    photo: images.Photo
    content: bytes


def fill() -> None:
    """Write both sites into the folder of the settings, which nobody may be serving."""
    features.load()
    make_data_folder()
    with own_data():
        migrate()
        with db.unit_of_work() as session:
            accounts = {name: _account(session, name) for name in PEOPLE}
            for address, count in UPDATES.items():
                add_site(session, address, accounts, count, SCENES)
            for n in range(CROWD_SITES):
                some = {who: _account(session, who) for who in crowd(n)}
                add_site(session, f"crowd-{n}", some, 20)
        db.dispose()


def crowd(n: int) -> list[str]:
    """The people of one of many sites that are open at the same time."""
    return [f"person-{n}-{m}" for m in range(CROWD_PEOPLE)]


def email(name: str) -> str:
    return f"{name}@example.org"


def invitation() -> str:
    """The secret of an open invitation to Rose's site."""
    with db.reading() as session:
        return secret_of(session.query(Invitation).one())


def _account(session: Session, name: str) -> str:
    account = Account(email=email(name), name=name.title(), time_zone="America/New_York")
    session.add(account)
    session.flush()
    session.add(SignIn(token_hash=token_hash(TOKEN.format(name)), account_id=account.id, device="Phone"))
    return account.id


def add_site(
    session: Session, address: str, accounts: dict[str, str], count: int, scenes: tuple[str, ...] = ()
) -> None:
    called = address.title()
    site = Site(address=address, name=f"Looking after {called}", change_counter=count)
    session.add(site)
    session.flush()
    session.add(PersonProfile(site_id=site.id, name=f"{called} Lind", called=called, about="Likes the garden."))
    members = [
        Member(site_id=site.id, account_id=account, role=PEOPLE.get(who, Role.FAMILY), name=who.title())
        for who, account in accounts.items()
    ]
    members[0].is_contact, members[0].phone = True, "+1 212 555 0100"
    session.add_all(members)
    session.flush()
    if address == "rose":
        session.add(_invitation(site.id, members[0].id))
    session.add(Status(site_id=site.id, member_id=members[0].id, place="At home", mood="calm", words="Resting"))
    photos = [_media(session, site.id, members[0].id, scene) for scene in scenes]
    ids = [member.id for member in members]
    updates = [_update(site.id, ids, n) for n in range(count)]
    session.add_all(updates)
    session.flush()
    session.add_all(row for n, update in enumerate(updates) for row in _around(update, ids, photos, n))


def _invitation(site_id: str, member_id: str) -> Invitation:
    until = now() + timedelta(days=14)
    return Invitation(site_id=site_id, nonce="bench", role=Role.FRIEND, invited_by_id=member_id, expires_at=until)


def _update(site_id: str, members: list[str], n: int) -> Update:
    """The newest is the first."""
    at = now() - timedelta(hours=5 * n, minutes=17)
    return Update(site_id=site_id, author_id=members[n % 3], text=WORDS[n % len(WORDS)], published_at=at)


def _around(update: Update, members: list[str], photos: list[str], n: int) -> Iterator[object]:
    """Photos at two of three updates, and up to three comments and two reactions, as families write them."""
    assert update.published_at
    for position in range((1, 0, 2)[n % 3] if photos else 0):
        photo = photos[(n + position) % len(photos)]
        yield UpdateMedia(update_id=update.id, media_id=photo, position=position, alt="By the window")
    for m in range(n % 4):
        text, said_at = WORDS[(n + m) % len(WORDS)][: 40 + 20 * m], update.published_at + timedelta(minutes=9 * m + 3)
        told = {"site_id": update.site_id, "update_id": update.id, "author_id": members[m]}
        yield Comment(text=text, created_at=said_at, **told)
    for m in range(n % 3):
        yield Reaction(update_id=update.id, member_id=members[m + 1], site_id=update.site_id, kind="heart")


def _media(session: Session, site_id: str, member_id: str, scene: str) -> str:
    shown, media_id = _shown(scene), new_id()
    for side, content in shown.photo.files.items():
        storage().put(places.key(site_id, media_id, str(side)), content, places.SHOWN_AS)
    session.add(
        Media(
            id=media_id,
            site_id=site_id,
            uploader_id=member_id,
            state=MediaState.READY,
            sha256=scene,
            size=len(shown.content),
            stored_id=media_id,
            width=shown.photo.width,
            height=shown.photo.height,
            blur=shown.photo.blur,
        )
    )
    session.flush()
    return media_id


@cache
def _shown(scene: str) -> Shown:
    from careapp.demo.photos import photo

    content = photo(scene)
    folder = places.uploads()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / scene).write_bytes(content)
    with (folder / scene).open("rb") as source:
        return Shown(images.made_from(io.BufferedReader(source.raw)), content)
