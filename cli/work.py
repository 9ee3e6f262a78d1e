"""`agm worker`: one worker process, as a process manager would start it."""

from cli.logs import write_plain_logs
from cli.started import checked_settings
from workers.main import main


def run_worker() -> int:
    """Run a worker until SIGTERM and give its exit code.

    Raises:
        CommandError: a setting is wrong or something it needs is not there.
    """
    write_plain_logs()
    checked_settings()
    return main()
