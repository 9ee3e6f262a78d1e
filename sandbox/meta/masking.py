"""What a request and its answer look like in the log: readable, bounded, and without anything that opens a door."""

import re
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

from sandbox.answers import CutConnection
from sandbox.identifiers import fingerprint
from sandbox.meta import facts
from sandbox.meta.apps import APPS
from sandbox.meta.params import Params
from sandbox.meta.tokens import INSTAGRAM_PREFIX, PREFIX

SHOWN_CHARACTERS = 4_000
READ_BYTES = 4 * SHOWN_CHARACTERS
TOKENS = frozenset({"access_token", "fb_exchange_token", "input_token", "code"})
SECRETS = frozenset({"client_secret", "appsecret_proof", "signed_request", "state"})
NAMES = "|".join(sorted(TOKENS | SECRETS))
MASK = "•••"
IN_JSON = re.compile(rf'("(?:{NAMES})"\s*:\s*")((?:[^"\\]|\\.)+)')
IN_QUERY = re.compile(rf"\b((?:{NAMES})=)([^&\s\"'<>]+)")
PUBLISHED = "|".join(re.escape(app.secret) for app in APPS.values())
BARE = re.compile(rf"(?:{PREFIX}|{INSTAGRAM_PREFIX})[\w-]+|{facts.APP_ID}(?:\||%7C)[\w-]+|{PUBLISHED}|\bAQ[\w-]{{40,}}")


def masked_params(params: Params) -> dict[str, str]:
    """Return a request's parameters for people: secrets as fingerprints or dots, files by their size."""
    shown = {name: _masked_value(name, value) for name, value in params.values.items()}
    return shown | {name: f"({len(data)} bytes)" for name, data in params.files.items()}


def masked_answer(answer: Response) -> str:
    """Return an answer's body for people; pages and pictures by their size."""
    if isinstance(answer, CutConnection):
        return "(the connection was cut)"
    body = bytes(answer.body)
    if "location" in answer.headers:
        return f"(redirect to {masked_text(answer.headers['location'])})"
    if "html" in (answer.media_type or ""):
        return f"(a page of {len(body)} bytes)"
    return _shortened(masked_text(body[:READ_BYTES].decode("utf-8", "replace")), len(body))


def masked_text(text: str) -> str:
    """Return a text without the tokens, codes and secrets in it."""
    text = IN_JSON.sub(lambda found: found[1] + _mask(found[2]), text)
    text = IN_QUERY.sub(lambda found: found[1] + _mask(found[2]), text)
    return BARE.sub(lambda found: _mask(found[0]), text)


def error_of(answer: Response) -> str | None:
    """Return a refusal's code, or code/subcode; None where the answer is none."""
    if answer.status_code < 400 or isinstance(answer, CutConnection):  # noqa: PLR2004 - where refusals begin
        return None
    try:
        body = orjson.loads(bytes(answer.body))
    except orjson.JSONDecodeError:
        return None
    found = body.get("error", body) if isinstance(body, Mapping) else None
    if not isinstance(found, Mapping) or "code" not in found:
        return None
    subcode = found.get("error_subcode")
    return str(found["code"]) if subcode is None else f"{found['code']}/{subcode}"


def _masked_value(name: str, value: Any) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    if name in TOKENS:
        return _mask(text) if text else ""
    if name in SECRETS:
        return MASK
    return _shortened(masked_text(text[:READ_BYTES]), len(text))


def _mask(secret: str) -> str:
    return MASK if secret.startswith(MASK) else f"{MASK}{fingerprint(secret)}"


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}… ({length} in all)"
