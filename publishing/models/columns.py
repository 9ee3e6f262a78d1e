"""Column kinds whose type Tortoise does not tell."""

from typing import cast

from tortoise import fields


def optional_text() -> "fields.Field[str | None]":
    """A text of any length that may be missing; Tortoise types it as always there."""
    return cast("fields.Field[str | None]", fields.TextField(null=True))
