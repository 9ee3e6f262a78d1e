"""What the request log says about a call to X once it is over: who called, what was carried, what came back."""

import re

import orjson
from starlette.responses import Response

from sandbox.answers import CutConnection
from sandbox.calls import CUT, CallRecord, Contents
from sandbox.identifiers import fingerprint
from sandbox.x.call import Call
from sandbox.x.errors import code_of
from sandbox.x.tokens import Token

SHOWN_CHARACTERS = 4_000
MASK = "•••"
SECRETS = frozenset({"access_token", "refresh_token", "token", "code", "code_verifier", "client_secret", "state"})
IN_JSON = re.compile(rf'("(?:{"|".join(sorted(SECRETS))})"\s*:\s*")((?:[^"\\]|\\.)+)')
IN_QUERY = re.compile(rf"([?&](?:{'|'.join(sorted(SECRETS))})=)([^&\s\"'<>]+)")


def token_of(call: Call) -> Token | None:
    """Return the token that a call is about: its own, or the one it refreshes or revokes."""
    fields = call.sent.fields
    text = call.token_text or fields.get("refresh_token") or fields.get("token") or ""
    return call.x.tokens.find(text)


def persona_of(call: Call) -> str | None:
    """Return whose token or code it is, or who signs in."""
    if token := token_of(call):
        return token.persona
    if code := call.x.tokens.code(call.sent.fields.get("code", "")):
        return code.persona
    return call.form("persona") or call.x.settings.persona if call.path.startswith("/i/") else None


def finish(record: CallRecord, call: Call | None, answer: Response | None) -> None:
    """Note in the log who called and what went wrong.

    Args:
        record: What the log has of the call so far.
        call: None where it could not be read.
        answer: What goes out; None where the sandbox itself failed or the sender left.
    """
    if call is not None:
        record.token = call.fingerprint if call.token_text else None
        record.persona = persona_of(call)
    if answer is not None:
        record.error = None if isinstance(answer, CutConnection) else code_of(answer)


def contents_of(call: Call | None, answer: Response) -> Contents:
    """Return what a call carried and was answered, without what opens a door."""
    return Contents({} if call is None else _carried(call), _answered(answer))


def status_of(answer: Response | None) -> int:
    """Return the status that the log shows."""
    return CUT if answer is None or isinstance(answer, CutConnection) else answer.status_code


def _carried(call: Call) -> dict[str, str]:
    given = {**call.query, **call.sent.fields}
    shown = {name: f"{MASK}{fingerprint(text)}" if name in SECRETS else _short(text) for name, text in given.items()}
    shown |= {name: f"({len(data)} bytes)" for name, data in call.sent.files.items()}
    if isinstance(call.sent.json, dict):
        shown |= {str(name): _short(orjson.dumps(value).decode()) for name, value in call.sent.json.items()}
    return shown


def _answered(answer: Response) -> str:
    if isinstance(answer, CutConnection):
        return "(the connection was cut)"
    if "location" in answer.headers:
        return f"(redirect to {masked(answer.headers['location'])})"
    body = bytes(answer.body)
    if "html" in answer.headers.get("content-type", ""):
        return f"(a page of {len(body)} bytes)"
    return _short(masked(body[: 4 * SHOWN_CHARACTERS].decode("utf-8", "replace")))


def masked(text: str) -> str:
    """Return a text without the tokens and codes in it."""
    text = IN_JSON.sub(lambda found: f"{found[1]}{MASK}{fingerprint(found[2])}", text)
    return IN_QUERY.sub(lambda found: f"{found[1]}{MASK}{fingerprint(found[2])}", text)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}… ({len(text)} in all)"
