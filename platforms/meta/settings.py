"""Meta's settings: app credentials and origins, for the real platform and for the sandbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel, Field, SecretStr

from platforms.rules import ApiVersion, Fact

SANDBOX_APP_ID = "100000000000001"
SANDBOX_APP_SECRET = "sandbox-app-secret"  # noqa: S105 - the sandbox's fixed, public secret


LIVE_SETTINGS = ("AGM_META_APP_ID", "AGM_META_APP_SECRET")
_ENDS: Fact[Mapping[str, date | None]] = Fact(
    {
        "v21.0": date(2027, 1, 21),
        "v22.0": date(2027, 5, 20),
        "v23.0": date(2027, 10, 8),
        "v24.0": date(2028, 2, 18),
        "v25.0": date(2028, 7, 29),
        "v26.0": None,
    },
    source="https://developers.facebook.com/docs/graph-api/changelog",
    read_on=date(2026, 11, 22),
)


class MetaEnvironment(BaseModel):
    """The variables an operator sets for Meta."""

    meta_app_id: str | None = Field(
        default=None, description="Meta: the app's id. LIVE accounts need it.", examples=["1234567890123456"]
    )
    meta_app_secret: SecretStr | None = Field(
        default=None,
        description="Meta: the app's secret. LIVE accounts need it.",
        examples=["the secret that the app's dashboard shows"],
    )
    meta_webhook_token: SecretStr | None = Field(
        default=None,
        description="Meta: the verify token of this app's webhooks, a word of your own that the app's dashboard gets "
        "too. Without it Meta cannot subscribe this server.",
        examples=["a long random word"],
    )
    meta_api_version: str = Field(
        default="v26.0",
        pattern=r"^v\d+\.\d+$",
        description="Meta: the Graph API version that is called.",
        examples=["v26.0"],
    )
    meta_graph_url: str = Field(
        default="https://graph.facebook.com",
        description="Meta: origin of the Graph API, for LIVE accounts.",
        examples=["https://graph.facebook.com"],
    )
    meta_dialog_url: str = Field(
        default="https://www.facebook.com",
        description="Meta: origin of the sign-in dialog, for LIVE accounts.",
        examples=["https://www.facebook.com"],
    )
    meta_upload_url: str = Field(
        default="https://rupload.facebook.com",
        description="Meta: origin that takes the bytes of videos, for LIVE accounts.",
        examples=["https://rupload.facebook.com"],
    )


@dataclass(frozen=True, slots=True)
class MetaSettings:
    """What the client needs to know: origins without a trailing slash, version, app.

    `upload_url` is None where no bytes are taken. Calls with a token carry a proof that the app's secret is known where
    it `proves_calls`.
    """

    app_id: str
    app_secret: str = field(repr=False)
    api_version: str
    graph_url: str
    dialog_url: str
    upload_url: str | None
    webhook_token: str | None = field(default=None, repr=False)
    missing: tuple[str, ...] = ()
    proves_calls: bool = True

    @property
    def graph_base(self) -> str:
        """The Graph API's address with its version."""
        return f"{self.graph_url}/{self.api_version}"


def settings_of(environment: MetaEnvironment, sandbox_url: str | None) -> MetaSettings:
    """Say how the sandbox is reached, or without its origin the real platform."""
    return sandbox(environment, sandbox_url) if sandbox_url else live(environment)


def app_name(settings: MetaSettings) -> str:
    """Name the app as what its calls tell of their limits is kept by."""
    return f"meta:{settings.app_id}"


def live(environment: MetaEnvironment) -> MetaSettings:
    """Say how the real platform is reached; `missing` names what an operator has not set."""
    secret = environment.meta_app_secret.get_secret_value() if environment.meta_app_secret else ""
    wanted = dict(zip(LIVE_SETTINGS, (environment.meta_app_id, secret), strict=True))
    return MetaSettings(
        app_id=environment.meta_app_id or "",
        app_secret=secret,
        api_version=environment.meta_api_version,
        graph_url=environment.meta_graph_url.rstrip("/"),
        dialog_url=environment.meta_dialog_url.rstrip("/"),
        upload_url=environment.meta_upload_url.rstrip("/"),
        webhook_token=webhook_token(environment),
        missing=tuple(name for name, value in wanted.items() if not value),
    )


def api_version(environment: MetaEnvironment) -> ApiVersion:
    """Say which version of the Graph API is called, and when Meta ends which."""
    return ApiVersion("Meta's Graph API", "AGM_META_API_VERSION", environment.meta_api_version, _ENDS)


def sandbox(environment: MetaEnvironment, sandbox_url: str) -> MetaSettings:
    """Say how the sandbox is reached, with its own fixed app."""
    origin = f"{sandbox_url.rstrip('/')}/meta"
    return MetaSettings(
        app_id=SANDBOX_APP_ID,
        app_secret=SANDBOX_APP_SECRET,
        api_version=environment.meta_api_version,
        graph_url=origin,
        dialog_url=origin,
        upload_url=origin,
        webhook_token=webhook_token(environment),
    )


def webhook_token(environment: MetaEnvironment) -> str | None:
    """Give the word that an operator gave for webhooks."""
    return environment.meta_webhook_token.get_secret_value() if environment.meta_webhook_token else None
