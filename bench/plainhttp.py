"""A client that costs next to nothing, so that what is measured is the server: one kept connection, JSON both ways."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urlsplit

import orjson

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class PlainClient:
    """One connection to one address; an async context manager. Not for use by two at once."""

    def __init__(self, url: str, headers: Mapping[str, str]) -> None:
        parts = urlsplit(url)
        self._place = (parts.hostname or "", parts.port or 80)
        lines = [f"POST {parts.path} HTTP/1.1", f"host: {parts.netloc}", "content-type: application/json"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._head = "\r\n".join(lines).encode() + b"\r\ncontent-length: "

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(*self._place)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def post(self, body: Any) -> Any:
        """Send one request and give its answer."""
        data = orjson.dumps(body)
        self._writer.write(self._head + b"%d\r\n\r\n" % len(data) + data)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        assert length, head
        return orjson.loads(await self._reader.readexactly(int(length[1])))
