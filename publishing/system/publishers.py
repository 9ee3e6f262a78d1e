"""The publisher of a channel as a worker calls it: where tokens live for hours, each call gets one that lives."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from platforms.base import Done, Environment, Platform, Publisher, Sent, Sighting, Wait
from platforms.errors import ReconnectRequiredError, TransientError
from platforms.following import Following
from platforms.registry import refresh_terms
from publishing.delivery import Delivery
from publishing.deps import Deps
from publishing.system.refreshing import fresh_token

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whose sign-in a call is made with, and where it was."""

    platform: Platform
    account_id: UUID


class ChannelPublisher:
    """A publisher with tokens of one sign-in; its methods are those of `Publisher`."""

    def __init__(self, deps: Deps, publisher: Publisher, sign_in: SignedIn) -> None:
        self._deps = deps
        self._publisher = publisher
        self._sign_in = sign_in
        terms = refresh_terms(sign_in.platform)
        self._renews = terms is not None and terms.on_use

    async def step(self, work: Delivery) -> Done | Wait:
        """Bring a publication a step further."""

        async def call(token: str) -> Done | Wait:
            work.use_token(token)
            return await self._publisher.step(work)

        return await self._using(work.token, call)

    async def look(self, sent: Sent) -> Sighting:
        """Look for a post whose outcome is not known."""
        return await self._using(sent.token, lambda token: self._publisher.look(replace(sent, token=token)))

    async def follow(self, following: Following) -> str | None:
        """Do what is to be done after a post's call."""
        return await self._using(following.token, lambda token: self._publisher.follow(replace(following, token=token)))

    async def find_comment(self, following: Following) -> Sighting:
        """Look for a first comment whose outcome is not known."""
        return await self._using(
            following.token, lambda token: self._publisher.find_comment(replace(following, token=token))
        )

    async def _using(self, token: str, call: Callable[[str], Awaitable[Answer]]) -> Answer:
        """Call with a token that lives. One that the platform takes for dead all the same is renewed for the next try.

        Raises:
            PlatformError: as the publisher's own method.
        """
        if not self._renews:
            return await call(token)
        fresh = await self._fresh(token)
        try:
            return await call(fresh)
        except ReconnectRequiredError as error:
            await self._fresh(fresh, refused=True)
            raise TransientError(error.failure, retry_after=timedelta()) from error

    async def _fresh(self, token: str, *, refused: bool = False) -> str:
        given = self._sign_in
        return await fresh_token(
            self._deps, sign_in=given.platform, account_id=given.account_id, token=token, refused=refused
        )


def publisher_of(
    deps: Deps, platform: Platform, environment: Environment, *, sign_in: Platform, account_id: UUID
) -> ChannelPublisher:
    """Give the publisher of a platform's channels that a sign-in found.

    Raises:
        KeyError: that environment is not switched on, or no such sign-in finds channels of it.
    """
    route = deps.networks.route(platform, environment, sign_in=sign_in)
    return ChannelPublisher(deps, route.publisher, SignedIn(sign_in, account_id))
