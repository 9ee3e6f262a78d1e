"""`agm schema`: the public contract as a committed file, and whether it still says what the code does."""

import difflib
from pathlib import Path

import typer

from api.schema import sdl
from cli.failures import CommandError

_SHOWN_LINES = 40


def export(path: Path) -> None:
    """Write the schema as the code has it."""
    path.write_text(sdl())
    typer.echo(f"wrote {path}", err=True)


def check(path: Path) -> None:
    """Compare a committed schema with the code.

    Raises:
        CommandError: they differ, or there is no such file; the message shows where and what to do.
    """
    if not path.is_file():
        raise CommandError(f"{path} is missing: write it with `agm schema export {path}`")
    difference = list(
        difflib.unified_diff(
            path.read_text().splitlines(), sdl().splitlines(), f"{path} (committed)", "the code", lineterm="", n=2
        )
    )
    if difference:
        shown = "\n".join(difference[:_SHOWN_LINES])
        more = f"\n… {len(difference) - _SHOWN_LINES} more lines" if len(difference) > _SHOWN_LINES else ""
        raise CommandError(
            f"{path} is not what the code says: review the change, then `agm schema export {path}`\n{shown}{more}"
        )
