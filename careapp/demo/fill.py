"""Fills an installation with a family to look around with, through the same doors that people use."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import col

from careapp import clock, features, jobs
from careapp.access import Credentials, enter
from careapp.accounts.passwords import prove
from careapp.db import reading, unit_of_work
from careapp.demo import drill, duty, helping, people, schedule, story, wall
from careapp.demo.film import film
from careapp.demo.people import Person
from careapp.demo.photos import photo
from careapp.demo.shapes import Post, Status
from careapp.media import arrival
from careapp.media.operations import BeginUpload, begin_upload
from careapp.media.queries import upload_of
from careapp.models import Account, Invitation, Site, Update
from careapp.perform import Asked, do
from careapp.settings import settings
from careapp.sites.invitations import secret_of

PASSWORD = "garden gate 1946"  # noqa: S105
ZONE = ZoneInfo("America/New_York")
# The story's last morning ends here, so that nothing in it happens in the future.
DAY_IS_OVER = time(10, 30)
_IDS = UUID("0b9a7c52-6f4e-4b7e-9d8c-3a5f1e2d7c60")

Event = tuple[datetime, Callable[[], object]]


@dataclass
class Family:
    """Who is signed in for the telling, and where."""

    site: str = ""
    signed_in: dict[str, Credentials] = field(default_factory=dict)
    member_ids: dict[str, str] = field(default_factory=dict)

    def ask(self, who: str, operation: str, key: str, **command: Any) -> Any:
        """Have someone do something on the site, once: `key` makes it the same request each time."""
        return do(Asked(operation, command, known_id(f"{operation} {key} {who}"), self.site), self.signed_in[who])


def known_id(key: str) -> str:
    """The same id for the same thing each time, so that filling twice, or on after a crash, doubles nothing."""
    return str(uuid5(_IDS, key))


def fill() -> None:
    """Make the Lind family, unless it is there, and say how to sign in. Safe to repeat."""
    features.load()
    if _is_deleted():
        print("The demo family was deleted. Its coordinator can bring it back for a while after that.")
    elif _is_complete():
        print("The demo family is there already.")
    else:
        print("Three weeks of a family's life are being written. This takes about a minute.")
        _tell()
    _say_who()


def _tell() -> None:
    family = Family()
    beginning = _moment(story.POSTS[0].days_ago, story.POSTS[0].at) - timedelta(minutes=20)
    with clock.freeze(beginning):
        _begin(family)
    for moment, happen in sorted(_events(family), key=lambda event: event[0]):
        with clock.freeze(moment):
            happen()
    while jobs.run_next():
        pass
    drill.say_sent(known_id("drill"))
    for person in people.PEOPLE:
        family.ask(person.key, "accounts.sign_out", str(clock.now()))


def _begin(family: Family) -> None:
    for person in people.PEOPLE:
        family.signed_in[person.key] = _signed_in(person)
    maya, *others = people.PEOPLE
    started = family.ask(
        maya.key,
        "sites.start_site",
        "start",
        site_id=known_id("site"),
        person_name=people.PROFILE["name"],
        called=people.PROFILE["called"],
        privacy="ask",
        relation=maya.relation,
        phone=maya.phone,
    )
    family.site, family.member_ids[maya.key] = started["site"], started["member_id"]
    for person in others:
        if person.role:
            _join(family, person)
    _settle_in(family)


def _signed_in(person: Person) -> Credentials:
    """By the password where the account is there, else by making it."""
    if _has_account(person):
        proof = prove(person.email, PASSWORD)
        command = {"email": person.email, "proof": proof.stored, "device": "Demo"}
        return Credentials(do(Asked("accounts.sign_in", command), Credentials())["token"])
    command = {"email": person.email, "name": person.name, "password": PASSWORD, "device": "Demo"}
    command["time_zone"] = person.time_zone
    return Credentials(do(Asked("accounts.register", command), Credentials())["token"])


def _join(family: Family, person: Person) -> None:
    invitation_id = known_id(f"invitation {person.key}")
    invited = {"invitation_id": invitation_id, "role": person.role, "name": person.name.split()[0]}
    family.ask(people.MAYA, "sites.invite", person.key, **invited)
    with reading() as session:
        secret = secret_of(session.get_one(Invitation, invitation_id))
    place = {"name": person.name, "relation": person.relation, "phone": person.phone}
    joined = family.ask(person.key, "sites.join", "", invitation=secret, **place)
    family.member_ids[person.key] = joined["member_id"]


def _settle_in(family: Family) -> None:
    born = _today() + timedelta(days=21)
    family.ask(
        people.MAYA,
        "sites.edit_profile",
        "profile",
        born_on=born.replace(year=born.year - 80, day=min(born.day, 28)).isoformat(),
        photo_media_id=_sent(family, people.MAYA, "rose", "profile"),
        **people.PROFILE,
    )
    cover = _sent(family, people.MAYA, "hills", "cover")
    family.ask(people.MAYA, "sites.edit_site", "cover", name="Looking after Rose", cover_media_id=cover)
    family.ask(people.MAYA, "sites.set_stand_in", "stand in", member_id=family.member_ids[people.TOM])
    for person in people.PEOPLE:
        if person.photo and person.role:
            face = _sent(family, person.key, person.photo, "face")
            family.ask(person.key, "sites.edit_membership", "face", photo_media_id=face)


def _events(family: Family) -> Iterator[Event]:
    for status in story.STATUSES:
        yield _moment(status.days_ago, status.at), partial(_say_status, family, status)
    for post in story.POSTS:
        yield from _events_of(family, post)
    yield from wall.events(_moment, known_id, family.ask, partial(_sent, family))
    for person in people.PEOPLE:
        if person.role:
            yield _moment(2, "12:00"), partial(family.ask, person.key, "journal.mark_mentions_seen", "two days ago")
    lena = {"invitation_id": known_id("invitation lena"), **people.INVITED}
    yield _moment(2, "19:00"), partial(family.ask, people.MAYA, "sites.invite", "lena", **lena)
    yield from schedule.events(_moment(2, "18:30"), _today(), known_id, family.member_ids, family.ask)
    yield from helping.events(_moment, known_id, family.member_ids, family.ask)
    yield from duty.events(_moment(2, "18:30"), _today(), known_id, family.member_ids, family.ask)
    yield from drill.events(_moment(4, "17:00"), known_id("drill"), family.ask)
    who, words = people.ASKS
    yield _moment(1, "18:00"), partial(family.ask, who, "sites.ask_to_join", "", address=family.site, words=words)


def _events_of(family: Family, post: Post) -> Iterator[Event]:
    """The update, then reactions every few minutes, then what was said."""
    moment, update = _moment(post.days_ago, post.at), {"update_id": _id_of(post)}
    yield moment, partial(_post, family, post)
    for n, (who, kind) in enumerate(post.reactions):
        react = partial(family.ask, who, "journal.react", _id_of(post), kind=kind, **update)
        yield moment + timedelta(minutes=2 + 7 * n), react
    for comment in post.comments:
        comment_id = known_id(f"comment {comment.text}")
        say = partial(
            family.ask, comment.who, "journal.comment", comment_id, id=comment_id, text=comment.text, **update
        )
        yield moment + timedelta(minutes=comment.after), say
    if post.is_pinned:
        yield moment + timedelta(minutes=1), partial(family.ask, post.who, "journal.pin_update", "", **update)


def _post(family: Family, post: Post) -> None:
    photos = [{"media_id": _sent(family, post.who, scene, _id_of(post)), "alt": alt} for scene, alt in post.photos]
    family.ask(
        post.who,
        "journal.post_update",
        _id_of(post),
        id=_id_of(post),
        text=post.text,
        photos=photos,
        mood=post.mood,
        milestone=post.milestone,
        audience=post.audience,
        readers=[family.member_ids[reader] for reader in post.readers],
        is_draft=post.is_draft,
    )


def _say_status(family: Family, status: Status) -> None:
    key = f"status {status.days_ago} {status.at}"
    said = {"place": status.place, "mood": status.mood, "words": status.words}
    family.ask(status.who, "journal.set_status", key, id=known_id(key), **said)


def _sent(family: Family, who: str, scene: str, place: str) -> str:
    """Upload a photo or the film as a phone does; its id, or "" where there is none."""
    media_id, content = known_id(f"photo {who} {scene} {place}"), _drawn(scene)
    if not content:
        return ""
    with unit_of_work() as session:
        before = upload_of(session, media_id)
        if before and before.finished_at:
            return media_id
        actor = enter(session, family.signed_in[who], family.site)
        name = scene if scene == wall.FILM else f"{scene}.jpg"
        upload = begin_upload(session, actor, BeginUpload(media_id=media_id, length=len(content), file_name=name))
    with arrival.arriving(upload.id) as file:
        file.append([content[file.size :]])
        arrival.finish_if_whole(upload, file)
    return media_id


@cache
def _drawn(scene: str) -> bytes:
    return film() if scene == wall.FILM else photo(scene)


def _moment(days_ago: int, at: str) -> datetime:
    return datetime.combine(_today() - timedelta(days=days_ago), time.fromisoformat(at), ZONE)


@cache
def _today() -> date:
    """The last day whose morning is over where the family lives."""
    here = clock.now().astimezone(ZONE)
    return here.date() if here.time() > DAY_IS_OVER else here.date() - timedelta(days=1)


def _id_of(post: Post) -> str:
    return known_id(f"update {post.text}")


def _has_account(person: Person) -> bool:
    with reading() as session:
        return session.execute(select(Account).where(col(Account.email) == person.email)).first() is not None


def _is_deleted() -> bool:
    with reading() as session:
        site = session.get(Site, known_id("site"))
        return bool(site and site.deleted_at)


def _is_complete() -> bool:
    with reading() as session:
        return session.get(Update, _id_of(story.POSTS[-1])) is not None


def _say_who() -> None:
    print(f"\nSign in at {settings().public_url}/sign-in with the password: {PASSWORD}\n")
    for person in people.PEOPLE:
        place = (person.relation or "the person herself") if person.role else "asks to join"
        print(f"  {person.email:<18} {person.name}, {place}")
