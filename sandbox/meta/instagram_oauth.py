"""Instagram Login's token endpoints, and who is signed in.

Source: "Business Login for Instagram" on developers.facebook.com, 2026-11-22; the other shape of the exchange's answer
and its errors' sentences are from recorded answers.
"""

import hmac
from typing import Any

from starlette.responses import Response

from sandbox.answers import Json
from sandbox.meta import instagram_facts as facts
from sandbox.meta.apps import INSTAGRAM
from sandbox.meta.call import Call, authenticate, require_instagram
from sandbox.meta.errors import GraphError, invalid_parameter
from sandbox.meta.fields import Node, parse_fields, project
from sandbox.meta.instagram_nodes import LOGIN_USER
from sandbox.meta.signins import AuthCode
from sandbox.meta.tokens import Tier, Token

BAD_REQUEST = 400


class ExchangeError(Exception):
    """A refusal of the code exchange, which has a shape of its own."""

    def answer(self) -> Response:
        """Return it in that shape."""
        body = {"error_type": "OAuthException", "code": BAD_REQUEST, "error_message": str(self)}
        return Json(body, status_code=BAD_REQUEST)


async def exchange_code(call: Call) -> dict[str, Any] | Response:
    """POST /oauth/access_token: turn a code into a token for an hour, once."""
    try:
        _check_client(call)
        code = _check_code(call)
    except ExchangeError as error:
        return error.answer()
    call.meta.signins.use_code(call.params.text("code") or "")
    token = _issue(call, code.user_id, seconds=facts.SHORT_TOKEN_SECONDS, long=False)
    permissions = _permissions(call, code.user_id)
    if call.meta.settings.instagram_answer == "documented":
        return {"data": [{"access_token": token, "user_id": code.user_id, "permissions": ",".join(permissions)}]}
    return {"access_token": token, "user_id": int(code.user_id), "permissions": permissions}


async def exchange_short(call: Call) -> dict[str, Any]:
    """GET /access_token: turn a living short token into one for sixty days."""
    if call.params.text("grant_type") != "ig_exchange_token":
        raise invalid_parameter("Param grant_type must be ig_exchange_token.")
    if not _is_secret(call.params.text("client_secret")):
        raise GraphError(101, "Error validating client secret.")
    token = _token(call)
    if token.long:
        raise GraphError(452, "Session key invalid. The access token is a long-lived one already.")
    fresh = _issue(call, token.user_id or "", seconds=facts.LONG_TOKEN_SECONDS, long=True)
    return {"access_token": fresh, "token_type": "bearer", "expires_in": facts.LONG_TOKEN_SECONDS}


async def refresh(call: Call) -> dict[str, Any]:
    """GET /refresh_access_token: another sixty days for a long token that is a day old and has not ended."""
    if call.params.text("grant_type") != "ig_refresh_token":
        raise invalid_parameter("Param grant_type must be ig_refresh_token.")
    token = _token(call)
    if not token.long:
        raise invalid_parameter("The access token is not a long-lived one.")
    if call.now - token.issued_at < facts.REFRESH_AFTER_SECONDS:
        raise invalid_parameter("The access token must be at least 24 hours old to be refreshed.")
    require_instagram(call, call.meta.people.instagram_accounts[token.user_id or ""], "instagram_basic")
    fresh = _issue(call, token.user_id or "", seconds=facts.LONG_TOKEN_SECONDS, long=True)
    return {
        "access_token": fresh,
        "token_type": "bearer",
        "expires_in": facts.LONG_TOKEN_SECONDS,
        "permissions": ",".join(_permissions(call, token.user_id or "")),
    }


async def me(call: Call) -> dict[str, Any]:
    """GET /me: the account; `id` is for this app only, `user_id` is the one that paths take."""
    account = call.meta.people.instagram_accounts[call.caller.user_id or ""]
    require_instagram(call, account, "instagram_basic")
    return project(Node(LOGIN_USER, account), parse_fields(",".join(call.params.names("fields"))), call)


def _is_secret(text: str | None) -> bool:
    return hmac.compare_digest((text or "").encode(), INSTAGRAM.secret.encode())


def _check_client(call: Call) -> None:
    if call.params.text("client_id") != INSTAGRAM.id:
        raise ExchangeError("Invalid platform app")
    if not _is_secret(call.params.text("client_secret")):
        raise ExchangeError("Error validating client secret.")
    if call.params.text("grant_type") != "authorization_code":
        raise ExchangeError("Invalid grant_type: it must be authorization_code")


def _check_code(call: Call) -> AuthCode:
    code = call.meta.signins.code(call.params.text("code") or "")
    if code is None or code.user_id not in call.meta.people.instagram_accounts:
        raise ExchangeError("Invalid authorization code")
    if code.used:
        raise ExchangeError("This authorization code has been used")
    if call.now >= code.expires_at:
        raise ExchangeError("This authorization code has expired")
    if call.params.text("redirect_uri") != code.redirect_uri:
        raise ExchangeError(
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used "
            "in the OAuth dialog request"
        )
    return code


def _token(call: Call) -> Token:
    """Return the token that was sent, alive.

    Raises:
        GraphError: 104 or 190.
    """
    authenticate(call)
    if call.caller.tier is not Tier.INSTAGRAM:
        raise GraphError(190, "Invalid OAuth access token - Cannot parse access token")
    return call.caller


def _issue(call: Call, account_id: str, *, seconds: int, long: bool) -> str:
    return call.meta.tokens.issue_instagram(account_id, now=call.now, expires_at=call.now + seconds, long=long)


def _permissions(call: Call, account_id: str) -> list[str]:
    grant = call.meta.signins.grants.get(account_id)
    return [name for name in grant.permissions if grant.has(name)] if grant else []
