"""What reaches the log: enough to find a fault, nothing that a person typed or that opens a door.

Records are cleaned where they are made, so it makes no difference which library logs or which handler writes.
"""

import logging
import re
import sys
import traceback
from typing import Any

from careapp.ids import new_id

HIDDEN = "…"
LONGEST_LINE = 400

_HIDDEN_NAMES = (
    r"(?:[\w-]*(?:password|secret|token|cookie|authorization|api[_-]?key|private[_-]?key|passcode|session_?id)[\w-]*"
    r"|(?<!status )(?<!exit )(?<!error )code|email|body|text|words|payload|command|answer|op_id)"
)
_RULES = [
    (re.compile(r"(?im)^(\s*(?:set-)?cookie|authorization|x-csrf\S*)\s*:.*$"), rf"\1: {HIDDEN}"),
    (re.compile(rf"""(?i)(["']?\b{_HIDDEN_NAMES}["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&)}}\]]+)"""), rf"\1{HIDDEN}"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), rf"\1 {HIDDEN}"),
    (re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"), HIDDEN),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), HIDDEN),
    (re.compile(r"(?<![\w/.-])[A-Za-z0-9_-]{40,}(?![\w/-])"), HIDDEN),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[0-9a-f]{32}\b"), HIDDEN),  # links of all kinds
]
_VALUES = [
    (re.compile(r"(?s)\[parameters: .*?\](?=\s*(?:\n|$|\())"), f"[parameters: {HIDDEN}]"),
    (re.compile(r"(?m)^DETAIL:.*$"), f"DETAIL: {HIDDEN}"),
    (re.compile(r"""(?s)"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"""), f"'{HIDDEN}'"),
]
_FRAME = re.compile(r'^\s*File "[^"]+", line \d+')
_record = logging.getLogRecordFactory()


def configure(level: int = logging.INFO) -> None:
    """Clean every record of this process from here on, and write them to the error stream."""
    logging.setLogRecordFactory(_clean_record)
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("httpx", "httpcore", "asyncio", "engineio", "socketio", "PIL", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def incident(log: logging.Logger, what: str) -> str:
    """Log the exception being handled, once, under a new id that the person is shown."""
    number = new_id()[-12:]
    log.exception("incident %s: %s", number, what)
    return number


def clean(text: str) -> str:
    """The text without secrets; where it holds a traceback, also without the values in its messages."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return _clean_traceback(text) if "Traceback (most recent call last)" in text else text


def _clean_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = _record(*args, **kwargs)
    try:
        record.msg, record.args = clean(record.getMessage()), None
    except Exception:
        record.msg, record.args = "a message that could not be put together", None
    if record.exc_info and record.exc_info[0]:
        record.exc_text = clean("".join(traceback.format_exception(*record.exc_info))).rstrip()
        record.exc_info = None
    return record


def _clean_traceback(text: str) -> str:
    """Messages of exceptions quote what was submitted: keep the frames, take out whatever is quoted elsewhere."""
    for pattern, instead in _VALUES[:2]:
        text = pattern.sub(instead, text)
    return "\n".join(_clean_line(line) for line in text.split("\n"))


def _clean_line(line: str) -> str:
    if _FRAME.match(line):
        return line
    return _VALUES[2][0].sub(_VALUES[2][1], line)[:LONGEST_LINE]
