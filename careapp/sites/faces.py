"""How a member looks beside what they wrote."""

from careapp.models import Member
from careapp.sites.frame import Face

HUES = 8


def face_of(member: Member) -> Face:
    """Their photo, or initials on a colour that stays theirs, also after they left."""
    return face(member.name, member.id, member.photo_media_id)


def face(name: str, key: str, photo_media_id: str | None = None) -> Face:
    """The same for someone who is no member; `key` is whatever id stays theirs."""
    hue = sum(key.encode()) % HUES
    return Face(name=name, initials=initials(name), hue=hue, photo=photo_media_id or "")


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
