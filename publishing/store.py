"""The database's faults as one error for callers: it is away, nothing was written, try again."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import structlog
from tortoise.exceptions import DBConnectionError, IntegrityError, OperationalError, TransactionManagementError

from publishing.errors import StoreUnavailableError

log = structlog.get_logger(__name__)
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

_away: list[type[Exception]] = [DBConnectionError, OperationalError, TransactionManagementError, OSError]
_answers: list[type[Exception]] = []
_MESSAGE = "The database cannot be reached. Nothing is half-written: try again, with the same idempotency key."


def away() -> tuple[type[Exception], ...]:
    """Name what a database raises that cannot be reached."""
    return tuple(_away)


def count_as_away(*kinds: type[Exception], answered: type[Exception]) -> None:
    """Count a driver's own errors among them; `answered` is the cause of one that is the database's answer.

    A driver tells its errors when it is opened: no process loads the one that it does not use.
    """
    _away.extend(kinds)
    _answers.append(answered)


def is_away(error: BaseException) -> bool:
    """Whether an error says that the database cannot be reached, or asks to try again.

    Tortoise counts two of the database's answers among such errors: a broken constraint, and a value that no column
    can hold.
    """
    answered = isinstance(error, IntegrityError) or isinstance(error.__cause__, tuple(_answers))
    return isinstance(error, away()) and not answered


def store_errors(use_case: Callable[Arguments, Awaitable[Answer]]) -> Callable[Arguments, Awaitable[Answer]]:
    """Raise `StoreUnavailableError` where the database cannot be reached; its transaction is rolled back by then."""

    @wraps(use_case)
    async def wrapped(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        try:
            return await use_case(*args, **kwargs)
        except away() as error:
            if not is_away(error):
                raise
            log.warning("store_away", use_case=use_case.__name__, error=type(error).__name__)
            raise StoreUnavailableError(_MESSAGE) from error

    return wrapped
