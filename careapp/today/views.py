"""What the home page shows."""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.choice import Choice
from careapp.helping.views import HelpToday
from careapp.journal.views import UpdateCard
from careapp.schedule.upcoming import Upcoming
from careapp.shifts.views import DutyToday
from careapp.sites.frame import Face, Frame
from careapp.sites.pictures import Picture
from careapp.today.news import News


@dataclass(frozen=True)
class StatusCard:
    """Where the person is, how they are, since when and said by whom; `id` is empty while nobody has said."""

    id: str = ""
    place: str = ""
    mood: str = ""
    mood_words: str = ""
    words: str = ""
    since: datetime | None = None
    by: Face = field(default_factory=Face)


@dataclass(frozen=True)
class MentionCard:
    """Someone named me, in an update or in a comment to it (`is_comment`)."""

    id: str = ""
    update_id: str = ""
    by: Face = field(default_factory=Face)
    at: datetime | None = None
    excerpt: str = ""
    is_comment: bool = False


@dataclass(frozen=True)
class RequestCard:
    """Someone who asks to join."""

    id: str = ""
    face: Face = field(default_factory=Face)
    words: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Hint:
    """A first step on a new site, in words. Keys: status, update, invite, profile, phone."""

    key: str = ""
    words: str = ""


@dataclass(frozen=True)
class TodayView:
    """`history` are the three statuses before the present one. `moods` are the status card's choices."""

    frame: Frame = field(default_factory=Frame)
    cover: tuple[Picture, ...] = ()
    status: StatusCard = field(default_factory=StatusCard)
    has_status: bool = False
    shows_status: bool = False
    can_set_status: bool = False
    history: tuple[StatusCard, ...] = ()
    moods: tuple[Choice, ...] = ()
    updates: tuple[UpdateCard, ...] = ()
    mentions: tuple[MentionCard, ...] = ()
    requests: tuple[RequestCard, ...] = ()
    hints: tuple[Hint, ...] = ()
    news: News = field(default_factory=News)
    upcoming: Upcoming = field(default_factory=Upcoming)
    help: HelpToday = field(default_factory=HelpToday)
    duty: DutyToday = field(default_factory=DutyToday)
