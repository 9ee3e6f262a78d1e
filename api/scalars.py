"""Scalars, and how their text is read and written."""

import re
from datetime import UTC, datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
URL = NewType("URL", str)
TimeZone = NewType("TimeZone", str)


def write_datetime(value: datetime) -> str:
    """Write an instant in UTC, with `Z`."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_datetime(value: Any) -> datetime:
    """Read an instant.

    Raises:
        GraphQLError: no RFC 3339 text, or one without an offset.
    """
    try:
        parsed = datetime.fromisoformat(value).astimezone(UTC) if _RFC_3339.fullmatch(value) else None
    except (TypeError, ValueError, OverflowError):
        parsed = None
    if parsed is None:
        raise GraphQLError("A DateTime is RFC 3339 with an offset, such as 2026-11-22T09:30:00Z.")
    return parsed


def read_text(value: Any) -> str:
    """Read any text: the use-case judges it, so that what is wrong becomes a user error with its path.

    Raises:
        GraphQLError: not a text.
    """
    if not isinstance(value, str):
        raise GraphQLError("This value is given as text.")
    return value


def config() -> StrawberryConfig:
    """Bind Python's types to the scalars of the schema."""
    scalars: dict[object, ScalarDefinition] = {
        datetime: strawberry.scalar(
            name="DateTime",
            description="An instant, RFC 3339 with an offset; always returned in UTC, such as `2026-11-22T09:30:00Z`.",
            specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
            serialize=write_datetime,
            parse_value=read_datetime,
        ),
        URL: strawberry.scalar(
            name="URL", description="An absolute http or https URL.", serialize=str, parse_value=read_text
        ),
        TimeZone: strawberry.scalar(
            name="TimeZone",
            description="An IANA time zone name, such as `Asia/Kolkata`.",
            serialize=str,
            parse_value=read_text,
        ),
    }
    return StrawberryConfig(scalar_map=scalars)
