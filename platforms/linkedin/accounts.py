"""What a LinkedIn sign-in offers: a member's own profile, or the Pages that a person has a role on.

Source: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/organization-access-control-by-role
(read 2026-11-22).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from platforms.base import ChannelKind
from platforms.linkedin.api import LinkedInApi
from platforms.linkedin.tokens import access_of, unpack
from platforms.sign_in import FoundPage, Offer

_PUBLISHING = frozenset({"ADMINISTRATOR", "CONTENT_ADMIN", "CONTENT_ADMINISTRATOR"})
_PAGE_SIZE = 100
_MOST_PAGES = 50
_AT_ONCE = 50


class MemberAccounts:
    """Offers the member who signed in, as the sign-in named them."""

    async def offer(self, *, token: str, now: datetime, granted: Collection[str]) -> Offer:  # noqa: ARG002 - no call
        """Describe the member's profile; makes no call."""
        member = unpack(token)
        allowed = "w_member_social" in granted
        problem = None if allowed else "The sign-in lacks w_member_social: connect again and allow it."
        page = FoundPage(
            kind=ChannelKind.LINKEDIN_MEMBER,
            platform_account_id=member.person_id,
            name=member.name,
            avatar_url=member.picture,
            token=token if allowed else None,
            problem=problem,
        )
        return Offer((page,))


class PageAccounts:
    """Finds the organisations that a person has a role on, all of them."""

    def __init__(self, api: LinkedInApi) -> None:
        self._api = api

    async def offer(self, *, token: str, now: datetime, granted: Collection[str]) -> Offer:  # noqa: ARG002 - told below
        """List every Page, publishable or not.

        Raises:
            TransientError: try again later.
            ReconnectRequiredError: the token is gone.
            RejectedError: LinkedIn refused.
        """
        roles = await self._roles(access_of(token))
        named = await self._organizations(access_of(token), list(roles))
        allowed = "w_organization_social" in granted
        pages = tuple(_page(one, held, named.get(one) or {}, token, allowed=allowed) for one, held in roles.items())
        diagnosis = None
        if not pages:
            diagnosis = "The person has no role on any Page: a super admin of the Page gives it, then connect again."
        return Offer(pages, diagnosis)

    async def _roles(self, access: str) -> dict[str, set[str]]:
        """Read the roles by organisation, in LinkedIn's order."""
        roles: dict[str, set[str]] = {}
        start = 0
        for _ in range(_MOST_PAGES):  # LinkedIn may give fewer at a time than it was asked for
            query = f"q=roleAssignee&state=APPROVED&count={_PAGE_SIZE}&start={start}"
            answer = await self._api.get(f"/rest/organizationAcls?{query}", access=access, method="FINDER")
            entries = elements_of(answer)
            for entry in entries:
                organization = entry.get("organization") or entry.get("organizationTarget")
                if isinstance(organization, str) and organization.rpartition(":")[2].isdigit():
                    roles.setdefault(organization.rpartition(":")[2], set()).add(str(entry.get("role")))
            if not entries:
                break
            start += len(entries)
        return roles

    async def _organizations(self, access: str, ids: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        found: dict[str, Mapping[str, Any]] = {}
        for start in range(0, len(ids), _AT_ONCE):
            listed = ",".join(ids[start : start + _AT_ONCE])
            path = f"/rest/organizations?ids=List({listed})"
            answer = await self._api.get(path, access=access, method="BATCH_GET")
            results = answer.get("results")
            found |= cast("dict[str, Mapping[str, Any]]", results) if isinstance(results, dict) else {}
        return found


def elements_of(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the entries of a list; what is no entry is left out."""
    elements = answer.get("elements")
    listed = cast("list[Any]", elements) if isinstance(elements, list) else []
    return [entry for entry in listed if isinstance(entry, dict)]


def _page(number: str, roles: set[str], facts: Mapping[str, Any], token: str, *, allowed: bool) -> FoundPage:
    handle = facts.get("vanityName")
    problem = None
    if not roles & _PUBLISHING:
        problem = "The person's role on this Page may not publish: an admin of the Page makes them a content admin."
    elif not allowed:
        problem = "The sign-in lacks w_organization_social: connect again and allow it."
    return FoundPage(
        kind=ChannelKind.LINKEDIN_ORGANIZATION,
        platform_account_id=number,
        name=str(facts.get("localizedName") or number),
        handle=handle if isinstance(handle, str) else None,
        profile_url=f"https://www.linkedin.com/company/{handle or number}/",
        token=token if problem is None else None,
        problem=problem,
    )
