"""Logs of `agm api` and `agm worker`: a line for each event, tracebacks without the values of variables.

structlog's own choice, with rich installed, shows the local variables of every frame: tokens and keys among them.
"""

import sys

import structlog


def write_plain_logs() -> None:
    """Let this process log in plain lines to standard output."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(
                colors=sys.stdout.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
