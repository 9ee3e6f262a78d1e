"""What use-cases are handed: opened once per process, frozen."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from media.storage import Storage, open_storage
from net.addresses import FetchPolicy
from platforms.registry import Networks, open_networks
from publishing import failpoints, tracing
from publishing.checks import warn_of_versions
from publishing.clock import Clock, DatabaseClock, host_now
from publishing.db import open_database
from publishing.keyring import Keyring
from publishing.queue import Bell, redis_client
from publishing.schema import check_head
from publishing.settings import Settings, SettingsError, secret_keys, token_keys


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything a use-case may need that is not a row."""

    settings: Settings
    clock: Clock
    bell: Bell
    token_keys: Keyring = field(repr=False)
    secret_keys: Keyring = field(repr=False)
    networks: Networks
    storage: Storage


@asynccontextmanager
async def open_deps(settings: Settings) -> AsyncGenerator[Deps]:
    """Open the database (its schema must be at head), the bell, the storage and the platforms.

    Raises:
        SettingsError: a key or address is missing; the message names the variable.
        MigrationError: the schema is not at head; the message says the command.
    """
    failpoints.arm(settings.failpoint)
    warn_of_versions(settings, today=host_now().date())
    tokens, secrets = token_keys(settings), secret_keys(settings)
    if set(tokens.keys.values()) & set(secrets.keys.values()):
        raise SettingsError("AGM_TOKEN_KEYS and AGM_SECRET_KEYS share a key: give each keys of its own")
    async with open_database(settings.database_url):
        await check_head()
        bell = Bell(redis_client(redis_url(settings)))
        networks = open_networks(
            settings,
            sandbox_url=settings.sandbox_url,
            timeout_seconds=settings.platform_timeout_seconds,
            watch=tracing.calling,
            policy=FetchPolicy(allowed_private=settings.allow_private_urls, allow_http=settings.dev),
        )
        try:
            yield Deps(
                settings=settings,
                clock=DatabaseClock(),
                bell=bell,
                token_keys=tokens,
                secret_keys=secrets,
                networks=networks,
                storage=open_storage(settings.storage_url),
            )
        finally:
            await networks.aclose()
            await bell.aclose()


def redis_url(settings: Settings) -> str:
    """Say where Redis is: the setting, else the live socket that `agm dev` opened in the data folder.

    Raises:
        SettingsError: neither is there.
    """
    if settings.redis_url:
        return settings.redis_url
    pointer = settings.data_dir / "valkey.url"
    if pointer.is_file():
        return pointer.read_text().strip()
    remedy = "set it to redis://host:6379/0, or start `agm dev`"
    raise SettingsError(f"AGM_REDIS_URL is not set and no `agm dev` runs here: {remedy}")
