"""Who hears that a responsibility changes hands."""

from sqlmodel import Session

from careapp.access import Actor, access_site
from careapp.duties.holding import title_of
from careapp.models import Kind, Responsibility
from careapp.notify.tell import Telling, Words, page_of, tell
from careapp.said import Said


def tell_of_hand_over(session: Session, actor: Actor, found: Responsibility, member_id: str, note: str) -> None:
    """Tell whoever has it now, unless they did that themselves."""
    site = access_site(session, actor)
    words = Words(
        Said("{site}: something was put into your hands", site=site.name),
        more_title=Said("{name} asks you to look after: {what}", name=actor.name, what=title_of(found)),
        more_body=note,
    )
    _tell(session, actor, found, member_id, words)


def tell_of_return(session: Session, actor: Actor, found: Responsibility, member_id: str, note: str) -> None:
    """Tell whoever had given it that it comes back."""
    site = access_site(session, actor)
    words = Words(
        Said("{site}: something was given back", site=site.name),
        more_title=Said("{name} cannot look after this: {what}", name=actor.name, what=title_of(found)),
        more_body=note,
    )
    _tell(session, actor, found, member_id, words)


def _tell(session: Session, actor: Actor, found: Responsibility, member_id: str, words: Words) -> None:
    if not member_id or member_id == actor.member_id:
        return
    site = access_site(session, actor)
    path = page_of("/responsibility", site, responsibility=found.id)
    tell(session, site, [member_id], Telling(Kind.SCHEDULE, words, path, f"responsibility-{found.id}"))
