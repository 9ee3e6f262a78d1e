"""Options that only one platform knows: a frozen dataclass of each, kept as JSON beside the publication."""

from functools import lru_cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

Options = TypeVar("Options")


def read_options(kind: type[Options], stored: Any) -> Options:
    """Read stored options; what is not there has its default."""
    return _adapter(kind).validate_python(stored or {})


def stored_options(options: Any) -> dict[str, Any] | None:
    """Write options as JSON; None when nothing differs from the defaults."""
    return _adapter(type(options)).dump_python(options, mode="json", exclude_defaults=True) or None


@lru_cache
def _adapter(kind: type[Options]) -> TypeAdapter[Options]:
    return TypeAdapter(kind)
