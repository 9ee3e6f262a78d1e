"""`agm doctor`: what is wrong with an installation, and what to do about it. It changes nothing."""

import asyncio
from dataclasses import asdict

import orjson
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.beside import settings_here
from publishing.checks import Check, CheckStatus, failed
from publishing.deps import open_deps
from publishing.schema import MigrationError, check_database
from publishing.settings import SettingsError
from publishing.store import away
from publishing.system import run_checks

_STYLES = {
    CheckStatus.PASS: "green",
    CheckStatus.WARN: "yellow",
    CheckStatus.FAIL: "bold red",
    CheckStatus.SKIPPED: "dim",
}


def examine(*, as_json: bool) -> int:
    """Check, print, and give the exit code: 1 when something fails."""
    checks = asyncio.run(_checks())
    if as_json:
        typer.echo(orjson.dumps([asdict(check) for check in checks], option=orjson.OPT_INDENT_2).decode())
    else:
        show(checks)
    return int(any(check.status is CheckStatus.FAIL for check in checks))


async def _checks() -> tuple[Check, ...]:
    """Check what there is to check: with a wrong setting, or without a database, that alone is the finding."""
    try:
        settings = settings_here()
        await check_database(settings.database_url)  # before anything is opened, which would make a file
        async with open_deps(settings) as deps:
            return await run_checks(deps)
    except SettingsError as error:
        return (failed("settings", f"{error}.", "Correct it, and run agm doctor again."),)
    except MigrationError as error:
        return (failed("migrations", str(error), "Then run agm doctor again."),)
    except away() as error:
        message = f"The database does not answer ({type(error).__name__})."
        return (failed("database", message, "Start it, or correct AGM_DATABASE_URL."),)


def show(checks: tuple[Check, ...]) -> None:
    """Print checks as a table, each with what to do."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for check in checks:
        said = Text(check.message)
        if check.remedy:
            said.append(f"\n→ {check.remedy}", style="bold")
        table.add_row(Text(check.status.value.upper(), style=_STYLES[check.status]), check.name, said)
    Console().print(table)
