"""The GraphQL operations of the demo, and what comes back of each; a reader may copy them as they are."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from cli.client import AnswerError, Client, Json

START_CONNECTION = """
mutation ($input: StartConnectionInput!) {
  startConnection(input: $input) { attempt { id authorizationUrl } userErrors { code message } }
}"""
CONNECTION_ATTEMPT_CHANGED = """
subscription ($id: ID!) {
  connectionAttemptChanged(attemptId: $id) {
    status
    error { code hint }
    account {
      id accountName
      pages { id kind name publishable problem linkedInstagram { id handle } }
    }
  }
}"""
SELECT_PAGES = """
mutation ($input: SelectPagesInput!) {
  selectPages(input: $input) { channels { id kind name handle } userErrors { code message path } }
}"""
PUBLISH = """
mutation ($input: %sInput!) {
  %s(input: $input) { publication { id status } userErrors { code message path } }
}"""
PUBLICATION_CHANGED = """
subscription ($id: ID!) {
  publicationChanged(publicationId: $id) { status permalink platformPostId error { code hint } }
}"""


@dataclass(frozen=True, slots=True)
class Started:
    """A started sign-in and where the browser goes for it."""

    attempt_id: str
    authorization_url: str


@dataclass(frozen=True, slots=True)
class Page:
    """A Page that a sign-in offers; `instagram` is the handle of the account linked to it."""

    id: str
    kind: str
    name: str
    publishable: bool
    problem: str | None
    instagram: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """A connected account with its Pages."""

    id: str
    name: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """Where one can publish."""

    id: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class State:
    """Where a publication stands; the hint is there when something went wrong."""

    status: str
    permalink: str | None
    platform_post_id: str | None
    hint: str | None


async def start_connection(client: Client, *, platform: str) -> Started:
    """Start a sandbox sign-in.

    Raises:
        AnswerError: refused.
    """
    payload = await client.ask(START_CONNECTION, {"input": {"platform": platform, "environment": "SANDBOX"}})
    attempt = payload["attempt"]
    return Started(attempt_id=attempt["id"], authorization_url=attempt["authorizationUrl"])


async def wait_until_connected(client: Client, attempt_id: str) -> Account:
    """Follow a sign-in until it is complete.

    Raises:
        AnswerError: it failed.
    """
    async for attempt in client.follow(CONNECTION_ATTEMPT_CHANGED, {"id": attempt_id}):
        if attempt["status"] == "COMPLETED":
            return _account(attempt["account"])
        if attempt["status"] == "FAILED":
            raise AnswerError(f"the sign-in failed with {attempt['error']['code']}: {attempt['error']['hint']}")
    raise AnswerError("the API ended the subscription before the sign-in was complete")


async def select_page(client: Client, account: Account, page: Page) -> tuple[Channel, ...]:
    """Make channels of a Page and the Instagram account linked to it.

    Raises:
        AnswerError: refused.
    """
    chosen = {"accountId": account.id, "pageIds": [page.id], "includeLinkedInstagram": True}
    payload = await client.ask(SELECT_PAGES, {"input": chosen})
    return tuple(Channel(id=item["id"], kind=item["kind"], name=item["name"]) for item in payload["channels"])


async def publish(client: Client, mutation: str, content: Json) -> str:
    """Publish by one of the `publishTo…` mutations and give the publication's id.

    Raises:
        AnswerError: refused.
    """
    operation = PUBLISH % (mutation[0].upper() + mutation[1:], mutation)
    return (await client.ask(operation, {"input": content}))["publication"]["id"]


def with_image(channel: Channel, words: Json, *, image_url: str, key: str) -> Json:
    """Give the input of a post with an image: the same for every platform, but for the name of its words."""
    image = {"source": {"url": image_url}, "altText": "A sun over a gradient from night to dawn"}
    return {"channelId": channel.id, **words, "media": [image], "idempotencyKey": f"{channel.id}-{key}"}


async def follow_publication(client: Client, publication_id: str) -> AsyncGenerator[State]:
    """Give the publication's present state, then each further one, for as long as the caller listens.

    Raises:
        AnswerError: the API refused the subscription.
    """
    async for publication in client.follow(PUBLICATION_CHANGED, {"id": publication_id}):
        error = publication["error"]
        yield State(
            status=publication["status"],
            permalink=publication["permalink"],
            platform_post_id=publication["platformPostId"],
            hint=f"{error['code']}: {error['hint']}" if error else None,
        )


def _account(found: Json) -> Account:
    return Account(id=found["id"], name=found["accountName"], pages=tuple(_page(page) for page in found["pages"]))


def _page(found: Json) -> Page:
    linked = found["linkedInstagram"]
    return Page(
        id=found["id"],
        kind=found["kind"],
        name=found["name"],
        publishable=found["publishable"],
        problem=found["problem"],
        instagram=linked["handle"] if linked else None,
    )
