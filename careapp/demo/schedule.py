"""What is ahead for Rose: the physiotherapist, the heart clinic, a talk by video, and Anna's visit."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from careapp.demo.people import MAYA, TOM

Event = tuple[datetime, Callable[[], object]]
ZONE = "America/New_York"

# How many days ahead, who wrote it down, who goes along, and what it says.
PLANS: tuple[tuple[int, str, str, Mapping[str, Any]], ...] = (
    (1, MAYA, "", {
        "title": "Physiotherapy", "kind": "therapy", "starts": "10:30", "ends": "11:15", "provider": "Ms Novak",
        "place": "12 Mill Lane", "bring": "Flat shoes, the stick", "repeats": "weekly", "times": 12,
    }),
    (2, MAYA, TOM, {
        "title": "Heart clinic, check after the hospital", "kind": "doctor", "starts": "09:15", "ends": "10:00",
        "provider": "Dr Okafor", "place": "Heart clinic, 1 Hospital Road", "bring": "The list of medicines",
        "questions": "May she climb stairs again?\nHow long the water tablets?",
    }),
    (5, TOM, MAYA, {
        "title": "Results by video", "kind": "telemedicine", "starts": "16:00", "ends": "16:20",
        "provider": "Dr Okafor", "link": "https://meet.example.org/rose",
    }),
    (9, TOM, "", {"title": "Anna visits", "kind": "family", "is_all_day": True}),
)  # fmt: skip


def events(
    at: datetime, today: date, known_id: Callable[[str], str], members: Mapping[str, str], ask: Callable[..., object]
) -> Iterator[Event]:
    """Each is written down at that moment."""
    for days, who, companion, said in PLANS:
        command = {"companion_id": members.get(companion, ""), "zone": ZONE, **said}
        command["starts_on"] = (today + timedelta(days=days)).isoformat()
        key = f"plan {said['title']}"
        yield at, partial(ask, who, "schedule.add_appointment", key, id=known_id(key), **command)
