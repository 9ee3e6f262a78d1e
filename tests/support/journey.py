"""The journey of a user, through the public GraphQL API only: sign in, choose pages, publish, wait for the outcome."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.support.graphql import GraphQLClient
from tests.support.programs import until

_NAMES = {"linkedin": "LinkedIn", "x": "X"}
START = """
mutation ($input: StartConnectionInput!) {
  startConnection(input: $input) {
    attempt { id authorizationUrl state status expiresAt }
    userErrors { __typename code message path }
  }
}"""
ATTEMPT = """
query ($id: ID!) {
  connectionAttempt(id: $id) {
    id status
    error { code message hint platformCode platformMessage }
    account {
      id accountName status grantedPermissions missingPermissions expiresAt
      pages { id kind name handle publishable problem linkedInstagram { id } channel { id } }
    }
  }
}"""
SELECT = """
mutation ($input: SelectPagesInput!) {
  selectPages(input: $input) {
    channels { id kind name handle }
    userErrors { __typename code message path }
  }
}"""
PUBLISH = """
mutation ($input: PublishTo%sInput!) {
  publishTo%s(input: $input) {
    publication { id status }
    replayed
    userErrors {
      __typename code message path
      ... on ValidationFailedError { issues { rule message path limit actual } }
      ... on NotFoundError { missingId }
      ... on ReconnectRequiredError { account { id } }
    }
  }
}"""
PUBLICATION = """
query ($id: ID!) {
  publication(id: $id) {
    id status permalink platformPostId attemptCount publishedAt nextAttemptAt
    error { code message hint retryable platformCode platformMessage }
  }
}"""
CANCEL = """
mutation ($input: CancelPublicationInput!) {
  cancelPublication(input: $input) {
    publication { id status }
    userErrors { __typename code message path ... on InvalidStateError { currentState allowedActions } }
  }
}"""
DISCONNECT = """
mutation ($input: DisconnectAccountInput!) {
  disconnectAccount(input: $input) {
    account { id status }
    affectedPublications { id status }
    userErrors { __typename code message path }
  }
}"""
RECONNECT = """
mutation ($input: ReconnectAccountInput!) {
  reconnectAccount(input: $input) {
    attempt { id authorizationUrl state }
    userErrors { __typename code message path }
  }
}"""
OUTCOMES = ("PUBLISHED", "FAILED", "HELD", "NEEDS_ATTENTION", "CANCELED")


@dataclass(frozen=True)
class Channels:
    """A Page with its Instagram account, chosen: ids here and at the platform."""

    account: str
    facebook: str
    instagram: str
    page_id: str
    instagram_id: str

    def of(self, platform: str) -> str:
        return self.facebook if platform == "facebook" else self.instagram

    def platform_id(self, platform: str) -> str:
        return self.page_id if platform == "facebook" else self.instagram_id


class Journey:
    """A user of one workspace, and the browser in the user's hands."""

    def __init__(self, client: GraphQLClient) -> None:
        self.client = client

    async def start(self, **given: Any) -> dict[str, Any]:
        """Start a sign-in in the sandbox and give the attempt."""
        payload = await self.ask(START, input={"platform": "FACEBOOK", "environment": "SANDBOX", **given})
        assert not payload["userErrors"], payload
        return payload["attempt"]

    async def sign_in(self, attempt: dict[str, Any], persona: str, **dialog: str) -> httpx.Response:
        """Say yes at the platform and follow the way back; gives the API's answer to the browser."""
        return await self.client.http.get(await self.callback(attempt, persona, **dialog))

    async def callback(self, attempt: dict[str, Any], persona: str, **dialog: str) -> str:
        """Say yes (`auto="deny"`: no) at the platform and give the address that it sends the browser back to."""
        asked = {"auto": "approve", "persona": persona, **dialog}
        answer = await self.client.http.get(httpx.URL(attempt["authorizationUrl"]).copy_merge_params(asked))
        assert answer.has_redirect_location, answer.text
        return answer.headers["location"]

    async def attempt(self, attempt_id: str) -> dict[str, Any]:
        return await self.ask(ATTEMPT, id=attempt_id)

    async def attempt_over(self, attempt_id: str) -> dict[str, Any]:
        """Wait until a sign-in is over and give the attempt."""
        found: dict[str, Any] = {}

        async def over() -> bool:
            found.update(await self.attempt(attempt_id))
            return found["status"] in {"COMPLETED", "FAILED"}

        await until(over, what="the end of the sign-in")
        return found

    async def connect(
        self, persona: str = "solo", *, platform: str = "FACEBOOK", tries: int = 1, **dialog: str
    ) -> dict[str, Any]:
        """Sign in as a persona and give the connected account with its pages.

        Where a machine stands still longer than a call may take, a code that works once is used up: with more `tries`
        the sign-in is begun anew, as a person would.
        """
        done: dict[str, Any] = {}
        for _ in range(tries):
            attempt = await self.start(platform=platform)
            await self.sign_in(attempt, persona, **dialog)
            done = await self.attempt_over(attempt["id"])
            if done["status"] == "COMPLETED":
                return done["account"]
        raise AssertionError(done)

    async def select(self, account: dict[str, Any], page_ids: list[str], **given: Any) -> list[dict[str, Any]]:
        """Make channels of pages."""
        payload = await self.ask(SELECT, input={"accountId": account["id"], "pageIds": page_ids, **given})
        assert not payload["userErrors"], payload
        return payload["channels"]

    async def choose_all(self, account: dict[str, Any], pages: list[dict[str, Any]]) -> list[Channels]:
        """Choose all Pages with their Instagram accounts; `pages` are as the sandbox lists them."""
        offered = [page["id"] for page in account["pages"] if page["kind"] == "FACEBOOK_PAGE"]
        made = await self.select(account, offered)
        ids = {(channel["kind"], channel["name"]): channel["id"] for channel in made}
        return [
            Channels(
                account=account["id"],
                facebook=ids["FACEBOOK_PAGE", page["name"]],
                instagram=ids["INSTAGRAM_ACCOUNT", page["name"]],
                page_id=page["id"],
                instagram_id=page["instagram"]["id"],
            )
            for page in pages
        ]

    async def publish(self, platform: str, channel: str, **content: Any) -> dict[str, Any]:
        """Publish and give the payload, refusals included."""
        name = _NAMES.get(platform, platform.capitalize())
        return await self.ask(PUBLISH % (name, name), input={"channelId": channel, **content})

    async def accepted(self, platform: str, channel: str, **content: Any) -> str:
        """Publish and give the id of the accepted publication."""
        payload = await self.publish(platform, channel, **content)
        assert not payload["userErrors"], payload
        return payload["publication"]["id"]

    async def publication(self, publication_id: str) -> dict[str, Any]:
        return await self.ask(PUBLICATION, id=publication_id)

    async def outcome(self, publication_id: str, *, among: tuple[str, ...] = OUTCOMES) -> dict[str, Any]:
        """Wait until a publication is in one of these states."""
        found: dict[str, Any] = {}

        async def reached() -> bool:
            found.update(await self.publication(publication_id))
            return found["status"] in among

        try:
            await until(reached, seconds=40, what=" or ".join(among))
        except AssertionError as error:
            raise AssertionError(f"{error}; it is {found}") from None
        return found

    async def with_permalink(self, publication_id: str) -> dict[str, Any]:
        """Wait until a published publication has its address, which is asked for after the outcome is stored."""
        found: dict[str, Any] = {}

        async def known() -> bool:
            found.update(await self.publication(publication_id))
            return found["permalink"] is not None

        await until(known, what="the permalink")
        return found

    async def cancel(self, publication_id: str) -> dict[str, Any]:
        return await self.ask(CANCEL, input={"publicationId": publication_id})

    async def disconnect(self, account_id: str, **given: Any) -> dict[str, Any]:
        return await self.ask(DISCONNECT, input={"accountId": account_id, **given})

    async def reconnect(self, account_id: str) -> dict[str, Any]:
        return await self.ask(RECONNECT, input={"accountId": account_id})

    async def ask(self, document: str, **variables: Any) -> Any:
        """Send an operation with one root field and give that field."""
        return next(iter((await self.client(document, **variables)).values()))


def image(url: str, alt_text: str | None = None) -> dict[str, Any]:
    """Make an attachment of an address."""
    return {"source": {"url": url}, **({"altText": alt_text} if alt_text else {})}
