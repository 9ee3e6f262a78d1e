"""LinkedIn's settings: an app for members and one for organisations, the version of the API and its origins.

There are two apps because the Community Management API, which organisation Pages need, must be its app's only product,
while members sign in with OpenID Connect.

Sources, read 2026-11-22:
https://learn.microsoft.com/en-us/linkedin/marketing/increasing-access
https://learn.microsoft.com/en-us/linkedin/marketing/versioning
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel, Field, SecretStr

from platforms.rules import ApiVersion, Fact

MEMBER_SETTINGS = ("AGM_LINKEDIN_CLIENT_ID", "AGM_LINKEDIN_CLIENT_SECRET")
PAGES_SETTINGS = ("AGM_LINKEDIN_PAGES_CLIENT_ID", "AGM_LINKEDIN_PAGES_CLIENT_SECRET")
_SANDBOX_ID, _SANDBOX_PAGES_ID = "86sandboxmembers", "86sandboxpagesx"
_SANDBOX_SECRET = "sandbox-linkedin-secret"  # noqa: S105 - the sandbox's fixed, public secret
_SANDBOX_PAGES_SECRET = "sandbox-linkedin-pages-secret"  # noqa: S105 - likewise
_ENDS: Fact[Mapping[str, date | None]] = Fact(
    {
        "202508": date(2026, 8, 17),
        "202510": date(2026, 10, 15),
        "202511": date(2026, 11, 16),
        "202601": date(2027, 1, 15),
        "202602": date(2027, 2, 15),
        "202603": date(2027, 3, 16),
        "202609": None,
    },
    source="https://learn.microsoft.com/en-us/linkedin/marketing/integrations/migrations",
    read_on=date(2026, 11, 22),
    confirmed=False,
)


class LinkedInEnvironment(BaseModel):
    """The variables an operator sets for LinkedIn."""

    linkedin_client_id: str | None = Field(
        default=None,
        description="LinkedIn: client id of the app that members sign in with. LIVE member profiles need it.",
        examples=["77abcdefghij12"],
    )
    linkedin_client_secret: SecretStr | None = Field(
        default=None,
        description="LinkedIn: that app's primary client secret. LIVE member profiles need it.",
        examples=["the secret that the app's Auth tab shows"],
    )
    linkedin_pages_client_id: str | None = Field(
        default=None,
        description="LinkedIn: client id of the app for organisation Pages, whose only product is the Community "
        "Management API. LIVE organisation Pages need it.",
        examples=["77klmnopqrst34"],
    )
    linkedin_pages_client_secret: SecretStr | None = Field(
        default=None,
        description="LinkedIn: that app's primary client secret. LIVE organisation Pages need it.",
        examples=["the secret that the app's Auth tab shows"],
    )
    linkedin_version: str = Field(
        default="202609",
        pattern=r"^20\d{2}(0[1-9]|1[0-2])$",
        description="LinkedIn: the version of the API that is called, as year and month.",
        examples=["202609"],
    )
    linkedin_api_url: str = Field(
        default="https://api.linkedin.com",
        description="LinkedIn: origin of the API, for LIVE accounts.",
        examples=["https://api.linkedin.com"],
    )
    linkedin_auth_url: str = Field(
        default="https://www.linkedin.com",
        description="LinkedIn: origin of the sign-in dialog, of posts' addresses and of uploads, for LIVE accounts.",
        examples=["https://www.linkedin.com"],
    )


@dataclass(frozen=True, slots=True)
class LinkedInSettings:
    """What one app's client needs to know; origins without a trailing slash."""

    client_id: str
    client_secret: str = field(repr=False)
    version: str
    api_url: str
    auth_url: str
    missing: tuple[str, ...] = ()


def member_settings(environment: LinkedInEnvironment, sandbox_url: str | None) -> LinkedInSettings:
    """Say how the members' app reaches the sandbox, or without its origin the real platform."""
    if sandbox_url:
        return _sandbox(environment, sandbox_url, _SANDBOX_ID, _SANDBOX_SECRET)
    given = (environment.linkedin_client_id, environment.linkedin_client_secret)
    return _live(environment, MEMBER_SETTINGS, *given)


def pages_settings(environment: LinkedInEnvironment, sandbox_url: str | None) -> LinkedInSettings:
    """Say how the organisations' app reaches the sandbox, or without its origin the real platform."""
    if sandbox_url:
        return _sandbox(environment, sandbox_url, _SANDBOX_PAGES_ID, _SANDBOX_PAGES_SECRET)
    given = (environment.linkedin_pages_client_id, environment.linkedin_pages_client_secret)
    return _live(environment, PAGES_SETTINGS, *given)


def app_name(settings: LinkedInSettings) -> str:
    """Name the app as what its calls tell of their limits is kept by."""
    return f"linkedin:{settings.client_id}"


def api_version(environment: LinkedInEnvironment) -> ApiVersion:
    """Say which version of the API is called, and when LinkedIn ends which."""
    return ApiVersion("LinkedIn's API", "AGM_LINKEDIN_VERSION", environment.linkedin_version, _ENDS)


def _live(
    environment: LinkedInEnvironment, names: tuple[str, str], client_id: str | None, secret: SecretStr | None
) -> LinkedInSettings:
    value = secret.get_secret_value() if secret else ""
    return LinkedInSettings(
        client_id=client_id or "",
        client_secret=value,
        version=environment.linkedin_version,
        api_url=environment.linkedin_api_url.rstrip("/"),
        auth_url=environment.linkedin_auth_url.rstrip("/"),
        missing=tuple(name for name, given in zip(names, (client_id, value), strict=True) if not given),
    )


def _sandbox(environment: LinkedInEnvironment, sandbox_url: str, client_id: str, secret: str) -> LinkedInSettings:
    origin = f"{sandbox_url.rstrip('/')}/linkedin"
    return LinkedInSettings(client_id, secret, environment.linkedin_version, origin, origin)
