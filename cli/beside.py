"""Beside `agm dev`: a command of another shell works on its data folder, so with its settings."""

import fcntl
import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cli.local_keys import DevFile, dev_file_path
from cli.stack import ALLOW_LOOPBACK
from publishing.settings import Settings, SettingsError, load_settings

LOCK = "dev.lock"
"""Held, in the data folder, by the `agm dev` that runs there; in it is the mark of what that works on."""
_DEFAULT_PUBLIC_URL = str(Settings.model_fields["public_url"].default)


def settings_here(*, dev: bool | None = None) -> Settings:
    """Read the settings; where `agm dev` runs on the data folder, what it gave its own processes is the default.

    Args:
        dev: whether it is development anyway; None lets AGM_DEV say so, and whoever has another database or Redis than
            the `agm dev` of the same folder takes no part in it.

    Raises:
        SettingsError: names the first wrong variable.
    """
    settings = load_settings(dev=True)
    stack = running_stack(settings, sharing=not dev)
    if stack is not None:
        return load_settings(**_as_its_own(settings, stack))
    return settings if dev else load_settings()


def running_stack(settings: Settings, *, sharing: bool) -> DevFile | None:
    """Read where the stack is that `agm dev` runs on the data folder; None when none is up.

    With `sharing`, one that works on another database or Redis does not count.

    Raises:
        SettingsError: its file cannot be understood, such as another release's.
    """
    lock, path = settings.data_dir / LOCK, dev_file_path(settings.data_dir)
    try:
        if not _is_held(lock) or (sharing and lock.read_text() != mark_of(settings)):
            return None
        return DevFile(**json.loads(path.read_text()))
    except (FileNotFoundError, PermissionError):  # none is up yet, or it is somebody else's
        return None
    except (ValueError, TypeError):
        raise SettingsError(f"{path} cannot be understood: stop `agm dev` and start it again") from None


def mark_of(settings: Settings) -> str:
    """Mark the database and the Redis that settings lead to; nobody reads the addresses out of it."""
    return sha256(json.dumps([settings.database_url, settings.redis_url]).encode()).hexdigest()


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
    return False
