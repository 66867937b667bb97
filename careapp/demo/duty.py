"""When Rose's people can, who is with her at night, and what Tom hands over to Maya."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial

from careapp.demo.people import IDA, MAYA, TOM

Event = tuple[datetime, Callable[[], object]]
ZONE = "America/New_York"
WORKDAYS = ("MO", "TU", "WE", "TH", "FR")

# Who can on which days, from which hour until which, and on whose clock.
CAN = (
    (MAYA, (*WORKDAYS, "SA", "SU"), (17, 22), ZONE),
    (TOM, ("FR", "SA", "SU"), (9, 21), "America/Los_Angeles"),
    (IDA, ("TU", "TH"), (9, 15), ZONE),
)
# From how many days ahead on, at which hours, for how many days, and who has it. One night nobody has yet.
SHIFTS = (
    (-1, "20:00", "08:00", 0, TOM),
    (0, "08:00", "20:00", 0, MAYA),
    (0, "20:00", "08:00", 2, TOM),
    (1, "09:00", "18:00", 1, IDA),
    (3, "20:00", "08:00", 0, ""),
    (4, "20:00", "08:00", 2, MAYA),
)
NOTE = {
    "medicines": "Water tablet at eight, heart tablet at nine. Refused the iron, will try with breakfast.",
    "mood": "steady",
    "food": "Half a bowl of dill soup, tea, two glasses of water.",
    "incidents": "Up twice in the night, both times with the stick and a light on.",
    "words": "Ms Novak comes at half past ten. Biscuit has been out.",
}


def events(
    at: datetime, today: date, known_id: Callable[[str], str], members: Mapping[str, str], ask: Callable[..., object]
) -> Iterator[Event]:
    """Said and planned at that moment; the note is written a day later, when the first night is over."""
    for who, days, (first_hour, last_hour), zone in CAN:
        hours = [f"{day}-{hour}" for day in days for hour in range(first_hour, last_hour)]
        yield at, partial(ask, who, "availability.set_week", "week", hours=hours, zone=zone, version=0)
    for n, (ahead, starts, ends, more, who) in enumerate(SHIFTS):
        first = today + timedelta(days=ahead)
        repeat = {"every": "day", "until": (first + timedelta(days=more)).isoformat()} if more else None
        times = [{"on": first.isoformat(), "starts": starts, "ends": ends}]
        command = {"times": times, "repeat": repeat, "zone": ZONE, "member_id": members.get(who, "")}
        yield at, partial(ask, MAYA, "shifts.plan_shifts", f"shift {n}", **command)
    note = partial(ask, TOM, "shifts.write_handover", "night", id=known_id("handover"), **NOTE)
    yield at + timedelta(hours=36), note
