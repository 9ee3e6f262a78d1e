"""The road from this server to a PDS: it writes down every call, and what a test names meets with something."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson
from aiohttp import web

from tests.support.loopback import loopback
from tests.support.webserver import serving

CREATE = "com.atproto.repo.createRecord"
_OF_A_CONNECTION = {"connection", "content-encoding", "content-length", "date", "host", "server", "transfer-encoding"}


@dataclass(frozen=True)
class Meeting:
    """What a call meets with: whether it `lands`, what is done then, and the answer after some seconds; without
    one it is cut.
    """

    lands: bool
    status: int | None = None
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    strike: Callable[[], None] | None = None
    seconds: float = 0


@dataclass
class XrpcRoad:
    """What went over the road so far, and what the next calls meet with, by name; `signed` came with a token.

    A call that nothing waits for meets with what `by_chance` says.
    """

    url: str = ""
    seen: list[tuple[str, Any]] = field(default_factory=list)
    signed: set[str] = field(default_factory=set)
    away_until: float = 0
    by_chance: Callable[[str], Meeting | None] = lambda _: None
    _meetings: dict[str, list[Meeting]] = field(default_factory=dict)

    def meet(self, name: str, *meetings: Meeting) -> None:
        self._meetings.setdefault(name, []).extend(meetings)

    def go_away(self, *, seconds: float) -> None:
        """Answer everything with 503 for so long."""
        self.away_until = time.monotonic() + seconds

    def calls(self, name: str) -> list[Any]:
        """Give what was sent with the calls of a name."""
        return [body for called, body in self.seen if called == name]

    def next_meeting(self, name: str) -> Meeting | None:
        waiting = self._meetings.get(name)
        return waiting.pop(0) if waiting else self.by_chance(name)


@contextlib.asynccontextmanager
async def xrpc_road(pds_url: str) -> AsyncIterator[XrpcRoad]:
    road = XrpcRoad()
    async with loopback(base_url=pds_url, timeout=30) as pds:

        async def carry(request: web.Request) -> web.StreamResponse:
            body, name = await request.read(), request.path.rpartition("/")[2]
            road.seen.append(
                (name, orjson.loads(body) if request.content_type == "application/json" and body else body)
            )
            if "authorization" in request.headers:
                road.signed.add(name)
            if time.monotonic() < road.away_until:
                return web.Response(status=503)
            meeting = road.next_meeting(name)
            if meeting is None:
                return await asyncio.shield(_forward(pds, request, body))
            if meeting.lands:
                await asyncio.shield(_forward(pds, request, body))
            if meeting.strike is not None:
                meeting.strike()
            await asyncio.sleep(meeting.seconds)
            if meeting.status is None:
                assert request.transport
                request.transport.abort()
                return web.Response()
            answer = orjson.dumps(meeting.body) if not isinstance(meeting.body, bytes) else meeting.body
            headers = {"content-type": "application/json", **meeting.headers}
            return web.Response(status=meeting.status, body=answer, headers=headers)

        async with serving(carry) as road.url:
            yield road


async def _forward(pds: httpx.AsyncClient, request: web.Request, body: bytes) -> web.Response:
    headers = {name: value for name, value in request.headers.items() if name.lower() not in _OF_A_CONNECTION}
    answer = await pds.request(request.method, request.path_qs, headers=headers, content=body)
    kept = {name: value for name, value in answer.headers.items() if name.lower() not in _OF_A_CONNECTION}
    return web.Response(status=answer.status_code, headers=kept, body=answer.content)
