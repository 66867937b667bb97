"""Views that were read a moment ago, given again while nothing was stored since.

A page asks for its view when it is opened, when its script has run, and for the service worker: three times the same.
The one process that owns a SQLite file sees every write, so it knows how long an answer holds: that of a site until
something is stored which concerns the site. Where other processes write too, nothing is kept.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from careapp import db, perform
from careapp.access import Credentials
from careapp.clock import now
from careapp.operation import Registered

# What depends on the time alone, such as an invitation running out, is noticed this late at most.
KEPT = timedelta(seconds=60)
MOST = 512


@dataclass(frozen=True)
class Question:
    """A query as one browser asks it. Its answer is given to these credentials only."""

    query: Registered
    credentials: Credentials
    site: str
    params: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    """What a query said, and the change counter of the site it is about as of that moment, 0 when of none."""

    view: Any
    as_of: int


@dataclass(frozen=True)
class _Kept:
    answer: Answer
    site_id: str
    stored: int
    at: datetime

    def holds(self) -> bool:
        return db.is_as_of(self.stored, self.site_id) and abs(now() - self.at) <= KEPT


_answers: dict[Question, _Kept] = {}
_changing = threading.Lock()


def question(query: Registered, credentials: Credentials, params: Mapping[str, str]) -> Question:
    return Question(query, credentials, params.get("site", ""), tuple(sorted(params.items())))


def recalled(asked: Question) -> Answer | None:
    """The answer, if it still holds. Takes no time."""
    kept = _answers.get(asked)
    return kept.answer if kept and kept.holds() else None


def read(asked: Question) -> Answer:
    """Ask the database, and keep what it says. Raises as `perform.read` does; refusals are not kept."""
    stored, at = db.stored(), now()
    view, actor = perform.look(asked.query, asked.credentials, asked.site, dict(asked.params))
    answer = Answer(view, actor.site_counter)
    if stored is not None:
        with _changing:
            _keep(asked, _Kept(answer, actor.site_id, stored, at))
    return answer


def _keep(asked: Question, kept: _Kept) -> None:
    _answers.pop(asked, None)
    _answers[asked] = kept
    if len(_answers) > MOST:
        _answers.pop(next(iter(_answers)))
