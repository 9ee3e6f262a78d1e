"""The files by which workers of this host show that they live; read by health checks, so it imports next to nothing."""

import os
import socket
from pathlib import Path

from publishing.settings import Settings

_FOLDER = "workers"
_PATIENCE_SWEEPS, _PATIENCE_SECONDS = 3, 10


def own_file(settings: Settings) -> Path:
    """Name the file that this process touches."""
    return _folder(settings) / f"{socket.gethostname()}.{os.getpid()}"


def living(settings: Settings, *, now: float) -> list[Path]:
    """List the files of this host's workers that gave a sign lately; `now` in seconds since 1970.

    Those of dead processes are removed.
    """
    found = list(_folder(settings).glob(f"{socket.gethostname()}.*"))
    for file in found:
        if not Path(f"/proc/{file.suffix[1:]}").exists() and Path("/proc").is_dir():
            file.unlink(missing_ok=True)
    return [file for file in found if file.exists() and now - file.stat().st_mtime < patience(settings)]


def patience(settings: Settings) -> float:
    """How many seconds without a sign are too many."""
    return settings.sweep_seconds * _PATIENCE_SWEEPS + _PATIENCE_SECONDS


def _folder(settings: Settings) -> Path:
    return settings.data_dir / _FOLDER
