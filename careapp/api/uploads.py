"""Photos and videos on their way in: tus 1.0 (https://tus.io/protocols/resumable-upload), with creation, termination,
expiration.

Own routes, because an upload here is a row bound to a member, is checked before its first byte is stored, and counts
as arrived what the file really holds.
"""

import asyncio
import binascii
from base64 import b64decode
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime
from email.utils import format_datetime

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from careapp.access import Actor, Credentials, enter
from careapp.api.problems import answering
from careapp.cookies import credentials_of
from careapp.db import reading, unit_of_work
from careapp.errors import CareError, Conflict, Invalid, NotFound, TooLarge
from careapp.media import arrival
from careapp.media.operations import BeginUpload, begin_upload, is_to_be_kept_open, keep_open, require_uploader
from careapp.media.queries import Limits, limits_of, upload_of
from careapp.models import Upload
from careapp.perform import parse
from careapp.settings import settings
from careapp.threads import in_thread

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
CONTENT_TYPE = "application/offset+octet-stream"
PLACE = "/api/uploads"
PIECE = 1024 * 1024
PATIENCE = 30.0

Endpoint = Callable[[Request], Awaitable[Response]]


class OtherVersion(CareError):
    status, code = 412, "other_version"
    default_words = "This upload speaks another version of the protocol."


class OtherContent(CareError):
    status, code = 415, "other_content"
    default_words = "An upload is sent in pieces of bytes."


def tus(endpoint: Endpoint) -> Endpoint:
    """The endpoint with what every answer of the protocol carries. An answer to HEAD has no body."""

    async def answer(request: Request) -> Response:
        response = await answering(endpoint)(request)
        response.headers.update({"Tus-Resumable": VERSION, "Cache-Control": "no-store"})
        if response.status_code == OtherVersion.status:
            response.headers["Tus-Version"] = VERSION
        if request.method == "HEAD":
            del response.headers["content-length"]
            response.body = b""
        return response

    return answer


async def _options(request: Request) -> Response:
    about = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(settings().max_video_bytes)}
    return Response(status_code=204, headers=about)


async def _limits(request: Request) -> Response:
    """What a member may send to a site, and how much room is left there."""
    told = await in_thread("read", _allowed, _credentials(request), request.query_params.get("site", ""))
    return JSONResponse(asdict(told))


def _allowed(credentials: Credentials, site: str) -> Limits:
    with reading() as session:
        actor = enter(session, credentials, site)
        require_uploader(actor)
        return limits_of(session, actor.site_id)


async def _create(request: Request) -> Response:
    _require_version(request)
    told = _metadata(request.headers.get("upload-metadata", ""))
    asked = {
        "media_id": told.get("media", ""),
        "length": _figure(request, "upload-length"),
        "file_name": told.get("filename", "")[:255],
    }
    upload = await in_thread("write", _begin, _credentials(request), told.get("site", ""), asked)
    offset = await in_thread("disk", arrival.offset_of, upload)
    headers = {"Location": f"{PLACE}/{upload.id}", "Upload-Offset": str(offset)}
    return Response(status_code=201, headers={**headers, **_expiry(upload.expires_at)})


def _begin(credentials: Credentials, site: str, asked: dict[str, object]) -> Upload:
    with unit_of_work() as session:
        actor = enter(session, credentials, site)
        require_uploader(actor)
        command = parse(BeginUpload, asked)
        arrival.require_disk(command.length)
        return begin_upload(session, actor, command)


async def _ask(request: Request) -> Response:
    _require_version(request)
    upload = await in_thread("read", _mine, request)
    offset = await in_thread("disk", arrival.offset_of, upload)
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(upload.length)}
    return Response(status_code=200, headers={**headers, **_expiry(upload.expires_at)})


async def _append(request: Request) -> Response:
    _require_version(request)
    if request.headers.get("content-type") != CONTENT_TYPE:
        raise OtherContent
    offset = _figure(request, "upload-offset")
    upload = await in_thread("read", _mine, request)
    if upload.finished_at and offset == upload.length:
        return _appended(upload, upload.length)
    await in_thread("disk", arrival.require_disk)
    if is_to_be_kept_open(upload):
        await in_thread("write", _keep_open, upload)
    with arrival.arriving(upload.id) as file:
        await in_thread("read", _require_offset, upload, file, offset)
        await _receive(request, file, upload.length)
        received = file.size
        await in_thread("disk", arrival.finish_if_whole, upload, file)
    return _appended(upload, received)


def _keep_open(upload: Upload) -> None:
    with unit_of_work() as session:
        keep_open(session, upload.id)


def _require_offset(upload: Upload, file: arrival.Arriving, offset: int) -> None:
    if not arrival.is_open(upload, file):
        raise Conflict("This file is no longer being sent.")
    if file.size != offset:
        raise Conflict("This piece does not follow the one before.")


async def _receive(request: Request, file: arrival.Arriving, length: int) -> None:
    """Append what comes. What came before a cut is kept; nothing beyond the announced length ever is. A phone that
    falls silent is taken for gone, so that its next attempt is not held off. More arrives while a piece is written: of
    a slow line each part is stored at once, of a fast one many together."""
    room = length - file.size
    if int(request.headers.get("content-length") or 0) > room:
        raise TooLarge("More was sent than was announced.")
    piece: list[bytes] = []
    size = 0
    writing: asyncio.Future[None] | None = None
    try:
        async with asyncio.timeout(PATIENCE) as silence:
            async for part in request.stream():
                room -= len(part)
                if room < 0:
                    raise TooLarge("More was sent than was announced.")
                piece.append(part)
                size += len(part)
                if not writing or writing.done() or size >= PIECE:
                    silence.reschedule(None)
                    if writing:
                        await writing
                    writing, piece, size = asyncio.ensure_future(in_thread("disk", file.append, piece)), [], 0
                silence.reschedule(asyncio.get_running_loop().time() + PATIENCE)
    except TimeoutError:
        raise ClientDisconnect from None
    finally:
        if writing:
            await writing
        file.append(piece)


def _appended(upload: Upload, offset: int) -> Response:
    return Response(status_code=204, headers={"Upload-Offset": str(offset), **_expiry(upload.expires_at)})


async def _discard(request: Request) -> Response:
    _require_version(request)
    upload = await in_thread("read", _mine, request)
    if upload.finished_at:
        raise Conflict("This file has arrived already.")
    await in_thread("disk", _give_up, upload)
    return Response(status_code=204)


def _give_up(upload: Upload) -> None:
    with arrival.arriving(upload.id) as file:
        arrival.give_up(upload, file)


def _mine(request: Request) -> Upload:
    """The upload in the address, if it is the member's own and they may still send. Raises NotFound otherwise."""
    with reading() as session:
        upload = upload_of(session, request.path_params["upload_id"])
        actor: Actor = enter(session, _credentials(request), upload.site_id if upload else "")
        if upload is None or upload.member_id != actor.member_id:
            raise NotFound
        require_uploader(actor)
        return upload


def _credentials(request: Request) -> Credentials:
    return credentials_of(request.headers.get("cookie", ""))


def _require_version(request: Request) -> None:
    if request.headers.get("tus-resumable") != VERSION:
        raise OtherVersion


def _figure(request: Request, name: str) -> int:
    value = request.headers.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 19):
        raise Invalid("This request cannot be read.")
    return int(value)


def _metadata(header: str) -> dict[str, str]:
    """Upload-Metadata: pairs of a key and a value in base64, between commas."""
    told = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            told[key] = b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise Invalid("This request cannot be read.") from None
    return told


def _expiry(expires_at: datetime) -> dict[str, str]:
    return {"Upload-Expires": format_datetime(expires_at, usegmt=True)}


routes = [
    Route(PLACE, tus(_options), methods=["OPTIONS"]),
    Route(PLACE, answering(_limits), methods=["GET"]),
    Route(PLACE, tus(_create), methods=["POST"]),
    Route(PLACE + "/{upload_id}", tus(_options), methods=["OPTIONS"]),
    Route(PLACE + "/{upload_id}", tus(_ask), methods=["HEAD"]),
    Route(PLACE + "/{upload_id}", tus(_append), methods=["PATCH"]),
    Route(PLACE + "/{upload_id}", tus(_discard), methods=["DELETE"]),
]
