"""What a Facebook sign-in offers: its Pages, all of them, and the Instagram account of each.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/graph-api/reference/user/accounts
https://developers.facebook.com/docs/pages-api/overview (tasks)
"""

import asyncio
from datetime import UTC, datetime
from typing import Any

from platforms.base import ChannelKind, FoundPage
from platforms.errors import ReconnectRequiredError, RejectedError
from platforms.meta.graph import GraphClient

_FIELDS = (
    "id,name,username,access_token,tasks,picture.type(large){url},"
    "instagram_business_account{id,username,name,profile_picture_url}"
)
_PUBLISHING_TASKS = frozenset(
    {"CREATE_CONTENT", "MANAGE", "PROFILE_PLUS_CREATE_CONTENT", "PROFILE_PLUS_FULL_CONTROL", "PROFILE_PLUS_MANAGE"}
)
_PAGE_SIZE = "100"
_MOST_PAGES = 10_000
_AT_ONCE = 10


class FacebookAccounts:
    """Finds Pages and their Instagram accounts."""

    def __init__(self, graph: GraphClient) -> None:
        self._graph = graph

    async def pages(self, *, token: str, now: datetime) -> tuple[FoundPage, ...]:
        """List every Page, publishable or not, each followed by its Instagram account.

        Raises:
            TransientError: try again later.
            ReconnectRequiredError: the token is gone.
            RejectedError: the platform refused.
        """
        entries = await self._entries(token)
        gate = asyncio.Semaphore(_AT_ONCE)
        found = await asyncio.gather(*(self._page(entry, now, gate) for entry in entries))
        return tuple(page for pair in found for page in pair)

    async def _entries(self, token: str) -> list[dict[str, Any]]:
        """Follow the cursors to the end; a cursor that comes twice ends it as well."""
        entries: dict[str, dict[str, Any]] = {}
        after: str | None = None
        while len(entries) < _MOST_PAGES:
            params = {"fields": _FIELDS, "limit": _PAGE_SIZE, **({"after": after} if after else {})}
            answer = await self._graph.get("/me/accounts", token=token, params=params)
            entries |= {str(entry["id"]): entry for entry in answer.get("data", ())}
            paging = answer.get("paging") or {}
            cursor = (paging.get("cursors") or {}).get("after")
            if not paging.get("next") or not cursor or cursor == after:
                break
            after = cursor
        return list(entries.values())

    async def _page(self, entry: dict[str, Any], now: datetime, gate: asyncio.Semaphore) -> list[FoundPage]:
        token = entry.get("access_token") or None
        problem = _task_problem(entry, token)
        expires_at: datetime | None = None
        if problem is None and token is not None:
            async with gate:
                problem, expires_at = await self._verify(token, now)
        token = token if problem is None else None
        page = FoundPage(
            kind=ChannelKind.FACEBOOK_PAGE,
            platform_account_id=str(entry["id"]),
            name=str(entry.get("name") or entry["id"]),
            handle=entry.get("username"),
            avatar_url=((entry.get("picture") or {}).get("data") or {}).get("url"),
            profile_url=f"https://www.facebook.com/{entry.get('username') or entry['id']}",
            token=token,
            token_expires_at=expires_at,
            problem=problem,
        )
        instagram = entry.get("instagram_business_account")
        return [page, _instagram(instagram, page)] if isinstance(instagram, dict) else [page]

    async def _verify(self, token: str, now: datetime) -> tuple[str | None, datetime | None]:
        """Ask Meta whether the Page's token is this app's, alive, and without an end."""
        try:
            facts = await self._graph.inspect_token(token)
        except (ReconnectRequiredError, RejectedError):
            facts = {}
        if not facts.get("is_valid") or str(facts.get("app_id")) != self._graph.settings.app_id:
            return "The platform gave a token for this Page that does not work: connect again.", None
        expires = facts.get("expires_at")
        expires_at = datetime.fromtimestamp(expires, UTC) if isinstance(expires, int) and expires > 0 else None
        if expires_at is not None and expires_at <= now:
            return "The token of this Page has run out: connect again.", expires_at
        return None, expires_at


def _task_problem(entry: dict[str, Any], token: str | None) -> str | None:
    tasks = entry.get("tasks")
    if isinstance(tasks, list) and not _PUBLISHING_TASKS.intersection(tasks):
        return "The person may not create content on this Page: an admin of the Page grants it, then connect again."
    if token is None:
        return "The platform gave no token for this Page: connect again and tick it in the dialog."
    return None


def _instagram(entry: dict[str, Any], page: FoundPage) -> FoundPage:
    handle = entry.get("username")
    return FoundPage(
        kind=ChannelKind.INSTAGRAM_ACCOUNT,
        platform_account_id=str(entry["id"]),
        name=str(entry.get("name") or handle or entry["id"]),
        handle=handle,
        avatar_url=entry.get("profile_picture_url"),
        profile_url=f"https://www.instagram.com/{handle}/" if handle else None,
        token=page.token,
        token_expires_at=page.token_expires_at,
        problem=page.problem,
        linked_to=page.platform_account_id,
    )
