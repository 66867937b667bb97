"""Nothing that a person typed, and nothing that opens a door, reaches a log."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError

from careapp import logs

CANARY = "canary7f3kQ"
LONG_TOKEN = "Xh3kQ9vLm2Np7Rt5Yw8Za1Bc4De6Fg0Hi-Jk_LmNoPq"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What every logger of the process writes, cleaned as in a running server."""
    before, written = logging.getLogRecordFactory(), io.StringIO()
    handler = logging.StreamHandler(written)
    logs.configure()
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    logging.setLogRecordFactory(before)


class Typed(BaseModel):
    weight: int


def _pydantic() -> None:
    Typed.model_validate({"weight": f"{CANARY} kg"})


def _database() -> None:
    raise IntegrityError("INSERT INTO update (text) VALUES (?)", {"text": CANARY}, Exception("UNIQUE failed"))


def _postgres() -> None:
    raise RuntimeError(f"duplicate key\nDETAIL:  Key (email)=({CANARY}@example.org) already exists.")


def _lookup() -> None:
    {}[CANARY]


def _json() -> None:
    raise ValueError(f"cannot read {json.dumps({'text': CANARY})}")


@pytest.mark.parametrize("name", ["careapp.api", "reflex.app", "_granian", "uvicorn.error", "socketio.server"])
@pytest.mark.parametrize(
    "said",
    [
        f"cookie: careapp_session={CANARY}; theme=dark",
        f"headers {{'cookie': 'session={CANARY}', 'accept': '*/*'}}",
        f"Authorization: Bearer {CANARY}",
        f'{{"email": "{CANARY}@example.org", "password": "{CANARY}"}}',
        f"password={CANARY}&next=/today",
        f"'new_password': '{CANARY}'",
        f"GET /_event/?EIO=4&token={CANARY}&transport=websocket",
        f"sign-in code={CANARY}",
        f"payload: {CANARY}",
        f"postgresql://care:{CANARY}@db/careapp",
        f"smtp://maya:{CANARY}@mail.example.org:587",
    ],
)
def test_secrets_are_taken_out_of_messages(log: io.StringIO, name: str, said: str) -> None:
    logging.getLogger(name).error(said)
    logging.getLogger(name).error("%s", said)

    assert CANARY not in log.getvalue()
    assert logs.HIDDEN in log.getvalue()


def test_a_bare_token_is_recognised_by_its_look(log: io.StringIO) -> None:
    logging.getLogger("reflex").warning("No state for %s", LONG_TOKEN)

    assert LONG_TOKEN not in log.getvalue()


@pytest.mark.parametrize("fail", [_pydantic, _database, _postgres, _lookup, _json])
def test_an_unexpected_error_keeps_its_place_and_kind_and_loses_its_values(log: io.StringIO, fail) -> None:
    try:
        fail()
    except Exception as error:
        number = logs.incident(logging.getLogger("careapp.api"), "/api/do/journal.post_update")
        kind = type(error).__name__

    assert CANARY not in log.getvalue()
    assert log.getvalue().count(number) == 1
    assert kind in log.getvalue()
    assert f"in {fail.__name__}" in log.getvalue()


def test_a_traceback_that_came_as_text_is_cleaned_too(log: io.StringIO) -> None:
    """As Reflex logs a failing event."""
    logging.getLogger("reflex.app").error(
        "[Reflex Backend Exception]\n Traceback (most recent call last):\n"
        f"  File \"careapp/x.py\", line 1, in load\n    raise E\nKeyError: '{CANARY}'\n"
    )

    assert CANARY not in log.getvalue()
    assert 'File "careapp/x.py", line 1, in load' in log.getvalue()


@pytest.mark.parametrize(
    "plain",
    [
        "job media.make_variants 0192b3c4-1111-7abc-8def-0123456789ab failed",
        "GET /api/health answered 200 in 3 ms",
        "exit code: 1",
        "incident 5f2a90c1b3de: /api/view/today",
    ],
)
def test_what_helps_to_find_a_fault_stays(log: io.StringIO, plain: str) -> None:
    logging.getLogger("careapp").error(plain)

    assert plain in log.getvalue()
