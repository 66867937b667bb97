"""What can be chosen in the journal: moods, reactions, audiences. The keys are stored, the words are shown."""

from collections.abc import Mapping
from types import MappingProxyType

from careapp.models import Audience
from careapp.said import mark

UPDATE_MOODS: Mapping[str, str] = MappingProxyType(
    {
        "hopeful": mark("Hopeful"),
        "grateful": mark("Grateful"),
        "proud": mark("Proud"),
        "calm": mark("Calm"),
        "tired": mark("Tired"),
        "worried": mark("Worried"),
        "sad": mark("Sad"),
    }
)
STATUS_MOODS: Mapping[str, str] = MappingProxyType(
    {
        "well": mark("Doing well"),
        "better": mark("A little better"),
        "steady": mark("Steady"),
        "resting": mark("Resting"),
        "tired": mark("Tired"),
        "in_pain": mark("In pain"),
        "poorly": mark("Not so well"),
    }
)
REACTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "heart": ("❤️", mark("Love")),
        "hug": ("🤗", mark("A hug")),
        "thanks": ("🙏", mark("Thank you")),
        "strength": ("💪", mark("Strength")),
        "smile": ("😊", mark("A smile")),
    }
)
AUDIENCES: Mapping[str, str] = MappingProxyType(
    {
        Audience.EVERYONE.value: mark("Everyone on this site"),
        Audience.FAMILY.value: mark("Family"),
        Audience.CARE_TEAM.value: mark("Care team"),
        Audience.NAMED.value: mark("Only people I name"),
    }
)
