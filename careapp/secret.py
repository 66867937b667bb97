"""The installation's own secrets, made once, and what is signed with them."""

import base64
import hashlib
import hmac
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from careapp.ids import is_id
from careapp.settings import settings

LONGEST_LINK_SECRET = 80


@cache
def secret_key() -> bytes:
    """256 bits that sign links and codes; kept in the data folder, readable by its owner alone."""
    path = secrets_folder() / "secret_key"
    if not path.exists():
        write_private(path, secrets.token_hex(32).encode())
    return path.read_bytes().strip()


@cache
def vapid_private_key() -> ec.EllipticCurvePrivateKey:
    """The key by which push services know this installation. Lost, every device must ask for push again."""
    path = secrets_folder() / "vapid_private_key.pem"
    if not path.exists():
        fresh = ec.generate_private_key(ec.SECP256R1())
        write_private(path, fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key = load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def vapid_public_key() -> str:
    """What a browser subscribes with: the uncompressed point, base64url without padding (RFC 8292)."""
    point = vapid_private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def signature(*parts: str) -> str:
    """A short proof, 128 bits in hexadecimal, that this installation made this statement."""
    message = "\x1f".join(parts).encode()
    return hmac.new(secret_key(), message, hashlib.sha256).hexdigest()[:32]


def link_secret(kind: str, row_id: str, nonce: str) -> str:
    """What the address of a link carries. It is derived, so that it can be shown again without being stored."""
    return f"{row_id}.{signature(kind, row_id, nonce)}"


def id_in(secret: str) -> str:
    """The id that the secret of a link begins with; empty where it can be none of ours."""
    row_id = secret[:LONGEST_LINK_SECRET].partition(".")[0]
    return row_id if secret.isascii() and is_id(row_id) else ""


def secrets_folder() -> Path:
    folder = settings().data / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    settings().data.chmod(0o700)
    return folder


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole, mode 0600; the first of two writers at once wins."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(content)
    part.chmod(0o600)
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
