"""Small videos as phones and people make them, made by ffmpeg on the spot."""

import subprocess
from pathlib import Path

from careapp.adapters import video

PICTURE = ("-f", "lavfi", "-i", "testsrc2=size={size}:rate={rate}:duration={seconds}")
TONE = ("-f", "lavfi", "-i", "sine=frequency=440:duration={seconds}")


def film(
    folder: Path, *ask: str, seconds: float = 2, size: str = "640x360", rate: int = 25, name: str = "film.mp4",
    has_sound: bool = True,
) -> bytes:  # fmt: skip
    """A test picture with a tone, made as `ask` says; H.264 and AAC in MP4 unless it says otherwise."""
    path = folder / name
    told = {"size": size, "rate": rate, "seconds": seconds}
    inputs = [part.format(**told) for part in (*PICTURE, *(TONE if has_sound else ()))]
    ffmpeg(*inputs, *(ask or ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")), str(path))
    return path.read_bytes()


def ffmpeg(*ask: str) -> str:
    """Run it; what it says."""
    done = subprocess.run(
        [video.program(), "-hide_banner", "-nostdin", "-y", *ask], check=True, capture_output=True, text=True
    )
    return done.stderr


def described(path: Path) -> str:
    """What ffmpeg says of a file: its streams, and everything it carries besides."""
    asked = [video.program(), "-hide_banner", "-nostdin", "-i", str(path)]
    return subprocess.run(asked, check=False, capture_output=True, text=True).stderr
