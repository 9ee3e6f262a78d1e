import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from cli.ledger import Expected, WitnessError, check_exactly_once
from tests.support.loopback import loopback
from tests.support.sandbox import Sandbox

APP_ID, APP_SECRET = "100000000000001", "sandbox-app-secret"
REDIRECT = "http://127.0.0.1:1/oauth/meta/callback"


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with loopback() as client:
        yield client


async def test_a_post_that_is_not_public_is_missed(sandbox: Sandbox, http: httpx.AsyncClient):
    with pytest.raises(WitnessError, match="facebook shows the post 0 times instead of once"):
        await check_exactly_once(http, sandbox.url, [Expected(platform="facebook", text="hello")])


async def test_a_post_that_is_public_twice_is_noticed(sandbox: Sandbox, http: httpx.AsyncClient):
    publish = await _publisher(http, sandbox.url)
    expected = [Expected(platform="facebook", text="hello")]

    await publish("hello")
    await check_exactly_once(http, sandbox.url, expected)
    await publish("hello")

    with pytest.raises(WitnessError, match="facebook shows the post 2 times instead of once"):
        await check_exactly_once(http, sandbox.url, expected)


async def test_a_post_that_nobody_asked_for_is_noticed(sandbox: Sandbox, http: httpx.AsyncClient):
    publish = await _publisher(http, sandbox.url)

    await publish("hello")
    await publish("goodbye")

    with pytest.raises(WitnessError, match="1 more posts are public than were published"):
        await check_exactly_once(http, sandbox.url, [Expected(platform="facebook", text="hello")])


async def _publisher(http: httpx.AsyncClient, sandbox: str) -> Callable[[str], Awaitable[None]]:
    """Sign in as any app would and give a function that posts a text to the person's first Page."""
    app = {"client_id": APP_ID, "client_secret": APP_SECRET, "redirect_uri": REDIRECT}
    dialog = {
        **app,
        "state": "s",
        "response_type": "code",
        "scope": "pages_show_list,pages_read_engagement,pages_manage_posts",
    }
    back = await http.get(f"{sandbox}/meta/v26.0/dialog/oauth", params={**dialog, "auto": "approve"})
    code = parse_qs(urlsplit(back.headers["location"]).query)["code"][0]
    token = (await http.post(f"{sandbox}/meta/v26.0/oauth/access_token", data={**app, "code": code})).json()
    accounts = f"{sandbox}/meta/v26.0/me/accounts"
    page = (await http.get(accounts, params=_signed(token["access_token"]))).json()["data"][0]

    async def publish(text: str) -> None:
        body = {"message": text, **_signed(page["access_token"])}
        (await http.post(f"{sandbox}/meta/v26.0/{page['id']}/feed", data=body)).raise_for_status()

    return publish


def _signed(token: str) -> dict[str, str]:
    proof = hmac.new(APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
    return {"access_token": token, "appsecret_proof": proof}
