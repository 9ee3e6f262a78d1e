"""Cursor paging as the Graph API does it: opaque cursors, `next` only while there is more."""

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from sandbox.meta import facts
from sandbox.meta.call import Call
from sandbox.meta.errors import invalid_parameter
from sandbox.meta.fields import Node, parse_fields, project
from sandbox.numbers import whole


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a list that was asked for: `limit` items from `start`."""

    start: int
    limit: int


def window(call: Call) -> Window:
    """Read `limit`, `after` and `before`.

    Raises:
        GraphError: 100, if a cursor or limit is not one of ours.
    """
    limit = call.params.number("limit")
    limit = facts.DEFAULT_PAGE_SIZE if limit is None else limit
    if limit < 1:
        raise invalid_parameter("Param limit must be at least 1")
    limit = min(limit, facts.MAX_PAGE_SIZE)
    if after := call.params.text("after"):
        return Window(_position(after) + 1, limit)
    if before := call.params.text("before"):
        end = _position(before)
        return Window(max(0, end - limit), min(limit, end) or limit)
    return Window(0, limit)


def answer_edge(call: Call, items: Iterable[Any], wrap: Callable[[Any], Node], *, total: int | None) -> dict[str, Any]:
    """Answer one page of a list.

    Args:
        call: Gives window, fields and the address of the next page.
        items: The list in the order it is shown; it is walked no further than the page's end.
        wrap: Makes a node of an item.
        total: For `summary=true`; None leaves the summary out.

    Returns:
        `data`, and `paging` with cursors and, where there is more, `next`.
    """
    part = window(call)
    found = list(islice(items, part.start, part.start + part.limit + 1))
    shown = found[: part.limit]
    wishes = parse_fields(",".join(call.params.names("fields"))) if call.params.values.get("fields") else ()
    body: dict[str, Any] = {"data": [project(wrap(item), wishes, call) for item in shown]}
    if shown:
        body["paging"] = _paging(call, part, len(shown), more=len(found) > part.limit)
    if total is not None and call.params.flag("summary", default=False):
        body["summary"] = {"total_count": total}
    return body


def _paging(call: Call, part: Window, count: int, *, more: bool) -> dict[str, Any]:
    after = _cursor(part.start + count - 1)
    paging: dict[str, Any] = {"cursors": {"before": _cursor(part.start), "after": after}}
    if more:
        paging["next"] = _address(call, limit=part.limit, after=after)
    if part.start > 0:
        paging["previous"] = _address(call, limit=part.limit, before=_cursor(part.start))
    return paging


def _address(call: Call, **cursor: str | int) -> str:
    """The full address of another page. As at Meta it carries the access token; clients do well not to log it."""
    query = {"access_token": call.token_text or ""}
    for name in ("fields", "since", "until"):
        if text := call.params.text(name):
            query[name] = text
    return f"{call.origin}{call.path}?{urlencode({**query, **cursor})}"


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"sandbox:{position}".encode()).decode().rstrip("=")


def _position(cursor: str) -> int:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise invalid_parameter("Invalid cursor") from error
    prefix, _, number = text.partition(":")
    position = whole(number, -1)
    if prefix != "sandbox" or position < 0:
        raise invalid_parameter("Invalid cursor")
    return position
