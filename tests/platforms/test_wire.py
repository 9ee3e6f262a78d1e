"""What every call to Meta looks like on the wire: token in the header, proof, version, and no secret in an address."""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

import pytest

from platforms.base import ChannelKind, Draft
from tests.platforms.conftest import Desk, of_kind
from tests.platforms.wire import Seen, Wire
from tests.platforms.work import Work, sample, work_on
from tests.support.sandbox import Sandbox

SECRET = b"sandbox-app-secret"


async def travel(desk: Desk, origin: str) -> list[str]:
    """Make every kind of call there is, and give the tokens that were used."""
    grant = await desk.sign_in()
    pages = list((await desk.finder.offer(token=grant.token, now=datetime.now(UTC), granted=())).pages)
    [page], [account] = of_kind(pages, ChannelKind.FACEBOOK_PAGE), of_kind(pages, ChannelKind.INSTAGRAM_ACCOUNT)
    images = (sample(origin),)
    done: Any = await desk.facebook.step(work_on(page, Draft("A", media=images)))
    await desk.facebook.permalink(platform_post_id=done.receipt.platform_post_id, token=page.token or "")
    work: Work = work_on(account, Draft("B", media=images))
    await desk.instagram.step(work)
    done = await desk.instagram.step(work)
    await desk.instagram.permalink(platform_post_id=done.receipt.platform_post_id, token=account.token or "")
    await desk.oauth.revoke(token=grant.token)
    return [grant.token, page.token or "", account.token or ""]


def secrets_of(wire: Wire, tokens: list[str]) -> set[str]:
    """Gather everything that must not stand in an address."""
    exchanged = {one.fields.get("code") or one.fields["fb_exchange_token"] for one in wire.asked("POST /oauth/*")}
    return {*tokens, *exchanged, SECRET.decode()}


def needs_token(one: Seen) -> bool:
    return "/oauth" not in one.asked


async def test_no_token_code_or_secret_stands_in_an_address(wired: Desk, wire: Wire, sandbox: Sandbox):
    hidden = secrets_of(wire, await travel(wired, sandbox.url))

    assert len(hidden) == 5
    for one in wire.seen:
        address = one.path + ("" if one.asked == "GET /debug_token" else one.query)
        assert "access_token=" not in one.query
        assert not [secret for secret in hidden if secret in address], one.asked
    subjects = {name for one in wire.asked("GET /debug_token") for name in one.fields}
    assert subjects == {"input_token", "appsecret_proof"}


async def test_every_call_carries_its_token_in_the_header_with_the_proof(wired: Desk, wire: Wire, sandbox: Sandbox):
    await travel(wired, sandbox.url)

    kinds = {one.asked.rpartition("/")[2] for one in wire.seen if needs_token(one)}
    assert {"me", "accounts", "permissions", "debug_token", "photos", "feed", "media", "media_publish"} <= kinds
    for one in filter(needs_token, wire.seen):
        assert one.token, one.asked
        assert one.fields["appsecret_proof"] == hmac.new(SECRET, one.token.encode(), hashlib.sha256).hexdigest()


@pytest.mark.parametrize("version", ["v26.0", "v25.0"])
async def test_every_call_names_the_configured_version(make_desk: Any, wire: Wire, sandbox: Sandbox, version: str):
    await travel(make_desk(wire.url, meta_api_version=version), sandbox.url)

    assert {one.version for one in wire.seen} == {version}


async def test_the_proof_is_what_the_documented_example_says(wired: Desk):
    """Computed with another tool: openssl dgst -sha256 -hmac sandbox-app-secret."""
    graph = wired.facebook._graph
    expected = "81e089c3cc221cb0ff43072732be4822a93df06aa7b830d912ab715a76b307d8"

    assert graph._proof("EAAsandboxtoken") == {"appsecret_proof": expected}


async def test_a_call_is_made_once_whatever_comes_back(wired: Desk, wire: Wire, sandbox: Sandbox):
    page = await wired.page()
    wire.answer("POST /*/feed", b"<html>bad gateway</html>", 502)

    with pytest.raises(Exception, match="may be public"):
        await wired.facebook.step(work_on(page, Draft("Once")))

    assert len(wire.asked("POST /*/feed")) == 1
    assert await sandbox.ledger() == []
