"""Beside `agm dev`: a command of another shell works on its data folder, so with its settings."""

import fcntl
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cli.local_keys import DevFile, dev_file_path
from cli.stack import ALLOW_LOOPBACK
from publishing.settings import Settings, load_settings

LOCK = "dev.lock"
"""Held, in the data folder, by the `agm dev` that runs there."""
_DEFAULT_PUBLIC_URL = str(Settings.model_fields["public_url"].default)


def settings_here(*, dev: bool | None = None) -> Settings:
    """Read the settings; where `agm dev` runs on the data folder, what it gave its own processes is the default.

    Args:
        dev: whether it is development anyway; None lets AGM_DEV say so.

    Raises:
        SettingsError: names the first wrong variable.
    """
    settings = load_settings(dev=True)
    stack = running_stack(settings.data_dir)
    if stack is not None:
        return load_settings(**_as_its_own(settings, stack))
    return settings if dev else load_settings()


def running_stack(data_dir: Path) -> DevFile | None:
    """Read where the stack is that `agm dev` runs on a data folder; None when none is up."""
    path = dev_file_path(data_dir)
    if not path.is_file() or not _is_held(data_dir / LOCK):
        return None
    return DevFile(**json.loads(path.read_text()))


def _as_its_own(settings: Settings, stack: DevFile) -> dict[str, Any]:
    given: dict[str, Any] = {"dev": True}
    if settings.sandbox_url is None:
        given["sandbox_url"] = stack.sandbox_url
    if settings.public_url == _DEFAULT_PUBLIC_URL:
        parts = urlsplit(stack.graphql_url)
        given["public_url"] = f"{parts.scheme}://{parts.netloc}"
    if not settings.allow_private_urls:
        given["allow_private_urls"] = ALLOW_LOOPBACK["AGM_ALLOW_PRIVATE_URLS"]
    return given


def _is_held(lock: Path) -> bool:
    """Whether a living process holds the lock: a file that was left behind says nothing."""
    try:
        with lock.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False
