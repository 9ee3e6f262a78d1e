"""What names lead to: resolved in threads of their own, and what a user's name leads to is checked before a connection.

A name server that never answers must not keep the platforms' names waiting.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from aiohttp.abc import ResolveResult

from net.addresses import Address

Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]
_LOOKUPS = ThreadPoolExecutor(max_workers=8, thread_name_prefix="lookup")


async def resolve_name(host: str, port: int) -> Sequence[Address]:
    """Give every address a host leads to.

    Raises:
        OSError, UnicodeError: it leads nowhere.
    """
    ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(_LOOKUPS, ask)
    return tuple(dict.fromkeys(ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


def as_results(host: str, port: int, addresses: Sequence[Address]) -> list[ResolveResult]:
    """Write addresses as aiohttp takes them from a resolver."""
    return [
        ResolveResult(
            hostname=host,
            host=str(address),
            port=port,
            family=socket.AF_INET if address.version == 4 else socket.AF_INET6,  # noqa: PLR2004 - IP versions
            proto=0,
            flags=socket.AI_NUMERICHOST,
        )
        for address in addresses
    ]
