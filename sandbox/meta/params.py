"""Reading requests as tolerantly as Meta does: query, form, multipart or JSON; lists as CSV, JSON or indexed keys."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from sandbox.meta.errors import GraphError, invalid_parameter

INDEXED = re.compile(r"(?P<name>\w+)\[(?P<index>\d{0,4})\](?:\[(?P<key>\w+)\])?")
TRUE = frozenset({"true", "1", "yes"})
FALSE = frozenset({"false", "0", "no", ""})
MAX_PART_BYTES = 64 * 1024 * 1024
MAX_BODY_BYTES = MAX_PART_BYTES + 1024 * 1024


@dataclass(slots=True)
class Params:
    """A request's parameters, wherever they came in; the body wins over the query.

    Attributes:
        values: JSON values by name; from query and forms they are strings.
        files: Uploaded bytes by field name, in order.
    """

    values: dict[str, Any] = field(default_factory=dict[str, Any])
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def text(self, name: str) -> str | None:
        """Return a parameter as a string, or None if it is absent or null."""
        value = self.values.get(name)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, int | float) else orjson.dumps(value).decode()

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a boolean in any of its spellings.

        Raises:
            GraphError: 100, if it is none of them.
        """
        text = self.text(name)
        if text is None:
            return default
        if text.lower() in TRUE:
            return True
        if text.lower() in FALSE:
            return False
        raise invalid_parameter(f"Param {name} must be a boolean")

    def number(self, name: str) -> int | None:
        """Return a whole number.

        Raises:
            GraphError: 100, if it is not one.
        """
        text = self.text(name)
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,18}", text):
            raise invalid_parameter(f"Param {name} must be an integer")
        return int(text)

    def names(self, name: str) -> list[str]:
        """Return a list given as CSV, a JSON array, a list, or indexed keys."""
        items = self._items(name)
        if items is None:
            text = self.text(name) or ""
            return [part.strip() for part in text.split(",") if part.strip()]
        return [item if isinstance(item, str) else str(item) for item in items]

    def objects(self, name: str) -> list[dict[str, Any]]:
        """Return a list of objects given as a JSON array, a list, or indexed keys.

        Raises:
            GraphError: 100, if it is something else.
        """
        items = self._items(name)
        if items is None:
            if self.text(name):
                raise invalid_parameter(f"Param {name} must be an array.")
            return []
        found = [json_value(item) if isinstance(item, str) else item for item in items]
        if not all(isinstance(item, dict) for item in found):
            raise invalid_parameter(f"Param {name} must be an array of objects.")
        return found

    def _items(self, name: str) -> list[Any] | None:
        value = self.values.get(name)
        if isinstance(value, str) and value.lstrip().startswith("["):
            value = json_value(value)
        if isinstance(value, list):
            return value
        return self._indexed(name)

    def _indexed(self, name: str) -> list[Any] | None:
        """Collect `name[0]=…`, `name[]=…` and `name[0][key]=…`."""
        found: dict[int, Any] = {}
        for key, value in self.values.items():
            match = INDEXED.fullmatch(key)
            if match is None or match["name"] != name:
                continue
            index = int(match["index"]) if match["index"] else len(found)
            if match["key"]:
                part = found.setdefault(index, {})
                if not isinstance(part, dict):
                    raise invalid_parameter(f"Param {name} must be an array of objects.")
                part[match["key"]] = value
            else:
                found[index] = value
        return [found[index] for index in sorted(found)] if found else None


def is_web_address(url: str) -> bool:
    """Say whether a text is an absolute http or https address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(char.isspace() for char in url)


async def read_params(request: Request) -> Params:
    """Read a request's query and body.

    Raises:
        GraphError: 100, if a JSON or multipart body cannot be read, or is too large.
    """
    params = Params(_pairs(request.scope["query_string"].decode("latin-1")))
    request = _bounded(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        await _read_multipart(request, params)
    elif body := await request.body():
        if kind.endswith("json") or body.lstrip()[:1] == b"{":
            _read_json(body, params)
        else:
            params.values.update(_pairs(body.decode("utf-8", "replace")))
    return params


def _bounded(request: Request) -> Request:
    """Read no more of a request than the largest upload needs."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > MAX_BODY_BYTES:
            raise GraphError(100, "(#100) The request is too large", status=413)
        return message

    return Request(request.scope, receive)


def _pairs(text: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    counts = Counter[str]()
    for key, value in parse_qsl(text, keep_blank_values=True):
        if key.endswith("[]"):
            name = key[:-2]
            values[f"{name}[{counts[name]}]"] = value
            counts[name] += 1
        else:
            values[key] = value
    return values


async def _read_multipart(request: Request, params: Params) -> None:
    try:
        form = await request.form(max_part_size=MAX_PART_BYTES)
    except HTTPException as error:
        raise invalid_parameter("The multipart body could not be read") from error
    for key, value in form.multi_items():
        if isinstance(value, UploadFile):
            params.files[key] = await value.read()
        else:
            params.values[key] = value
    await form.close()


def _read_json(body: bytes, params: Params) -> None:
    document = json_value(body)
    if not isinstance(document, dict):
        raise invalid_parameter("The JSON body must be an object")
    params.values.update(document)


def json_value(text: str | bytes) -> Any:
    """Read JSON.

    Raises:
        GraphError: 100, if it is none.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise GraphError(100, "(#100) A parameter is not valid JSON") from error
