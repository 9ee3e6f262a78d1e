"""Reading X's requests: JSON, forms and multipart, no more bytes than the largest upload needs."""

import base64
import binascii
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from sandbox.x import facts
from sandbox.x.call import Sent
from sandbox.x.errors import Refusal, invalid

FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


async def read_sent(request: Request) -> Sent:
    """Take the whole body in before anything else: what has arrived is worked on even if its sender is gone.

    Raises:
        Refusal: 400 or 413, where it cannot be read.
    """
    request = _bounded(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == MULTIPART:
        return await _multipart(request)
    body = await request.body()
    if not body:
        return Sent()
    if kind == FORM:
        return Sent("form", fields=dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))
    if kind.endswith("json"):
        return Sent("json", json=_json(body))
    return Sent("other")


def basic_of(request: Request) -> tuple[str, str] | None:
    """Return id and secret of a Basic header; two empty ones where it cannot be read."""
    kind, _, text = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, secret


def bearer_of(request: Request) -> str | None:
    """Return the token of a Bearer header."""
    kind, _, text = request.headers.get("authorization", "").partition(" ")
    return text.strip() or None if kind.lower() == "bearer" else None


def decoded(text: str) -> bytes:
    """Return the bytes of a base64 text.

    Raises:
        Refusal: 400, where it is none.
    """
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise invalid("The media is not valid base64.", media=[text[:20]]) from error


def _json(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise invalid("Could not parse json request body.") from error


async def _multipart(request: Request) -> Sent:
    fields: dict[str, str] = {}
    files: dict[str, bytes] = {}
    try:
        async with request.form(max_part_size=facts.BODY_BYTES) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[name] = await value.read()
                else:
                    fields[name] = value
    except HTTPException as error:
        raise invalid("The multipart body could not be read.") from error
    return Sent("multipart", fields=fields, files=files)


def _bounded(request: Request) -> Request:
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > facts.BODY_BYTES:
            raise Refusal(413, None, "too-large")
        return message

    return Request(request.scope, receive)
