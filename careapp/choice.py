"""One of several answers, as pages show it to be tapped."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """`key` is what a command takes; `words` is a message id."""

    key: str = ""
    words: str = ""
    is_chosen: bool = False
