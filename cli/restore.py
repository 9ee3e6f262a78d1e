"""`agm restore-check`: what is dangerous after a restored backup, and the hold that makes it safe."""

import asyncio
from dataclasses import asdict

import orjson
import typer

from cli.doctor import show
from cli.failures import CommandError, told_plainly
from publishing.checks import Check, CheckStatus, failed
from publishing.deps import open_deps
from publishing.schema import MigrationError, check_database
from publishing.settings import SettingsError, load_settings
from publishing.store import away
from publishing.system import NOT_SEEN, check_restored, hold_back


def inspect(*, hold: bool, as_json: bool) -> int:
    """Look, hold back what is in doubt if asked to, print, and give the exit code: 1 when something must be decided."""
    with told_plainly():
        checks, held = asyncio.run(_looked(hold=hold))
    to_decide = any(check.status is CheckStatus.FAIL for check in checks)
    if as_json:
        found = {
            "may_start": not to_decide,
            "held_back": held,
            "findings": [asdict(check) for check in checks],
            "not_seen": NOT_SEEN,
        }
        typer.echo(orjson.dumps(found, option=orjson.OPT_INDENT_2).decode())
    else:
        _tell(checks, held, to_decide=to_decide)
    return int(to_decide)


async def _looked(*, hold: bool) -> tuple[tuple[Check, ...], int | None]:
    try:
        settings = load_settings()
        await check_database(settings.database_url)  # before anything is opened, which would make a file
        async with open_deps(settings) as deps:
            checks = await check_restored(deps)
            if not hold:
                return checks, None
            _refuse_beside_workers(checks)
            held = await hold_back(deps)
            return await check_restored(deps), held
    except SettingsError as error:
        return (failed("settings", f"{error}.", "Correct it, and run this again."),), None
    except MigrationError as error:
        return (failed("migrations", str(error), "Then run this again, before workers start."),), None
    except away() as error:
        message = f"The database does not answer ({type(error).__name__})."
        return (failed("database", message, "Start it, or correct AGM_DATABASE_URL."),), None


def _refuse_beside_workers(checks: tuple[Check, ...]) -> None:
    for check in checks:
        if check.name == "workers.stopped" and check.status is CheckStatus.FAIL:
            raise CommandError(f"{check.message} {check.remedy}")


def _tell(checks: tuple[Check, ...], held: int | None, *, to_decide: bool) -> None:
    if held is not None:
        typer.echo(f"{held:,} publications are held back: nothing of them goes out before a person has decided.\n")
    show(checks)
    typer.echo("\nWhat cannot be seen from here:")
    for sentence in NOT_SEEN:
        typer.echo(f"- {sentence}")
    typer.echo("\nDecide what failed before workers start." if to_decide else "\nWorkers may start.")
