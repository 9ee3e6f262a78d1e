"""How this product's own programs are started as processes, from a checkout or installed."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_ROOT = Path(__file__).parent.parent


def python_module(module: str, *arguments: str) -> tuple[str, ...]:
    """Give the command that runs a module of this product; a same-named one in the working folder cannot get in."""
    return (sys.executable, "-P", "-m", module, *arguments)


def import_path() -> Mapping[str, str]:
    """Give the variables with which such a command finds this product from any working folder."""
    rest = os.environ.get("PYTHONPATH")
    return {"PYTHONPATH": os.pathsep.join([str(_ROOT), *([rest] if rest else [])])}


def become_sandbox(arguments: Sequence[str], variables: Mapping[str, str]) -> None:
    """Replace this process by the sandbox, which is never imported here; does not return."""
    command = python_module("sandbox", *arguments)
    environment = {**os.environ, **import_path(), **variables}
    os.execve(command[0], command, environment)  # noqa: S606 - runs this product's own module
