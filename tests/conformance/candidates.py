"""How each kind of channel is driven by the conformance suite; a new one adds a class and its line in `CANDIDATES`."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import orjson

from net.addresses import FetchPolicy
from platforms.base import ChannelKind, Done, Draft, DraftMedia, Environment, Platform, Publisher, Sent, Sighting, Wait
from platforms.environment import PlatformsEnvironment
from platforms.network import Network
from platforms.registry import open_networks, platform_of
from platforms.sign_in import FoundPage
from tests.platforms.work import NOW, Work, work_on
from tests.support.loopback import loopback
from tests.support.pds import Pds, Person
from tests.support.sandbox import Sandbox
from tests.support.xrpc_road import CREATE, Meeting, XrpcRoad, xrpc_road

REDIRECT = "https://app.example.com/oauth/callback"
VERIFIER = "v" * 43
PKCE: frozenset[Platform] = frozenset({Platform.X})
"""Whose sign-in is documented with PKCE."""


class Mishap(Enum):
    """What the public call meets with."""

    LIMIT = "the platform asks to be left alone for a while"
    TOKEN_OVER = "the platform takes the token for over"
    LANDED = "the post is made and the answer is lost"
    LOST = "the call is lost before anything was done"
    UNCLEAR = "a gateway answers, and nothing was done"


class Candidate(ABC):
    """One kind of channel: a page to publish to, a plain post for it, and its platform's bad days."""

    kind: ChannelKind
    sign_in: Platform
    network: Network

    @property
    def platform(self) -> Platform:
        return platform_of(self.kind)

    @property
    def publisher(self) -> Publisher:
        return self.network.routes[self.sign_in].publisher

    @abstractmethod
    async def page(self) -> FoundPage:
        """Sign in, and give a page that can be published to."""

    @abstractmethod
    async def meet(self, mishap: Mishap, work: Work) -> None:
        """Let the next public call of a post meet with something."""

    @abstractmethod
    async def texts(self, page: FoundPage) -> list[str]:
        """Give what the public reads there."""

    async def pass_time(self, seconds: float) -> None:  # noqa: B027 - most platforms need none
        """Let the platform have time for what it works on."""

    def media(self) -> tuple[DraftMedia, ...]:
        """Give the files without which there is no post."""
        return ()

    def work(self, page: FoundPage, text: str, **given: Any) -> Work:
        return work_on(page, Draft(text, media=self.media(), **given), now=datetime.now(UTC))

    async def bring_out(self, work: Work) -> Done:
        """Step until it is out."""
        for _ in range(20):
            done = await self.publisher.step(work)
            if isinstance(done, Done):
                return done
            assert isinstance(done, Wait)
            await self.pass_time(done.delay.total_seconds())
            work.now += done.delay
        raise AssertionError("it does not come out")

    async def look(self, work: Work) -> Sighting:
        began = datetime.now(UTC) if work.now is NOW else work.now
        return await self.publisher.look(
            Sent(work.draft, work.channel_id, work.token, dict(work.handles), began, datetime.now(UTC))
        )


_PUBLIC = {
    ChannelKind.FACEBOOK_PAGE: "POST /feed",
    ChannelKind.INSTAGRAM_ACCOUNT: "POST /media_publish",
}


class Meta(Candidate):
    """Pages and accounts of Meta, at the sandbox."""

    sign_in = Platform.FACEBOOK

    def __init__(self, kind: ChannelKind, sandbox: Sandbox, held: AsyncExitStack) -> None:
        networks = open_networks(PlatformsEnvironment(), sandbox_url=sandbox.url, timeout_seconds=10)
        held.push_async_callback(networks.aclose)
        self.kind, self.sandbox = kind, sandbox
        self.network = networks.get(platform_of(kind), Environment.SANDBOX)
        self.desk = networks.get(Platform.FACEBOOK, Environment.SANDBOX)

    async def page(self) -> FoundPage:
        await self.sandbox.change_settings(processing={"fixed_seconds": 0})
        token = await signed_in(self.desk, persona="solo")
        offer = await self.desk.finder.offer(token=token, now=datetime.now(UTC), granted=())
        return next(page for page in offer.pages if page.kind is self.kind)

    async def meet(self, mishap: Mishap, work: Work) -> None:
        fault, options = {
            Mishap.LIMIT: ("graph_error", {"error": "32"}),
            Mishap.TOKEN_OVER: ("graph_error", {"error": "190/463"}),
            Mishap.LANDED: ("land_then_drop", {}),
            Mishap.LOST: ("drop_before", {}),
            Mishap.UNCLEAR: ("clean_503", {}),
        }[mishap]
        await self.sandbox.add_fault(_PUBLIC[self.kind], fault, next_calls=1, **options)

    async def texts(self, page: FoundPage) -> list[str]:
        entries = await self.sandbox.ledger(page.platform_account_id)
        return [entry["text"] for entry in entries if entry["deleted_at"] is None]

    def media(self) -> tuple[DraftMedia, ...]:
        if self.kind is ChannelKind.FACEBOOK_PAGE:
            return ()
        return (DraftMedia(f"{self.sandbox.url}/samples/bread.jpg", "image/jpeg", 1, 1, 1),)


class LinkedIn(Candidate):
    """Members and Pages of LinkedIn, at the sandbox, each by a sign-in of their own."""

    def __init__(self, kind: ChannelKind, sandbox: Sandbox, held: AsyncExitStack) -> None:
        networks = open_networks(PlatformsEnvironment(), sandbox_url=sandbox.url, timeout_seconds=10)
        held.push_async_callback(networks.aclose)
        is_member = kind is ChannelKind.LINKEDIN_MEMBER
        self.kind, self.sandbox, self.persona = kind, sandbox, "member" if is_member else "organisations"
        self.sign_in = Platform.LINKEDIN if is_member else Platform.LINKEDIN_PAGES
        self.network = networks.get(Platform.LINKEDIN, Environment.SANDBOX)
        self.signs_in = networks.get(self.sign_in, Environment.SANDBOX)
        self.author = f"urn:li:{'person' if is_member else 'organization'}:"

    async def page(self) -> FoundPage:
        token = await signed_in(self.signs_in, persona=self.persona)
        granted = self.signs_in.sign_in.requested_permissions
        offer = await self.signs_in.finder.offer(token=token, now=datetime.now(UTC), granted=granted)
        return next(page for page in offer.pages if page.token is not None)

    async def meet(self, mishap: Mishap, work: Work) -> None:
        fault, options = {
            Mishap.LIMIT: ("linkedin_error", {"error": "429 MEMBER"}),
            Mishap.TOKEN_OVER: ("linkedin_error", {"error": "401 EXPIRED_ACCESS_TOKEN"}),
            Mishap.LANDED: ("land_then_drop", {}),
            Mishap.LOST: ("drop_before", {}),
            Mishap.UNCLEAR: ("clean_503", {}),
        }[mishap]
        await self.sandbox.add_fault("POST /rest/posts", fault, next_calls=1, **options)

    async def texts(self, page: FoundPage) -> list[str]:
        entries = await self.sandbox.ledger(self.author + page.platform_account_id)
        return [entry["text"] for entry in entries if entry["deleted_at"] is None]


class X(Candidate):
    """An account of X, at the sandbox."""

    kind = ChannelKind.X_ACCOUNT
    sign_in = Platform.X

    def __init__(self, sandbox: Sandbox, held: AsyncExitStack) -> None:
        networks = open_networks(PlatformsEnvironment(), sandbox_url=sandbox.url, timeout_seconds=10)
        held.push_async_callback(networks.aclose)
        self.sandbox, self.network = sandbox, networks.get(Platform.X, Environment.SANDBOX)

    async def page(self) -> FoundPage:
        token = await signed_in(self.network, persona="ordinary")
        granted = self.network.sign_in.requested_permissions
        (page,) = (await self.network.finder.offer(token=token, now=datetime.now(UTC), granted=granted)).pages
        return page

    async def meet(self, mishap: Mishap, work: Work) -> None:
        fault, options = {
            Mishap.LIMIT: ("x_refusal", {"error": "429"}),
            Mishap.TOKEN_OVER: ("x_refusal", {"error": "401"}),
            Mishap.LANDED: ("land_then_drop", {}),
            Mishap.LOST: ("drop_before", {}),
            Mishap.UNCLEAR: ("clean_503", {}),
        }[mishap]
        await self.sandbox.add_fault("POST /2/tweets", fault, next_calls=1, **options)

    async def texts(self, page: FoundPage) -> list[str]:
        entries = await self.sandbox.ledger(page.platform_account_id)
        return [entry["text"] for entry in entries if entry["deleted_at"] is None]


class Bluesky(Candidate):
    """An account on a real server of the AT Protocol."""

    kind = ChannelKind.BLUESKY_ACCOUNT
    sign_in = Platform.BLUESKY

    def __init__(self, pds: Pds, road: XrpcRoad, held: AsyncExitStack) -> None:
        environment = PlatformsEnvironment(bluesky_url=road.url)
        networks = open_networks(environment, sandbox_url=None, timeout_seconds=10, policy=FetchPolicy())
        held.push_async_callback(networks.aclose)
        self.network, self.pds, self.road = networks.get(Platform.BLUESKY, Environment.LIVE), pds, road
        self.people: dict[str, Person] = {}

    async def page(self) -> FoundPage:
        person = await self.pds.person()
        secret = {"identifier": person.handle, "password": person.password, "service": None}
        grant = await self.network.sign_in.exchange(
            code=orjson.dumps(secret).decode(), redirect_uri="", verifier=VERIFIER, now=datetime.now(UTC)
        )
        offer = await self.network.finder.offer(token=grant.token, now=datetime.now(UTC), granted=())
        (page,) = offer.pages
        self.people[page.platform_account_id] = person
        return page

    async def meet(self, mishap: Mishap, work: Work) -> None:
        over = {"error": "ExpiredToken", "message": "Token has expired"}
        limit = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
        self.road.meet(
            CREATE,
            {
                Mishap.LIMIT: Meeting(lands=False, status=429, body=limit, headers={"retry-after": "30"}),
                Mishap.TOKEN_OVER: Meeting(lands=False, status=400, body=over),
                Mishap.LANDED: Meeting(lands=True),
                Mishap.LOST: Meeting(lands=False),
                Mishap.UNCLEAR: Meeting(lands=False, status=502, body=b"<html>"),
            }[mishap],
        )

    async def texts(self, page: FoundPage) -> list[str]:
        return await self.pds.texts(self.people[page.platform_account_id])


async def signed_in(network: Network, **dialog: str) -> str:
    """Let a person say yes in the browser, and give the token."""
    assert network.oauth is not None
    url = network.oauth.authorize_url(state="a-state", redirect_uri=REDIRECT, verifier=VERIFIER)
    async with loopback() as browser:
        answer = await browser.get(httpx.URL(url).copy_merge_params({"auto": "approve", **dialog}))
    code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
    grant = await network.sign_in.exchange(code=code, redirect_uri=REDIRECT, verifier=VERIFIER, now=datetime.now(UTC))
    return grant.token


async def _meta(kind: ChannelKind, behind: Sandbox, held: AsyncExitStack) -> Candidate:
    return Meta(kind, behind, held)


async def _linkedin(kind: ChannelKind, behind: Sandbox, held: AsyncExitStack) -> Candidate:
    return LinkedIn(kind, behind, held)


async def _x(_: ChannelKind, behind: Sandbox, held: AsyncExitStack) -> Candidate:
    return X(behind, held)


async def _bluesky(_: ChannelKind, behind: Pds, held: AsyncExitStack) -> Candidate:
    return Bluesky(behind, await held.enter_async_context(xrpc_road(behind.url)), held)


@dataclass(frozen=True)
class Entry:
    """The fixture that starts what stands behind a kind of channel, and how it is driven."""

    behind: str
    make: Callable[[ChannelKind, Any, AsyncExitStack], Awaitable[Candidate]]


CANDIDATES: dict[ChannelKind, Entry] = {
    ChannelKind.FACEBOOK_PAGE: Entry("sandbox", _meta),
    ChannelKind.INSTAGRAM_ACCOUNT: Entry("sandbox", _meta),
    ChannelKind.X_ACCOUNT: Entry("sandbox", _x),
    ChannelKind.BLUESKY_ACCOUNT: Entry("pds", _bluesky),
    ChannelKind.LINKEDIN_MEMBER: Entry("sandbox", _linkedin),
    ChannelKind.LINKEDIN_ORGANIZATION: Entry("sandbox", _linkedin),
}
