"""The demo's story: connect, select, publish, follow, and ask the witness."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from cli import operations
from cli.browser import approve
from cli.cast import LEFT_OUT, SIGN_INS, Post, SignIn
from cli.client import AnswerError, Client
from cli.ledger import Expected, WitnessError, check_exactly_once
from cli.operations import Account, Channel
from cli.picture import paint
from cli.screen import Progress, Screen
from cli.stack import Stack

_INSTAGRAM = "INSTAGRAM_ACCOUNT"
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

    def text(self, post: Post) -> str:
        """Say something of its own at each place."""
        return f"Hello {post.label}, from AI Growth Manager ({self.key})"


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A post and the channel it goes to."""

    post: Post
    channel: Channel


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
    stage.screen.step("Connecting accounts: startConnection, sign-in dialog, callback, selectPages")
    chosen = await asyncio.gather(*(_connect(stage, sign_in) for sign_in in SIGN_INS))
    parcels = [parcel for made in chosen for parcel in made]
    rows = [[parcel.post.label, parcel.channel.name, parcel.channel.kind] for parcel in parcels]
    stage.screen.table(["Platform", "Channel", "Kind"], rows)
    stage.screen.detail(LEFT_OUT)
    image_url = await _offer_picture(stage)
    await _publish(stage, parcels, image_url)
    expected = [Expected(platform=one.post.ledger_platform, text=stage.text(one.post)) for one in parcels]
    await check_exactly_once(stage.http, stage.stack.sandbox_url, expected)
    stage.screen.step(f"The sandbox's ledger shows all {len(parcels)} posts, each of them exactly once")


async def _connect(stage: _Stage, sign_in: SignIn) -> list[_Parcel]:
    """Sign in, choose the first Page that can be published to, and give a channel for each post."""
    started = await operations.start_connection(stage.client, platform=sign_in.platform)
    page = await approve(stage.http, started.authorization_url, persona=sign_in.persona, api_url=stage.stack.url)
    account = await operations.wait_until_connected(stage.client, started.attempt_id)
    stage.screen.detail(f"{account.name} is connected to {sign_in.label}, by way of {page}")
    channels = {channel.kind: channel for channel in await _select(stage, account, sign_in)}
    if missing := [post.channel_kind for post in sign_in.posts if post.channel_kind not in channels]:
        raise AnswerError(f"{account.name} has no {' and no '.join(missing)} after the selection")
    return [_Parcel(post, channels[post.channel_kind]) for post in sign_in.posts]


async def _select(stage: _Stage, account: Account, sign_in: SignIn) -> tuple[Channel, ...]:
    is_linked = any(post.channel_kind == _INSTAGRAM for post in sign_in.posts)
    fitting = (page for page in account.pages if page.publishable and (page.instagram or not is_linked))
    if (page := next(fitting, None)) is None:
        raise AnswerError(f"{account.name} was offered nothing that the demo can publish to")
    return await operations.select_page(stage.client, account, page)


async def _offer_picture(stage: _Stage) -> str:
    address = f"{stage.stack.sandbox_url}/samples/demo.jpg"
    picture = await asyncio.to_thread(paint, "Hello, sandbox", f"published exactly once · {stage.key}")
    (await stage.http.put(address, content=picture, headers={"Content-Type": "image/jpeg"})).raise_for_status()
    stage.screen.step(f"Painted a picture of {len(picture) // 1024} KiB and put it at {address}")
    return address


async def _publish(stage: _Stage, parcels: Sequence[_Parcel], image_url: str) -> None:
    mutations = dict.fromkeys(parcel.post.mutation for parcel in parcels)
    stage.screen.step(f"Publishing to all at once: {', '.join(mutations)}, publicationChanged")
    with stage.screen.progress() as progress:
        permalinks = await asyncio.gather(*(_until_public(stage, one, image_url, progress) for one in parcels))
    for parcel, permalink in zip(parcels, permalinks, strict=True):
        stage.screen.detail(f"{parcel.post.label}: {permalink}")


async def _until_public(stage: _Stage, parcel: _Parcel, image_url: str, progress: Progress) -> str:
    post, label = parcel.post, parcel.post.label
    content = operations.with_image(parcel.channel, {post.words: stage.text(post)}, image_url=image_url, key=stage.key)
    publication_id = await operations.publish(stage.client, post.mutation, content)
    async for state in operations.follow_publication(stage.client, publication_id):
        progress.note(label, state.status)
        if state.status == "PUBLISHED" and state.permalink:
            return state.permalink
        if state.status in _STUCK:
            raise AnswerError(f"the publication to {label} is {state.status}: {state.hint or 'no reason was given'}")
    raise AnswerError(f"the API ended the subscription before the publication to {label} was out")
