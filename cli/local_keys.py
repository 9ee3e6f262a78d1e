"""Self-made keys and the development key file; both readable by their owner only."""

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class DevFile:
    """What `<data dir>/dev.json` tells programs on this machine while `agm dev` runs."""

    graphql_url: str
    ws_url: str
    api_key: str = field(repr=False)
    sandbox_url: str | None
    console_url: str | None


def ensure_local_keys(data_dir: Path) -> None:
    """Make `<data dir>/keys` once: new random keys that seal tokens and that stand behind API keys and media links."""
    path = data_dir / "keys"
    if not path.exists():
        write_private(path, json.dumps({"token_keys": _new_keyring(), "secret_keys": _new_keyring()}))


def dev_file_path(data_dir: Path) -> Path:
    """Say where the development file is."""
    return data_dir / "dev.json"


def write_dev_file(data_dir: Path, content: DevFile) -> Path:
    """Write the development file and say where it is."""
    path = dev_file_path(data_dir)
    write_private(path, json.dumps(asdict(content), indent=2) + "\n")
    return path


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read; a reader sees all of it or nothing."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    unfinished.replace(path)


def _new_keyring() -> str:
    return f"local:{base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()}"
