"""The database's faults as one error for callers: it is away, nothing was written, try again."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import structlog
from asyncpg.exceptions import (
    DataError,
    InsufficientResourcesError,
    InterfaceError,
    InternalClientError,
    ObjectNotInPrerequisiteStateError,
    OperatorInterventionError,
    PostgresConnectionError,
)
from tortoise.exceptions import DBConnectionError, IntegrityError, OperationalError, TransactionManagementError

from publishing.errors import StoreUnavailableError

log = structlog.get_logger(__name__)
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

AWAY = (
    DBConnectionError,
    OperationalError,
    TransactionManagementError,
    OSError,
    PostgresConnectionError,
    OperatorInterventionError,
    InsufficientResourcesError,
    InterfaceError,
    InternalClientError,
    ObjectNotInPrerequisiteStateError,
)
"""What a database that cannot be reached raises; Tortoise passes a cut connection's errors on as asyncpg's own."""


def store_errors(use_case: Callable[Arguments, Awaitable[Answer]]) -> Callable[Arguments, Awaitable[Answer]]:
    """Raise `StoreUnavailableError` where the database cannot be reached; its transaction is rolled back by then."""

    @wraps(use_case)
    async def wrapped(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        try:
            return await use_case(*args, **kwargs)
        except IntegrityError:  # Tortoise counts it among the operational ones; it is an answer of the database
            raise
        except AWAY as error:
            if isinstance(error.__cause__, DataError):  # Tortoise counts it too: a value that no column can hold
                raise
            log.warning("store_away", use_case=use_case.__name__, error=type(error).__name__)
            raise StoreUnavailableError("The database cannot be reached; nothing was written. Try again.") from error

    return wrapped
