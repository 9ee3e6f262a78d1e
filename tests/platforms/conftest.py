"""The platforms' own clients, pointed at a real sandbox."""

import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from platforms.base import ChannelKind, Environment, Platform, Publisher
from platforms.environment import PlatformsEnvironment
from platforms.registry import Networks, open_networks
from platforms.sign_in import AccountFinder, FoundPage, Grant, OAuth
from tests.platforms.wire import Wire, wire_to
from tests.support.loopback import loopback
from tests.support.sandbox import Sandbox

VERIFIER = "v" * 43
REDIRECT = "https://app.example.com/oauth/meta/callback"


@dataclass
class Desk:
    """The platforms of the sandbox, and a person who says yes."""

    networks: Networks
    at: Platform = Platform.FACEBOOK

    @property
    def oauth(self) -> OAuth:
        oauth = self.networks.get(self.at, Environment.SANDBOX).oauth
        assert oauth is not None
        return oauth

    @property
    def finder(self) -> AccountFinder:
        return self.networks.get(self.at, Environment.SANDBOX).finder

    @property
    def facebook(self) -> Publisher:
        return self.networks.route(Platform.FACEBOOK, Environment.SANDBOX, sign_in=Platform.FACEBOOK).publisher

    @property
    def instagram(self) -> Publisher:
        return self.networks.route(Platform.INSTAGRAM, Environment.SANDBOX, sign_in=self.at).publisher

    async def code(self, persona: str = "solo", **dialog: str) -> str:
        """Let a person say yes in the dialog."""
        state = secrets.token_urlsafe(8)
        url = self.oauth.authorize_url(state=state, redirect_uri=REDIRECT, verifier=VERIFIER)
        async with loopback() as browser:
            asked = {"auto": "approve", "persona": persona, **dialog}
            answer = await browser.get(httpx.URL(url).copy_merge_params(asked))
        assert answer.has_redirect_location, answer.text
        given = parse_qs(urlsplit(answer.headers["location"]).query)
        assert given["state"] == [state]
        return given["code"][0]

    async def sign_in(self, persona: str = "solo", **dialog: str) -> Grant:
        code = await self.code(persona, **dialog)
        return await self.oauth.exchange(code=code, redirect_uri=REDIRECT, verifier=VERIFIER, now=datetime.now(UTC))

    async def pages(self, persona: str = "solo", **dialog: str) -> list[FoundPage]:
        grant = await self.sign_in(persona, **dialog)
        granted = grant.granted_permissions
        return list((await self.finder.offer(token=grant.token, now=datetime.now(UTC), granted=granted)).pages)

    async def page(self, persona: str = "solo", **dialog: str) -> FoundPage:
        return of_kind(await self.pages(persona, **dialog), ChannelKind.FACEBOOK_PAGE)[0]

    async def account(self, persona: str = "solo", **dialog: str) -> FoundPage:
        return of_kind(await self.pages(persona, **dialog), ChannelKind.INSTAGRAM_ACCOUNT)[0]


def of_kind(pages: list[FoundPage], kind: ChannelKind) -> list[FoundPage]:
    return [page for page in pages if page.kind is kind]


@pytest.fixture
async def make_desk() -> AsyncIterator[Any]:
    """Open the platforms; arguments are settings."""
    async with AsyncExitStack() as held:

        def make(sandbox_url: str, *, timeout_seconds: float = 10, **settings: Any) -> Desk:
            environment = PlatformsEnvironment(**settings)
            networks = open_networks(environment, sandbox_url=sandbox_url, timeout_seconds=timeout_seconds)
            held.push_async_callback(networks.aclose)
            return Desk(networks)

        yield make


@pytest.fixture
async def desk(make_desk: Any, sandbox: Sandbox) -> Desk:
    """The platforms, straight at the sandbox; containers are ready at once."""
    await sandbox.change_settings(processing={"fixed_seconds": 0})
    return make_desk(sandbox.url)


@pytest.fixture
async def own_desk(make_desk: Any, own_sandbox: Sandbox) -> Desk:
    """The same at a sandbox of the test's own, whose clock may be moved."""
    await own_sandbox.change_settings(processing={"fixed_seconds": 0})
    return make_desk(own_sandbox.url)


@pytest.fixture
async def wire(sandbox: Sandbox) -> AsyncIterator[Wire]:
    """A wire to the sandbox."""
    await sandbox.change_settings(processing={"fixed_seconds": 0})
    async with wire_to(sandbox.url) as wire:
        yield wire


@pytest.fixture
async def wired(make_desk: Any, wire: Wire) -> Desk:
    """The platforms, at the end of the wire."""
    return make_desk(wire.url)
