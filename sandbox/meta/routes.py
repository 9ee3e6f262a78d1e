"""The way of a request through the Meta stand-in: find the endpoint, log, let faults act, authenticate, answer."""

import base64
import binascii
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answers import Json
from sandbox.calls import CallRecord
from sandbox.faults import Exchange, Fault
from sandbox.identifiers import trace_id
from sandbox.meta import facts, uploads
from sandbox.meta import faults as _known  # noqa: F401 # pyright: ignore[reportUnusedImport] - they register themselves
from sandbox.meta.apps import FACEBOOK, INSTAGRAM, App
from sandbox.meta.batch import inner_request
from sandbox.meta.call import Call, InnerCall, Meta, authenticate
from sandbox.meta.call_budget import CallBudgets
from sandbox.meta.diary import finish
from sandbox.meta.endpoints import UPLOADS, Endpoint, Target, find_endpoint
from sandbox.meta.envelope import envelope
from sandbox.meta.errors import GraphError
from sandbox.meta.exchange import MetaExchange
from sandbox.meta.graph import Comment, Photo, Post, Video
from sandbox.meta.instagram_objects import Container, InstagramComment, Media
from sandbox.meta.masking import masked_text
from sandbox.meta.params import Params, read_params
from sandbox.meta.personas import InstagramAccount, Page
from sandbox.meta.publishing import settle
from sandbox.rules import Rule

METHODS = ["GET", "POST", "DELETE"]
INNER = "sandbox.inner"
"""Marks the scope of a call that is part of a batch."""
VERSION = re.compile(r"v(\d{1,3})(?:\.(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a request's path means."""

    version: str
    segments: list[str]
    target: Target
    endpoint: Endpoint
    app: App


@dataclass(frozen=True, slots=True)
class Routes:
    """The HTTP side of one Meta, as one app sees it."""

    meta: Meta
    budgets: CallBudgets
    app: App = FACEBOOK

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [Route(f"{self.app.prefix}/{{rest:path}}", self.answer, methods=METHODS)]

    async def answer(self, request: Request) -> Response:
        """Answer one request, with the log and the faults around it."""
        route = self._resolve(request)
        request_id, account_id = trace_id(), account_of(route.target)
        began = time.perf_counter()
        record = self.meta.world.calls.begin(
            request_id=request_id,
            method=request.method,
            path=masked_text(request.url.path),
            endpoint=route.endpoint.label,
            account_id=account_id,
            started_at=self.meta.world.clock.now(),
        )
        rules: list[Rule] = []
        received: Call | GraphError | None = None
        answer: Response | None = None
        try:
            received = await self._receive(request, route, request_id)
            exchange = self._exchange(record, route.endpoint, received)
            rules = self.meta.world.faults.striking(exchange)
            response = answer = await self._with_faults(exchange, route, received, [rule.fault for rule in rules])
        finally:
            self.meta.world.faults.note(rules)
            milliseconds = (time.perf_counter() - began) * 1000
            finish(
                self.meta,
                record,
                received=received,
                answer=answer,
                milliseconds=milliseconds,
                faults=tuple(rule.name for rule in rules),
            )
        _stamp(response, route.version, request_id)
        return response

    async def _receive(self, request: Request, route: Resolved, request_id: str) -> Call | GraphError:
        """Take the whole request in before anything else: what has arrived is worked on even if its sender is gone."""
        upload = None
        try:
            if route.endpoint.takes_bytes:
                params, upload = await uploads.read_upload(request, self.meta.world.videos)
            else:
                params = await read_params(request)
        except GraphError as error:
            return error
        return Call(
            meta=self.meta,
            params=params,
            method=request.method,
            path=request.url.path,
            target=route.target,
            target_id=route.segments[0] if route.segments else "",
            account_id=account_of(route.target),
            origin=self.meta.world.public_url or f"{request.url.scheme}://{request.url.netloc}",
            version=route.version,
            trace_id=request_id,
            now=self.meta.world.clock.now(),
            token_text=_token(request, params),
            basic=_basic(request),
            app=self.app,
            scheme=request.headers.get("authorization", "").partition(" ")[0].lower(),
            upload=upload,
            relay=self._relay(request),
        )

    def _relay(self, outer: Request) -> Callable[[InnerCall], Awaitable[Response]] | None:
        """Return how the calls of a batch are made; those have no such thing themselves."""
        if outer.scope.get(INNER):
            return None

        async def relay(inner: InnerCall) -> Response:
            request = inner_request(outer, inner)
            request.scope[INNER] = True
            return await self.answer(request)

        return relay

    def _exchange(self, record: CallRecord, endpoint: Endpoint, received: Call | GraphError) -> Exchange:
        """Return what faults look at; the call's label is known once its parameters are."""
        now = self.meta.world.clock.now()
        if isinstance(received, GraphError):
            return Exchange(record.endpoint, record.account_id, record.request_id, now)
        if (label := endpoint.label_of(received.params)) != record.endpoint:
            self.meta.world.calls.relabel(record, label)
        return MetaExchange(label, record.account_id, record.request_id, now, received)

    async def _with_faults(
        self, exchange: Exchange, route: Resolved, received: Call | GraphError, faults: list[Fault]
    ) -> Response:
        for fault in faults:
            if (early := await fault.before(exchange)) is not None:
                return early
        response = await self._work(route, exchange.request_id, received)
        for fault in faults:
            response = await fault.after(exchange, response)
        if isinstance(received, Call):
            self.budgets.tell(received, response)
        return response

    async def _work(self, route: Resolved, request_id: str, received: Call | GraphError) -> Response:
        """Do what the platform does; refusals become envelopes here."""
        if isinstance(received, GraphError):
            return envelope(received, request_id, route.app)
        call = received
        settle(call.meta)
        call.now = call.meta.world.clock.now()
        try:
            if not route.endpoint.open:
                authenticate(call)
                self.budgets.spend(call)
            answer = await route.endpoint.handler(call)
        except GraphError as error:
            return envelope(error, request_id, route.app)
        return answer if isinstance(answer, Response) else Json(answer)

    def _resolve(self, request: Request) -> Resolved:
        host, _, rest = request.path_params["rest"].partition("/")
        upload = UPLOADS.get((request.method, host))
        if upload is not None and self.app is FACEBOOK:
            version, segments = split_version(rest)
            target = self._target(segments[0]) if len(segments) == 1 else None
            return Resolved(version, segments, target, upload, self.app)
        version, segments = split_version(request.path_params["rest"])
        target = self._target(segments[0]) if segments else None
        endpoint = find_endpoint(request.method, segments, target, self.app)
        return Resolved(version, segments, target, endpoint, self.app)

    def _target(self, name: str) -> Target:
        people = self.meta.people
        if self.app is INSTAGRAM:
            found = self.meta.graph.objects.get(name) or people.instagram_accounts.get(name)
            return found if isinstance(found, InstagramAccount | Container | Media | InstagramComment) else None
        return (
            self.meta.graph.objects.get(name)
            or people.pages.get(name)
            or people.instagram_accounts.get(name)
            or people.persons.get(name)
            or people.businesses.get(name)
        )


def split_version(path: str) -> tuple[str, list[str]]:
    """Return the version that serves a path, and the path's segments without it.

    Versions that ended are served by the oldest living one, calls without version by the current one.
    """
    segments = [segment for segment in path.split("/") if segment]
    match = VERSION.fullmatch(segments[0]) if segments else None
    if match is None:
        return _spell(facts.CURRENT_VERSION), segments
    return _spell(max((int(match[1]), int(match[2] or 0)), facts.OLDEST_VERSION)), segments[1:]


def account_of(target: Target) -> str | None:
    """Return the Page or Instagram account an object belongs to."""
    match target:
        case Page() | InstagramAccount():
            return target.id
        case Post() | Photo() | Video() | Comment():
            return target.page.id
        case Container() | Media() | InstagramComment():
            return target.account.id
        case _:
            return None


def _spell(version: tuple[int, int]) -> str:
    return f"v{version[0]}.{version[1]}"


def _token(request: Request, params: Params) -> str | None:
    kind, _, text = request.headers.get("authorization", "").partition(" ")
    if kind.lower() in {"bearer", "oauth"} and text:
        return text.strip()
    return params.text("access_token")


def _basic(request: Request) -> tuple[str, str] | None:
    kind, _, text = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return name, secret


def _stamp(response: Response, version: str, request_id: str) -> None:
    response.headers["facebook-api-version"] = version
    response.headers["x-fb-trace-id"] = request_id
    response.headers["x-fb-request-id"] = request_id
    response.headers.setdefault("cache-control", "private, no-cache, no-store, must-revalidate")
