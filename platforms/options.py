"""Options that only one platform knows: a frozen dataclass of each, kept as JSON beside the publication."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

Options = TypeVar("Options")


def texts_of(options: Any, path: tuple[str, ...] = ("options",)) -> Iterator[tuple[tuple[str, ...], str]]:
    """Find every text within options, however deep, with its path as callers write it."""
    if isinstance(options, str) and not isinstance(options, Enum):
        yield path, options
    elif isinstance(options, tuple):
        for number, one in enumerate(cast("tuple[Any, ...]", options)):
            yield from texts_of(one, (*path, str(number)))
    elif is_dataclass(options):
        for field in fields(options):
            yield from texts_of(getattr(options, field.name), (*path, _camel(field.name)))


def read_options(kind: type[Options], stored: Any) -> Options:
    """Read stored options; what is not there has its default."""
    return _adapter(kind).validate_python(stored or {})


def stored_options(options: Any) -> dict[str, Any] | None:
    """Write options as JSON; None when nothing differs from the defaults."""
    return _adapter(type(options)).dump_python(options, mode="json", exclude_defaults=True) or None


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


@lru_cache
def _adapter(kind: type[Options]) -> TypeAdapter[Options]:
    return TypeAdapter(kind)
