"""POST /share-target: what another app hands over where no service worker has taken it, as on a phone that lost it.

It becomes a draft on the server, of whoever is signed in, which the composer then opens. From anybody else nothing is
kept, and they are told so.
"""

import asyncio
import uuid
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive

from careapp.access import Credentials, Right, Section, enter
from careapp.api.origin import is_own_request
from careapp.clock import now
from careapp.cookies import credentials_of
from careapp.db import reading, unit_of_work
from careapp.errors import CareError, Invalid, NotAllowed, NotSignedIn, TooLarge
from careapp.media import arrival
from careapp.media.arrival import NoRoom
from careapp.media.operations import BeginUpload, begin_upload
from careapp.operation import QUERIES
from careapp.perform import Asked, do, read
from careapp.settings import MEGABYTE
from careapp.threads import in_thread
from careapp.ui.places import address

PATH = "/share-target"
MOST_BYTES = 64 * MEGABYTE
MOST_FILES = 20
MOST_TEXT = 100_000  # as an update may have
SHOWN_OF_REST = 60
TWICE_WITHIN_SECONDS = 120
# The names of their words in careapp/pwa/share_in.py.
PROBLEMS: Mapping[type[Exception], str] = {
    NotSignedIn: "signed_out",
    TooLarge: "large",
    NotAllowed: "role",
    NoRoom: "full",
}
# Each lies whole in memory while it is kept.
_one_at_a_time = asyncio.Semaphore(1)
NO_STORE = {"Cache-Control": "private, no-store"}


@dataclass(frozen=True)
class Shared:
    """`rest` is what the text had beyond what an update may have."""

    text: str
    files: tuple[tuple[str, bytes], ...]
    rest: str = ""

    def id_of(self, *parts: str) -> str:
        """The same for the same content within two minutes, so that two taps make one draft."""
        told = (str(int(now().timestamp()) // TWICE_WITHIN_SECONDS), *parts, self._print)
        return str(uuid.UUID(bytes=sha256("\x1f".join(told).encode()).digest()[:16], version=5))

    @cached_property
    def _print(self) -> str:
        digest = sha256(self.text.encode())
        for name, content in self.files:
            digest.update(f"\x1f{name}\x1f{len(content)}\x1f".encode())
            digest.update(content)
        return digest.hexdigest()


async def _take(request: Request) -> Response:
    if not _is_by_its_person(request):
        return _words("foreign")
    credentials = credentials_of(request.headers.get("cookie", ""))
    try:
        home = await in_thread("read", read, QUERIES["sites.home"], credentials, "", {})
        async with _form(request) as form, _one_at_a_time:
            shared = await _read(form)
            if not shared.text and not shared.files:
                return _words("nothing")
            update, left = await in_thread("disk", _kept, credentials, home.site, shared) if home.site else ("", [])
    except (CareError, HTTPException) as refusal:
        return _words(PROBLEMS.get(type(refusal), "broken"))
    if not update:
        return _words("kind")
    named = {"left": ", ".join(left)} if left else {}
    return RedirectResponse(address("/write", home.site, {"update": update, **named}), 303, NO_STORE)


def _is_by_its_person(request: Request) -> bool:
    """A phone's share menu names no origin, and says that nobody's page sent it; a page of ours may share as well."""
    return request.headers.get("sec-fetch-site") == "none" or is_own_request(request.method, request.headers)


def _words(problem: str) -> Response:
    return RedirectResponse(f"/received?problem={problem}", 303, NO_STORE)


def _form(request: Request) -> AbstractAsyncContextManager[FormData]:
    """What was sent, as it lies on the disk."""
    capped = Request(request.scope, _capped(request))
    return capped.form(max_files=MOST_FILES, max_fields=8, max_part_size=4 * MOST_TEXT)


async def _read(form: FormData) -> Shared:
    files = [part for part in form.getlist("files") if isinstance(part, UploadFile) and part.filename]
    text = _text(form)
    shared = tuple([(str(file.filename)[:200], await file.read()) for file in files])
    return Shared(text[:MOST_TEXT], shared, text[MOST_TEXT:])


def _capped(request: Request) -> Receive:
    """The body, refused as soon as it is too much to be held in memory later."""
    arrived = 0

    async def receive() -> Message:
        nonlocal arrived
        message = await request.receive()
        arrived += len(message.get("body", b""))
        if arrived > MOST_BYTES:
            raise TooLarge
        return message

    return receive


def _text(form: FormData) -> str:
    """Title, text and address, each said once."""
    said = dict.fromkeys(str(form.get(name) or "").strip() for name in ("title", "text", "url"))
    parts = [part for part in said if part and not any(part in other for other in said if other != part)]
    return "\n".join(parts)


def _kept(credentials: Credentials, site: str, shared: Shared) -> tuple[str, list[str]]:
    """The id of the draft that was made of it, empty when none of it can be shown; and what is not in it."""
    with reading() as session:
        enter(session, credentials, site).require(Section.JOURNAL, Right.WRITE)
    arrival.require_disk(sum(len(content) for _, content in shared.files))
    media_ids = [_kept_file(credentials, site, shared, n) for n in range(len(shared.files))]
    photos = [media_id for media_id in media_ids if media_id]
    left = [name[:100] for (name, _), media_id in zip(shared.files, media_ids, strict=True) if not media_id]
    if shared.rest:
        left.insert(0, f"… {shared.rest[:SHOWN_OF_REST]}")
    if not photos and not shared.text:
        return "", left
    named = [{"media_id": media_id, "alt": ""} for media_id in photos]
    command = {"id": shared.id_of("update", site, credentials.session), "text": shared.text, "photos": named}
    op_id = shared.id_of("op", site, credentials.session)
    return str(do(Asked("journal.post_update", {**command, "is_draft": True}, op_id, site), credentials)["id"]), left


def _kept_file(credentials: Credentials, site: str, shared: Shared, n: int) -> str:
    """The id of the photo or video it becomes; empty for anything else."""
    name, content = shared.files[n]
    media_id = shared.id_of(f"file {n}", site, credentials.session)
    try:
        with unit_of_work() as session:
            asked = BeginUpload(media_id=media_id, length=len(content), file_name=name)
            upload = begin_upload(session, enter(session, credentials, site), asked)
        if not upload.finished_at:
            with arrival.arriving(media_id) as file:
                file.append([content[file.size :]])
                arrival.finish_if_whole(upload, file)
    except (Invalid, TooLarge):
        return ""
    return media_id


routes = [Route(PATH, _take, methods=["POST"])]
