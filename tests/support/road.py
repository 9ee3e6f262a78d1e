"""The road from a worker to the sandbox, on which a test strikes at one call, at a moment that no clock decides."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import Enum

import httpx
from aiohttp import web

from tests.support.loopback import loopback
from tests.support.webserver import serving

_OF_A_CONNECTION = {"connection", "content-encoding", "content-length", "date", "host", "server", "transfer-encoding"}


class Moment(Enum):
    """When a test strikes."""

    LOST = "the call has left, and never arrives"
    UNDER_WAY = "the call has left, and arrives afterwards"
    ANSWERED = "the platform has done what was asked, and its answer is on the way"


@dataclass(frozen=True)
class Ambush:
    """Where and when to strike: at the POST whose path ends with `call`."""

    call: str
    moment: Moment
    strike: Callable[[], None]

    def lies_at(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path.endswith(self.call)


@contextlib.asynccontextmanager
async def road_to(sandbox_url: str, ambush: Ambush) -> AsyncIterator[str]:
    """Pass everything on to the sandbox, but for the ambush; gives the address of the road."""
    async with loopback(base_url=sandbox_url) as sandbox:

        async def pass_on(request: web.Request) -> web.Response:
            body = await request.read()
            struck = ambush.lies_at(request)
            if struck and ambush.moment is not Moment.ANSWERED:
                ambush.strike()
            if struck and ambush.moment is Moment.LOST:
                return web.Response(status=502)  # nobody is left to read it
            answer = await asyncio.shield(_forward(sandbox, request, body))
            if struck and ambush.moment is Moment.ANSWERED:
                ambush.strike()
            return answer

        async with serving(pass_on) as url:
            yield url


async def _forward(sandbox: httpx.AsyncClient, request: web.Request, body: bytes) -> web.Response:
    headers = {name: value for name, value in request.headers.items() if name.lower() not in _OF_A_CONNECTION}
    answer = await sandbox.request(request.method, request.path_qs, headers=headers, content=body)
    kept = {name: value for name, value in answer.headers.items() if name.lower() not in _OF_A_CONNECTION}
    return web.Response(status=answer.status_code, headers=kept, body=answer.content)
