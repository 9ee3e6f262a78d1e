"""Settings: `AGM_*` environment variables, `.env`, and `AGM_*_FILE` for what is mounted as a file.

Read once, at start. A wrong one stops the start with its name; its value is never shown.
"""

import ipaddress
import json
import os
import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, cast
from urllib.parse import parse_qsl, urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from platforms.environment import PlatformsEnvironment
from publishing.failpoints import CrashPoint
from publishing.keyring import Keyring, KeyringError, parse_keyring

PREFIX = "AGM_"
DRAIN_MARGIN_SECONDS = 5.0
"""What a stopping worker gets on top of a call's deadline, to write down what came of it."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_FAILPOINT = re.compile(rf"(?:{'|'.join(CrashPoint)})(?::[1-9]\d*)?")
_DATABASES = {"sqlite", "postgresql", "postgres", "asyncpg"}
_TLS_FILES = {"sslrootcert", "sslcert", "sslkey", "sslcrl", "ssl_ca_certs", "ssl_certfile", "ssl_keyfile"}
_REDISES = {"redis", "rediss", "unix"}
Listed = Annotated[tuple[str, ...], NoDecode]


class SettingsError(Exception):
    """A setting is missing or wrong; the message names the variable and says what to set, never its value."""


class Settings(PlatformsEnvironment, BaseSettings):
    """What an operator can set. Every field is the variable `AGM_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True)

    public_url: str = Field(
        default="http://127.0.0.1:8000",
        description="The address under which browsers and platforms reach this server: redirect addresses and media "
        "links start with it. https, but on loopback.",
        examples=["https://social.example.com"],
    )
    host: str = Field(default="127.0.0.1", description="The address the API listens on.", examples=["0.0.0.0"])  # noqa: S104 - an example for people, bound to nothing
    port: int = Field(default=8000, ge=0, le=65535, description="The port the API listens on.", examples=["8080"])
    metrics_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="The port on which each `agm api` and `agm worker` shows its figures to Prometheus, at `/metrics`; "
        "every process of a host needs one of its own. 0 is off.",
        examples=["9464"],
    )
    metrics_host: str = Field(
        default="127.0.0.1",
        description="The address the figures are shown on. They hold no secret and ask for no key: open it to the "
        "network of your Prometheus only.",
        examples=["10.0.0.5"],
    )
    data_dir: Path = Field(
        default=Path(".agm"),
        description="Where local state lives: database, media, keys, logs.",
        examples=["/var/lib/agm"],
    )
    database_url: str = Field(
        default="",
        description="`sqlite:///path` or `postgresql://user:password@host/name`, which may end in "
        "`?sslmode=verify-full&sslrootcert=/path` and in `maxsize=20`, the connections of a process at most (10). "
        "Signs that have a meaning in addresses are percent-encoded. Default: SQLite in the data folder.",
        examples=["postgresql://agm:password@db.example.com/agm"],
    )
    redis_url: str | None = Field(
        default=None,
        description="`redis://`, `rediss://` or `unix://` of a Redis or Valkey with `noeviction`; "
        "with TLS it may end in `?ssl_ca_certs=/path`. Default: the socket that `agm dev` opens in the data folder.",
        examples=["redis://:password@redis.example.com:6379/0"],
    )
    storage_url: str = Field(
        default="",
        description="Where media bytes live: `file:///folder`. Default: the data folder.",
        examples=["file:///var/lib/agm/media"],
    )
    token_keys: SecretStr | None = Field(
        default=None,
        description="Keys that seal platform tokens, `kid:base64,kid:base64` of 32 bytes each; the first seals, "
        "all open. Without it, `agm dev` makes one and keeps it in the data folder.",
        examples=["k2:BASE64,k1:BASE64"],
    )
    secret_keys: SecretStr | None = Field(
        default=None,
        description="Keys behind API keys and media links, in the same form as AGM_TOKEN_KEYS.",
        examples=["k1:BASE64"],
    )
    return_urls: Listed = Field(
        default=(),
        description="Addresses, separated by commas, to which browsers may be sent after a sign-in; a longer address "
        "that starts with one, up to a slash or a question mark, counts.",
        examples=["https://app.example.com/connected"],
    )
    cors_origins: Listed = Field(
        default=(),
        description="Origins of browser frontends, separated by commas.",
        examples=["https://app.example.com,https://admin.example.com"],
    )
    allowed_hosts: Listed = Field(
        default=(),
        description="Host names this server answers to, separated by commas; any when empty.",
        examples=["social.example.com"],
    )
    sandbox_url: str | None = Field(
        default=None,
        description="The origin of the bundled sandbox; off when empty.",
        examples=["http://127.0.0.1:9400"],
    )
    lease_seconds: int = Field(
        default=60,
        ge=2,
        description="How long a worker holds a publication without a sign of life; more than "
        "AGM_PLATFORM_TIMEOUT_SECONDS and five seconds.",
        examples=["90"],
    )
    settle_seconds: int = Field(
        default=600,
        ge=1,
        description="How long after a call with an unknown outcome a platform may take to show its post; only after it "
        "is a post that cannot be seen believed not to be there. More than AGM_PLATFORM_TIMEOUT_SECONDS.",
        examples=["900"],
    )
    reconcile_seconds: Annotated[tuple[float, ...], NoDecode] = Field(
        default=(5, 15, 30, 60, 120, 300, 600),
        description="When a platform is asked what became of such a call: seconds after it, separated by commas, "
        "rising; then at the last distance until it is known.",
        examples=["5,30,120,600"],
    )
    sweep_seconds: float = Field(
        default=3, gt=0, description="How often workers look for due work that nobody rang for.", examples=["5"]
    )
    platform_timeout_seconds: float = Field(
        default=30, gt=0, description="The deadline of one call to a platform.", examples=["20"]
    )
    check_seconds: int = Field(
        default=86_400,
        ge=60,
        description="How often a platform is asked whether a sign-in still works, give or take a quarter.",
        examples=["43200"],
    )
    usage_pause_seconds: int = Field(
        default=300,
        ge=1,
        description="How long at most a channel rests whose platform says that nearly all of its limit is used, and "
        "not when it is free again.",
        examples=["600"],
    )
    max_lateness_seconds: int = Field(
        default=21_600,
        ge=1,
        description="What was to go out longer ago goes to a person instead of out. Waiting for retries, a platform or "
        "a sign-in counts; it counts anew when a person retries it.",
        examples=["3600"],
    )
    allow_private_urls: Annotated[tuple[Network, ...], NoDecode] = Field(
        default=(),
        description="Networks (CIDR, commas) that media fetches may reach although they are private. Development only.",
        examples=["127.0.0.0/8,::1/128"],
    )
    dev: bool = Field(
        default=False,
        description="Allows self-made keys, failpoints and plain http. Never in production.",
        examples=["1"],
    )
    failpoint: str | None = Field(
        default=None,
        description="Ends the process at a crash point, such as `p7:3` at its third pass; at p13, p17 and p19 it is "
        "stopped until SIGCONT. Needs AGM_DEV=1.",
        examples=["p7:3"],
    )

    @field_validator("return_urls", "cors_origins", "allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("allow_private_urls", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part.strip())
        except ValueError:
            raise ValueError("give networks such as 10.0.0.0/8, separated by commas") from None

    @field_validator("reconcile_seconds", mode="before")
    @classmethod
    def _rising(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            moments = tuple(float(part) for part in value.split(",") if part.strip())
        except ValueError:
            moments = ()
        if not moments or moments[0] <= 0 or any(later <= earlier for earlier, later in pairwise(moments)):
            raise ValueError("give seconds above zero that rise, separated by commas, such as 5,15,60")
        return moments

    @field_validator("failpoint")
    @classmethod
    def _crash_point(cls, value: str | None) -> str | None:
        if value and not _FAILPOINT.fullmatch(value):
            raise ValueError(f"give one of {', '.join(CrashPoint)}, such as p7, or p7:3 for its third pass")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put mounted files behind plain variables and before `.env`."""
        return init_settings, env_settings, _MountedFiles(settings_cls), dotenv_settings, file_secret_settings


def load_settings(**overrides: Any) -> Settings:
    """Read and check the settings; defaults that depend on the data folder are filled in.

    Raises:
        SettingsError: names the first wrong variable.
    """
    try:
        settings = Settings(**overrides)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise SettingsError(f"{_variable(first['loc'])} is wrong: {first['msg']}") from None
    data_dir = settings.data_dir.absolute()
    settings = settings.model_copy(
        update={
            "data_dir": data_dir,
            "database_url": settings.database_url or f"sqlite:///{data_dir / 'agm.db'}",
            "storage_url": settings.storage_url or f"file://{data_dir / 'media'}",
            "public_url": settings.public_url.rstrip("/"),
        }
    )
    _refuse_unsafe(settings)
    return settings


def token_keys(settings: Settings) -> Keyring:
    """The keys that seal platform tokens: from the settings, else from `<data dir>/keys`."""
    return _keyring(settings, "token_keys", settings.token_keys)


def secret_keys(settings: Settings) -> Keyring:
    """The keys behind API keys and media links: from the settings, else from `<data dir>/keys`."""
    return _keyring(settings, "secret_keys", settings.secret_keys)


def _keyring(settings: Settings, name: str, given: SecretStr | None) -> Keyring:
    variable = f"{PREFIX}{name.upper()}"
    text = given.get_secret_value() if given else _local_keys(settings).get(name)
    if not text:
        raise SettingsError(
            f"{variable} is not set: give it as kid:base64 of 32 random bytes (openssl rand -base64 32)"
        )
    try:
        return parse_keyring(text)
    except KeyringError as error:
        raise SettingsError(f"{variable} is wrong: {error}") from None


def _local_keys(settings: Settings) -> Mapping[str, str]:
    path = settings.data_dir / "keys"
    return cast("Mapping[str, str]", json.loads(path.read_text())) if path.is_file() else {}


def _refuse_unsafe(settings: Settings) -> None:
    if settings.failpoint and not settings.dev:
        raise SettingsError(f"{PREFIX}FAILPOINT is set without {PREFIX}DEV=1: remove it, failpoints end processes")
    if settings.allow_private_urls and not settings.dev:
        raise SettingsError(
            f"{PREFIX}ALLOW_PRIVATE_URLS is set without {PREFIX}DEV=1: remove it, it opens this network"
        )
    if settings.metrics_port and settings.metrics_port == settings.port:
        raise SettingsError(f"{PREFIX}METRICS_PORT is {PREFIX}PORT too: give the figures a port of their own")
    margin = 0 if settings.dev else DRAIN_MARGIN_SECONDS
    if settings.lease_seconds <= settings.platform_timeout_seconds + margin:
        raise SettingsError(
            f"{PREFIX}LEASE_SECONDS is too short: set it to more than {PREFIX}PLATFORM_TIMEOUT_SECONDS and "
            f"{DRAIN_MARGIN_SECONDS:.0f} seconds, so that no call outlives its lease"
        )
    if settings.settle_seconds <= settings.platform_timeout_seconds:
        raise SettingsError(
            f"{PREFIX}SETTLE_SECONDS is too short: set it to more than {PREFIX}PLATFORM_TIMEOUT_SECONDS, so that "
            "nothing is believed absent while its call may still be on its way"
        )
    _refuse_addresses(settings)


def _refuse_addresses(settings: Settings) -> None:
    _refuse_address("database_url", settings.database_url, _DATABASES, "sqlite:///path or postgresql://host/name")
    _refuse_address("storage_url", settings.storage_url, {"file"}, "file:///folder")
    if settings.redis_url:
        _refuse_address("redis_url", settings.redis_url, _REDISES, "redis://host:6379/0")
    for name in ("database_url", "redis_url"):
        _refuse_missing_files(name, getattr(settings, name) or "")
    if settings.sandbox_url:
        _refuse_address("sandbox_url", settings.sandbox_url, {"http", "https"}, "http://127.0.0.1:9400", host=True)
    platforms = {name: getattr(settings, name) for name in PlatformsEnvironment.model_fields if name.endswith("_url")}
    for name, address in {"public_url": settings.public_url, **platforms}.items():
        host = _refuse_address(name, address, {"http", "https"}, "https://social.example.com", host=True)
        if address.startswith("http:") and not settings.dev and not _loopback(host):
            raise SettingsError(f"{PREFIX}{name.upper()} is plain http beyond loopback: use https")


def _refuse_address(name: str, address: str, schemes: set[str], example: str, *, host: bool = False) -> str:
    try:
        parts = urlsplit(address)
        fits = parts.scheme in schemes and bool(parts.hostname or not host) and (parts.port or 1) > 0
    except ValueError:
        parts, fits = urlsplit(""), False
    if not fits:
        raise SettingsError(f"{PREFIX}{name.upper()} is wrong: give an address such as {example}")
    return parts.hostname or ""


def _refuse_missing_files(name: str, address: str) -> None:
    for parameter, path in parse_qsl(urlsplit(address).query):
        if parameter in _TLS_FILES and not Path(path).is_file():
            raise SettingsError(f"{PREFIX}{name.upper()} names a file in {parameter} that is not there or not readable")


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _variable(location: tuple[int | str, ...]) -> str:
    return f"{PREFIX}{str(location[0]).upper()}" if location else f"{PREFIX}*"


class _MountedFiles(PydanticBaseSettingsSource):
    """Reads `AGM_X` from the file that `AGM_X_FILE` names, as container platforms mount secrets."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002 - pydantic's signature
        """Read one setting's file; None when no file is named."""
        variable = f"{PREFIX}{field_name.upper()}_FILE"
        path = os.environ.get(variable)
        try:
            return (Path(path).read_text().strip() if path else None), field_name, False
        except (OSError, UnicodeDecodeError):
            raise SettingsError(f"{variable} names a file that cannot be read: check its path and mode") from None

    def __call__(self) -> dict[str, Any]:
        values = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in values.items() if value is not None}
