"""Whether there is anything to see in what somebody wrote."""

import unicodedata

INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
# Blank by design, though Unicode files them under letters and symbols: Hangul fillers, the empty Braille pattern, and
# the selectors that only choose between text and emoji forms.
INVISIBLE_SIGNS = frozenset("\u115f\u1160\u3164\uffa0\u2800\ufe0e\ufe0f\u034f")


def is_blank(text: str) -> bool:
    """Whether nothing of the text can be seen."""
    return all(sign in INVISIBLE_SIGNS or unicodedata.category(sign) in INVISIBLE_CATEGORIES for sign in text)
