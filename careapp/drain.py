"""A gentle end: what never ends by itself, streams of events and websockets, is ended when the worker is to stop.

Requests at hand are left to finish. Browsers connect again on their own, to the worker that comes next.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

STOPPING = signal.SIGUSR1
GOING_AWAY = 1001


class Drained:
    """The app, listening for the supervisor's STOPPING signal."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._stopping = asyncio.Event()
        self._streams: set[asyncio.Task[Any]] = set()
        signal.signal(STOPPING, lambda *_: self.stop())

    def stop(self) -> None:
        self._stopping.set()
        for stream in tuple(self._streams):
            stream.cancel()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._app(scope, self._until_stopping(receive, send), send)
        elif scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _http(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        task = asyncio.current_task()
        assert task

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_stream(message):
                self._streams.add(task)
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except asyncio.CancelledError:
            if not self._stopping.is_set():
                raise
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._streams.discard(task)

    def _until_stopping(self, receive: Receive, send: Send) -> Receive:
        async def next_message() -> Message:
            message = asyncio.ensure_future(receive())
            stopping = asyncio.ensure_future(self._stopping.wait())
            await asyncio.wait((message, stopping), return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if message.done():
                return message.result()
            message.cancel()
            await send({"type": "websocket.close", "code": GOING_AWAY})
            return {"type": "websocket.disconnect", "code": GOING_AWAY}

        return next_message


def _is_stream(message: Message) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(b"text/event-stream") for name, value in message["headers"]
    )
