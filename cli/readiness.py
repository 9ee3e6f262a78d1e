"""How the supervisor sees that a child is ready; each answers yes or no at once."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

_ANSWER_SECONDS = 2.0


async def file_exists(path: Path) -> bool:
    """Say whether the file is there, with something in it."""
    return path.is_file() and path.stat().st_size > 0  # noqa: ASYNC240 - one stat on a local disk


async def answers_ok(url: str, *, host: str | None = None) -> bool:
    """Say whether a GET of this plain http address answers 200; `host` is the name to ask for, when not its own.

    Written on the socket, because a supervisor that lives for days should not carry an HTTP library for one line.
    """
    parts = urlsplit(url)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {host or parts.netloc}\r\nConnection: close\r\n\r\n"
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            status = await _first_line(*await asyncio.open_connection(parts.hostname, parts.port), request.encode())
    except OSError:  # TimeoutError is one, too
        return False
    return status.startswith(b"HTTP/1.1 200")


async def answers_ping(socket: Path) -> bool:
    """Say whether a Redis or Valkey answers PONG on this unix socket (not while it still reads its file)."""
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            answer = await _first_line(*await asyncio.open_unix_connection(socket), b"PING\r\n")
    except OSError:
        return False
    return answer.startswith(b"+PONG")


def origin_on_this_machine(host: str, port: int) -> str:
    """Write the address at which a server that listens there is reached from this machine."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared with, not bound
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


async def _first_line(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
    try:
        writer.write(request)
        return await reader.readline()
    finally:
        writer.close()
