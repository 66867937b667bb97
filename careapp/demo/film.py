"""The demo family's one film: the keys of the piano, and a left hand that has come back to them."""

import subprocess
import tempfile
from pathlib import Path

from careapp.adapters.video import program
from careapp.demo.photos import photo

SECONDS = 5
LOOK = "scale=720:-2,crop=480:270:x=24*t:y=150,fps=20"
# The first bars of a slow waltz: the pitch of each note in hertz, and the second in which it is played.
WALTZ = (
    (130.8, 0.0), (329.6, 0.5), (392.0, 0.5), (329.6, 1.0), (392.0, 1.0),
    (123.5, 1.5), (349.2, 2.0), (392.0, 2.0), (349.2, 2.5), (392.0, 2.5),
    (110.0, 3.0), (329.6, 3.5), (440.0, 3.5), (329.6, 4.0), (440.0, 4.0), (130.8, 4.5),
)  # fmt: skip


def film() -> bytes:
    """As a phone would send it. Empty where there is no ffmpeg, or it makes none."""
    with tempfile.TemporaryDirectory() as folder:
        still, made = Path(folder) / "piano.jpg", Path(folder) / "piano.mp4"
        still.write_bytes(photo("piano"))
        inputs = ["-loop", "1", "-i", str(still), "-f", "lavfi", "-i", f"aevalsrc={_sound()}"]
        coded = ["-vf", LOOK, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
        asked = ["-loglevel", "error", "-nostdin", *inputs, "-t", str(SECONDS), *coded, str(made)]
        try:
            subprocess.run([program(), *asked], check=True, timeout=60)  # noqa: S603
        except (OSError, RuntimeError, subprocess.SubprocessError):
            return b""
        return made.read_bytes()


def _sound() -> str:
    """Each note as a string that dies away, in the words of ffmpeg's expressions."""
    notes = (f"gte(t,{at})*exp(-2.5*(t-{at}))*sin({pitch}*2*PI*(t-{at}))" for pitch, at in WALTZ)
    return f"'0.15*({'+'.join(notes)})'"
