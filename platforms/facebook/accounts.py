"""What a Facebook sign-in offers: its Pages, all of them, and the Instagram account of each.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/graph-api/reference/user/accounts
https://developers.facebook.com/docs/pages-api/overview (tasks)
https://developers.facebook.com/docs/graph-api/reference/debug_token (scopes, granular_scopes)
"""

import asyncio
from datetime import UTC, datetime
from typing import Any

from platforms.base import ChannelKind, FoundPage
from platforms.errors import ReconnectRequiredError, RejectedError
from platforms.meta.errors import entries_of
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
        cursors: list[str] = []
        while len(entries) < _MOST_PAGES:
            params = {"fields": _FIELDS, "limit": _PAGE_SIZE, **({"after": cursors[-1]} if cursors else {})}
            answer = await self._graph.get("/me/accounts", token=token, params=params)
            entries |= {str(entry["id"]): entry for entry in entries_of(answer) if entry.get("id")}
            paging = answer.get("paging") or {}
            cursor = (paging.get("cursors") or {}).get("after")
            if not paging.get("next") or not cursor or cursor in cursors:
                break
            cursors.append(cursor)
        return list(entries.values())

    async def _page(self, entry: dict[str, Any], now: datetime, gate: asyncio.Semaphore) -> list[FoundPage]:
        token = entry.get("access_token") or None
        problem = _task_problem(entry, token)
        facts: dict[str, Any] = {}
        if problem is None and token is not None:
            async with gate:
                facts = await self._inspect(token)
            problem = self._token_problem(facts, now)
        page = FoundPage(
            kind=ChannelKind.FACEBOOK_PAGE,
            platform_account_id=str(entry["id"]),
            name=str(entry.get("name") or entry["id"]),
            handle=entry.get("username"),
            avatar_url=((entry.get("picture") or {}).get("data") or {}).get("url"),
            profile_url=f"https://www.facebook.com/{entry.get('username') or entry['id']}",
            token=token if problem is None else None,
            token_expires_at=_instant(facts.get("expires_at")),
            problem=problem or _permission_problem(facts, "pages_manage_posts", str(entry["id"])),
        )
        instagram = entry.get("instagram_business_account")
        if not isinstance(instagram, dict) or not instagram.get("id"):
            return [page]
        return [page, _instagram(instagram, page, problem, facts)]

    async def _inspect(self, token: str) -> dict[str, Any]:
        """Ask Meta what a Page's token is good for; {} when it is good for nothing."""
        try:
            return await self._graph.inspect_token(token)
        except (ReconnectRequiredError, RejectedError):
            return {}

    def _token_problem(self, facts: dict[str, Any], now: datetime) -> str | None:
        if not facts.get("is_valid") or str(facts.get("app_id")) != self._graph.settings.app_id:
            return "The platform gave a token for this Page that does not work: connect again."
        expires_at = _instant(facts.get("expires_at"))
        if expires_at is not None and expires_at <= now:
            return "The token of this Page has run out: connect again."
        return None


def _task_problem(entry: dict[str, Any], token: str | None) -> str | None:
    tasks = entry.get("tasks")
    if isinstance(tasks, list) and not _PUBLISHING_TASKS.intersection(tasks):
        return "The person may not create content on this Page: an admin of the Page grants it, then connect again."
    if token is None:
        return "The platform gave no token for this Page: connect again and tick it in the dialog."
    return None


def _permission_problem(facts: dict[str, Any], permission: str, target: str) -> str | None:
    """Look whether the person allowed this for this target; a permission without targets is for all of them."""
    if permission not in facts.get("scopes", ()):
        return f"The sign-in lacks the permission {permission}: connect again and allow it."
    targets = [
        entry.get("target_ids") for entry in facts.get("granular_scopes", ()) if entry.get("scope") == permission
    ]
    if targets and targets[0] and target not in map(str, targets[0]):
        return f"The permission {permission} was not given for it: connect again and tick it in the dialog."
    return None


def _instagram(entry: dict[str, Any], page: FoundPage, problem: str | None, facts: dict[str, Any]) -> FoundPage:
    """Describe the account linked to a Page; `problem` and `facts` are of the Page's token, which opens both."""
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
        problem=problem or _permission_problem(facts, "instagram_content_publish", str(entry["id"])),
        linked_to=page.platform_account_id,
    )


def _instant(value: object) -> datetime | None:
    return datetime.fromtimestamp(value, UTC) if isinstance(value, int) and value > 0 else None
