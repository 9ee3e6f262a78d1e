"""Connecting a Bluesky account, as whoever has its app password does."""

from tests.support.journey import Journey
from tests.support.pds import Person

CONNECT = """
mutation ($input: ConnectBlueskyInput!) {
  connectBluesky(input: $input) { account { id pages { id } } userErrors { code message } }
}"""


async def channel_of(journey: Journey, service_url: str, person: Person) -> str:
    """Connect somebody's account at a server and give its channel."""
    given = {"handle": person.handle, "appPassword": person.password, "serviceUrl": service_url}
    payload = await journey.ask(CONNECT, input=given)
    assert not payload["userErrors"], payload
    (channel,) = await journey.select(payload["account"], [page["id"] for page in payload["account"]["pages"]])
    return channel["id"]
