"""Short ways to write into the journal in tests."""

from typing import Any

from sqlmodel import Session

from careapp.access import Actor, access_media
from careapp.ids import new_id
from careapp.journal.commands import ChosenPhoto, EditUpdate, OneUpdate, PostUpdate, WriteComment
from careapp.journal.feed import OneUpdatePage, Page, journal, update_page
from careapp.journal.operations import delete_update, edit_update, pin_update, post_update, publish_draft
from careapp.journal.replies import comment
from careapp.journal.views import JournalView, TextPart, UpdateView
from careapp.models import Media
from careapp.operation import QUERIES
from careapp.perform import Asked, do, read
from tests.cast import Cast


def post(session: Session, actor: Actor, text: str = "A quiet night.", **more: Any) -> str:
    """Post an update; its id."""
    return post_update(session, actor, PostUpdate(id=new_id(), text=text, **more)).id


def edit(update_id: str, text: str, version: int = 1, **more: Any) -> EditUpdate:
    return EditUpdate(update_id=update_id, text=text, version=version, **more)


def reply(session: Session, actor: Actor, update_id: str, text: str = "Thank you.") -> str:
    return comment(session, actor, WriteComment(id=new_id(), update_id=update_id, text=text)).id


def photo(session: Session, actor: Actor, **more: Any) -> str:
    """A photo that the actor has uploaded; its id."""
    media_id = new_id()
    made = {
        "state": "ready",
        "width": 1200,
        "height": 800,
        "sha256": media_id,
        "size": 1,
        "stored_id": media_id,
        **more,
    }
    session.add(Media(id=media_id, site_id=actor.site_id, uploader_id=actor.member_id, **made))
    session.flush()
    return media_id


def chosen(*media_ids: str) -> tuple[ChosenPhoto, ...]:
    return tuple(ChosenPhoto(media_id=media_id) for media_id in media_ids)


def feed(session: Session, actor: Actor, before: str = "") -> JournalView:
    return journal(session, actor, Page(before=before))


def alone(session: Session, actor: Actor, update_id: str, before: str = "") -> UpdateView:
    return update_page(session, actor, OneUpdatePage(update=update_id, before=before))


def plain(parts: tuple[TextPart, ...]) -> str:
    return "".join(part.text for part in parts)


def texts(view: JournalView) -> list[str]:
    return [plain(update.parts) for update in view.updates]


def send(cast: Cast, name: str, operation: str, **command: Any) -> Any:
    """Have someone do something in the journal through the front door."""
    return do(Asked(f"journal.{operation}", command, new_id(), cast.address), cast.credentials(name))


def stored_feed(cast: Cast, name: str, **params: str) -> JournalView:
    """The journal as the front door gives it."""
    view = read(QUERIES["journal.journal"], cast.credentials(name), cast.address, params)
    assert isinstance(view, JournalView)
    return view


def look_at(session: Session, cast: Cast, name: str, update_id: str, _media_id: str) -> None:
    alone(session, cast.actor(name), update_id)


def open_photo(session: Session, cast: Cast, name: str, _update_id: str, media_id: str) -> None:
    access_media(session, cast.actor(name), media_id)


def write_over(session: Session, cast: Cast, name: str, update_id: str, _media_id: str) -> None:
    edit_update(session, cast.actor(name), edit(update_id, "Someone else's words"))


def answer(session: Session, cast: Cast, name: str, update_id: str, _media_id: str) -> None:
    reply(session, cast.actor(name), update_id)


def publish(session: Session, cast: Cast, name: str, update_id: str, _media_id: str) -> None:
    publish_draft(session, cast.actor(name), OneUpdate(update_id=update_id))


def take_away(session: Session, cast: Cast, name: str, update_id: str, _media_id: str) -> None:
    delete_update(session, cast.actor(name), OneUpdate(update_id=update_id))


def put_on_top(session: Session, cast: Cast, name: str, update_id: str, _media_id: str) -> None:
    pin_update(session, cast.actor(name), OneUpdate(update_id=update_id))


LOOKS = (look_at, open_photo, answer)
EVERY_WAY = (*LOOKS, write_over, publish, take_away, put_on_top)
