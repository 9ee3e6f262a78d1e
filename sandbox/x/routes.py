"""The way of a request through the X stand-in: find the endpoint, log, let faults act, authenticate, answer."""

import time
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answers import Json
from sandbox.calls import CallRecord
from sandbox.faults import Fault
from sandbox.identifiers import trace_id
from sandbox.rules import Rule
from sandbox.world import World
from sandbox.x import diary, facts, limits
from sandbox.x import faults as _known  # noqa: F401 # pyright: ignore[reportUnusedImport] - they register themselves
from sandbox.x.admin import XAdmin
from sandbox.x.call import Call, XExchange, authenticate
from sandbox.x.endpoints import Endpoint, by_command, find_endpoint
from sandbox.x.errors import Refusal
from sandbox.x.personas import BY_PERSONA
from sandbox.x.reading import basic_of, bearer_of, read_sent
from sandbox.x.state import X

METHODS = ["GET", "POST", "PUT", "DELETE"]
PLACES = ("2/{rest:path}", "i/oauth2/authorize")
"""What is below the prefix: X has it on two hosts."""


@dataclass(frozen=True, slots=True)
class XRoutes:
    """The HTTP side of one X."""

    world: World
    x: X = field(init=False)

    def __post_init__(self) -> None:
        """Take up what is kept."""
        object.__setattr__(self, "x", X(self.world))

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        own = [Route(f"{facts.PREFIX}/{place}", self.answer, methods=METHODS) for place in PLACES]
        return [*own, *XAdmin(self.x).routes()]

    async def answer(self, request: Request) -> Response:
        """Answer one request, with the log and the faults around it."""
        path = request.url.path.removeprefix(facts.PREFIX)
        endpoint, ids = find_endpoint(request.method, path)
        request_id, began = trace_id(), time.perf_counter()
        record = self.world.calls.begin(
            request_id=request_id,
            method=request.method,
            path=request.url.path,
            endpoint=endpoint.label,
            account_id=None,
            started_at=self.world.clock.now(),
        )
        rules: list[Rule] = []
        received: Call | Refusal | None = None
        answer: Response | None = None
        try:
            received = await self._receive(request, path, ids, request_id)
            if isinstance(received, Call):
                endpoint = by_command(endpoint, received.sent, received.query)
                record.account_id = _account_of(received)
            if endpoint.label != record.endpoint:
                self.world.calls.relabel(record, endpoint.label)
            now = self.world.clock.now()
            exchange = XExchange(endpoint.label, record.account_id, request_id, now, received)
            rules = self.world.faults.striking(exchange)
            response = answer = await self._with_faults(exchange, endpoint, [rule.fault for rule in rules])
        finally:
            self.world.faults.note(rules)
            call = received if isinstance(received, Call) else None
            milliseconds = (time.perf_counter() - began) * 1000
            self._note(record, call, answer, milliseconds=milliseconds, faults=tuple(rule.name for rule in rules))
        _stamp(response, call, request_id, milliseconds)
        return response

    def _note(
        self,
        record: CallRecord,
        call: Call | None,
        answer: Response | None,
        *,
        milliseconds: float,
        faults: tuple[str, ...],
    ) -> None:
        """Write down what came of a request."""
        diary.finish(record, call, answer)
        if answer is not None:
            self.world.calls.keep(record, diary.contents_of(call, answer))
        self.world.calls.finish(record, status=diary.status_of(answer), duration_ms=milliseconds, faults=faults)

    async def _receive(self, request: Request, path: str, ids: tuple[str, ...], request_id: str) -> Call | Refusal:
        try:
            sent = await read_sent(request)
        except Refusal as refusal:
            return refusal
        return Call(
            x=self.x,
            method=request.method,
            path=path,
            ids=ids,
            query=dict(request.query_params),
            sent=sent,
            origin=self.world.public_url or f"{request.url.scheme}://{request.url.netloc}",
            trace_id=request_id,
            now=self.world.clock.now(),
            token_text=bearer_of(request),
            basic=basic_of(request),
        )

    async def _with_faults(self, exchange: XExchange, endpoint: Endpoint, faults: list[Fault]) -> Response:
        for fault in faults:
            if (early := await fault.before(exchange)) is not None:
                return early
        response = await self._work(exchange.call, endpoint)
        for fault in faults:
            response = await fault.after(exchange, response)
        return response

    async def _work(self, call: Call | Refusal, endpoint: Endpoint) -> Response:
        """Do what the platform does; refusals become answers here."""
        if isinstance(call, Refusal):
            return call.answer()
        call.now = self.world.clock.now()
        try:
            if endpoint.scopes is not None:
                authenticate(call, endpoint.scopes)
            if endpoint.limit is not None:
                limits.spend(call, endpoint.label, endpoint.limit)
            answer = await endpoint.handler(call)
        except Refusal as refusal:
            answer = refusal.answer()
        return answer if isinstance(answer, Response) else Json(answer)


def _account_of(call: Call) -> str | None:
    """Return the account that a call touches: its token's, its code's, or the one that signs in."""
    account = BY_PERSONA.get(diary.persona_of(call) or "")
    return account.id if account else None


def _stamp(answer: Response, call: Call | None, request_id: str, milliseconds: float) -> None:
    answer.headers.update(call.headers if call else {})
    answer.headers["x-transaction-id"] = request_id
    answer.headers["x-response-time"] = str(round(milliseconds))
    answer.headers["x-access-level"] = "read-write"
    answer.headers["api-version"] = facts.API_VERSION
