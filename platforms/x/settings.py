"""X's settings: the app that people sign in with, and X's origins.

Source: https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code (read 2026-11-22): a confidential
client has an id and a secret.
"""

from dataclasses import dataclass, field

from pydantic import BaseModel, Field, SecretStr

REQUIRED_SETTINGS = ("AGM_X_CLIENT_ID", "AGM_X_CLIENT_SECRET")
_SANDBOX_ID = "sandbox-x-client"
_SANDBOX_SECRET = "sandbox-x-secret"  # noqa: S105 - the sandbox's fixed, public secret


class XEnvironment(BaseModel):
    """The variables an operator sets for X."""

    x_client_id: str | None = Field(
        default=None,
        description="X: OAuth 2.0 client id of the app. LIVE X accounts need it.",
        examples=["YUEzTm9xWmZ0"],
    )
    x_client_secret: SecretStr | None = Field(
        default=None,
        description="X: the app's OAuth 2.0 client secret. LIVE X accounts need it.",
        examples=["the secret that the app's Keys and tokens page shows once"],
    )
    x_api_url: str = Field(
        default="https://api.x.com",
        description="X: origin of the API, for LIVE accounts.",
        examples=["https://api.x.com"],
    )
    x_auth_url: str = Field(
        default="https://x.com",
        description="X: origin of the sign-in dialog and of posts' addresses, for LIVE accounts.",
        examples=["https://x.com"],
    )


@dataclass(frozen=True, slots=True)
class XSettings:
    """What the app's client needs to know; origins without a trailing slash."""

    client_id: str
    client_secret: str = field(repr=False)
    api_url: str
    auth_url: str
    missing: tuple[str, ...] = ()


def x_settings(environment: XEnvironment, sandbox_url: str | None) -> XSettings:
    """Say how the app reaches the sandbox, or without its origin the real platform."""
    if sandbox_url:
        origin = f"{sandbox_url.rstrip('/')}/x"
        return XSettings(_SANDBOX_ID, _SANDBOX_SECRET, origin, origin)
    secret = environment.x_client_secret.get_secret_value() if environment.x_client_secret else ""
    given = (environment.x_client_id or "", secret)
    return XSettings(
        client_id=given[0],
        client_secret=secret,
        api_url=environment.x_api_url.rstrip("/"),
        auth_url=environment.x_auth_url.rstrip("/"),
        missing=tuple(name for name, value in zip(REQUIRED_SETTINGS, given, strict=True) if not value),
    )


def app_name(settings: XSettings) -> str:
    """Name the app as what its calls tell of their limits is kept by."""
    return f"x:{settings.client_id}"
