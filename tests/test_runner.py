"""The runner: starts only what is safe, replaces workers that die, ends gently, and forgets nothing."""

import http.client
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from careapp import build
from careapp.ids import new_id
from careapp.settings import Settings
from careapp.unsafe import Unsafe, refuse_a_port_in_use, refuse_what_is_unsafe
from tests.servers import Running, free_port, is_answering, running, seed, status_of, stop, wait_until

PUBLIC = {"host": "0.0.0.0", "url": "https://care.example.org"}
POSTGRES = "postgresql+psycopg://care@db/careapp"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    """A new installation, for tests that end it."""
    with running(tmp_path / "data") as server:
        yield server


@pytest.fixture(scope="module")
def everyones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Path]]:
    """A new installation and its data folder, for tests that leave it as it is."""
    data = tmp_path_factory.mktemp("everyones") / "data"
    with running(data) as server:
        yield server, data


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"host": "0.0.0.0"}, "without https"),
        ({"host": "192.168.1.20", "url": "http://192.168.1.20:8000"}, "without https"),
        ({"url": "http://care.example.org"}, "without https"),
        ({"host": "::"}, "without https"),
        ({"host": "0.0.0.0", "allow_http_lan": True}, "address that phones will type"),
        ({"url": "*"}, "must be an address"),
        ({"url": "https://*.example.org"}, "must be an address"),
        ({"url": "care.example.org"}, "must be an address"),
        ({"url": "https://example.org/care"}, "must be an address"),
        ({"workers": 2}, "CAREAPP_WORKERS"),
        ({"workers": 2, "redis_url": "redis://localhost"}, "CAREAPP_WORKERS"),
        ({"workers": 2, "database_url": POSTGRES}, "CAREAPP_WORKERS"),
    ],
)
def test_what_would_put_data_at_risk_is_refused_with_what_to_set(asked: dict[str, object], words: str) -> None:
    with pytest.raises(Unsafe, match=words):
        refuse_what_is_unsafe(Settings(**asked))


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"host": "localhost"},
        {"host": "::1"},
        PUBLIC,
        {"url": "https://care.example.org"},
        {"host": "0.0.0.0", "url": "http://192.168.1.20:8000", "allow_http_lan": True},
        {**PUBLIC, "workers": 4, "database_url": POSTGRES, "redis_url": "redis://localhost"},
    ],
)
def test_what_is_safe_may_start(asked: dict[str, object]) -> None:
    refuse_what_is_unsafe(Settings(**asked))


def test_any_origin_is_refused() -> None:
    done = _careapp("serve", REFLEX_CORS_ALLOWED_ORIGINS="*", PORT=str(free_port()))

    assert done.returncode == 1
    assert "Any website could act" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_refused_in_words() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Unsafe, match="cannot be used"):
            refuse_a_port_in_use(Settings(port=other.getsockname()[1]))


def test_one_data_folder_has_one_owner(everyones: tuple[Running, Path]) -> None:
    """A second server, and every command that writes, on the same SQLite file."""
    server, data = everyones

    for command in ("serve", "migrate", "demo"):
        done = _careapp(command, CAREAPP_DATA=str(data), PORT=str(free_port()))
        assert f"already running on {data} (process {server.process.pid})" in done.stderr
        assert done.returncode == 1
    assert is_answering(server)


def test_it_says_where_it_is_once_it_answers(everyones: tuple[Running, Path]) -> None:
    server, _ = everyones
    wait_until(lambda: "Careapp is ready" in server.said(), server)

    assert f"Careapp is ready at http://localhost:{server.port}  (Ctrl-C stops it)\n" in server.said()
    assert len(server.said().splitlines()) == 1


def test_a_worker_that_dies_is_replaced(server: Running) -> None:
    for _ in range(2):
        before = server.workers()
        os.kill(before[0], signal.SIGKILL)
        wait_until(lambda before=before: server.workers() not in (before, []) and is_answering(server), server)

    assert server.process.poll() is None
    assert len(server.workers()) == 1


def test_no_worker_outlives_its_supervisor(server: Running) -> None:
    """Else a new start would find the file still written to."""
    workers = server.workers()
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()

    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), seconds=20)
    assert status_of(server.url) == 0


def test_a_request_at_hand_is_answered_before_the_end(server: Running) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as slow:
        slow.sendall(_head(server, length=2) + b"{")
        wait_until(lambda: is_answering(server), server)
        server.process.terminate()
        wait_until(lambda: not _connects(server.port), seconds=20)
        slow.sendall(b"}")
        answer = slow.recv(65536)

    assert answer.startswith(b"HTTP/1.1 4")
    assert server.process.wait(30) == 0
    assert "Killing" not in server.said()


def test_who_never_finishes_is_not_waited_for_forever(server: Running) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as stuck:
        stuck.sendall(_head(server, length=1000) + b"{")
        wait_until(lambda: is_answering(server), server)

        assert stop(server) == 0


def test_a_phone_in_the_same_network_may_write_once_that_is_allowed(tmp_path: Path) -> None:
    """By a name that the system does not know, so that nothing leaves this machine."""
    port = free_port()
    url = f"http://careapp.local:{port}"
    with running(seed(tmp_path / "data"), port, CAREAPP_URL=url, CAREAPP_ALLOW_HTTP_LAN="1") as server:
        assert _post(server, origin=url) == 200
        assert _post(server, origin="http://evil.example") == 403
        assert url in server.said()


def test_an_interrupt_ends_it_quietly(server: Running) -> None:
    """Ctrl-C reaches the supervisor and its workers alike."""
    os.killpg(server.process.pid, signal.SIGINT)

    assert server.process.wait(30) == 0
    assert "Traceback" not in server.said()


def test_the_data_folder_is_private_and_its_keys_are_made_once(server: Running, tmp_path: Path) -> None:
    data = tmp_path / "data"
    private = {path: path.read_bytes() for path in (data / "secrets").iterdir()}

    assert {_mode(path) for path in (data, data / "secrets")} == {0o700}
    assert {path.name for path in private} == {"secret_key", "vapid_private_key.pem"}
    assert {_mode(path) for path in private} == {0o600}
    stop(server)
    with running(data):
        assert {path: path.read_bytes() for path in private} == private


def test_doctor_finds_nothing_wrong_with_a_new_installation(everyones: tuple[Running, Path]) -> None:
    server, data = everyones
    done = _careapp("doctor", CAREAPP_DATA=str(data), PORT=str(server.port))

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "All is well."), done.stdout
    for word in ("SQLite", "WAL-reset", "Node", "mail is written to", "none pending", "is whole"):
        assert word in done.stdout


def test_doctor_says_what_to_do(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    (data / "secrets").mkdir()
    (data / "careapp.sqlite").touch()

    done = _careapp("doctor", CAREAPP_DATA=str(data), CAREAPP_HOST="0.0.0.0")

    assert done.returncode == 1
    for word in ("chmod -R go=", "pending: 0001", "without https"):
        assert word in done.stdout


def test_several_workers_share_postgresql_and_redis(tmp_path: Path, postgres_url: str, redis_url: str) -> None:
    shared = {"CAREAPP_DATABASE_URL": postgres_url, "CAREAPP_REDIS_URL": redis_url, "CAREAPP_WORKERS": "2"}
    with running(tmp_path / "data", **shared) as server:
        one, other = server.workers()
        os.kill(one, signal.SIGKILL)
        wait_until(lambda: one not in server.workers() and len(server.workers()) == 2, server)

        assert other in server.workers()
        wait_until(lambda: is_answering(server), server)
    assert not (tmp_path / "data" / "careapp.sqlite").exists()


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    if not shutil.which("redis-server"):
        pytest.skip("Redis is not installed")
    port = free_port()
    redis = subprocess.Popen(
        ["redis-server", "--port", str(port), "--save", ""], cwd=tmp_path, stdout=subprocess.DEVNULL
    )
    yield f"redis://127.0.0.1:{port}"
    redis.terminate()
    redis.wait(10)


def test_a_worker_of_its_own_is_refused_on_sqlite(tmp_path: Path) -> None:
    done = _careapp("worker", CAREAPP_DATA=str(tmp_path))

    assert (done.returncode, "the web process does the work" in done.stderr) == (1, True)


def _careapp(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CAREAPP_", "REFLEX_"))}
    return subprocess.run(
        [sys.executable, "-m", "careapp", command],
        cwd=build.ROOT,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _post(server: Running, origin: str) -> int:
    body = json.dumps({"op_id": new_id(), "site": "rose", "command": {"text": "From the phone."}})
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    named = {"Host": server.url.removeprefix("http://"), "Origin": origin, "Cookie": "careapp=token-of-tom"}
    connection.request("POST", "/api/do/journal.post_update", body, named)
    status = connection.getresponse().status
    connection.close()
    return status


def _head(server: Running, length: int) -> bytes:
    lines = [
        "POST /api/do/journal.post_update HTTP/1.1",
        f"Host: localhost:{server.port}",
        f"Origin: {server.url}",
        "Content-Type: application/json",
        f"Content-Length: {length}",
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def _connects(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
