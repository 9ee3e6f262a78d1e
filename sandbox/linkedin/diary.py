"""What the request log says about a call to LinkedIn once it is over, without anything that opens a door."""

import re
from urllib.parse import unquote

import orjson
from starlette.responses import Response

from sandbox.answers import CutConnection
from sandbox.calls import CUT, CallRecord, Contents
from sandbox.identifiers import fingerprint
from sandbox.linkedin.apps import APPS
from sandbox.linkedin.call import ORGANISATION, PERSON, Call
from sandbox.linkedin.state import LinkedIn
from sandbox.linkedin.tokens import ACCESS, CODE, REFRESH

SHOWN_CHARACTERS = 4_000
MASK = "•••"
SECRETS = "|".join(re.escape(app.secret) for app in APPS.values())
BARE = re.compile(rf"(?:{ACCESS}|{CODE}|{REFRESH})[\w-]{{40,}}|eyJ[\w-]+\.[\w-]+\.[\w-]+|{SECRETS}")
STATE = re.compile(r"(?<=\bstate=)[^&\s\"'<>]+")
AUTHOR = re.compile(rb'"(?:author|owner|actor)"\s*:\s*"(urn:li:(?:person|organization):[\w-]+)"')

VIDEO = re.compile(rb'"video"\s*:\s*"(urn:li:video:\w+)"')


def finish(
    linkedin: LinkedIn,
    record: CallRecord,
    *,
    received: Call | None,
    answer: Response | None,
    milliseconds: float,
    faults: tuple[str, ...],
) -> None:
    """Log the end of a call, and forget the bytes that came with it.

    Args:
        linkedin: The stand-in.
        record: What the log has of the call so far.
        received: The call; None where its sender left before it was there.
        answer: What goes out; None where the sandbox itself failed.
        milliseconds: How long it took.
        faults: What happened to it.
    """
    if received is not None:
        if received.upload is not None:
            received.upload.unlink(missing_ok=True)
        record.token = received.fingerprint if received.token_text else None
        record.persona = _persona(received)
    if answer is not None:
        record.error = _error_of(answer)
        carried = {} if received is None else _carried(received)
        linkedin.world.calls.keep(record, Contents(carried, _answer(answer)))
    status = CUT if answer is None or isinstance(answer, CutConnection) else answer.status_code
    linkedin.world.calls.finish(record, status=status, duration_ms=milliseconds, faults=faults)


def account_of(call: Call) -> str | None:
    """Return the URN of the author, owner or actor that a call is about, or of a post's author."""
    if found := AUTHOR.search(call.body):
        return found[1].decode()
    video = VIDEO.search(call.body)
    named = (*call.keys, call.query.get("author", ""), video[1].decode() if video else "")
    for key in map(unquote, named):
        if key.startswith((PERSON, ORGANISATION)):
            return key
        if (post := call.linkedin.posts.get(key)) is not None:
            return post.author
        if asset := call.linkedin.assets.get(key) or call.linkedin.assets.get(call.linkedin.uploads.get(key, "")):
            return asset.owner
    return None


def masked_text(text: str) -> str:
    """Return a text without the tokens, codes and secrets in it."""
    return STATE.sub(MASK, BARE.sub(lambda found: f"{MASK}{fingerprint(found[0])}", text))


def _persona(call: Call) -> str | None:
    tokens = call.linkedin.tokens
    given = call.token_text or call.form.get("refresh_token") or call.form.get("token") or ""
    found = tokens.find(given) or tokens.code(call.form.get("code", ""))
    if found is not None:
        return found.persona
    is_consent = call.path.endswith("/authorization")
    return (call.query.get("persona") or call.linkedin.settings.persona) if is_consent else None


def _carried(call: Call) -> dict[str, str]:
    shown = {name: MASK if name == "state" else masked_text(unquote(value)) for name, value in call.query.items()}
    names = ("linkedin-version", "x-restli-method", "x-restli-protocol-version")
    shown |= {name: call.headers[name] for name in names if name in call.headers}
    if call.upload is not None and call.upload.is_file():
        return {**shown, "body": f"({call.upload.stat().st_size} bytes)"}
    text = call.body.decode("utf-8", "replace")
    return shown | ({"body": _shortened(masked_text(text))} if text else {})


def _answer(answer: Response) -> str:
    if isinstance(answer, CutConnection):
        return "(the connection was cut)"
    if "location" in answer.headers:
        return f"(redirect to {masked_text(answer.headers['location'])})"
    body = bytes(answer.body)
    if "html" in (answer.media_type or ""):
        return f"(a page of {len(body)} bytes)"
    name = answer.headers.get("x-restli-id")
    return _shortened(masked_text(body.decode("utf-8", "replace"))) or (f"x-restli-id: {name}" if name else "")


def _error_of(answer: Response) -> str | None:
    """Return a refusal's code, or serviceErrorCode, or OAuth's error."""
    if answer.status_code < 400 or isinstance(answer, CutConnection):  # noqa: PLR2004 - where refusals begin
        return None
    try:
        body = orjson.loads(bytes(answer.body))
    except orjson.JSONDecodeError:
        return None
    found = [body.get(name) for name in ("code", "serviceErrorCode", "error")] if isinstance(body, dict) else []
    return next((str(one) for one in found if one is not None), None)


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}… ({len(text)} in all)"
