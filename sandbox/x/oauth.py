"""X's token endpoints: code to tokens, refresh to new ones, revoke.

Source: "OAuth 2.0 Authorization Code Flow with PKCE" on docs.x.com, read 2026-11-22.
"""

import hmac
import secrets
from typing import Any

from sandbox.x import facts
from sandbox.x.apps import APPS, App
from sandbox.x.call import Call
from sandbox.x.errors import oauth
from sandbox.x.tokens import Code, Token

INVALID = "invalid_request"


async def token(call: Call) -> dict[str, Any]:
    """POST /2/oauth2/token: a code or a refresh token for tokens."""
    if call.sent.kind != "form":
        raise oauth(INVALID, "The content type must be application/x-www-form-urlencoded.")
    app = _client(call)
    match call.sent.fields.get("grant_type"):
        case "authorization_code":
            return _exchange(call, app)
        case "refresh_token":
            return _refresh(call, app)
        case other:
            raise oauth("unsupported_grant_type", f"Value passed for the grant type was invalid: {(other or '')[:40]}")


async def revoke(call: Call) -> dict[str, Any]:
    """POST /2/oauth2/revoke: end a token; a refresh token takes its whole consent along."""
    app = _client(call)
    text = call.sent.fields.get("token", "")
    if not text:
        raise oauth(INVALID, "Missing required parameter [token].")
    found = call.x.tokens.find(text)
    if found is not None and found.client_id == app.id:
        if found.kind == "refresh":
            call.x.tokens.end_family(found.family)
        else:
            call.x.tokens.end(found)
    return {"revoked": True}


def _client(call: Call) -> App:
    """Return the app that calls: by Basic, or, without a secret, by `client_id` in the body.

    Raises:
        Refusal: 401, where it is not who it says.
    """
    named = call.sent.fields.get("client_id")
    if call.basic is not None:
        app = APPS.get(call.basic[0])
        given = call.basic[1].encode()
        if app and app.secret and hmac.compare_digest(given, app.secret.encode()) and named in (None, app.id):
            return app
        raise oauth("unauthorized_client", "Missing valid authorization header", 401)
    app = APPS.get(named or "")
    if app is None or app.secret is not None:
        raise oauth("unauthorized_client", "Missing valid authorization header", 401)
    return app


def _exchange(call: Call, app: App) -> dict[str, Any]:
    text = call.sent.fields.get("code", "")
    code = call.x.tokens.code(text)
    if code is None or code.is_used or call.now >= code.expires_at or code.client_id != app.id:
        raise oauth(INVALID, "Value passed for the authorization code was invalid.")
    if call.sent.fields.get("redirect_uri") != code.redirect_uri:
        raise oauth(INVALID, "Value passed for the redirect uri did not match the uri of the authorization code.")
    if not code.is_proven(call.sent.fields.get("code_verifier", "")):
        raise oauth(INVALID, "Value passed for the code verifier did not match the code challenge.")
    call.x.tokens.use_code(text)
    return _issue(call, code, secrets.token_hex(8))


def _refresh(call: Call, app: App) -> dict[str, Any]:
    """Use a refresh token up, at once and for good."""
    found = call.x.tokens.find(call.sent.fields.get("refresh_token", ""))
    if found is None or found.kind != "refresh" or found.client_id != app.id or not found.works(call.now):
        if found is not None and found.is_dead and call.x.settings.family_kill_on_reuse:
            call.x.tokens.end_family(found.family)
        raise oauth(INVALID, "Value passed for the token was invalid.")
    call.x.tokens.end(found)
    return _issue(call, found, found.family)


def _issue(call: Call, given: Code | Token, family: str) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "token_type": "bearer",
        "expires_in": facts.TOKEN_SECONDS,
        "access_token": call.x.tokens.issue(given, "access", call.now, family),
        "scope": " ".join(given.scopes),
    }
    if facts.OFFLINE in given.scopes:
        answer["refresh_token"] = call.x.tokens.issue(given, "refresh", call.now, family)
    return answer
