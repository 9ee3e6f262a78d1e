"""Where the sandbox and the server under test are, for the commands that administer the sandbox."""

import json
from collections.abc import Mapping
from urllib.parse import urlsplit

from cli import local_keys
from cli.failures import CommandError
from publishing.settings import Settings, SettingsError, load_settings

_DEFAULT_PUBLIC_URL = str(Settings.model_fields["public_url"].default)


def whereabouts() -> Mapping[str, str]:
    """Give the variables that the sandbox's commands read; the settings win over what `agm dev` left.

    Raises:
        CommandError: a setting is wrong.
    """
    try:
        settings = load_settings(dev=True)
    except SettingsError as error:
        raise CommandError(str(error)) from None
    path = local_keys.dev_file_path(settings.data_dir)
    running = json.loads(path.read_text()) if path.is_file() else {}
    sandbox = settings.sandbox_url or running.get("sandbox_url")
    server = None if settings.public_url == _DEFAULT_PUBLIC_URL else settings.public_url
    if server is None and "graphql_url" in running:
        parts = urlsplit(running["graphql_url"])
        server = f"{parts.scheme}://{parts.netloc}"
    return {name: url for name, url in (("SANDBOX_URL", sandbox), ("SANDBOX_SERVER", server)) if url}
