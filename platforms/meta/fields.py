"""Reading nodes whose fields may end: a field that a version no longer knows costs itself, not the whole answer.

Only for what is shown to people. Where a missing value proves something, such as that a post is not there, a field that
is refused has to stay an error.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from platforms.errors import RejectedError
from platforms.meta.graph import GraphClient

_DEAD = re.compile(r"nonexisting field \((\w+)\)")
_MOST_DEAD = 5


async def read_fields(
    graph: GraphClient, path: str, *, token: str, fields: str, params: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Read fields of a node or edge, without those that Meta says it does not know.

    Raises:
        PlatformError: its class says what to do.
    """
    for _ in range(_MOST_DEAD):
        try:
            return await graph.get(path, token=token, params={**(params or {}), "fields": fields})
        except RejectedError as error:
            dead = _DEAD.search(error.failure.platform_message or "")
            left = without(fields, dead[1]) if dead else fields
            if left in {fields, ""}:
                raise
            fields = left
    return await graph.get(path, token=token, params={**(params or {}), "fields": fields})


def without(fields: str, name: str) -> str:
    """Take a field out of a list such as `id,picture.type(large){url}`, at any depth."""
    return ",".join(kept for field in _split(fields) if (kept := _kept(field, name)))


def _kept(field: str, name: str) -> str:
    head, brace, inner = field.partition("{")
    if re.split(r"[.(]", head, maxsplit=1)[0] == name:
        return ""
    if not brace:
        return field
    left = without(inner.removesuffix("}"), name)
    return f"{head}{{{left}}}" if left else ""


def _split(fields: str) -> Iterator[str]:
    """Cut at the commas that are inside no bracket."""
    depth, start = 0, 0
    for place, sign in enumerate(fields):
        depth += (sign in "{(") - (sign in "})")
        if sign == "," and depth == 0:
            yield fields[start:place]
            start = place + 1
    yield fields[start:]
