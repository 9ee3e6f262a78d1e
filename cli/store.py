"""The database as an operator's commands open it: at head, beside the servers that run."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

from cli.failures import CommandError
from publishing import schema
from publishing.db import open_database
from publishing.deps import redis_url
from publishing.queue import Bell, redis_client
from publishing.schema import MigrationError
from publishing.settings import Settings, SettingsError
from publishing.store import away


@contextmanager
def plainly_away() -> Generator[None]:
    """Turn the many errors of a database that does not answer into one.

    Raises:
        CommandError: it does not answer.
    """
    try:
        yield
    except away() as error:
        message = f"The database does not answer ({type(error).__name__}): start it, or correct AGM_DATABASE_URL"
        raise CommandError(message) from None


@asynccontextmanager
async def opened(settings: Settings) -> AsyncGenerator[None]:
    """Open the database; it is not made when there is none.

    Raises:
        MigrationError: its schema is not this release's.
        CommandError: it does not answer.
    """
    with plainly_away():
        found = await schema.status(settings.database_url)  # before anything is opened, which would make a file
        if found.pending or found.unknown:
            raise MigrationError("The database has not this release's schema. Run: agm migrate up")
        async with open_database(settings.database_url):
            yield


async def announce(settings: Settings) -> None:
    """Say that events were committed; without Redis the servers find them by themselves, at the next sweep."""
    try:
        bell = Bell(redis_client(redis_url(settings)))
    except SettingsError:
        return
    bell.announce()
    await bell.aclose()
