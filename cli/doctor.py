"""`agm doctor`: what is wrong with an installation, and what to do about it. It changes nothing."""

import asyncio
import textwrap
from dataclasses import asdict

import orjson
import typer
from rich.console import Console
from rich.text import Text

from cli.beside import settings_here
from publishing.checks import Check, CheckStatus, failed
from publishing.deps import open_deps
from publishing.schema import MigrationError, check_database
from publishing.settings import SettingsError
from publishing.store import away
from publishing.system import run_checks

_GAP = 2
_NARROWEST = 40
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
    """Print checks in columns, each with what to do. A long address stays in one piece, for it is to be copied."""
    console = Console()
    told, named = (max(len(word) for word in words) + _GAP for words in zip(*map(_words, checks), strict=True))
    width = max(console.width - told - named, _NARROWEST)
    for check in checks:
        status, name = _words(check)
        said = [Text(line) for line in _wrapped(check.message, width)]
        if check.remedy:
            said += [Text(line, style="bold") for line in _wrapped(f"→ {check.remedy}", width)]
        begin = Text.assemble((status.ljust(told), _STYLES[check.status]), name.ljust(named))
        for line in said:
            console.print(begin + line, soft_wrap=True)
            begin = Text(" " * (told + named))


def _words(check: Check) -> tuple[str, str]:
    return check.status.value.upper(), check.name


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
