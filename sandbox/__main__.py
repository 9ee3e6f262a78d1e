"""`python -m sandbox`: serve the sandbox until interrupted; `clock`, `trigger` and `reset` administer one that runs."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from sandbox import command
from sandbox.app import create_app
from sandbox.open_files import allow_files
from sandbox.server import serve
from sandbox.state import StateError
from sandbox.world import new_world

DEFAULT_PORT = 9400


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and serve, or carry a command out."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in command.COMMANDS:
        sys.exit(command.run(given))
    options = _parser().parse_args(given)
    allow_files()
    try:
        world = new_world(folder=options.state)
        app = create_app(world)
    except StateError as error:
        sys.exit(f"sandbox: {error}")
    serve(
        app,
        host=options.host,
        port=options.port,
        announce=_announcer(options.ready_file, options.ready_fd),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="agm sandbox",
        description="Run offline stand-ins for social platforms.",
        epilog=f"Commands for one that runs: {', '.join(command.COMMANDS)}; each has a --help of its own.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to bind")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="port to bind; 0 takes a free one")
    parser.add_argument("--state", type=Path, help="folder that keeps everything; without it a restart forgets")
    parser.add_argument("--ready-file", type=Path, help="write the URL there once the sandbox listens")
    parser.add_argument("--ready-fd", type=int, help="write the URL to this open descriptor once the sandbox listens")
    return parser


def _announcer(ready_file: Path | None, ready_fd: int | None) -> Callable[[str], None]:
    def announce(url: str) -> None:
        sys.stdout.write(f"Sandbox on {url}\n")
        sys.stdout.flush()
        if ready_file is not None:
            part = ready_file.with_name(f"{ready_file.name}.part")
            part.write_text(f"{url}\n")
            part.replace(ready_file)
        if ready_fd is not None:
            with os.fdopen(ready_fd, "w") as pipe:
                pipe.write(f"{url}\n")

    return announce


if __name__ == "__main__":
    main()
