"""Index kinds that Tortoise has no name for. Their SQL is the same on SQLite and PostgreSQL.

aerich compares `describe()` only: adding one of these later needs the migration's SQL read by a person; a test
compares the live schema with the models.
"""

from typing import Any

from tortoise.backends.base.schema_generator import BaseSchemaGenerator
from tortoise.indexes import Index
from tortoise.models import Model


class PartialIndex(Index):
    """An index over the rows that meet a condition, given as SQL."""

    def __init__(self, *, fields: tuple[str, ...], name: str, where: str) -> None:
        super().__init__(fields=fields, name=name)
        self.where = where
        self.extra = f" WHERE {where}"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Say how to build it again."""
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "where": self.where}


class PartialUniqueIndex(PartialIndex):
    """At most one row with these values among those that meet a condition."""

    def get_sql(self, schema_generator: BaseSchemaGenerator, model: type[Model], safe: bool) -> str:
        """Print the statement that makes it."""
        return super().get_sql(schema_generator, model, safe).replace("CREATE INDEX", "CREATE UNIQUE INDEX", 1)
