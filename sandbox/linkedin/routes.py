"""The way of a request through the LinkedIn stand-in: find the endpoint, log, let faults act, authenticate, answer."""

import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answers import Json
from sandbox.calls import CallRecord
from sandbox.faults import Fault
from sandbox.identifiers import trace_id
from sandbox.linkedin import faults as _known  # noqa: F401 # pyright: ignore[reportUnusedImport] - they register themselves
from sandbox.linkedin import restli
from sandbox.linkedin.admin import LinkedInAdmin
from sandbox.linkedin.call import Call, LinkedInExchange, authenticate
from sandbox.linkedin.diary import account_of, finish, masked_text
from sandbox.linkedin.endpoints import Endpoint, find_endpoint
from sandbox.linkedin.errors import Refusal
from sandbox.linkedin.state import LinkedIn
from sandbox.rules import Rule
from sandbox.world import World

PREFIX = "/linkedin"
METHODS = ["GET", "POST", "PUT", "DELETE"]
PLACES = ("oauth", "v2", "rest", "dms-uploads")
"""What is below the prefix: LinkedIn has it on three hosts."""
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class LinkedInRoutes:
    """The HTTP side of one LinkedIn."""

    world: World
    linkedin: LinkedIn = field(init=False)

    def __post_init__(self) -> None:
        """Take up what is kept."""
        object.__setattr__(self, "linkedin", LinkedIn(self.world))

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        own = [Route(f"{PREFIX}/{place}/{{rest:path}}", self.answer, methods=METHODS) for place in PLACES]
        return [*own, *LinkedInAdmin(self.linkedin).routes()]

    async def answer(self, request: Request) -> Response:
        """Answer one request, with the log and the faults around it."""
        segments = restli.segments_of(_raw_path(request).removeprefix(PREFIX))
        query = restli.query_of(request.scope["query_string"].decode("latin-1"))
        method = request.headers.get("x-http-method-override", request.method).upper()
        endpoint, keys = find_endpoint(method, segments, query)
        request_id, began = trace_id(), time.perf_counter()
        record = self.world.calls.begin(
            request_id=request_id,
            method=method,
            path=masked_text(request.url.path),
            endpoint=endpoint.label,
            account_id=None,
            started_at=self.world.clock.now(),
        )
        rules: list[Rule] = []
        received: Call | None = None
        answer: Response | None = None
        try:
            received = await self._receive(request, endpoint, keys, query, request_id)
            record.account_id = account_of(received)
            exchange = LinkedInExchange(endpoint.label, record.account_id, request_id, self.world.clock.now(), received)
            rules = self.world.faults.striking(exchange)
            response = answer = await self._with_faults(exchange, endpoint, [rule.fault for rule in rules])
        finally:
            self.world.faults.note(rules)
            self._finish(record, received, answer, (time.perf_counter() - began) * 1000, rules)
        _stamp(response, request_id)
        return response

    async def _receive(
        self, request: Request, endpoint: Endpoint, keys: list[str], query: dict[str, str], request_id: str
    ) -> Call:
        """Take the whole request in before anything else: what has arrived is worked on even if its sender is gone."""
        upload, body = None, b""
        if endpoint.takes_bytes:
            upload = await _spooled(request, self.world.videos.spool())
        else:
            body = await request.body()
        is_form = request.headers.get("content-type", "").startswith(FORM)
        if is_form and request.headers.get("x-http-method-override", "").upper() == "GET":
            query, body = {**query, **restli.query_of(body.decode("latin-1"))}, b""
        return Call(
            linkedin=self.linkedin,
            method=request.method,
            path=request.url.path.removeprefix(PREFIX),
            keys=keys,
            query=query,
            headers=request.headers,
            body=body,
            origin=self.world.public_url or f"{request.url.scheme}://{request.url.netloc}",
            now=self.world.clock.now(),
            request_id=request_id,
            upload=upload,
            form=dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)) if is_form else {},
        )

    async def _with_faults(self, exchange: LinkedInExchange, endpoint: Endpoint, faults: list[Fault]) -> Response:
        for fault in faults:
            if (early := await fault.before(exchange)) is not None:
                return early
        response = await self._work(exchange.call, endpoint)
        for fault in faults:
            response = await fault.after(exchange, response)
        return response

    async def _work(self, call: Call, endpoint: Endpoint) -> Response:
        """Do what the platform does; refusals become answers here."""
        call.now = self.world.clock.now()
        try:
            if not endpoint.open:
                authenticate(call)
            if endpoint.versioned:
                call.version = restli.check_headers(call.headers, self.linkedin.settings.versions)
            answer = await endpoint.handler(call)
        except Refusal as refusal:
            return refusal.answer()
        return answer if isinstance(answer, Response) else Json(answer)

    def _finish(
        self,
        record: CallRecord,
        received: Call | None,
        answer: Response | None,
        milliseconds: float,
        rules: list[Rule],
    ) -> None:
        finish(
            self.linkedin,
            record,
            received=received,
            answer=answer,
            milliseconds=milliseconds,
            faults=tuple(rule.name for rule in rules),
        )


async def _spooled(request: Request, path: Path) -> Path:
    with path.open("wb") as file:
        async for chunk in request.stream():
            file.write(chunk)
    return path


def _raw_path(request: Request) -> str:
    """Return the path as it was sent, with its encoding."""
    return request.scope["raw_path"].decode("latin-1").partition("?")[0]


def _stamp(response: Response, request_id: str) -> None:
    response.headers["x-li-uuid"] = request_id
    response.headers["x-li-request-id"] = request_id
    response.headers["x-li-fabric"] = "sandbox"
    response.headers["x-restli-protocol-version"] = "2.0.0"
