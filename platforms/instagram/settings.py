"""Settings of Instagram Login: an app of its own and three origins, for the real platform and for the sandbox.

The versions of its API are those of Meta's Graph API, so `AGM_META_API_VERSION` is for both.

Source: https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login
(read 2026-11-26).
"""

from dataclasses import dataclass

from pydantic import Field, SecretStr

from platforms.meta.settings import MetaEnvironment, MetaSettings, webhook_token

LIVE_SETTINGS = ("AGM_INSTAGRAM_APP_ID", "AGM_INSTAGRAM_APP_SECRET")
_SANDBOX_APP_ID = "200000000000002"
_SANDBOX_APP_SECRET = "sandbox-instagram-app-secret"  # noqa: S105 - the sandbox's fixed, public secret


class InstagramEnvironment(MetaEnvironment):
    """The variables an operator sets for Instagram Login, beside those that it shares with Meta."""

    instagram_app_id: str | None = Field(
        default=None,
        description="Instagram Login: the Instagram app's id, which is not the Meta app's. LIVE accounts that sign in "
        "at Instagram need it; accounts that come with a Facebook Page do not.",
        examples=["990602627938098"],
    )
    instagram_app_secret: SecretStr | None = Field(
        default=None,
        description="Instagram Login: the Instagram app's secret. LIVE accounts that sign in at Instagram need it.",
        examples=["the secret that the app's dashboard shows beside the Instagram app's id"],
    )
    instagram_graph_url: str = Field(
        default="https://graph.instagram.com",
        description="Instagram Login: origin of the API, for LIVE accounts.",
        examples=["https://graph.instagram.com"],
    )
    instagram_auth_url: str = Field(
        default="https://api.instagram.com",
        description="Instagram Login: origin that takes codes for tokens, for LIVE accounts.",
        examples=["https://api.instagram.com"],
    )
    instagram_dialog_url: str = Field(
        default="https://www.instagram.com",
        description="Instagram Login: origin of the sign-in dialog, for LIVE accounts.",
        examples=["https://www.instagram.com"],
    )


@dataclass(frozen=True, slots=True)
class InstagramSettings:
    """What signing in at Instagram needs to know: the API as Meta's is known, and where codes are taken."""

    api: MetaSettings
    auth_url: str


def settings_of(environment: InstagramEnvironment, sandbox_url: str | None) -> InstagramSettings:
    """Say how the sandbox is reached, or without its origin the real platform."""
    return sandbox(environment, sandbox_url) if sandbox_url else live(environment)


def live(environment: InstagramEnvironment) -> InstagramSettings:
    """Say how the real platform is reached; `missing` names what an operator has not set."""
    secret = environment.instagram_app_secret.get_secret_value() if environment.instagram_app_secret else ""
    wanted = dict(zip(LIVE_SETTINGS, (environment.instagram_app_id, secret), strict=True))
    api = MetaSettings(
        app_id=environment.instagram_app_id or "",
        app_secret=secret,
        api_version=environment.meta_api_version,
        graph_url=environment.instagram_graph_url.rstrip("/"),
        dialog_url=environment.instagram_dialog_url.rstrip("/"),
        upload_url=None,
        webhook_token=webhook_token(environment),
        missing=tuple(name for name, value in wanted.items() if not value),
        proves_calls=False,
    )
    return InstagramSettings(api, environment.instagram_auth_url.rstrip("/"))


def sandbox(environment: InstagramEnvironment, sandbox_url: str) -> InstagramSettings:
    """Say how the sandbox is reached, with its own fixed app."""
    origin = f"{sandbox_url.rstrip('/')}/instagram"
    api = MetaSettings(
        app_id=_SANDBOX_APP_ID,
        app_secret=_SANDBOX_APP_SECRET,
        api_version=environment.meta_api_version,
        graph_url=origin,
        dialog_url=origin,
        upload_url=None,
        webhook_token=webhook_token(environment),
        proves_calls=False,
    )
    return InstagramSettings(api, origin)
