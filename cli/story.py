"""The demo's story: connect, select, publish, follow, and ask the witness."""

import asyncio
import secrets
from dataclasses import dataclass, field

import httpx

from cli import operations
from cli.browser import sign_in
from cli.client import AnswerError, Client
from cli.ledger import Expected, WitnessError, check_exactly_once
from cli.operations import Account, Channel
from cli.picture import paint
from cli.screen import Progress, Screen
from cli.stack import Stack

_FACEBOOK, _INSTAGRAM = "FACEBOOK_PAGE", "INSTAGRAM_ACCOUNT"
_STUCK = frozenset({"FAILED", "NEEDS_ATTENTION", "CANCELED", "HELD"})
_PATIENCE_SECONDS = 60


class StoryError(Exception):
    """A step of the demo did not work; the message says what happened."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """What every step needs; `key` tells this demo's posts from any other's."""

    screen: Screen
    client: Client
    http: httpx.AsyncClient
    stack: Stack
    key: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def text(self) -> str:
        return f"Hello from AI Growth Manager ({self.key})"


async def tell(screen: Screen, stack: Stack, api_key: str) -> None:
    """Tell the story against a running stack, from beginning to end.

    Raises:
        StoryError: a step did not work.
    """
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS), httpx.AsyncClient(trust_env=False) as http:
            client = Client(http, stack.graphql_url, stack.ws_url, api_key)
            await _tell(_Stage(screen, client, http, stack))
    except TimeoutError:
        raise StoryError(f"the demo did not come to its end in {_PATIENCE_SECONDS} s") from None
    except (AnswerError, WitnessError, httpx.HTTPError, OSError) as error:
        raise StoryError(f"the demo failed: {error}") from error


async def _tell(stage: _Stage) -> None:
    account = await _connect(stage)
    facebook, instagram = await _select(stage, account)
    image_url = await _offer_picture(stage)
    await _publish(stage, facebook, instagram, image_url)
    await check_exactly_once(
        stage.http,
        stage.stack.sandbox_url,
        [Expected(platform="facebook", text=stage.text), Expected(platform="instagram", text=stage.text)],
    )
    stage.screen.step("The sandbox's ledger shows each of them exactly once")


async def _connect(stage: _Stage) -> Account:
    stage.screen.step("Connecting a Facebook account: startConnection, sign-in dialog, callback")
    started = await operations.start_connection(stage.client, platform="FACEBOOK")
    landed = await sign_in(stage.http, started.authorization_url, api_url=stage.stack.url)
    account = await operations.wait_until_connected(stage.client, started.attempt_id)
    stage.screen.detail(f"{account.name} is connected, by way of {landed}")
    rows = [[page.name, page.kind, page.instagram or "", page.problem or "ready"] for page in account.pages]
    stage.screen.table(["Page", "Kind", "Linked Instagram", "Publishing"], rows)
    return account


async def _select(stage: _Stage, account: Account) -> tuple[Channel, Channel]:
    page = next((page for page in account.pages if page.publishable and page.instagram), None)
    if page is None:
        raise AnswerError("no Page with a linked Instagram account was offered")
    channels = await operations.select_page(stage.client, account, page)
    stage.screen.step(f"Selected {page.name}: {' and '.join(channel.kind for channel in channels)}")
    by_kind = {channel.kind: channel for channel in channels}
    if not by_kind.keys() >= {_FACEBOOK, _INSTAGRAM}:
        raise AnswerError(f"selecting {page.name} made {', '.join(by_kind) or 'no channel'}")
    return by_kind[_FACEBOOK], by_kind[_INSTAGRAM]


async def _offer_picture(stage: _Stage) -> str:
    address = f"{stage.stack.sandbox_url}/samples/demo.jpg"
    picture = await asyncio.to_thread(paint, "Hello, sandbox", f"published exactly once · {stage.key}")
    (await stage.http.put(address, content=picture, headers={"Content-Type": "image/jpeg"})).raise_for_status()
    stage.screen.step(f"Painted a picture of {len(picture) // 1024} KiB and put it at {address}")
    return address


async def _publish(stage: _Stage, facebook: Channel, instagram: Channel, image_url: str) -> None:
    client, text = stage.client, stage.text
    stage.screen.step("Publishing to both: publishToFacebook, publishToInstagram, publicationChanged")
    on_facebook, on_instagram = await asyncio.gather(
        operations.publish_to_facebook(client, facebook, text=text, image_url=image_url, key=f"fb-{stage.key}"),
        operations.publish_to_instagram(client, instagram, text=text, image_url=image_url, key=f"ig-{stage.key}"),
    )
    with stage.screen.progress() as progress:
        permalinks = await asyncio.gather(
            _until_public(client, on_facebook, "Facebook", progress),
            _until_public(client, on_instagram, "Instagram", progress),
        )
    for permalink in permalinks:
        stage.screen.detail(permalink)


async def _until_public(client: Client, publication_id: str, label: str, progress: Progress) -> str:
    async for state in operations.follow_publication(client, publication_id):
        progress.note(label, state.status)
        if state.status == "PUBLISHED" and state.permalink:
            return state.permalink
        if state.status in _STUCK:
            raise AnswerError(f"the publication to {label} is {state.status}: {state.hint or 'no reason was given'}")
    raise AnswerError(f"the API ended the subscription before the publication to {label} was out")
