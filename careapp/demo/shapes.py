"""What the story is told in: updates, what others say to them, and how things are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Comment:
    """Said so many minutes after the update."""

    after: int
    who: str
    text: str


@dataclass(frozen=True)
class Post:
    """An update, so many days ago at an hour of the day. `photos` are scenes with what they show, `reactions` who and
    which."""

    days_ago: int
    at: str
    who: str
    text: str
    photos: tuple[tuple[str, str], ...] = ()
    mood: str = ""
    milestone: str = ""
    audience: str = "everyone"
    readers: tuple[str, ...] = ()
    reactions: tuple[tuple[str, str], ...] = ()
    comments: tuple[Comment, ...] = ()
    is_pinned: bool = False
    is_draft: bool = False


@dataclass(frozen=True)
class Status:
    days_ago: int
    at: str
    who: str
    place: str
    mood: str
    words: str = ""
