"""What a body may hold: strict about keys, kinds and lengths. Each check names the field by its path."""

from collections.abc import Collection
from typing import Any

from sandbox.linkedin.errors import invalid_value, missing_field, too_long, unpermitted


def record(value: Any, path: str, allowed: Collection[str], required: Collection[str] = ()) -> dict[str, Any]:
    """Return a record that has all it must and nothing it may not.

    Raises:
        Refusal: 400 for what is missing or no record, 403 for what may not be there.
    """
    if not isinstance(value, dict):
        raise invalid_value(path or "/", "is no record")
    if unknown := next((name for name in value if name not in allowed), None):
        raise unpermitted(f"{path}/{unknown}")
    if absent := next((name for name in required if name not in value), None):
        raise missing_field(f"{path}/{absent}")
    return value


def text(value: Any, path: str, limit: int, *, blank: bool = True) -> str:
    """Return a text of at most so many UTF-16 units.

    Raises:
        Refusal: 400.
    """
    if not isinstance(value, str):
        raise invalid_value(path, "is no string")
    if not blank and not value.strip():
        raise invalid_value(path, "is blank")
    if (length := units(value)) > limit:
        raise too_long(path, length, limit)
    return value


def choice(value: Any, path: str, allowed: Collection[str]) -> str:
    """Return one of a field's values.

    Raises:
        Refusal: 400.
    """
    if not isinstance(value, str) or value not in allowed:
        raise invalid_value(path, f"is not one of {', '.join(sorted(allowed))}")
    return value


def items(value: Any, path: str, low: int, high: int) -> list[Any]:
    """Return a list of so many.

    Raises:
        Refusal: 400.
    """
    if not isinstance(value, list) or not low <= len(value) <= high:
        raise invalid_value(path, f"is no list of {low} to {high}")
    return value


def units(value: str) -> int:
    """Count UTF-16 units."""
    return len(value.encode("utf-16-le", "surrogatepass")) // 2
