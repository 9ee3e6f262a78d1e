"""A Bluesky account from its app password to what the public sees, at a real server of the AT Protocol."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.journey import Journey, image
from tests.support.nursery import CLOCK_OFF
from tests.support.pds import Pds, Person
from tests.support.programs import until
from tests.support.sandbox import Sandbox
from tests.support.stack import Stack
from tests.support.xrpc_road import CREATE, Meeting, XrpcRoad, xrpc_road

CONNECT = """
mutation ($input: ConnectBlueskyInput!) {
  connectBluesky(input: $input) {
    attempt { id status }
    account { id platform environment accountName status expiresAt pages { id kind name handle publishable problem } }
    userErrors { __typename code message path }
  }
}"""
DELETE = """
mutation ($id: ID!) {
  deletePublication(input: { publicationId: $id }) { userErrors { __typename code message path } }
}"""
PARTS = """
query ($id: ID!) {
  publication(id: $id) { parts { kind platformId permalink } content { thread { text media { altText } } } }
}"""
HALF = "mutation ($id: ID!, $text: String) { publishToBluesky(input: { channelId: $id, text: $text }) { replayed } }"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
QUICK = {
    "lease_seconds": 3,
    "platform_timeout_seconds": 2,
    "settle_seconds": 3,
    "reconcile_seconds": "0.2,1,2,3",
    "sweep_seconds": 0.5,
}

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@dataclass
class Shore:
    """A stack, and a server of the AT Protocol at the end of a road."""

    stack: Stack
    pds: Pds
    road: XrpcRoad

    @property
    def journey(self) -> Journey:
        return Journey(self.stack.client)

    async def connect(self, person: Person, **given: Any) -> dict[str, Any]:
        asked = {"handle": person.handle, "appPassword": person.password, "serviceUrl": self.road.url, **given}
        return await self.journey.ask(CONNECT, input=asked)

    async def channel(self, person: Person) -> str:
        """Connect somebody and choose the account."""
        payload = await self.connect(person)
        assert not payload["userErrors"], payload
        account = payload["account"]
        (channel,) = await self.journey.select(account, [page["id"] for page in account["pages"]])
        return channel["id"]

    async def publish(self, channel: str, **content: Any) -> dict[str, Any]:
        """Publish and wait for the outcome."""
        return await self.journey.outcome(await self.journey.accepted("bluesky", channel, **content))


@pytest.fixture
async def road(pds: Pds) -> AsyncIterator[XrpcRoad]:
    async with xrpc_road(pds.url) as road:
        yield road


@pytest.fixture
async def shore(make_stack: Callable[..., Awaitable[Stack]], pds: Pds, road: XrpcRoad) -> Shore:
    stack = await make_stack(**QUICK)
    await stack.start_api()
    await stack.start_worker()
    return Shore(stack, pds, road)


async def test_an_account_is_connected_chosen_and_published_to(shore: Shore):
    person = await shore.pds.person()

    payload = await shore.connect(person, handle=f" @{person.handle.upper()}")
    account = payload["account"]
    (page,) = account["pages"]
    (channel,) = await shore.journey.select(account, [page["id"]])
    done = await shore.publish(channel["id"], text="Fresh bread at #seven: https://example.com/bread")

    assert payload["userErrors"] == []
    assert (account["platform"], account["environment"], account["status"]) == ("BLUESKY", "LIVE", "ACTIVE")
    assert (account["accountName"], account["expiresAt"]) == (person.handle, None)
    assert (page["kind"], page["handle"], page["publishable"]) == ("BLUESKY_ACCOUNT", person.handle, True)
    (post,) = await shore.pds.posts(person)
    assert (done["status"], done["platformPostId"]) == ("PUBLISHED", post["uri"])
    assert done["permalink"] == f"https://bsky.app/profile/{person.did}/post/{post['uri'].rpartition('/')[2]}"
    assert post["value"]["text"] == "Fresh bread at #seven: https://example.com/bread"


async def test_a_wrong_password_is_told_from_a_wrong_server_and_neither_is_kept(shore: Shore):
    person = await shore.pds.person()

    wrong = await shore.connect(person, appPassword="wrong-pass-word-here")
    nowhere = await shore.connect(person, serviceUrl="http://10.1.2.3:2583")
    strange = await shore.connect(person, serviceUrl="http://127.0.0.1/path")

    assert [one["code"] for answer in (wrong, nowhere, strange) for one in answer["userErrors"]] == [
        "AUTHORIZATION_FAILED"
    ] * 3
    assert "Invalid identifier or password" in wrong["userErrors"][0]["message"]
    assert "not public" in nowhere["userErrors"][0]["message"]
    assert "wrong-pass-word-here" not in shore.stack.logs()
    assert person.password not in shore.stack.logs()


@on_sqlite
@pytest.mark.parametrize(
    ("meeting", "attempts"),
    [
        (Meeting(lands=True), 1),
        (Meeting(lands=True, status=502, body=b"<html>"), 1),
        (Meeting(lands=True, status=500, body={"error": "InternalServerError", "message": "Internal Server Error"}), 1),
        (Meeting(lands=False), 2),
        (Meeting(lands=False, status=503, body=b""), 2),
    ],
    ids=["cut, landed", "502, landed", "500, landed", "cut, lost", "503, lost"],
)
async def test_an_unclear_answer_ends_as_one_post(shore: Shore, meeting: Meeting, attempts: int):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    shore.road.meet(CREATE, meeting)

    done = await shore.publish(channel, text="Once")

    assert (done["status"], done["attemptCount"]) == ("PUBLISHED", attempts)
    assert await shore.pds.texts(person) == ["Once"]
    assert len({call["rkey"] for call in shore.road.calls(CREATE)}) == 1


@on_postgres
@pytest.mark.parametrize("lands", [True, False])
async def test_a_worker_that_is_killed_at_its_call_leaves_one_post(shore: Shore, lands: bool):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    shore.road.meet(CREATE, Meeting(lands=lands, strike=lambda: shore.stack.worker.ask(signal.SIGKILL)))

    publication = await shore.journey.accepted("bluesky", channel, text="Survivor")
    await shore.stack.worker.ends()
    await shore.stack.start_worker()
    done = await shore.journey.outcome(publication)

    assert done["status"] == "PUBLISHED"
    assert await shore.pds.texts(person) == ["Survivor"]


@on_sqlite
@pytest.mark.parametrize("point", ["p5", "p6", "p7", "p10", "p11"])
async def test_a_worker_that_dies_at_a_point_leaves_one_post(shore: Shore, point: str):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    await shore.stack.workers.pop().stop()

    doomed = await shore.stack.start_worker(AGM_FAILPOINT=point)
    publication = await shore.journey.accepted("bluesky", channel, text="Survivor")
    assert await doomed.ends() == 137
    await shore.stack.start_worker()
    done = await shore.journey.outcome(publication)

    assert done["status"] == "PUBLISHED"
    assert await shore.pds.texts(person) == ["Survivor"]


async def chain(shore: Shore, person: Person) -> list[tuple[str, str | None]]:
    """What the public sees: each text with the text it is below, the oldest first."""
    posts = sorted(await shore.pds.posts(person), key=lambda post: post["value"]["createdAt"])
    texts = {post["uri"]: post["value"]["text"] for post in posts}
    above = [post["value"].get("reply", {}).get("parent", {}).get("uri") for post in posts]
    return [(post["value"]["text"], texts.get(uri)) for post, uri in zip(posts, above, strict=True)]


THREAD = [{"text": "Two"}, {"text": "Three"}]
WHOLE = [("One", None), ("Two", "One"), ("Three", "Two")]


async def test_a_thread_is_published_shown_and_deleted_as_one(shore: Shore, sandbox: Sandbox):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    parts = [{"text": "Two", "media": [image(f"{sandbox.url}/samples/bread.jpg")]}, {"text": "Three"}]

    publication = await shore.journey.accepted("bluesky", channel, text="One", thread=parts)
    done = await shore.journey.outcome(publication)

    assert await chain(shore, person) == WHOLE
    told = await shore.journey.ask(PARTS, id=publication)
    posts = {post["value"]["text"]: post for post in await shore.pds.posts(person)}
    assert [(part["kind"], part["platformId"]) for part in told["parts"]] == [
        ("POST", posts["One"]["uri"]),
        ("THREAD_PART", posts["Two"]["uri"]),
        ("THREAD_PART", posts["Three"]["uri"]),
    ]
    assert [len(part["media"]) for part in told["content"]["thread"]] == [1, 0]
    assert (done["status"], done["platformPostId"]) == ("PUBLISHED", posts["One"]["uri"])
    assert "embed" in posts["Two"]["value"]
    await shore.journey.ask(DELETE, id=publication)
    await shore.journey.outcome(publication, among=("DELETED",))
    assert await shore.pds.posts(person) == []


@on_sqlite
@pytest.mark.parametrize(
    ("point", "part"), [("p5", 2), ("p7", 2), ("p10", 1), ("p10", 2), ("p10", 3), ("p11", 1), ("p11", 2)]
)
async def test_a_worker_that_dies_at_any_part_leaves_no_hole_and_no_double(shore: Shore, point: str, part: int):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    await shore.stack.workers.pop().stop()

    doomed = await shore.stack.start_worker(AGM_FAILPOINT=f"{point}:{part}")
    publication = await shore.journey.accepted("bluesky", channel, text="One", thread=THREAD)
    assert await doomed.ends() == 137
    await shore.stack.start_worker()
    done = await shore.journey.outcome(publication)

    assert done["status"] == "PUBLISHED"
    assert await chain(shore, person) == WHOLE


@on_postgres
@pytest.mark.parametrize("lands", [True, False])
async def test_a_lost_answer_in_the_middle_of_a_thread_is_found_out(shore: Shore, lands: bool):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    shore.road.meet(CREATE, Meeting(lands=True), Meeting(lands=lands))

    done = await shore.publish(channel, text="One", thread=THREAD)

    assert done["status"] == "PUBLISHED"
    assert await chain(shore, person) == WHOLE


async def test_two_workers_double_nothing(shore: Shore):
    people = [await shore.pds.person() for _ in range(3)]
    channels = [await shore.channel(person) for person in people]
    await shore.stack.start_worker()

    accepted = [
        await shore.journey.accepted("bluesky", channel, text=f"Round {number}")
        for number in range(4)
        for channel in channels
    ]
    for publication in accepted:
        assert (await shore.journey.outcome(publication))["status"] == "PUBLISHED"

    for person in people:
        assert sorted(await shore.pds.texts(person)) == [f"Round {number}" for number in range(4)]
    assert len(shore.road.calls(CREATE)) == len(accepted)


async def test_a_withdrawn_password_holds_what_is_to_go_out_until_it_is_connected_again(shore: Shore):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    over = {"error": "ExpiredToken", "message": "Token has expired"}
    shore.road.meet(CREATE, Meeting(lands=False, status=400, body=over))
    shore.road.meet("com.atproto.server.refreshSession", Meeting(lands=False, status=400, body=over))

    publication = await shore.journey.accepted("bluesky", channel, text="Held")
    held = await shore.journey.outcome(publication)
    assert (held["status"], held["error"]["code"]) == ("HELD", "RECONNECT_REQUIRED")
    assert await shore.pds.texts(person) == []

    again = await shore.connect(person)
    assert again["userErrors"] == []
    done = await shore.journey.outcome(publication, among=("PUBLISHED", "FAILED", "NEEDS_ATTENTION"))
    assert (done["status"], await shore.pds.texts(person)) == ("PUBLISHED", ["Held"])


@on_sqlite
async def test_a_password_that_its_person_withdrew_ends_the_session_when_it_is_to_be_renewed(shore: Shore):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    await shore.stack.workers.pop().stop()
    await shore.pds.refuse(person)

    publication = await shore.journey.accepted("bluesky", channel, text="Held")
    await shore.stack.start_worker(**{CLOCK_OFF: str(7200 - 200)})
    held = await shore.journey.outcome(publication)
    assert (held["status"], held["error"]["code"]) == ("HELD", "RECONNECT_REQUIRED")

    again = await shore.connect(await shore.pds.new_password(person))
    assert again["userErrors"] == []
    done = await shore.journey.outcome(publication, among=("PUBLISHED", "FAILED", "NEEDS_ATTENTION"))
    assert (done["status"], await shore.pds.texts(person)) == ("PUBLISHED", ["Held"])


@on_sqlite
async def test_a_worker_that_dies_with_a_session_in_its_hand_is_followed_by_one_that_signs_in_again(shore: Shore):
    person = await shore.pds.person()
    await shore.stack.workers.pop().stop()

    doomed = await shore.stack.start_worker(AGM_FAILPOINT="p12")
    asking = asyncio.create_task(shore.connect(person))
    assert await doomed.ends() == 137
    await shore.stack.start_worker()
    payload = await asking

    assert (payload["account"]["status"], payload["userErrors"]) == ("ACTIVE", [])
    database = Path(shore.stack.settings["AGM_DATABASE_URL"].removeprefix("sqlite://"))
    kept = b"".join(file.read_bytes() for file in database.parent.glob(f"{database.name}*"))
    assert person.did.encode() in kept
    assert person.password.encode() not in kept


async def test_a_limit_is_waited_for(shore: Shore):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    limit = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
    shore.road.meet(CREATE, Meeting(lands=False, status=429, body=limit, headers={"retry-after": "2"}))

    publication = await shore.journey.accepted("bluesky", channel, text="Later")
    found: dict[str, Any] = {}

    async def is_put_off() -> bool:
        found.update(await shore.journey.publication(publication))
        return found["status"] == "RETRYING"

    await until(is_put_off, what="the wait")
    assert found["error"]["code"] == "RATE_LIMITED"
    assert (await shore.journey.outcome(publication))["status"] == "PUBLISHED"
    assert await shore.pds.texts(person) == ["Later"]


@on_sqlite
@pytest.mark.parametrize(
    ("content", "issues"),
    [
        ({"text": "x" * 301}, [("TEXT_TOO_LONG", 300, 301)]),
        ({"text": f"{FAMILY}" * 167}, [("TEXT_TOO_LONG", 300, 301)]),
        ({"text": "\U0001f1e9" * 100_000}, [("TEXT_TOO_LONG", 300, 50_000)]),
        ({"text": "Five", "media": [image("http://127.0.0.1:9/a.jpg")] * 5}, [("TOO_MANY_MEDIA", 4, 5)]),
        (
            {"media": [image("http://127.0.0.1:9/a.jpg")], "link": "https://example.com"},
            [("LINK_AND_MEDIA", None, None)],
        ),
        ({}, [("CONTENT_EMPTY", None, None)]),
        ({"text": "Nul\x00"}, [("TEXT_UNSUPPORTED_CHARACTERS", None, None)]),
        ({"media": [image("http://127.0.0.1:9/a.jpg", "x" * 2_001)]}, [("ALT_TEXT_TOO_LONG", 2_000, 2_001)]),
    ],
    ids=["graphemes", "bytes", "hostile", "five images", "link and image", "nothing", "nul", "alt text"],
)
async def test_what_breaks_a_rule_is_refused_before_any_call(shore: Shore, content: Any, issues: list[Any]):
    channel = await shore.channel(await shore.pds.person())

    payload = await shore.journey.publish("bluesky", channel, **content)

    (error,) = payload["userErrors"]
    assert [(issue["rule"], issue["limit"], issue["actual"]) for issue in error["issues"]] == issues
    assert shore.road.calls(CREATE) == []


@on_sqlite
async def test_half_a_character_is_no_text(shore: Shore):
    channel = await shore.channel(await shore.pds.person())
    asked = json.dumps({"query": HALF, "variables": {"id": channel, "text": "a\ud800b"}})  # as an escape, in ASCII
    headers = {"authorization": f"Bearer {shore.stack.client.api_key}", "content-type": "application/json"}

    answer = await shore.stack.client.http.post("/graphql", content=asked, headers=headers)

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_REQUEST")
    assert shore.road.calls(CREATE) == []


async def test_images_are_fetched_and_shown_with_their_texts_and_shapes(shore: Shore, sandbox: Sandbox):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    pictures = [
        image(f"{sandbox.url}/samples/bread-{number}.jpg?width={400 + number}&height=300", f"Bread {number}")
        for number in range(4)
    ]

    done = await shore.publish(channel, text="Four loaves 🥖", media=pictures)

    assert (done["status"], done["error"]) == ("PUBLISHED", None)
    (post,) = await shore.pds.posts(person)
    shown = post["value"]["embed"]["images"]
    assert [one["alt"] for one in shown] == [f"Bread {number}" for number in range(4)]
    assert [one["aspectRatio"] for one in shown] == [{"width": 400 + number, "height": 300} for number in range(4)]
    assert {one["image"]["mimeType"] for one in shown} == {"image/jpeg"}


@on_sqlite
@pytest.mark.parametrize(("point", "uploads"), [("p5:3", 3), ("p6:3", 2)])
async def test_images_that_are_up_are_not_sent_again_after_a_death(
    shore: Shore, sandbox: Sandbox, point: str, uploads: int
):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    await shore.stack.workers.pop().stop()
    media = [image(f"{sandbox.url}/samples/bread-{number}.jpg?width=400&height=300") for number in range(2)]

    doomed = await shore.stack.start_worker(AGM_FAILPOINT=point)  # after the key and the first image
    publication = await shore.journey.accepted("bluesky", channel, text="Survivor", media=media)
    assert await doomed.ends() == 137
    await shore.stack.start_worker()

    assert (await shore.journey.outcome(publication))["status"] == "PUBLISHED"
    assert len(shore.road.calls("com.atproto.repo.uploadBlob")) == uploads
    assert await shore.pds.texts(person) == ["Survivor"]


async def test_a_post_is_deleted_and_an_account_disconnected(shore: Shore):
    person = await shore.pds.person()
    payload = await shore.connect(person)
    (page,) = payload["account"]["pages"]
    (channel,) = await shore.journey.select(payload["account"], [page["id"]])
    publication = await shore.journey.accepted("bluesky", channel["id"], text="Gone soon", link="https://example.com/a")
    assert (await shore.journey.outcome(publication))["status"] == "PUBLISHED"

    deleted = await shore.journey.ask(DELETE, id=publication)
    assert deleted["userErrors"] == []
    assert (await shore.journey.outcome(publication, among=("DELETED",)))["status"] == "DELETED"
    assert await shore.pds.posts(person) == []

    assert (await shore.journey.disconnect(payload["account"]["id"]))["userErrors"] == []

    async def is_over() -> bool:
        return bool(shore.road.calls("com.atproto.server.deleteSession"))

    await until(is_over, what="the end of the session")


@on_sqlite
async def test_a_session_that_is_about_to_end_is_renewed_once_before_it_is_used(shore: Shore):
    person = await shore.pds.person()
    channel = await shore.channel(person)
    await shore.stack.workers.pop().stop()
    almost_two_hours = {CLOCK_OFF: str(7200 - 200)}

    publication = await shore.journey.accepted("bluesky", channel, text="Much later")
    for _ in range(2):
        await shore.stack.start_worker(**almost_two_hours)

    assert (await shore.journey.outcome(publication))["status"] == "PUBLISHED"
    assert len(shore.road.calls("com.atproto.server.refreshSession")) == 1
    assert await shore.pds.texts(person) == ["Much later"]


# -- threads of which a part is in doubt --------------------------------------------------------------------------


async def doubted(shore: Shore, person: Person, *, lands: bool) -> str:
    """A thread that was called off when three calls for its second part had no clear answer; gives it."""
    channel = await shore.channel(person)
    shore.road.meet(CREATE, Meeting(lands=True, status=200, body=b"{}"), *(Meeting(lands=False),) * 3)
    publication = await shore.journey.accepted("bluesky", channel, text="One", thread=THREAD)
    assert (await shore.journey.outcome(publication))["status"] == "NEEDS_ATTENTION"
    await shore.journey.cancel(publication)
    if lands:
        await shore.pds.call(CREATE, shore.road.calls(CREATE)[-1], access=person.access)
    assert await chain(shore, person) == (WHOLE[:2] if lands else WHOLE[:1])
    return publication


@pytest.mark.parametrize("lands", [True, False])
async def test_a_call_that_lands_after_its_thread_was_called_off_is_found_and_deleted(shore: Shore, lands: bool):
    person = await shore.pds.person()
    publication = await doubted(shore, person, lands=lands)

    await shore.journey.ask(DELETE, id=publication)

    await shore.journey.outcome(publication, among=("DELETED",))
    assert await shore.pds.posts(person) == []


@on_postgres
async def test_while_bluesky_cannot_be_asked_nothing_is_told_deleted(shore: Shore):
    person = await shore.pds.person()
    publication = await doubted(shore, person, lands=True)
    shore.road.meet("com.atproto.repo.getRecord", *(Meeting(lands=False),) * 3)

    await shore.journey.ask(DELETE, id=publication)

    async def known_is_gone() -> bool:
        return await shore.pds.texts(person) == ["Two"]

    await until(known_is_gone, what="the deletion of what is known")
    assert (await shore.journey.publication(publication))["status"] == "CANCELED"
    await shore.journey.outcome(publication, among=("DELETED",))
    assert await shore.pds.posts(person) == []
