"""What `agm api` and `agm worker` check before they start, so that a mistake ends in a sentence and not in a log."""

import asyncio
from pathlib import Path
from urllib.parse import urlsplit

from cli.failures import CommandError
from cli.readiness import answers_ping
from publishing.deps import redis_url
from publishing.settings import Settings, SettingsError, load_settings, secret_keys, token_keys


def checked_settings() -> Settings:
    """Read the settings; keys must be there, and Redis's address or a live Valkey of `agm dev`.

    Raises:
        CommandError: names the variable that is missing or wrong.
    """
    try:
        settings = load_settings()
        address = redis_url(settings)
        for keyring in (token_keys, secret_keys):
            keyring(settings)
    except SettingsError as error:
        raise CommandError(str(error)) from None
    if not settings.redis_url and not asyncio.run(answers_ping(Path(urlsplit(address).path))):
        raise CommandError("AGM_REDIS_URL is not set and the Valkey of `agm dev` does not answer: start one of them")
    return settings
