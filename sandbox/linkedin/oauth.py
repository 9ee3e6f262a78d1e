"""The token endpoints: code to token, refresh, introspection, revocation. The secret comes in the body."""

import base64
import hmac
from dataclasses import replace
from typing import Any

import orjson
from starlette.responses import Response

from sandbox.answers import Json
from sandbox.linkedin import facts
from sandbox.linkedin.apps import APPS, App
from sandbox.linkedin.call import Call
from sandbox.linkedin.identity import claims
from sandbox.linkedin.personas import members
from sandbox.linkedin.tokens import Code, Token

ISSUER = "https://www.linkedin.com"
ID_TOKEN_SECONDS = 3_600
MISMATCH = (
    "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. "
    "Or authorization code expired. Or external member binding exists"
)


class _Refused(Exception):  # noqa: N818 - the platform's word
    """OAuth's own kind of refusal."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.answer = Json({"error": error, "error_description": description}, status)


async def access_token(call: Call) -> dict[str, Any] | Response:
    """POST accessToken: exchange a code, or a refresh token."""
    try:
        match _field(call, "grant_type"):
            case "authorization_code":
                return _exchange(call)
            case "refresh_token":
                return _refresh(call)
            case other:
                error = _Refused(400, "unsupported_grant_type", f"The grant type {other[:40]!r} is not supported")
                return error.answer
    except _Refused as refused:
        return refused.answer


async def introspect(call: Call) -> dict[str, Any] | Response:
    """POST introspectToken: how a token of the app stands."""
    try:
        app, text = _app(call), _field(call, "token")
    except _Refused as refused:
        return refused.answer
    token = call.linkedin.tokens.find(text)
    if token is None or token.client_id != app.id:
        return {"active": False}
    status = token.status(call.now)
    return {
        "active": status == "active",
        "status": status,
        "scope": ",".join(token.scopes),
        "created_at": int(token.created_at),
        "authorized_at": int(token.authorized_at),
        "expires_at": int(token.expires_at),
        "client_id": app.id,
        "auth_type": "3L",
    }


async def revoke(call: Call) -> Response:
    """POST revoke: end a token of the app; one that is unknown is answered the same."""
    try:
        app, text = _app(call), _field(call, "token")
    except _Refused as refused:
        return refused.answer
    token = call.linkedin.tokens.find(text)
    if token is not None and token.client_id == app.id:
        call.linkedin.tokens.revoke(token)
    return Response(status_code=200)


def _field(call: Call, name: str) -> str:
    value = call.form.get(name)
    if not value:
        raise _Refused(400, "invalid_request", f'A required parameter "{name}" is missing')
    return value


def _app(call: Call) -> App:
    """Return the app whose id and secret are in the body."""
    app, secret = APPS.get(_field(call, "client_id")), _field(call, "client_secret")
    if app is None or not hmac.compare_digest(app.secret.encode(), secret.encode()):
        raise _Refused(401, "invalid_client", "Client authentication failed")
    return app


def _exchange(call: Call) -> dict[str, Any]:
    text, redirect_uri, app = _field(call, "code"), _field(call, "redirect_uri"), _app(call)
    tokens = call.linkedin.tokens
    code = tokens.code(text)
    if code is None or code.is_used:
        raise _Refused(400, "invalid_request", "Unable to retrieve access token: authorization code not found")
    if (code.client_id, code.redirect_uri) != (app.id, redirect_uri) or call.now >= code.expires_at:
        raise _Refused(400, "invalid_redirect_uri", MISMATCH)
    tokens.use_code(text)
    token = tokens.begin(code, call.now, fresh_401s=_fresh_401s(call, code))
    answer = _answer(token, tokens.give(token), call.now)
    if token.member.has_refresh or app.name in call.linkedin.settings.refresh_apps:
        ends = call.now + facts.REFRESH_TOKEN_SECONDS
        refresh = replace(token, kind="refresh", expires_at=ends, fresh_401s=0)
        answer |= {"refresh_token": tokens.give(refresh), "refresh_token_expires_in": facts.REFRESH_TOKEN_SECONDS}
    return answer


def _refresh(call: Call) -> dict[str, Any]:
    """Give another access token; the refresh token stays the same, and lives no longer for it."""
    text, app = _field(call, "refresh_token"), _app(call)
    tokens = call.linkedin.tokens
    refresh = tokens.find(text)
    is_known = refresh is not None and refresh.kind == "refresh" and refresh.client_id == app.id
    if refresh is None or not is_known or refresh.status(call.now) != "active":
        raise _Refused(400, "invalid_grant", "The provided authorization grant or refresh token is invalid, expired")
    ends = min(call.now + facts.TOKEN_SECONDS, refresh.expires_at)
    token = replace(refresh, kind="access", created_at=call.now, expires_at=ends)
    left = {"refresh_token": text, "refresh_token_expires_in": int(refresh.expires_at - call.now)}
    return _answer(token, tokens.give(token), call.now) | left


def _answer(token: Token, text: str, now: float) -> dict[str, Any]:
    answer = {
        "access_token": text,
        "expires_in": int(token.expires_at - now),
        "scope": ",".join(token.scopes),
        "token_type": "Bearer",
    }
    return answer | ({"id_token": _id_token(token, now)} if "openid" in token.scopes else {})


def _fresh_401s(call: Call, code: Code) -> int:
    return members()[code.persona].fresh_401s or call.linkedin.settings.fresh_token_401s


def _id_token(token: Token, now: float) -> str:
    """Return a JWT about the member. It is signed with the app's secret: the sandbox publishes no keys."""
    times = {"iat": int(now), "exp": int(now) + ID_TOKEN_SECONDS}
    body = {"iss": ISSUER, "aud": token.client_id, **times, **claims(token)}
    text = f"{_coded({'alg': 'HS256', 'typ': 'JWT'})}.{_coded(body)}"
    return f"{text}.{_letters(hmac.digest(token.app.secret.encode(), text.encode(), 'sha256'))}"


def _coded(part: dict[str, Any]) -> str:
    return _letters(orjson.dumps(part))


def _letters(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
