"""LinkedIn in the sandbox of this process: a member's app and a Page's app, each signed in."""

from collections.abc import AsyncIterator

import httpx
import pytest

from sandbox.app import create_app
from sandbox.world import World
from tests.sandbox.linkedin.member import PAGE_APP, PAGE_SCOPE, LinkedInApp


@pytest.fixture
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A way to the sandbox; whatever breaks inside it breaks the test."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(create_app(world)), base_url="http://sandbox.test"
    ) as one:
        yield one


@pytest.fixture
async def stranger(http: httpx.AsyncClient) -> LinkedInApp:
    """The member's app, before anybody signed in; what is uploaded is ready at once."""
    app = LinkedInApp(http)
    await app.admin("linkedin", {"processing_seconds": 0})
    return app


@pytest.fixture
async def member(stranger: LinkedInApp) -> LinkedInApp:
    """The member's app with a member."""
    await stranger.sign_in()
    return stranger


@pytest.fixture
async def page(stranger: LinkedInApp) -> LinkedInApp:
    """The Page's app with somebody who has organisations; the author is the first, as its administrator."""
    app = LinkedInApp(stranger.http, PAGE_APP, PAGE_SCOPE)
    await app.sign_in("organisations")
    app.author = await organisation(app, "North Works")
    return app


async def organisation(app: LinkedInApp, name: str) -> str:
    """Give the URN of an organisation."""
    people = (await app.admin("linkedin"))["people"].values()
    return next(
        f"urn:li:organization:{one['id']}" for each in people for one in each["organisations"] if one["name"] == name
    )
