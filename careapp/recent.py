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
class _Answer:
    view: Any
    site_id: str
    stored: int
    at: datetime

    def holds(self) -> bool:
        return db.is_as_of(self.stored, self.site_id) and abs(now() - self.at) <= KEPT


_answers: dict[Question, _Answer] = {}
_changing = threading.Lock()


def question(query: Registered, credentials: Credentials, params: Mapping[str, str]) -> Question:
    return Question(query, credentials, params.get("site", ""), tuple(sorted(params.items())))


def recalled(asked: Question) -> Any:
    """The answer, if it still holds; else None. Takes no time."""
    answer = _answers.get(asked)
    return answer.view if answer and answer.holds() else None


def read(asked: Question) -> Any:
    """Ask the database, and keep what it says. Raises as `perform.read` does; refusals are not kept."""
    stored, at = db.stored(), now()
    view, site_id = perform.look(asked.query, asked.credentials, asked.site, dict(asked.params))
    if stored is not None:
        with _changing:
            _keep(asked, _Answer(view, site_id, stored, at))
    return view


def _keep(asked: Question, answer: _Answer) -> None:
    _answers.pop(asked, None)
    _answers[asked] = answer
    if len(_answers) > MOST:
        _answers.pop(next(iter(_answers)))
