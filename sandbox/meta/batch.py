"""Several calls in one: batch requests, and `?ids=`. Each is answered, logged and spoilt by faults like any other.

Source: "Batch requests" on developers.facebook.com, 2026-11-22: 50 calls at most, bodies as query strings, a later call
may take from the answer of a named earlier one. Attached files are not stood in for.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import orjson
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from sandbox.answers import CutConnection, Json
from sandbox.meta import facts
from sandbox.meta.call import Call, InnerCall
from sandbox.meta.errors import GraphError, invalid_parameter

METHODS = frozenset({"GET", "POST", "DELETE"})
REFERENCE = re.compile(r"\{result=(?P<name>[\w-]+):\$\.(?P<path>[\w.\[\]*]+)\}")
OK = 200


async def batch(call: Call) -> Response:
    """POST /: `batch`, a JSON array of `method`, `relative_url` and `body`."""
    items = call.params.objects("batch")
    if not items:
        raise invalid_parameter("Batch Request must be a non-empty array")
    if len(items) > facts.BATCH_MAX:
        raise invalid_parameter(f"Too many requests in batch message. Maximum batch size is {facts.BATCH_MAX}")
    with_headers = call.params.flag("include_headers", default=True)
    named: dict[str, Any] = {}
    answers: list[dict[str, Any] | None] = []
    for item in items:
        answer = await _answer(call, item, named)
        if isinstance(answer, CutConnection):
            return answer
        name = item.get("name")
        if isinstance(name, str):
            named[name] = _document(answer)
        quiet = isinstance(name, str) and item.get("omit_response_on_success", True) and answer.status_code == OK
        answers.append(None if quiet else _told(answer, with_headers=with_headers))
    return Json(answers)


async def by_ids(call: Call) -> Response:
    """GET /?ids=: several nodes at once, by id; one that cannot be read spoils all."""
    ids = call.params.names("ids")
    if not ids:
        raise GraphError(2500, "An active access token must be used to query information about the current user.")
    if len(ids) > facts.BATCH_MAX:
        raise invalid_parameter(f"Too many IDs. Maximum: {facts.BATCH_MAX}. Provided: {len(ids)}")
    fields = call.params.text("fields")
    found: dict[str, Any] = {}
    for one in ids:
        query = {"fields": fields} if fields else {}
        answer = await _relay(call, "GET", f"{one}?{urlencode(query)}", "", {})
        if answer.status_code != OK or isinstance(answer, CutConnection):
            return answer
        found[one] = _document(answer)
    return Json(found)


def inner_request(outer: Request, inner: InnerCall) -> Request:
    """Return the request that stands for one call of a batch."""
    path = outer.scope["path"].removesuffix(outer.path_params["rest"]) + inner.path
    host = outer.headers.get("host", "sandbox")
    headers = {"host": host, "content-type": "application/x-www-form-urlencoded"}
    if inner.token:
        headers["authorization"] = f"Bearer {inner.token}"

    async def receive() -> Message:
        return {"type": "http.request", "body": inner.body, "more_body": False}

    scope = {
        **outer.scope,
        "method": inner.method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": inner.query.encode(),
        "headers": Headers(headers).raw,
        "path_params": {"rest": inner.path},
    }
    return Request(scope, receive)


async def _answer(call: Call, item: Mapping[str, Any], named: Mapping[str, Any]) -> Response:
    method, url, body = (
        item.get(key, default) for key, default in (("method", "GET"), ("relative_url", ""), ("body", ""))
    )
    if method not in METHODS or not isinstance(url, str) or not url or not isinstance(body, str):
        raise invalid_parameter("Each call of a batch has method, relative_url and, for POST, body as a query string")
    if item.get("attached_files"):
        raise GraphError(100, "The sandbox does not stand in for attached_files of a batch", status=501)
    return await _relay(call, method, _filled(url, named), _filled(body, named), item)


async def _relay(call: Call, method: str, url: str, body: str, item: Mapping[str, Any]) -> Response:
    """Make one call: with its own token where it has one, else with the batch's and the proof of that."""
    path, _, query = url.lstrip("/").partition("?")
    pairs = dict(parse_qsl(query, keep_blank_values=True))
    own = item.get("access_token") or pairs.get("access_token") or dict(parse_qsl(body)).get("access_token")
    proof = call.params.text("appsecret_proof")
    if own is None and proof is not None:
        pairs.setdefault("appsecret_proof", proof)
    if call.relay is None:
        raise GraphError(100, "(#100) A batch cannot be inside a batch")
    token = own if isinstance(own, str) else call.token_text or ""
    return await call.relay(InnerCall(method, path, urlencode(pairs), body.encode(), token))


def _filled(text: str, named: Mapping[str, Any]) -> str:
    """Put in what earlier calls answered."""
    return REFERENCE.sub(lambda match: _looked_up(named.get(match["name"]), match["path"]), text)


def _looked_up(document: Any, path: str) -> str:
    """Return what is at `a.b[0].c`, or the values at `data.*.id` with commas between."""
    found = [document]
    for step in re.findall(r"\w+|\*", path):
        found = [inner for one in found for inner in _step(one, step)]
    return ",".join(str(one) for one in found)


def _step(value: Any, step: str) -> list[Any]:
    if step == "*":
        return list(value) if isinstance(value, list) else []
    if isinstance(value, list):
        return [value[int(step)]] if step.isdecimal() and int(step) < len(value) else []
    return [value[step]] if isinstance(value, dict) and step in value else []


def _document(answer: Response) -> Any:
    try:
        return orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return None


def _told(answer: Response, *, with_headers: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"code": answer.status_code, "body": bytes(answer.body).decode("utf-8", "replace")}
    if with_headers:
        told["headers"] = [{"name": name, "value": value} for name, value in answer.headers.items()]
    return told
