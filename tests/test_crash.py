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

from careapp import build
from careapp.ids import new_id
from tests.servers import Running, free_port, is_answering, seed, start, stop, wait_until

WRITES, THREADS = 200, 6
_UPDATES = 'SELECT count(*) FROM "update" WHERE text = ?'
_DELETED = 'SELECT count(*) FROM "update" WHERE deleted_at IS NOT NULL AND id = ?'
_COMMENTS = "SELECT count(*) FROM comment WHERE text = ?"
_STATUSES = "SELECT count(*) FROM status WHERE words = ?"
_REACTIONS = "SELECT count(*) FROM reaction WHERE update_id = ?"
NAMES = ("maya", "tom", "cole", "rose")


@dataclass
class Write:
    """One thing a person did. `traces` counts the rows that it left, by what it is known by: one, or none. `answer` is
    the server's, once it came."""

    who: str
    operation: str
    command: dict[str, Any]
    traces: str
    known_by: str
    op_id: str = field(default_factory=new_id)
    answer: Any = None
    is_answered: bool = False


def test_nothing_acknowledged_is_lost_or_doubled(tmp_path: Path) -> None:
    chance = random.Random(1)
    data = seed(tmp_path / "data")
    build.ensure()
    server = _started(data)
    before = [_send(server, _post("maya", f"From before, {number}."))["id"] for number in range(WRITES)]
    writes = [_some_write(chance, number, update_id) for number, update_id in enumerate(before)]

    _send_until_killed(server, writes, kill_after=chance.randint(20, WRITES - 60))
    acknowledged = [write for write in writes if write.is_answered]
    assert 0 < len(acknowledged) < WRITES

    _look_into(data, writes, must_be_whole=False)
    server = _started(data)
    try:
        for write in writes:
            again = _send(server, write)
            assert not write.is_answered or write.answer == again
    finally:
        assert stop(server) == 0
    _look_into(data, writes, must_be_whole=True)


def _started(data: Path) -> Running:
    server = start(data, free_port())
    wait_until(lambda: is_answering(server), server)
    return server


def _some_write(chance: random.Random, number: int, update_id: str) -> Write:
    """Each that changes something from before has an update of its own for that."""
    words, who, named = f"Written as number {number}.", chance.choice(NAMES), {"update_id": update_id}
    edited = {**named, "version": 1, "text": words}
    return chance.choice(
        [
            _post(who, words),
            Write(who, "journal.comment", {**named, "text": words}, _COMMENTS, words),
            Write(who, "journal.set_status", {"words": words}, _STATUSES, words),
            Write("maya", "journal.edit_update", edited, _UPDATES, words),
            Write("maya", "journal.delete_update", named, _DELETED, update_id),
            Write(who, "journal.react", {**named, "kind": "heart"}, _REACTIONS, update_id),
        ]
    )


def _post(who: str, words: str) -> Write:
    return Write(who, "journal.post_update", {"text": words}, _UPDATES, words)


def _send_until_killed(server: Running, writes: list[Write], kill_after: int) -> None:
    """Several people write at once; in the middle, supervisor and workers are gone at one blow."""
    answered = Counter[str]()

    def send(write: Write) -> None:
        try:
            write.answer, write.is_answered = _send(server, write), True
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
        left = [database.execute(write.traces, [write.known_by]).fetchone()[0] for write in writes]
        recorded = database.execute("SELECT count(*) FROM audit_entry WHERE operation LIKE 'journal.%'").fetchone()[0]
    database.close()
    for write, traces in zip(writes, left, strict=True):
        expected = (1,) if must_be_whole or write.is_answered else (0, 1)
        assert traces in expected, write
    assert recorded == WRITES + sum(left)
