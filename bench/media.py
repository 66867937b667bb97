"""Large files: how fast and in how little memory they arrive, how soon they are shown, and what others notice."""

import hashlib
import http.client
import io
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from bench.family import TOKEN
from bench.server import Server, free_port
from bench.tables import Tables, medians
from careapp.adapters import video
from careapp.ids import new_id

MEGABYTE = 1024 * 1024
LARGE, MANY = 300 * MEGABYTE, 500 * MEGABYTE
AT_ONCE = 5
PIECE = 32 * MEGABYTE  # the most that a phone sends at a time
READS = 150
SETTLES = 3.0  # seconds, in which the server finds out that the file is no video

# A server that does nothing but write what it is sent to the disk: what `curl -T` to a plain one would find.
PLAIN = """
import http.server, os, sys
class Receiver(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_PUT(self):
        left = int(self.headers["Content-Length"])
        with open(sys.argv[2], "wb") as file:
            while left:
                piece = self.rfile.read(min(left, 262144)); file.write(piece); left -= len(piece)
            file.flush(); os.fsync(file.fileno())
        self.send_response(204); self.end_headers()
    def log_message(self, *told): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
"""


async def measure(server: Server, runs: int) -> Tables:
    with tempfile.TemporaryDirectory(prefix="careapp-media-") as name:
        folder = Path(name)
        files = [_noise(folder / f"{n}.mov", MANY, n) for n in range(AT_ONCE)]
        return [
            (f"A file of {LARGE // MEGABYTE} MB, sent; MB a second", [_throughput(server, folder, runs)]),
            (f"{AT_ONCE} files of {MANY // MEGABYTE} MB at once; MB", [_memory(server, files)]),
            ("From the last byte to what others see; seconds", [_photo(server, runs)]),
            ("A minute of 1080p, from the last byte; seconds", [_video(server, folder)]),
        ]


def _throughput(server: Server, folder: Path, runs: int) -> dict[str, object]:
    """Each run sends a file of a size of its own, which none has sent before; the two take turns."""
    rates = []
    with _plain(folder / "received") as port:
        for n in range(runs):
            size = LARGE + n * MEGABYTE
            path = _noise(folder / "large.mov", size, 99 + n)
            plain, ours = _timed(lambda path=path: _put(port, path)), _timed(lambda path=path: _send(server, path))
            rates.append({"plain": size / MEGABYTE / plain, "Careapp": size / MEGABYTE / ours})
            time.sleep(SETTLES)
    middle = medians(rates)
    return {**middle, "share": (middle["Careapp"] or 0) / (middle["plain"] or 1)}


def _memory(server: Server, files: list[Path]) -> dict[str, object]:
    before, most, done = _resident(server.pid), 0.0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.1):
            most = max(most, _resident(server.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    senders = [threading.Thread(target=_send, args=(server, path)) for path in files]
    took = _timed(lambda: [_joined(senders)])
    done.set()
    watcher.join()
    return {"before": before, "most": most, "growth": most - before, "seconds": took}


def _photo(server: Server, runs: int) -> dict[str, object]:
    waits = [_until_served(server, _send_bytes(server, _photo_of_a_phone()), "320") for _ in range(runs)]
    return {"photo of 12 megapixels, thumbnail": statistics.median(waits)}


def _photo_of_a_phone() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((4032, 3024), 60).convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def _video(server: Server, folder: Path) -> dict[str, object]:
    path, alone = folder / "minute.mp4", folder / "alone.mp4"
    _film(path)
    own = _timed(lambda: subprocess.run(_by_hand(path, alone), check=True))
    idle = _reads(server)
    media_id = _send(server, path)
    began = time.monotonic()
    poster = _until_served(server, media_id, "320")
    busy = _reads(server)
    _until_served(server, media_id, "video")
    took = time.monotonic() - began
    return {
        "poster": poster, "playable": took, "ffmpeg alone": own, "multiple": took / own,
        "a page read, p95 idle, ms": idle, "while preparing": busy,
    }  # fmt: skip


def _by_hand(path: Path, target: Path) -> list[str]:
    """What somebody would type who wants the same from ffmpeg."""
    asked = ["-i", str(path), "-vf", "scale=1280:720", "-c:v", "libx264", "-preset", "veryfast", "-crf", "23"]
    sound = ["-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", "-threads", "2", "-y", str(target)]
    return [video.program(), "-loglevel", "error", "-nostdin", *asked, *sound]


def _film(path: Path) -> None:
    picture = ["-f", "lavfi", "-i", "testsrc2=size=1920x1080:rate=30:duration=60,noise=alls=12:allf=t"]
    tone = ["-f", "lavfi", "-i", "sine=frequency=300:duration=60"]
    made = ["-c:v", "libx264", "-preset", "ultrafast", "-b:v", "12M", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    subprocess.run([video.program(), "-loglevel", "error", "-y", *picture, *tone, *made, str(path)], check=True)


def _reads(server: Server) -> float:
    """The 95th percentile of a page's read, in milliseconds."""
    waits = [_timed(lambda: _ask(server, "GET", "/api/view/journal?site=rose")) for _ in range(READS)]
    return 1000 * statistics.quantiles(waits, n=20)[-1]


def _until_served(server: Server, media_id: str, variant: str) -> float:
    began = time.monotonic()
    while _ask(server, "GET", f"/media/{media_id}/{variant}", {"Range": "bytes=0-1"})[0] not in (200, 206):
        if time.monotonic() > began + 600:
            raise RuntimeError(f"{variant} of {media_id} never came")
        time.sleep(0.05)
    return time.monotonic() - began


def _send(server: Server, path: Path) -> str:
    media_id = new_id()
    _create(server, media_id, path.stat().st_size)
    connection = _connected(server)
    with path.open("rb") as file:
        at = 0
        while piece := file.read(PIECE):
            _patch(server, connection, media_id, at, piece)
            at += len(piece)
    return media_id


def _send_bytes(server: Server, content: bytes) -> str:
    media_id = new_id()
    _create(server, media_id, len(content))
    _patch(server, _connected(server), media_id, 0, content)
    return media_id


def _create(server: Server, media_id: str, length: int) -> None:
    told = {"filename": "file", "media": media_id, "site": "rose"}
    metadata = ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in told.items())
    status, said = _ask(server, "POST", "/api/uploads", {"Upload-Length": str(length), "Upload-Metadata": metadata})
    if status != 201:
        raise RuntimeError(f"{status}: {said!r}")


def _patch(server: Server, connection: http.client.HTTPConnection, media_id: str, at: int, piece: bytes) -> None:
    asked = {**_headers(server), "Upload-Offset": str(at), "Content-Type": "application/offset+octet-stream"}
    connection.request("PATCH", f"/api/uploads/{media_id}", piece, asked)
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != 204:
        raise RuntimeError(f"{answer.status}: {said!r}")


def _ask(server: Server, method: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    connection = _connected(server)
    connection.request(method, path, headers={**_headers(server), **(headers or {})})
    answer = connection.getresponse()
    return answer.status, answer.read()


def _headers(server: Server) -> dict[str, str]:
    signed_in = f"careapp={TOKEN.format('tom')}"
    return {"Cookie": signed_in, "Tus-Resumable": "1.0.0", "Origin": f"http://localhost:{server.port}"}


def _connected(server: Server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("localhost", server.port, timeout=120)


@contextmanager
def _plain(target: Path) -> Iterator[int]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", PLAIN, str(port), str(target)])
    try:
        time.sleep(1)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def _put(port: int, path: Path) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    with path.open("rb") as file:
        connection.request("PUT", "/", file, {"Content-Length": str(path.stat().st_size)})
    connection.getresponse().read()


def _noise(path: Path, size: int, seed: int) -> Path:
    """A file that begins as a video does; each is another, so that none is recognised as sent before."""
    block = hashlib.shake_256(str(seed).encode()).digest(MEGABYTE)
    with path.open("wb") as file:
        file.write(b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + block[20:])
        for _ in range(size // MEGABYTE - 1):
            file.write(block)
    return path


def _resident(pid: int) -> float:
    """What a process and those it started keep in memory, in MB, without the programs that prepare videos."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    own = Path(f"/proc/{pid}/statm").read_text().split()[1]
    rest = [int(child) for child in children if "ffmpeg" not in _command(child) and "confined" not in _command(child)]
    return int(own) * os.sysconf("SC_PAGE_SIZE") / MEGABYTE + sum(_resident(child) for child in rest)


def _command(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def _joined(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _timed(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began
