"""What can be chosen in the journal: moods, reactions, audiences. The keys are stored, the words are shown."""

from collections.abc import Mapping
from types import MappingProxyType

from careapp.models import Audience
from careapp.said import Said

UPDATE_MOODS: Mapping[str, str] = MappingProxyType(
    {
        "hopeful": Said("Hopeful"),
        "grateful": Said("Grateful"),
        "proud": Said("Proud"),
        "calm": Said("Calm"),
        "tired": Said("Tired"),
        "worried": Said("Worried"),
        "sad": Said("Sad"),
    }
)
STATUS_MOODS: Mapping[str, str] = MappingProxyType(
    {
        "well": Said("Doing well"),
        "better": Said("A little better"),
        "steady": Said("Steady"),
        "resting": Said("Resting"),
        "tired": Said("Tired"),
        "in_pain": Said("In pain"),
        "poorly": Said("Not so well"),
    }
)
REACTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "heart": ("❤️", Said("Love")),
        "hug": ("🤗", Said("A hug")),
        "thanks": ("🙏", Said("Thank you")),
        "strength": ("💪", Said("Strength")),
        "smile": ("😊", Said("A smile")),
    }
)
AUDIENCES: Mapping[str, str] = MappingProxyType(
    {
        Audience.EVERYONE.value: Said("Everyone on this site"),
        Audience.FAMILY.value: Said("Family"),
        Audience.CARE_TEAM.value: Said("Care team"),
        Audience.NAMED.value: Said("Only people I name"),
    }
)
