"""`agm worker`: one worker process, as a process manager would start it."""

import time

from cli.failures import CommandError
from publishing.settings import SettingsError, load_settings
from workers.signs import living


def run_worker() -> int:
    """Run a worker until SIGTERM and give its exit code.

    Raises:
        CommandError: a setting is wrong or something it needs is not there.
    """
    from cli.logs import write_logs  # noqa: PLC0415 - a health check, which needs none of it, runs every few seconds
    from cli.metrics import figures_port, showing_figures  # noqa: PLC0415 - as above
    from cli.started import checked_settings  # noqa: PLC0415 - as above
    from publishing.tracing import traced  # noqa: PLC0415 - as above
    from workers.main import main  # noqa: PLC0415 - as above

    settings = checked_settings()
    write_logs(as_json=not settings.dev)
    with figures_port(settings) as figures, traced("agm-worker"):
        return main(settings, beside=showing_figures(figures))


def check_worker() -> str:
    """Say how many workers of this host and data folder live.

    Raises:
        CommandError: none does.
    """
    try:
        settings = load_settings()
    except SettingsError as error:
        raise CommandError(str(error)) from None
    found = living(settings, now=time.time())
    if not found:
        raise CommandError(f"no worker gave a sign of life in {settings.data_dir}: start `agm worker`")
    return f"{len(found)} {'worker lives' if len(found) == 1 else 'workers live'} here."
