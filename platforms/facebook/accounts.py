"""What a Facebook sign-in offers: its Pages, all of them, and the Instagram account of each.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/pages-api/overview (tasks)
https://developers.facebook.com/docs/graph-api/reference/debug_token (scopes, granular_scopes)
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from platforms.base import ChannelKind
from platforms.errors import ReconnectRequiredError, RejectedError
from platforms.facebook.listing import list_pages
from platforms.meta.graph import GraphClient
from platforms.meta.tokens import allows, instant, targets
from platforms.sign_in import FoundPage, Offer

_PUBLISHING_TASKS = frozenset(
    {"CREATE_CONTENT", "MANAGE", "PROFILE_PLUS_CREATE_CONTENT", "PROFILE_PLUS_FULL_CONTROL", "PROFILE_PLUS_MANAGE"}
)
_AT_ONCE = 10
_MOST_NAMED = 5


class FacebookAccounts:
    """Finds Pages and their Instagram accounts."""

    def __init__(self, graph: GraphClient) -> None:
        self._graph = graph

    async def offer(self, *, token: str, now: datetime, granted: Collection[str]) -> Offer:  # noqa: ARG002 - it is asked
        """List every Page, publishable or not, each followed by its Instagram account.

        Raises:
            TransientError: try again later.
            ReconnectRequiredError: the token is gone.
            RejectedError: the platform refused.
        """
        facts = await self._inspect(token)
        listed = await list_pages(self._graph, token=token, ticked=targets(facts, "pages_show_list") or ())
        gate = asyncio.Semaphore(_AT_ONCE)
        found = await asyncio.gather(*(self._page(entry, now, gate) for entry in listed.entries))
        pages = tuple(page for pair in found for page in pair)
        return Offer(pages, _diagnosis(pages, facts, listed.unread))

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
            token_expires_at=instant(facts.get("expires_at")),
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
        expires_at = instant(facts.get("expires_at"))
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
    if not allows(facts, permission):
        return f"The sign-in lacks the permission {permission}: connect again and allow it."
    if (ticked := targets(facts, permission)) and target not in ticked:
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


def _diagnosis(pages: Sequence[FoundPage], facts: dict[str, Any], unread: Sequence[str]) -> str | None:
    """Say why a sign-in offers less than its person expects: the dialog leaves things out without a word."""
    if unread:
        names = ", ".join(unread)
        return f"Facebook did not tell all Pages of {names}: connect again later to see the rest."
    if not pages:
        return _nothing(facts)
    linked = {page.linked_to for page in pages}
    alone = [
        page.name for page in pages if page.kind is ChannelKind.FACEBOOK_PAGE and page.platform_account_id not in linked
    ]
    if alone and targets(facts, "instagram_basic") is not None:
        names = ", ".join(alone[:_MOST_NAMED]) + (" and others" if len(alone) > _MOST_NAMED else "")
        return f"No Instagram account is offered for {names}: where there is one, connect again and tick it."
    return None


def _nothing(facts: dict[str, Any]) -> str:
    if "scopes" in facts and not allows(facts, "pages_show_list"):
        return "No Page is offered, for pages_show_list was not allowed: connect again and allow it."
    ticked = targets(facts, "pages_show_list")
    if ticked:
        return (
            f"{len(ticked)} Pages were ticked in the dialog and Facebook shows none of them: the person needs a role "
            "on them, and for Pages of a business portfolio business_management has to be allowed as well."
        )
    if ticked is not None:
        return "No Page was ticked in the dialog: connect again and tick the Pages to publish to."
    return "The person who signed in has no role on any Page: an admin of the Page gives it, then connect again."
