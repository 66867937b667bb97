"""The only source of identity."""

import secrets
import time
import uuid


def new_id() -> str:
    """A UUIDv7 (RFC 9562): ids made later sort later, so they double as keyset cursors."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def new_token() -> str:
    """256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def is_id(value: str) -> bool:
    """Whether a client-made id has the canonical form of a UUID."""
    try:
        return str(uuid.UUID(value)) == value
    except ValueError:
        return False
