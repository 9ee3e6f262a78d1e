"""`agm api --check`: whether the API of this host answers, for containers and process managers."""

import asyncio

from cli.failures import CommandError
from cli.readiness import answers_ok, origin_on_this_machine
from publishing.settings import SettingsError, load_settings


def check_api() -> str:
    """Ask `/healthz` where AGM_HOST and AGM_PORT say that the API listens.

    Raises:
        CommandError: it does not answer.
    """
    try:
        settings = load_settings()
    except SettingsError as error:
        raise CommandError(str(error)) from None
    origin = origin_on_this_machine(settings.host, settings.port)
    host = settings.allowed_hosts[0].replace("*", "health") if settings.allowed_hosts else None
    if not asyncio.run(answers_ok(f"{origin}/healthz", host=host)):
        raise CommandError(f"nothing answers on {origin}: start `agm api`, or look into its log")
    return f"The API answers on {origin}."
