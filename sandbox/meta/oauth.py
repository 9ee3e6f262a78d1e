"""The token endpoints: code, long-lived exchange, app token, and debug_token."""

import hmac
from typing import Any

from sandbox.meta import facts
from sandbox.meta.call import Call, checkpoint_error, token_error
from sandbox.meta.errors import GraphError, invalid_parameter
from sandbox.meta.signins import Grant
from sandbox.meta.tokens import Tier, Token

PAGE_SCOPES = ("pages_", "read_insights")
INSTAGRAM_SCOPES = ("instagram_",)


async def access_token(call: Call) -> dict[str, Any]:
    """GET or POST oauth/access_token, by `grant_type`."""
    _check_client(call)
    match call.params.text("grant_type") or "authorization_code":
        case "authorization_code":
            return _exchange_code(call)
        case "fb_exchange_token":
            return _exchange_short(call)
        case "client_credentials":
            return {"access_token": call.meta.tokens.app_token(), "token_type": "bearer"}
        case other:
            raise invalid_parameter(f"Unsupported grant_type {other[:40]!r}")


async def debug_token(call: Call) -> dict[str, Any]:
    """GET debug_token: everything about `input_token`, for an app token or a user of the app."""
    if call.caller.tier is Tier.PAGE:
        raise GraphError(100, "(#100) You must provide an app access token, or a user access token that is an owner")
    text = call.params.text("input_token")
    if not text:
        raise invalid_parameter("The parameter input_token is required.")
    token = call.meta.tokens.find(text)
    if token is None or token.tier is Tier.INSTAGRAM:
        error = {"code": 190, "message": "Invalid OAuth access token - Cannot parse access token"}
        return {"data": {"error": error, "is_valid": False, "scopes": []}}
    return {"data": _description(call, token)}


def _check_client(call: Call) -> None:
    basic_id, basic_secret = call.basic or (None, None)
    client_id = call.params.text("client_id") or basic_id
    secret = call.params.text("client_secret") or basic_secret or ""
    if client_id != facts.APP_ID:
        raise GraphError(101, "Error validating application. Invalid application ID.")
    if not hmac.compare_digest(secret.encode(), facts.APP_SECRET.encode()):
        raise GraphError(1, "Error validating client secret.")


def _exchange_code(call: Call) -> dict[str, Any]:
    """Turn a code into a short user token, once.

    Raises:
        GraphError: 100 with 36007 (too late), 36008 (another redirect URI) or 36009 (used); 190 with 459 for a
            person whom Facebook wants to see first.
    """
    text = call.params.text("code") or ""
    code = call.meta.signins.code(text)
    if code is None or code.user_id not in call.meta.people.persons:
        raise GraphError(100, "Invalid verification code format.")
    if code.used:
        raise GraphError(100, "This authorization code has been used.", subcode=36009)
    if call.now >= code.expires_at:
        raise GraphError(100, "This authorization code has expired.", subcode=36007)
    if call.params.text("redirect_uri") != code.redirect_uri:
        raise GraphError(
            100,
            "Error validating verification code. Please make sure your redirect_uri is identical to the one you used "
            "in the OAuth dialog request",
            subcode=36008,
        )
    if error := checkpoint_error(call, code.user_id):
        raise error
    call.meta.signins.use_code(text)
    token = call.meta.tokens.issue_user(
        code.user_id, now=call.now, expires_at=call.now + facts.SHORT_TOKEN_SECONDS, long=False
    )
    return {"access_token": token, "token_type": "bearer", "expires_in": facts.SHORT_TOKEN_SECONDS}


def _exchange_short(call: Call) -> dict[str, Any]:
    """Turn a living user token into a long-lived one; a long-lived one keeps its end."""
    text = call.params.text("fb_exchange_token")
    if not text:
        raise invalid_parameter("fb_exchange_token parameter not specified")
    token = call.meta.tokens.find(text)
    if token is None or token.tier is not Tier.USER or token.user_id is None:
        raise GraphError(190, "Invalid OAuth access token - Cannot parse access token")
    if error := token_error(call, token):
        raise error
    end = token.expires_at if token.long else call.now + facts.LONG_TOKEN_SECONDS
    fresh = call.meta.tokens.issue_user(token.user_id, now=call.now, expires_at=end, long=True)
    return {"access_token": fresh, "token_type": "bearer", "expires_in": int(end - call.now)}


def _description(call: Call, token: Token) -> dict[str, Any]:
    error = token_error(call, token)
    grant = call.meta.signins.grants.get(token.user_id or "")
    scopes = [name for name, status in grant.permissions.items() if status == "granted"] if grant and not error else []
    data: dict[str, Any] = {
        "app_id": facts.APP_ID,
        "type": token.tier.value,
        "application": facts.APP_NAME,
        "data_access_expires_at": int(token.data_access_expires_at),
        "expires_at": int(token.expires_at),
        "is_valid": error is None,
        "scopes": scopes,
    }
    if token.long and token.tier is not Tier.APP:
        data["issued_at"] = int(token.issued_at)
    if token.user_id is not None:
        data["user_id"] = token.user_id
    if token.page_id is not None:
        data["profile_id"] = token.page_id
    if error is not None:
        data["error"] = {"code": error.code, "message": error.message, "subcode": error.subcode}
    elif grant is not None:
        data["granular_scopes"] = [_granular(grant, scope) for scope in scopes if scope != facts.ALWAYS_GRANTED]
    return data


def _granular(grant: Grant, scope: str) -> dict[str, Any]:
    """Name the targets of a scope where not everything was ticked."""
    if scope.startswith(PAGE_SCOPES) and grant.page_ids is not None:
        return {"scope": scope, "target_ids": sorted(grant.page_ids)}
    if scope.startswith(INSTAGRAM_SCOPES) and grant.instagram_ids is not None:
        return {"scope": scope, "target_ids": sorted(grant.instagram_ids)}
    return {"scope": scope}
