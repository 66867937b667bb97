"""What the person wishes, to be shown where others decide something for them."""

from dataclasses import asdict, dataclass

from sqlmodel import Session

from careapp.access import Actor, Right, Section, access_profile


@dataclass(frozen=True)
class Wishes:
    """As the profile has them; all empty for those who may not see it."""

    comforts: str = ""
    dislikes: str = ""
    food: str = ""
    language: str = ""
    faith: str = ""
    is_any: bool = False


def wishes(session: Session, actor: Actor) -> Wishes:
    if not actor.may(Section.PROFILE, Right.SEE):
        return Wishes()
    profile = access_profile(session, actor)
    said = {name: getattr(profile, name) for name in asdict(Wishes()) if name != "is_any"}
    return Wishes(**said, is_any=any(said.values()))
