"""The way of a request through the Meta stand-in: find the endpoint, log, let faults act, authenticate, answer."""

import base64
import binascii
import re
import time
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.answers import Json
from sandbox.faults import Exchange, Fault
from sandbox.identifiers import trace_id
from sandbox.meta import (
    dialog,
    errors,
    facebook,
    facts,
    instagram,
    instagram_comments,
    instagram_containers,
    instagram_publish,
    me,
    nodes,
    oauth,
)
from sandbox.meta import faults as _known  # noqa: F401 # pyright: ignore[reportUnusedImport] - they register themselves
from sandbox.meta.call import Call, Handler, Meta, authenticate
from sandbox.meta.diary import finish
from sandbox.meta.errors import GraphError
from sandbox.meta.exchange import MetaExchange
from sandbox.meta.graph import Photo, Post, Stored
from sandbox.meta.instagram_objects import Container, InstagramComment, Media
from sandbox.meta.masking import masked_text
from sandbox.meta.params import Params, read_params
from sandbox.meta.personas import Business, InstagramAccount, Page, Person
from sandbox.rules import Rule

PREFIX = "/meta"
METHODS = ["GET", "POST", "DELETE"]
VERSION = re.compile(r"v(\d{1,3})(?:\.(\d{1,2}))?")
Target = Person | Business | Page | InstagramAccount | Stored | None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers, and under which label faults and the request log know it. Open ones need no token."""

    label: str
    handler: Handler
    open: bool = False


async def _unsupported(call: Call) -> Response:
    raise errors.unsupported(call.method, call.target_id)


async def _no_such_edge(call: Call) -> Response:
    edge = call.path.rstrip("/").rpartition("/")[2]
    raise errors.nonexisting_field(edge, NODE_NAMES[type(call.target)])


FIXED: dict[tuple[str, str], Endpoint] = {
    (endpoint.label.split()[0], endpoint.label.split("/", 1)[1]): endpoint
    for endpoint in (
        Endpoint("GET /dialog/oauth", dialog.show, open=True),
        Endpoint("POST /dialog/oauth", dialog.decide, open=True),
        Endpoint("GET /oauth/access_token", oauth.access_token, open=True),
        Endpoint("POST /oauth/access_token", oauth.access_token, open=True),
        Endpoint("GET /debug_token", oauth.debug_token),
        Endpoint("GET /me", me.me),
        Endpoint("GET /me/permissions", me.permissions),
        Endpoint("DELETE /me/permissions", me.revoke),
        Endpoint("GET /me/accounts", me.accounts),
        Endpoint("GET /me/businesses", me.businesses),
    )
}
KINDS: dict[type, str] = {
    Person: "user",
    Business: "business",
    Page: "page",
    InstagramAccount: "ig",
    Post: "post",
    Photo: "photo",
    Container: "container",
    Media: "ig-media",
    InstagramComment: "ig-comment",
}
NODE_NAMES: dict[type, str] = {
    Person: "User",
    Business: "Business",
    Page: "Page",
    InstagramAccount: "IGUser",
    Post: "PagePost",
    Photo: "Photo",
    Container: "IGMediaBuilder",
    Media: "IGMedia",
    InstagramComment: "IGComment",
}
NODES: dict[tuple[str, str], Endpoint] = {
    **{("GET", kind): Endpoint(f"GET /{kind}", nodes.read_node) for kind in KINDS.values()},
    ("POST", "post"): Endpoint("POST /post", facebook.update_post),
    ("DELETE", "post"): Endpoint("DELETE /post", facebook.delete_post),
    ("DELETE", "photo"): Endpoint("DELETE /photo", facebook.delete_photo),
    ("POST", "ig-media"): Endpoint("POST /ig-media", instagram.update_media),
    ("DELETE", "ig-media"): Endpoint("DELETE /ig-media", instagram.delete_media),
    ("DELETE", "ig-comment"): Endpoint("DELETE /ig-comment", instagram_comments.delete_comment),
}
EDGES: dict[tuple[str, str, str], Endpoint] = {
    ("GET", "business", "owned_pages"): Endpoint("GET /owned_pages", me.owned_pages),
    ("GET", "business", "client_pages"): Endpoint("GET /client_pages", me.client_pages),
    ("POST", "page", "photos"): Endpoint("POST /photos", facebook.create_photo),
    ("POST", "page", "feed"): Endpoint("POST /feed", facebook.create_post),
    ("GET", "page", "feed"): Endpoint("GET /feed", facebook.list_posts),
    ("GET", "page", "posts"): Endpoint("GET /posts", facebook.list_posts),
    ("GET", "page", "published_posts"): Endpoint("GET /published_posts", facebook.list_posts),
    ("POST", "ig", "media"): Endpoint("POST /media", instagram_containers.create_container),
    ("GET", "ig", "media"): Endpoint("GET /media", instagram.list_media),
    ("POST", "ig", "media_publish"): Endpoint("POST /media_publish", instagram_publish.publish_container),
    ("POST", "ig", "mediapublish"): Endpoint("POST /media_publish", instagram_publish.publish_container),
    ("GET", "ig", "stories"): Endpoint("GET /ig-stories", instagram.list_stories),
    ("GET", "ig-media", "children"): Endpoint("GET /children", instagram.list_children),
    ("GET", "ig-media", "comments"): Endpoint("GET /ig-comments", instagram_comments.list_comments),
    ("POST", "ig-media", "comments"): Endpoint("POST /ig-comments", instagram_comments.create_comment),
    ("GET", "ig-comment", "replies"): Endpoint("GET /ig-replies", instagram_comments.list_replies),
    ("POST", "ig-comment", "replies"): Endpoint("POST /ig-replies", instagram_comments.create_reply),
    ("GET", "ig", "content_publishing_limit"): Endpoint("GET /content_publishing_limit", instagram.publishing_limit),
}


def endpoint_labels() -> list[str]:
    """Return every label that a fault rule or a query of the request log may name."""
    return sorted({endpoint.label for table in (FIXED, NODES, EDGES) for endpoint in table.values()})


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a request's path means."""

    version: str
    segments: list[str]
    target: Target
    endpoint: Endpoint


@dataclass(frozen=True, slots=True)
class Routes:
    """The HTTP side of one Meta."""

    meta: Meta

    def routes(self) -> list[Route]:
        """Return the HTTP routes."""
        return [Route(f"{PREFIX}/{{rest:path}}", self.answer, methods=METHODS)]

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
            exchange = self._exchange(route.endpoint.label, account_id, request_id, received)
            rules = self.meta.world.faults.striking(exchange)
            response = answer = await _with_faults(exchange, route, received, [rule.fault for rule in rules])
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
        try:
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
        )

    def _exchange(
        self, endpoint: str, account_id: str | None, request_id: str, received: Call | GraphError
    ) -> Exchange:
        now = self.meta.world.clock.now()
        if isinstance(received, GraphError):
            return Exchange(endpoint, account_id, request_id, now)
        return MetaExchange(endpoint, account_id, request_id, now, received)

    def _resolve(self, request: Request) -> Resolved:
        version, segments = split_version(request.path_params["rest"])
        target = self._target(segments[0]) if segments else None
        return Resolved(version, segments, target, find_endpoint(request.method, segments, target))

    def _target(self, name: str) -> Target:
        people = self.meta.people
        return (
            self.meta.graph.objects.get(name)
            or people.pages.get(name)
            or people.instagram_accounts.get(name)
            or people.persons.get(name)
            or people.businesses.get(name)
        )


async def _with_faults(
    exchange: Exchange, route: Resolved, received: Call | GraphError, faults: list[Fault]
) -> Response:
    for fault in faults:
        if (early := await fault.before(exchange)) is not None:
            return early
    response = await _work(route, exchange.request_id, received)
    for fault in faults:
        response = await fault.after(exchange, response)
    return response


async def _work(route: Resolved, request_id: str, received: Call | GraphError) -> Response:
    """Do what the platform does; refusals become envelopes here."""
    if isinstance(received, GraphError):
        return _envelope(received, request_id)
    call = received
    call.now = call.meta.world.clock.now()
    try:
        if not route.endpoint.open:
            authenticate(call)
        answer = await route.endpoint.handler(call)
    except GraphError as error:
        return _envelope(error, request_id)
    return answer if isinstance(answer, Response) else Json(answer)


def split_version(path: str) -> tuple[str, list[str]]:
    """Return the version that serves a path, and the path's segments without it.

    Versions that ended are served by the oldest living one, calls without version by the current one.
    """
    segments = [segment for segment in path.split("/") if segment]
    match = VERSION.fullmatch(segments[0]) if segments else None
    if match is None:
        return _spell(facts.CURRENT_VERSION), segments
    return _spell(max((int(match[1]), int(match[2] or 0)), facts.OLDEST_VERSION)), segments[1:]


def find_endpoint(method: str, segments: list[str], target: Target) -> Endpoint:
    """Return what answers a path; for unknown objects and edges, what refuses as Meta does."""
    if fixed := FIXED.get((method, "/".join(segments))):
        return fixed
    if method == "DELETE" and segments[:2] == ["me", "permissions"]:
        return FIXED["DELETE", "me/permissions"]
    kind = KINDS.get(type(target), "unknown")
    if len(segments) == 1 and (node := NODES.get((method, kind))):
        return node
    if len(segments) == 2 and (edge := EDGES.get((method, kind, segments[1]))):  # noqa: PLR2004 - object and edge
        return edge
    if len(segments) > 1 and target is not None and method == "GET":
        return Endpoint(f"GET /{kind}/unknown", _no_such_edge)
    return Endpoint(f"{method} /unknown", _unsupported)


def account_of(target: Target) -> str | None:
    """Return the Page or Instagram account an object belongs to."""
    match target:
        case Page() | InstagramAccount():
            return target.id
        case Post() | Photo():
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


def _envelope(error: GraphError, request_id: str) -> Response:
    headers: dict[str, str] = {}
    if error.code in (102, 104, 190):
        headers["www-authenticate"] = f'OAuth "Facebook Platform" "invalid_token" "{error.message}"'
    return Json(error.envelope(request_id), status_code=error.status, headers=headers)


def _stamp(response: Response, version: str, request_id: str) -> None:
    response.headers["facebook-api-version"] = version
    response.headers["x-fb-trace-id"] = request_id
    response.headers["x-fb-request-id"] = request_id
    response.headers.setdefault("cache-control", "private, no-cache, no-store, must-revalidate")
