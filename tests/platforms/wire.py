"""A wire between a client and the sandbox: it lets everything through, writes it down, and can answer in between."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
from aiohttp import web

from tests.support.loopback import loopback
from tests.support.webserver import serving

PASSED_ON = ("content-type", "location", "x-business-use-case-usage")


@dataclass(frozen=True)
class Seen:
    """One request as it came over the wire."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str

    @property
    def version(self) -> str:
        return self.path.split("/")[2]

    @property
    def asked(self) -> str:
        """The method and the path behind the version."""
        return f"{self.method} /{'/'.join(self.path.split('/')[3:])}"

    @property
    def token(self) -> str | None:
        kind, _, token = self.headers.get("authorization", "").partition(" ")
        return token if kind == "Bearer" else None

    @property
    def fields(self) -> dict[str, str]:
        """What was asked with, wherever it stood."""
        parts = parse_qs(self.query) | parse_qs(self.body)
        return {name: values[0] for name, values in parts.items()}


@dataclass
class Wire:
    """What came over the wire so far, and what is answered in the platform's place."""

    url: str = ""
    seen: list[Seen] = field(default_factory=list)
    _answers: list[tuple[str, int, bytes]] = field(default_factory=list)

    def answer(self, asked: str, body: Any, status: int = 200) -> None:
        """Answer requests such as `GET /me/*` from now on; the platform does not see them."""
        self._answers.insert(0, (asked, status, body if isinstance(body, bytes) else orjson.dumps(body)))

    def asked(self, pattern: str = "*") -> list[Seen]:
        return [one for one in self.seen if fnmatchcase(one.asked, pattern)]

    def own_answer(self, one: Seen) -> web.Response | None:
        for pattern, status, body in self._answers:
            if fnmatchcase(one.asked, pattern):
                return web.Response(status=status, body=body, content_type="application/json")
        return None


@contextlib.asynccontextmanager
async def wire_to(sandbox_url: str) -> AsyncIterator[Wire]:
    wire = Wire()
    async with loopback(base_url=sandbox_url, timeout=30) as http:

        async def carry(request: web.Request) -> web.StreamResponse:
            body = await request.read()
            parts = urlsplit(request.raw_path)
            headers = {name.lower(): value for name, value in request.headers.items()}
            one = Seen(request.method, parts.path, parts.query, headers, body.decode(errors="replace"))
            wire.seen.append(one)
            if (own := wire.own_answer(one)) is not None:
                return own
            answer = await http.request(one.method, request.raw_path, content=body, headers=headers)
            kept = {
                name: value
                for name, value in answer.headers.items()
                if name.startswith(("content-type", "location", "x-"))
            }
            return web.Response(status=answer.status_code, body=answer.content, headers=kept)

        async with serving(carry) as wire.url:
            yield wire
