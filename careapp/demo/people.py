"""The people of the demo: who they are to Rose, and who Rose is."""

from dataclasses import dataclass

MAYA, TOM, IDA, COLE, ROSE = "maya", "tom", "ida", "cole", "rose"


@dataclass(frozen=True)
class Person:
    """`role` is theirs on Rose's site; without one they have an account and no place."""

    key: str
    name: str
    role: str = ""
    relation: str = ""
    phone: str = ""
    photo: str = ""
    time_zone: str = "America/New_York"

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


PEOPLE = (
    Person(MAYA, "Maya Lind", "coordinator", "Daughter", "+1 555 0142", "maya"),
    Person(TOM, "Tom Lind", "family", "Son", "+1 555 0177", "tom", "America/Los_Angeles"),
    Person(IDA, "Ida Berg", "friend", "Neighbour, 74", "+1 555 0119", "ida"),
    Person(COLE, "Dr Cole", "care_professional", "Family doctor", "+1 555 0190"),
    Person(ROSE, "Rose Lind", "person", "", "+1 555 0101", "rose"),
    Person("ben", "Ben Okafor"),
)

PROFILE = {
    "name": "Rose Lind",
    "called": "Rose",
    "about": "Taught second grade for thirty-four years, and half the town how to read music. Widow of Erik. Lives with "
    "Biscuit, who is eleven and answers to nobody.",
    "language": "English; Swedish when she is tired or counting",
    "food": "Little salt, because of her heart. Strong tea, no sugar. Anything with dill. No liver, ever.",
    "faith": "Lutheran, more for the hymns. Pastor Anna may always call.",
    "comforts": "The window open a hand's width. Radio on low. Being told what happens next before it happens. "
    "Biscuit on her feet.",
    "dislikes": "Being called “sweetie”. Decisions made in the corridor.",
}

# Someone who is still expected, and someone who knocked.
INVITED = {"name": "Aunt Lena", "role": "family"}
ASKS = ("ben", "I sing with Rose in the church choir, second row. We miss her, and would like to help quietly.")
