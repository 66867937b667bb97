"""Killed without warning in the middle of many writes: what was acknowledged is there once; the rest is sent again."""

import http.client
import json
import os
import random
import signal
import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from careapp import build
from careapp.ids import new_id
from tests.servers import Running, free_port, is_answering, seed, start, stop, wait_until

WRITES, THREADS = 200, 6
NAMES = ("maya", "tom", "cole", "rose")


@dataclass
class Write:
    """One thing a person wrote. `words` are found in one row, or in none. `answer` is the server's, once it came."""

    who: str
    operation: str
    command: dict[str, Any]
    words: str
    op_id: str = field(default_factory=new_id)
    answer: Any = None


@pytest.mark.parametrize("seed_of_chance", [1, 2])
def test_nothing_acknowledged_is_lost_or_doubled(tmp_path: Path, seed_of_chance: int) -> None:
    chance = random.Random(seed_of_chance)
    data = seed(tmp_path / "data")
    build.ensure()
    server = _started(data)
    first = _send(server, Write("maya", "journal.post_update", {"text": "The first."}, "The first."))
    writes = [_some_write(chance, number, first["id"]) for number in range(WRITES)]

    _send_until_killed(server, writes, kill_after=chance.randint(20, WRITES - 60))
    acknowledged = [write.answer for write in writes if write.answer]
    assert 0 < len(acknowledged) < WRITES

    _look_into(data, writes, must_be_whole=False)
    server = _started(data)
    try:
        for write in writes:
            again = _send(server, write)
            assert write.answer in (None, again)
    finally:
        assert stop(server) == 0
    _look_into(data, writes, must_be_whole=True)


def _started(data: Path) -> Running:
    server = start(data, free_port())
    wait_until(lambda: is_answering(server), server)
    return server


def _some_write(chance: random.Random, number: int, update_id: str) -> Write:
    words = f"Written as number {number}."
    return chance.choice(
        [
            Write(chance.choice(NAMES), "journal.post_update", {"text": words}, words),
            Write(chance.choice(NAMES), "journal.comment", {"update_id": update_id, "text": words}, words),
            Write(chance.choice(NAMES), "journal.set_status", {"words": words}, words),
        ]
    )


def _send_until_killed(server: Running, writes: list[Write], kill_after: int) -> None:
    """Several people write at once; in the middle, supervisor and workers are gone at one blow."""
    answered = Counter[str]()

    def send(write: Write) -> None:
        try:
            write.answer = _send(server, write)
        except (OSError, http.client.HTTPException):
            return
        answered["all"] += 1
        if answered["all"] == kill_after:
            os.killpg(server.process.pid, signal.SIGKILL)

    with ThreadPoolExecutor(THREADS) as people:
        list(people.map(send, writes))
    assert server.process.wait(10) == -signal.SIGKILL
    wait_until(lambda: not is_answering(server), seconds=10)


def _send(server: Running, write: Write) -> Any:
    body = {"op_id": write.op_id, "site": "rose", "command": write.command}
    headers = {
        "Content-Type": "application/json",
        "Origin": server.url,
        "Host": server.url.removeprefix("http://"),
        "Cookie": f"careapp=token-of-{write.who}",
    }
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.request("POST", f"/api/do/{write.operation}", json.dumps(body), headers)
        response = connection.getresponse()
        answer = json.loads(response.read())
    finally:
        connection.close()
    assert response.status == 200, answer
    return answer["answer"]


def _look_into(data: Path, writes: list[Write], must_be_whole: bool) -> None:
    """With SQLite itself: the file is sound, and each write is there once, or not at all where nothing said it is."""
    with sqlite3.connect(data / "careapp.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        texts = Counter(text for table in _TABLES for (text,) in database.execute(table))
        recorded = database.execute("SELECT count(*) FROM audit_entry WHERE operation LIKE 'journal.%'").fetchone()[0]
    database.close()
    for write in writes:
        expected = (1,) if must_be_whole or write.answer else (0, 1)
        assert texts[write.words] in expected, write
    assert recorded == texts.total()


_TABLES = ('SELECT text FROM "update"', "SELECT text FROM comment", "SELECT words FROM status")
