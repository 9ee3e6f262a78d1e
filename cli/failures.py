"""What a command says when it cannot do its work: one sentence for a person, and no traceback."""

from collections.abc import Generator
from contextlib import contextmanager

import typer


class CommandError(Exception):
    """A command cannot go on; the message says what happened, to what, and what to do."""


@contextmanager
def told_plainly(*expected: type[Exception]) -> Generator[None]:
    """Turn a `CommandError`, or one of the expected errors of other parts, into its message and exit code 1."""
    try:
        yield
    except (CommandError, *expected) as error:
        typer.echo(f"agm: {error}", err=True)
        raise typer.Exit(1) from None
