"""What the SOS pages show: answers of its queries, with every decision already made.

Words in `…_words` are message ids of the catalogue. Where they have {names}, the fields beside them fill those.
"""

from dataclasses import dataclass, field
from datetime import datetime

from careapp.choice import Choice
from careapp.journal.views import PersonChoice
from careapp.sites.frame import ContactCard, Face, Frame


@dataclass(frozen=True)
class Emergency:
    """The number that calls for help where the site is, with its tel: address. `words` say what answers there,
    `country` in which country."""

    number: str = ""
    href: str = ""
    words: str = ""
    country: str = ""


@dataclass(frozen=True)
class CallLine(ContactCard):
    """Someone to call or text by hand, without the app. `message_href` opens a text that is already written."""

    has_push: bool = False


@dataclass(frozen=True)
class ResponderCard(ContactCard):
    """Someone whom the alert concerns, and the furthest that is known of them.

    `state`: "waiting" (not told yet), "telling" (under way), "sent" (accepted, not known to have arrived), "unreached"
    (no way is left or there was none), "reached", "seen", "cannot", "can_call", "on_my_way". `arrives_at` is when
    they said they would be there. `has_push`: has a device that push goes to. `is_told_by_push`: a message of this
    alert is accepted there, or about to be.
    """

    state: str = ""
    state_words: str = ""
    arrives_at: datetime | None = None
    told_at: datetime | None = None
    sent_at: datetime | None = None
    reached_at: datetime | None = None
    seen_at: datetime | None = None
    answered_at: datetime | None = None
    has_push: bool = False
    is_told_by_push: bool = False
    is_reached: bool = False
    has_left: bool = False


@dataclass(frozen=True)
class EntryRow:
    """One line of the record: `t(words, name=name, n=n, minutes=minutes)`; `text` is what they wrote. `what`: raised,
    told, said_more, seen, on_my_way, can_call, cannot, stood_down, expired, resumed, mended, note."""

    id: str = ""
    what: str = ""
    words: str = ""
    at: datetime | None = None
    face: Face = field(default_factory=Face)
    name: str = ""
    n: int = 0
    minutes: int = 0
    text: str = ""


@dataclass(frozen=True)
class MessageRow:
    """One message to one member by one channel, and what became of it. Times are None for what has not happened.
    `end_words`: it told how the SOS ended."""

    name: str = ""
    channel: str = ""
    channel_words: str = ""
    end_words: str = ""
    at: datetime | None = None
    sent_at: datetime | None = None
    reached_at: datetime | None = None
    state: str = ""
    state_words: str = ""


@dataclass(frozen=True)
class AlertCard:
    """An alert in a list. `outcome_words` with {name}: how it stands or ended; `name` is who answered or ended it."""

    id: str = ""
    kind: str = ""
    kind_words: str = ""
    words: str = ""
    by: Face = field(default_factory=Face)
    is_mine: bool = False
    is_drill: bool = False
    is_open: bool = False
    raised_at: datetime | None = None
    arrived_at: datetime | None = None
    ended_at: datetime | None = None
    outcome_words: str = ""
    name: str = ""


@dataclass(frozen=True)
class AlertView:
    """One alert, or none (`id` is empty).

    `mode`: "receiver" (open, and this reader has still to answer: three big answers), "board" (open: its sender and
    everyone who has answered), "record" (ended). `reached` of `total` people have it in front of them; `people` come in
    the order of what they said, the surest first, without its sender. `nobody_by_push`: no push service has taken a
    message to anyone, so `to_call` must be called by hand. `next_step_at` is when the ladder climbs further, None
    once someone has answered. `is_late`: it was raised without a connection, at `raised_at`, and arrived at
    `arrived_at`.
    """

    frame: Frame = field(default_factory=Frame)
    id: str = ""
    mode: str = ""
    is_open: bool = False
    is_mine: bool = False
    is_drill: bool = False
    kind: str = ""
    kind_words: str = ""
    words: str = ""
    by: ContactCard = field(default_factory=ContactCard)
    raised_at: datetime | None = None
    arrived_at: datetime | None = None
    is_late: bool = False
    map_href: str = ""
    position: str = ""
    accuracy: int = 0
    reached: int = 0
    total: int = 0
    seen: int = 0
    coming: int = 0
    is_answered: bool = False
    people: tuple[ResponderCard, ...] = ()
    nobody_by_push: bool = False
    to_call: tuple[CallLine, ...] = ()
    next_step_at: datetime | None = None
    next_step_words: str = ""
    ended_at: datetime | None = None
    ended_by: Face = field(default_factory=Face)
    ending: str = ""
    ending_words: str = ""
    my_answer: str = ""
    my_minutes: int = 0
    can_answer: bool = False
    can_say_more: bool = False
    can_stand_down: bool = False
    can_note: bool = False
    answers: tuple[Choice, ...] = ()
    minutes: tuple[int, ...] = ()
    kinds: tuple[Choice, ...] = ()
    lines: tuple[EntryRow, ...] = ()
    messages: tuple[MessageRow, ...] = ()
    others: tuple[AlertCard, ...] = ()
    emergency: Emergency = field(default_factory=Emergency)


@dataclass(frozen=True)
class SosView:
    """The page an SOS is raised on. Of the `people` whom its first step tells `reachable` are told by push. `is_alone`:
    nobody else here takes part in one. `to_call` are the ladder's people with a number, first those who are told first;
    it is all there is without a connection. `older` is the next page's `before`, or ""."""

    frame: Frame = field(default_factory=Frame)
    emergency: Emergency = field(default_factory=Emergency)
    can_change_country: bool = False
    kinds: tuple[Choice, ...] = ()
    to_call: tuple[CallLine, ...] = ()
    open_alerts: tuple[AlertCard, ...] = ()
    past: tuple[AlertCard, ...] = ()
    older: str = ""
    is_first_page: bool = True
    reachable: int = 0
    people: int = 0
    nobody_by_push: bool = False
    is_alone: bool = False
    has_push: bool = False
    can_raise: bool = False
    can_manage: bool = False


@dataclass(frozen=True)
class StepRow:
    """One step. `after_seconds` counts from the step before. `whom`: circle, everyone or named. `is_for_nobody`:
    none of them is here. `is_last`: repeated until someone answers."""

    position: int = 0
    after_seconds: int = 0
    whom: str = "circle"
    whom_words: str = ""
    names: str = ""
    is_for_nobody: bool = False
    member_ids: tuple[str, ...] = ()
    channels: tuple[Choice, ...] = ()
    people: tuple[PersonChoice, ...] = ()
    is_last: bool = False


@dataclass(frozen=True)
class ReachRow(ContactCard):
    """How a member could be reached: so that gaps are seen before they matter."""

    has_push: bool = False
    has_phone: bool = False
    is_in_circle: bool = False


@dataclass(frozen=True)
class LadderView:
    """Who is told, when and how. `is_standard`: the site has not changed it. `new_step` is what an added step starts
    from. `has_mail`, `has_sms`: the operator has set up a mail server, and a way to reach phone numbers."""

    frame: Frame = field(default_factory=Frame)
    steps: tuple[StepRow, ...] = ()
    new_step: StepRow = field(default_factory=StepRow)
    is_standard: bool = True
    people: tuple[ReachRow, ...] = ()
    circle: int = 0
    everyone: int = 0
    has_mail: bool = False
    has_sms: bool = False
    can_manage: bool = False
