"""Every Page a sign-in leads to, once: its own, those of its business portfolios, and those it ticked by id.

`/me/accounts` leaves out Pages that a business portfolio owns, so the portfolios are asked as well; what was ticked in
the dialog and is in no list is asked for by its id.

Sources, read 2026-11-25:
https://developers.facebook.com/docs/graph-api/reference/user/accounts
https://developers.facebook.com/docs/graph-api/reference/user/businesses
https://developers.facebook.com/docs/marketing-api/reference/business/owned_pages
https://developers.facebook.com/docs/marketing-api/reference/business/client_pages
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from platforms.errors import PlatformError, RateLimitedError, ReconnectRequiredError, RejectedError
from platforms.meta.errors import entries_of
from platforms.meta.fields import read_fields
from platforms.meta.graph import GraphClient

_FIELDS = (
    "id,name,username,access_token,tasks,picture.type(large){url},"
    "instagram_business_account{id,username,name,profile_picture_url}"
)
_EDGES = ("owned_pages", "client_pages")
_PAGE_SIZE = "100"
_MOST_PAGES = 10_000
_AT_ONCE = 10
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageList:
    """The Pages as the platform describes them; `unread` names portfolios whose Pages it did not tell."""

    entries: tuple[Entry, ...]
    unread: tuple[str, ...]


async def list_pages(graph: GraphClient, *, token: str, ticked: Iterable[str]) -> PageList:
    """Read every list there is; `ticked` are ids that the person chose in the dialog.

    Raises:
        TransientError: try again later.
        ReconnectRequiredError: the token is gone.
        RejectedError: the platform refused.
    """
    entries = await _edge(graph, "/me/accounts", token, _FIELDS)
    gate = asyncio.Semaphore(_AT_ONCE)
    portfolios = await _portfolios(graph, token)
    paths = {f"/{portfolio['id']}/{edge}": _name(portfolio) for portfolio in portfolios for edge in _EDGES}
    told = await asyncio.gather(*(_portfolio_edge(graph, path, token, gate) for path in paths))
    unread = tuple(dict.fromkeys(name for name, found in zip(paths.values(), told, strict=True) if found is None))
    for found in told:
        entries = (found or {}) | entries
    lost = [page_id for page_id in ticked if page_id not in entries]
    alone = await asyncio.gather(*(_page(graph, page_id, token, gate) for page_id in lost))
    return PageList((*entries.values(), *(entry for entry in alone if entry)), unread)


async def _portfolios(graph: GraphClient, token: str) -> list[Entry]:
    """List the person's portfolios; without the permission for them there are none to ask."""
    try:
        return list((await _edge(graph, "/me/businesses", token, "id,name")).values())
    except (ReconnectRequiredError, RejectedError):
        return []


async def _portfolio_edge(
    graph: GraphClient, path: str, token: str, gate: asyncio.Semaphore
) -> dict[str, Entry] | None:
    """Read one list of a portfolio; None when the platform does not tell: the other portfolios are read all the same.

    Raises:
        RateLimitedError: asking for the others would only prolong it.
    """
    async with gate:
        try:
            return await _edge(graph, path, token, _FIELDS)
        except RateLimitedError:
            raise
        except PlatformError:
            return None


async def _page(graph: GraphClient, page_id: str, token: str, gate: asyncio.Semaphore) -> Entry | None:
    async with gate:
        try:
            entry = await read_fields(graph, f"/{page_id}", token=token, fields=_FIELDS)
        except (ReconnectRequiredError, RejectedError):
            return None
    return entry if entry.get("id") else None


async def _edge(graph: GraphClient, path: str, token: str, fields: str) -> dict[str, Entry]:
    """Follow the cursors to the end; a cursor that comes twice ends it as well."""
    entries: dict[str, Entry] = {}
    cursors: list[str] = []
    while len(entries) < _MOST_PAGES:
        params = {"limit": _PAGE_SIZE, **({"after": cursors[-1]} if cursors else {})}
        answer = await read_fields(graph, path, token=token, fields=fields, params=params)
        entries |= {str(entry["id"]): entry for entry in entries_of(answer) if entry.get("id")}
        paging = answer.get("paging") or {}
        cursor = (paging.get("cursors") or {}).get("after")
        if not paging.get("next") or not cursor or cursor in cursors:
            break
        cursors.append(cursor)
    return entries


def _name(portfolio: Entry) -> str:
    return str(portfolio.get("name") or portfolio["id"])
