"""A slow mobile network: a TCP relay that every connection of a page is led through, websockets and workers included.

The browser's own throttling leaves those out. A new connection costs a round trip, every byte half of one more, and
all connections share one link each way. When it is cut, connections are reset and refused, as without a network.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

ROUND_TRIP = 0.150
DOWN, UP = 1638.4, 750.0
PIECE = 4096


@dataclass
class Link:
    """One direction, in kbit/s; 0 is without limit."""

    speed: float = 0
    _free_at: float = 0

    def leaves_at(self, size: int) -> float:
        """When so many more bytes will have left."""
        now = time.monotonic()
        if not self.speed:
            return now
        self._free_at = max(now, self._free_at) + size * 8 / (self.speed * 1000)
        return self._free_at


@dataclass
class Network:
    """`received` counts the bytes that reached the browser."""

    to_port: int
    port: int = 0
    received: int = 0
    is_cut: bool = False
    round_trip: float = 0
    down: Link = field(default_factory=Link)
    up: Link = field(default_factory=Link)
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    def slow(self) -> None:
        self.round_trip, self.down.speed, self.up.speed = ROUND_TRIP, DOWN, UP
        self._hang_up()
        self.received = 0

    def fast(self) -> None:
        self.round_trip = self.down.speed = self.up.speed = 0

    def cut(self) -> None:
        self.is_cut = True
        self._hang_up()

    def _hang_up(self) -> None:
        """A visit must open its own connections, not find warm ones."""
        for writer in list(self._open):
            writer.transport.abort()

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.is_cut:
            writer.transport.abort()
            return
        await asyncio.sleep(self.round_trip)
        with suppress(OSError):
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.to_port)
            self._open |= {writer, to_server}
            await asyncio.gather(self._carry(reader, to_server, self.up), self._carry(from_server, writer, self.down))
            self._open -= {writer, to_server}
        writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, link: Link) -> None:
        pieces: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=64)
        sending = asyncio.create_task(self._deliver(pieces, writer))
        with suppress(OSError):
            while piece := await reader.read(PIECE):
                self.received += len(piece) if link is self.down else 0
                await pieces.put((link.leaves_at(len(piece)) + self.round_trip / 2, piece))
        await pieces.put((0, b""))
        await sending

    async def _deliver(self, pieces: "asyncio.Queue[tuple[float, bytes]]", writer: asyncio.StreamWriter) -> None:
        while (arriving := await pieces.get())[1]:
            await asyncio.sleep(max(0, arriving[0] - time.monotonic()))
            if not writer.is_closing():
                writer.write(arriving[1])
            with suppress(OSError):
                await writer.drain()
        writer.close()


@asynccontextmanager
async def network_to(port: int) -> AsyncIterator[Network]:
    """A relay to a port of this machine; fast until told to be slow."""
    network = Network(port)
    server = await asyncio.start_server(network.relay, "127.0.0.1", 0)
    network.port = server.sockets[0].getsockname()[1]
    try:
        yield network
    finally:
        network.cut()
        server.close()
