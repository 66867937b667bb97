"""Names resolved to addresses of the open internet alone, at every new connection: whoever names a host may point it
wherever they like, and change that between two looks."""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp.resolver import ThreadedResolver

from careapp.adapters.push_hosts import is_public


class PublicResolver(ThreadedResolver):
    """`is_ours` names the hosts that the operator vouches for, wherever they are. The connection goes to the very
    addresses that were looked at."""

    def __init__(self, seconds: float, is_ours: Callable[[str], bool]) -> None:
        super().__init__()
        self._seconds, self._is_ours = seconds, is_ours

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[Any]:
        found = await asyncio.wait_for(super().resolve(host, port, family), self._seconds)
        if self._is_ours(host):
            return found
        public = [each for each in found if is_public(each["host"])]
        if not public:
            raise OSError("resolves to no public address")
        return public
