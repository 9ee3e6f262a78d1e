"""Two databases in one process: Tortoise keeps the SQL it made by table name, whatever the dialect."""

from tortoise.backends.base.executor import EXECUTOR_CACHE


def forget_dialect() -> None:
    """Let statements be made anew for the database that is opened next."""
    EXECUTOR_CACHE.clear()
