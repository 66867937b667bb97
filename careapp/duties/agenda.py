"""The agenda of a family's first meeting, point by point: why it matters, and how to go about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from careapp.said import mark


@dataclass(frozen=True)
class Point:
    """Message ids; {name} is what the person is called. `example` shows what a decision may look like."""

    title: str
    why: str
    how: str
    example: str


AGENDA: Mapping[str, Point] = MappingProxyType(
    {
        "here": Point(
            mark("Who is here, who is missing"),
            mark("What is decided holds when those it concerns were asked."),
            mark("Go round once: who are you to {name}, and what brings you? Let the missing join."),
            mark("For example: Anna could not come. Tom calls her tonight."),
        ),
        "story": Point(
            mark("What has happened, and what {name} wants"),
            mark("Everyone knows a different part. Together it becomes one picture."),
            mark("One tells, the others add. Then {name} speaks, or whoever knows best what {name} would say."),
            mark("For example: Home as long as it goes. No calls after eight."),
        ),
        "contact": Point(
            mark("Whom to call first"),
            mark("With one number, doctors and friends do not ring five people."),
            mark("Choose one who can be reached, and one who stands in. It can change next month."),
            mark("For example: Until Easter, then we look again."),
        ),
        "duties": Point(
            mark("Who does what"),
            mark("What everybody means to do, nobody does."),
            mark("Take what fits your life. One name for each, and nobody takes four. A gap may stay a gap for now."),
            mark("For example: Nobody has time for the garden. We ask the neighbours."),
        ),
        "access": Point(
            mark("Who sees what"),
            mark("Trust grows where everyone knows who reads along."),
            mark("Look at who is here as what. Ask {name}: what is for the family only?"),
            mark("For example: Test results stay within the family."),
        ),
        "informed": Point(
            mark("How we keep each other informed"),
            mark("Nobody has to ask, and nobody tells it five times."),
            mark("Who writes, how often, and where? What deserves a call at once?"),
            mark("For example: Maya writes on Sundays. Bad news by phone first."),
        ),
        "help": Point(
            mark("The first help we need"),
            mark("People like to help when they know with what, and when."),
            mark("Name three things for the next two weeks, small enough for an afternoon."),
            mark("For example: A ride on Thursday at nine. Two dinners. Someone for the dog."),
        ),
        "again": Point(
            mark("When we meet again"),
            mark("What works is only seen after some weeks."),
            mark("Agree on a day now, half an hour is enough. Who reminds us?"),
            mark("For example: Sunday the 14th at five, by phone. Tom reminds us."),
        ),
    }
)
