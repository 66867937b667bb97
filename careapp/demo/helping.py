"""Who does what for Rose, with what the family wants a hand, and who lends one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from careapp.db import reading
from careapp.demo.people import COLE, IDA, MAYA, TOM
from careapp.models import HelpSlot

Event = tuple[datetime, Callable[[], object]]
Ask = Callable[..., Any]
ZONE = "America/New_York"

# A kind of the starter set or a title of the family's own, who has it, and who stands in. Rides are still a gap.
DUTIES = (
    ("medicines", MAYA, COLE),
    ("appointments", MAYA, TOM),
    ("money", TOM, ""),
    ("transport", "", ""),
    ("home", IDA, MAYA),
    ("updates", MAYA, TOM),
    ("pets", IDA, ""),
    ("Tuning the piano, and paying for it", IDA, ""),
)


@dataclass(frozen=True)
class Wish:
    """A request, so many days ago. `times` are days from then, with the hours; `taken` who took which of them, and
    `done` how many of the first are done and thanked for."""

    days_ago: int
    at: str
    who: str
    said: Mapping[str, Any]
    times: tuple[tuple[int, str, str], ...] = ()
    taken: tuple[tuple[int, str], ...] = ()
    done: int = 0


WISHES = (
    Wish(
        5,
        "20:10",
        MAYA,
        {
            "kind": "meals",
            "title": "Supper for two, the first week at home",
            "words": "Into the blue box by the kitchen door, from five on. It keeps warm, and nobody has to come in.",
            "food": "Little salt, because of her heart. No liver.",
            "address": "4 Orchard Street",
        },
        times=((1, "17:00", "18:00"), (6, "17:00", "18:00"), (8, "17:00", "18:00"), (10, "17:00", "18:00")),
        taken=((0, IDA), (1, IDA)),
        done=1,
    ),
    Wish(
        3,
        "19:30",
        MAYA,
        {
            "kind": "rides",
            "title": "To the blood test and back",
            "words": "Out of the house at half past seven, nothing to eat before. Half an hour to wait, by a bakery.",
            "address": "4 Orchard Street",
            "hides_address": True,
        },
        times=((12, "07:30", "09:30"),),
    ),
    Wish(
        2,
        "18:45",
        TOM,
        {
            "kind": "company",
            "title": "An hour at the piano",
            "words": "She plays the left hand. Any right hand will do.",
        },
        times=((4, "15:00", "16:00"), (11, "15:00", "16:00")),
        taken=((0, IDA),),
    ),
    Wish(
        2,
        "18:50",
        TOM,
        {"kind": "other", "title": "Cut back the roses", "words": "Before the frost. Shears: shed, left."},
    ),
)
OFFER = (1, "20:30", IDA, {"kind": "care", "words": "Biscuit is due at the vet. He comes with me without a fight."})


def events(
    moment: Callable[[int, str], datetime], known_id: Callable[[str], str], members: Mapping[str, str], ask: Ask
) -> Iterator[Event]:
    """What was taken on, asked for, taken and thanked for, and when."""
    for n, (name, owner, stand_in) in enumerate(DUTIES):
        at = moment(6, "18:00") + timedelta(minutes=3 * n)
        yield at, partial(_hand_out, known_id(f"duty {name}"), name, members.get(owner, ""), stand_in, ask)
    for wish in WISHES:
        yield from _events_of(wish, moment(wish.days_ago, wish.at), moment, known_id, ask)
    days_ago, hour, who, offer = OFFER
    key = known_id("offer")
    yield moment(days_ago, hour), partial(ask, who, "helping.offer_help", key, id=key, **offer)


def _hand_out(id_: str, name: str, owner_id: str, stand_in: str, ask: Ask) -> None:
    what = {"kind": name} if name.islower() else {"title": name}
    ask(MAYA, "duties.add_responsibility", id_, id=id_, owner_id=owner_id, **what)
    if stand_in:
        ask(stand_in, "duties.take_on", id_, responsibility_id=id_, part="stand_in")


def _events_of(
    wish: Wish, asked_at: datetime, moment: Callable[[int, str], datetime], known_id: Callable[[str], str], ask: Ask
) -> Iterator[Event]:
    id_ = known_id(f"wish {wish.said['title']}")
    times = [{"on": _day(asked_at, days), "starts": starts, "ends": ends} for days, starts, ends in wish.times]
    said = {"id": id_, "zone": ZONE, "times": times, **wish.said}
    yield asked_at, partial(ask, wish.who, "helping.ask_for_help", id_, **said)
    for n, who in wish.taken:
        yield asked_at + timedelta(minutes=20 + 15 * n), partial(_with_slot, id_, n, ask, who, "take_slot")
    for n in range(wish.done):
        done_at = moment(wish.days_ago - wish.times[n][0], wish.times[n][2])
        yield done_at, partial(_with_slot, id_, n, ask, dict(wish.taken)[n], "mark_done")
        yield done_at + timedelta(hours=1), partial(_with_slot, id_, n, ask, wish.who, "thank")


def _with_slot(request_id: str, n: int, ask: Ask, who: str, operation: str) -> None:
    """The server names the slots, so they are found by their order."""
    with reading() as session:
        slots = select(col(HelpSlot.id)).where(col(HelpSlot.request_id) == request_id).order_by(col(HelpSlot.due_at))
        slot_id = session.scalars(slots.offset(n).limit(1)).one()
    ask(who, f"helping.{operation}", slot_id, slot_id=slot_id)


def _day(asked_at: datetime, later: int) -> str:
    day: date = (asked_at + timedelta(days=later)).date()
    return day.isoformat()
