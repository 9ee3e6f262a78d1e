"""Where the sandbox and the server under test are, for the commands that administer the sandbox."""

from collections.abc import Mapping

from cli.beside import settings_here
from cli.failures import CommandError
from publishing.settings import Settings, SettingsError

_DEFAULT_PUBLIC_URL = str(Settings.model_fields["public_url"].default)


def whereabouts() -> Mapping[str, str]:
    """Give the variables that the sandbox's commands read; the settings win over what `agm dev` left.

    Raises:
        CommandError: a setting is wrong.
    """
    try:
        settings = settings_here(dev=True)
    except SettingsError as error:
        raise CommandError(str(error)) from None
    server = None if settings.public_url == _DEFAULT_PUBLIC_URL else settings.public_url
    found = (("SANDBOX_URL", settings.sandbox_url), ("SANDBOX_SERVER", server))
    return {name: url for name, url in found if url}
