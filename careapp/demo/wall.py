"""What was left on the wall for Rose, and what came of the appointment at the heart clinic."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from careapp.demo.people import COLE, IDA, MAYA, ROSE, TOM

Event = tuple[datetime, Callable[[], object]]
Name = Callable[[str], str]
Ask = Callable[..., object]
Send = Callable[[str, str, str], str]


@dataclass(frozen=True)
class Note:
    """A message, with who gave thanks for it, and what was answered so many minutes later. `film` says what its film
    shows, where it has one."""

    days_ago: int
    at: str
    who: str
    text: str
    thanks: tuple[str, ...] = ()
    replies: tuple[tuple[int, str, str], ...] = ()
    film: str = ""


FILM = "piano.mp4"
NOTES = (
    Note(
        18,
        "20:05",
        IDA,
        "Rose, your kitchen light has been off for two evenings and the whole street looks wrong. I water the window "
        "sill, and I have told Biscuit nothing but the truth. No need to answer. I only wanted you to know who is "
        "thinking of you.",
        thanks=(ROSE, MAYA),
        replies=((60, ROSE, "The truth is hard for a cat. Thank you, dear."),),
    ),
    Note(
        9,
        "12:30",
        COLE,
        "For the whole family: you are doing this well, all of you. Nobody does it without being tired. Please eat "
        "lunch.",
        thanks=(MAYA, TOM),
        replies=((30, MAYA, "I read this standing up, with a sandwich."), (44, TOM, "Seconded.")),
    ),
    Note(
        4,
        "19:40",
        IDA,
        "**Welcome home**, Rose. For the first days I have left at your door:\n"
        "- soup, blue lid\n"
        "- rye bread, sliced, for the freezer\n"
        "- the radio magazine, with the nonsense already underlined\n"
        "I will ring the bell on Sunday, and only once.",
        thanks=(ROSE, MAYA, TOM),
        replies=((25, ROSE, "The underlining is *excellent*."),),
    ),
    Note(
        1,
        "22:10",
        TOM,
        "Mum, I can hear the piano from the guest room. Do not stop on my account.",
        film="The keys, and a slow waltz for the left hand",
    ),
)

VISIT_DAYS_AGO, VISIT_AT = 7, "16:20"
VISIT: dict[str, Any] = {
    "provider": "Dr Alvarez, heart clinic",
    "who_went": "Maya and Rose",
    "text": "The heart pumps **a little better** than in hospital. The short breath came from too much water after the "
    "surgery, not from a new problem. She may walk as much as she likes, with someone beside her.",
    "medicines": "- Water tablet: one in the morning instead of two\n- Iron: new, every second day, not with tea",
    "plan": "Weigh her every morning before breakfast. Ring the practice at one kilo more in a day, or two in a week.",
    "condition": "better",
    "next_words": "Blood test at the practice, then the clinic decides about the second tablet.",
    "needs": "Someone who drives on that morning, and waits with her.",
    "audience": "family",
}
NEXT_IN = timedelta(days=16)


def events(moment: Callable[[int, str], datetime], known_id: Name, ask: Ask, send: Send) -> Iterator[Event]:
    """What was written and answered, and when. `ask` has someone do something, `send` has them upload something."""
    for note in NOTES:
        yield from _events_of(note, moment(note.days_ago, note.at), known_id, ask, send)
    told_at = moment(VISIT_DAYS_AGO, VISIT_AT)
    update_id = known_id("the heart clinic")
    days = {"visited_on": _written(told_at), "next_on": _written(told_at + NEXT_IN)}
    told = {"id": update_id, **VISIT, **days}
    yield told_at, partial(ask, MAYA, "journal.post_visit_outcome", update_id, **told)


def _events_of(note: Note, began: datetime, known_id: Name, ask: Ask, send: Send) -> Iterator[Event]:
    message_id = known_id(f"message {note.text}")
    yield began, partial(_write, note, message_id, ask, send)
    about = {"message_id": message_id}
    for n, who in enumerate(note.thanks):
        given = partial(ask, who, "messages.thank_for_message", message_id, is_thanked=True, **about)
        yield began + timedelta(minutes=5 + 9 * n), given
    for minutes, who, text in note.replies:
        reply_id = known_id(f"reply {text}")
        said = partial(ask, who, "messages.reply_to_message", reply_id, id=reply_id, text=text, **about)
        yield began + timedelta(minutes=minutes), said


def _write(note: Note, message_id: str, ask: Ask, send: Send) -> None:
    film = send(note.who, FILM, message_id) if note.film else ""
    photos = [{"media_id": film, "alt": note.film}] if film else []
    ask(note.who, "messages.post_message", message_id, id=message_id, text=note.text, photos=photos)


def _written(at: datetime) -> str:
    day: date = at.date()
    return day.isoformat()
