"""What `agm api` and `agm worker` check before they start, so that a mistake ends in a sentence and not in a log."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

from cli.beside import settings_here
from cli.failures import CommandError
from cli.readiness import answers_ping
from publishing.deps import redis_url
from publishing.schema import MigrationError, check_database
from publishing.settings import Settings, SettingsError, secret_keys, token_keys
from publishing.store import away


def checked_settings() -> Settings:
    """Read the settings; keys must be there, the database at head, and Redis's address or a live Valkey of `agm dev`.

    Raises:
        CommandError: names the variable that is missing or wrong, or the command that brings the database to head.
    """
    try:
        settings = settings_here()
        address = redis_url(settings)
        for keyring in (token_keys, secret_keys):
            keyring(settings)
    except SettingsError as error:
        raise CommandError(str(error)) from None
    if not settings.redis_url and not asyncio.run(answers_ping(Path(urlsplit(address).path))):
        raise CommandError("AGM_REDIS_URL is not set and the Valkey of `agm dev` does not answer: start one of them")
    _check_database(settings.database_url)
    return settings


def _check_database(database_url: str) -> None:
    try:
        asyncio.run(check_database(database_url))
    except (MigrationError, ValueError) as error:
        raise CommandError(str(error)) from None
    except away() as error:
        message = f"The database does not answer ({type(error).__name__}): start it, or correct AGM_DATABASE_URL"
        raise CommandError(message) from None
