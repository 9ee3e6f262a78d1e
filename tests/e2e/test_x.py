"""X through the whole server: what a post costs, threads, tokens that work once, workers that die, lost answers."""

import itertools
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.e2e.conftest import Town
from tests.support.journey import image
from tests.support.loopback import loopback
from tests.support.nursery import CLOCK_OFF
from tests.support.programs import until
from tests.support.stack import Stack

PUBLISH = """
mutation ($input: PublishToXInput!) {
  publishToX(input: $input) {
    publication { id status }
    warnings { rule message path actual }
    userErrors { __typename code message ... on ValidationFailedError { issues { rule limit actual path } } }
  }
}"""
CHANNEL = "query ($id: ID!) { channel(id: $id) { platformAccountId capabilities { tier maxTextLength maxParts } } }"
DELETE = """
mutation ($id: ID!) {
  deletePublication(input: { publicationId: $id }) { userErrors { __typename code message path } }
}"""
QUICK = {
    "lease_seconds": 3,
    "platform_timeout_seconds": 2,
    "settle_seconds": 3,
    "reconcile_seconds": "0.2,1,2,3",
    "sweep_seconds": 0.5,
}
TOKEN, POSTS, DELETIONS = "POST /2/oauth2/token", "POST /2/tweets", "DELETE /2/tweets/:id"
ACTIONS = "query ($id: ID!) { publication(id: $id) { allowedActions } }"
WHOLE = [("One", None), ("Two", "One"), ("Three", "Two")]
THREAD = [{"text": "Two"}, {"text": "Three"}]
LIFE = 7_200
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
_numbers = itertools.count(1)


def somebody() -> str:
    """Name an account of its own for each test."""
    return f"ordinary:{next(_numbers)}"


async def connect(town: Town, persona: str) -> tuple[str, str]:
    """Connect an account; gives the channel, and whose name the ledger knows it by."""
    account = await town.journey.connect(persona, platform="X")
    (channel,) = await town.journey.select(account, [page["id"] for page in account["pages"]])
    return channel["id"], (await town.journey.ask(CHANNEL, id=channel["id"]))["platformAccountId"]


async def publish(town: Town, channel: str, text: str, **content: Any) -> dict[str, Any]:
    return await town.journey.outcome(await town.journey.accepted("x", channel, text=text, **content))


async def refresh_calls(town: Town, account: str) -> int:
    """Count what was asked of the token endpoint since the sign-in."""
    return len(await town.sandbox.calls(TOKEN, account)) - 1


async def chain(town: Town, account: str) -> list[tuple[str, str | None]]:
    """What the public sees: each text with the text it is below."""
    posts = [entry for entry in await town.sandbox.ledger(account) if entry["deleted_at"] is None]
    texts = {entry["public_id"]: entry["text"] for entry in posts}
    return [(entry["text"], texts.get(entry["parent_id"])) for entry in posts]


async def test_a_post_tells_what_it_costs_and_goes_out_once(town: Town) -> None:
    channel, account = await connect(town, somebody())
    dear, plain, shown = f"At example.com {id(town)}", f"Fresh & <warm> {id(town)}", f"Bun {id(town)}"
    media = [image(town.picture("bun"), "A bun"), image(town.picture("pie"))]

    posts = {dear: {}, plain: {}, shown: {"media": media, "thread": [{"text": "More"}]}}
    asked = [{"channelId": channel, "text": text, **more} for text, more in posts.items()]
    payloads = [await town.journey.ask(PUBLISH, input=given) for given in asked]
    told = [[(one["actual"], *one["path"]) for one in payload["warnings"]] for payload in payloads]
    assert told == [[(0.2, "text")], [(0.015, "text")], [(0.02, "text"), (0.015, "thread", "0", "text")]]
    assert {one["rule"] for payload in payloads for one in payload["warnings"]} == {"PLATFORM_CHARGES"}
    for payload, text in zip(payloads, posts, strict=True):
        done = await town.journey.outcome(payload["publication"]["id"])
        (entry,) = [one for one in await town.sandbox.ledger(account) if one["text"] == text]
        assert (done["status"], done["platformPostId"]) == ("PUBLISHED", entry["public_id"])
        assert done["permalink"].endswith(f"/status/{entry['public_id']}")


async def test_what_an_account_may_write_depends_on_its_tier(town: Town) -> None:
    ordinary, _ = await connect(town, somebody())
    premium, account = await connect(town, "premium")
    facts = [(await town.journey.ask(CHANNEL, id=one))["capabilities"] for one in (ordinary, premium)]
    assert [(one["tier"], one["maxTextLength"]) for one in facts] == [(None, 280), ("premium", 25_000)]

    long = "\u00fcber " * 60 + str(id(town))
    refused = await town.journey.ask(PUBLISH, input={"channelId": ordinary, "text": long})
    (issue,) = refused["userErrors"][0]["issues"]
    assert (issue["rule"], issue["limit"], issue["path"]) == ("TEXT_TOO_LONG", 280, ["text"])
    assert (await publish(town, premium, long))["status"] == "PUBLISHED"
    assert await town.sandbox.live_copies(account, long) == 1


async def test_images_and_a_film_go_out(town: Town) -> None:
    channel, account = await connect(town, somebody())
    media = [image(town.picture(name), f"A {name}") for name in ("bun", "pie")]
    film = {"source": {"url": f"{town.sandbox.url}/samples/rise.mp4?seconds=5&size_bytes=2500000"}}

    pictures, moving = (
        await publish(town, channel, "Two", media=media),
        await publish(town, channel, "It", media=[film]),
    )

    assert (pictures["status"], moving["status"]) == ("PUBLISHED", "PUBLISHED")
    entries = await town.sandbox.ledger(account)
    shown = [(entry["kind"], entry["alt_texts"]) for entry in entries]
    assert shown == [
        ("photos", ["A bun", "A pie"]),
        ("video", []),
    ]


async def test_an_alternative_text_that_a_film_loses_is_told_beforehand(town: Town) -> None:
    channel, account = await connect(town, somebody())
    film = image(f"{town.sandbox.url}/samples/rise.mp4?seconds=5&size_bytes=2500000", "A loaf")

    payload = await town.journey.ask(PUBLISH, input={"channelId": channel, "text": "It rises", "media": [film]})
    done = await town.journey.outcome(payload["publication"]["id"])

    told = {(one["rule"], *one["path"]) for one in payload["warnings"]}
    (entry,) = await town.sandbox.ledger(account)
    assert ("ALT_TEXT_UNSUPPORTED", "media", "0", "altText") in told
    assert (done["status"], entry["kind"], entry["alt_texts"]) == ("PUBLISHED", "video", [])


async def test_a_poll_is_refused_beside_files_and_goes_out_alone(town: Town) -> None:
    channel, account = await connect(town, somebody())
    options = {"poll": {"options": ["Tea", "Coffee"], "durationMinutes": 60}, "replySettings": "FOLLOWING"}
    media = [image(town.picture("bun"))]

    refused = await town.journey.ask(
        PUBLISH, input={"channelId": channel, "text": "Which?", "options": options, "media": media}
    )
    long = {"poll": {"options": ["Tea", "x" * 26], "durationMinutes": 4}}
    strange = await town.journey.ask(PUBLISH, input={"channelId": channel, "text": "Which?", "options": long})
    done = await publish(town, channel, "Which?", options=options)

    assert [issue["rule"] for issue in refused["userErrors"][0]["issues"]] == ["TOO_MANY_MEDIA"]
    assert [(one["rule"], one["limit"], one["actual"]) for one in strange["userErrors"][0]["issues"]] == [
        ("TEXT_TOO_LONG", 25, 26),
        ("OPTION_UNSUPPORTED", 5, 4),
    ]
    assert (done["status"], len(await town.sandbox.ledger(account))) == ("PUBLISHED", 1)


async def test_a_thread_is_published_and_deleted_as_one(town: Town) -> None:
    channel, account = await connect(town, somebody())

    published = await publish(town, channel, "One", thread=THREAD)
    assert (published["status"], await chain(town, account)) == ("PUBLISHED", WHOLE)

    await town.journey.ask(DELETE, id=published["id"])
    await town.journey.outcome(published["id"], among=("DELETED",))
    assert await chain(town, account) == []


async def test_the_same_text_twice_is_told_and_nothing_is_out_twice(town: Town) -> None:
    channel, account = await connect(town, somebody())
    assert (await publish(town, channel, "Once"))["status"] == "PUBLISHED"
    second = await publish(town, channel, "Once")
    assert (second["status"], second["error"]["code"]) == ("FAILED", "PLATFORM_REJECTED")
    assert "very text" in second["error"]["message"]
    assert await town.sandbox.live_copies(account, "Once") == 1


async def test_a_thread_that_says_the_same_twice_is_told_so_beforehand(town: Town) -> None:
    channel, account = await connect(town, somebody())
    same = f"Again {id(town)}"
    given = {"channelId": channel, "text": same, "thread": [{"text": "Between"}, {"text": same}]}

    payload = await town.journey.ask(PUBLISH, input=given)
    done = await town.journey.outcome(payload["publication"]["id"])

    assert ["thread", "1", "text"] in [one["path"] for one in payload["warnings"] if one["rule"] == "TEXT_DUPLICATE"]
    assert await chain(town, account) == [(same, None), ("Between", same)]
    assert (done["status"], done["error"]["code"]) == ("FAILED", "PLATFORM_REJECTED")


async def test_files_without_the_permission_are_refused_and_texts_go_on(town: Town) -> None:
    channel, account = await connect(town, "no-media-write")
    media = [image(town.picture("bun"))]
    given = {"channelId": channel, "text": "Bun", "media": media, "thread": [{"text": "Pie", "media": media}]}
    refused = await town.journey.ask(PUBLISH, input=given)
    issues = refused["userErrors"][0]["issues"]
    assert [(one["rule"], one["path"]) for one in issues] == [
        ("CHANNEL_NEEDS_RECONNECT", ["media"]),
        ("CHANNEL_NEEDS_RECONNECT", ["thread", "0", "media"]),
    ]
    text = f"Words {id(town)}"
    assert (await publish(town, channel, text))["status"] == "PUBLISHED"
    assert await town.sandbox.live_copies(account, text) == 1


# -- answers that are lost ----------------------------------------------------------------------------------------


@pytest.fixture
async def quick_town(make_stack: Callable[..., Awaitable[Stack]], sandbox: Any) -> Town:
    town = Town(await make_stack(**QUICK), sandbox)
    await town.stack.start_api()
    await town.stack.start_worker()
    return town


@pytest.mark.parametrize("fault", ["land_then_drop", "land_then_500", "drop_before", "clean_503"])
@on_sqlite
async def test_a_lost_answer_leaves_exactly_one_post(quick_town: Town, fault: str) -> None:
    channel, account = await connect(quick_town, somebody())
    rule = await quick_town.sandbox.add_fault(POSTS, fault, next_calls=1, account=account)

    done = await publish(quick_town, channel, "Once & for all at example.com")

    assert done["status"] == "PUBLISHED"
    assert next(one for one in await quick_town.sandbox.faults() if one["id"] == rule)["fired"] == 1
    (entry,) = await quick_town.sandbox.ledger(account)
    assert done["platformPostId"] == entry["public_id"]


@pytest.mark.parametrize("fault", ["land_then_drop", "drop_before"])
@on_postgres
async def test_a_lost_answer_in_the_middle_of_a_thread_is_found_out(quick_town: Town, fault: str) -> None:
    channel, account = await connect(quick_town, somebody())
    await quick_town.sandbox.add_fault(POSTS, fault, nth=2, account=account)
    done = await publish(quick_town, channel, "One", thread=THREAD)
    assert (done["status"], await chain(quick_town, account)) == ("PUBLISHED", WHOLE)


@on_sqlite
async def test_without_credits_a_post_waits_for_the_operator_and_no_call_follows(quick_town: Town) -> None:
    channel, account = await connect(quick_town, "out-of-credits")
    publication = await quick_town.journey.accepted("x", channel, text="At example.com for twenty cents")
    waiting = await quick_town.journey.outcome(publication, among=("RETRYING", "FAILED", "HELD"))

    assert (waiting["status"], waiting["error"]["code"]) == ("RETRYING", "QUOTA_EXCEEDED")
    assert "credits" in waiting["error"]["hint"]
    assert len(await quick_town.sandbox.calls(POSTS, account)) == 1
    assert await quick_town.sandbox.ledger(account) == []


@pytest.mark.parametrize("fault", ["land_then_drop", "land_then_500", "drop_before"])
@pytest.mark.parametrize("step", ["append", "finalize"])
@on_sqlite
async def test_a_lost_answer_of_an_upload_begins_it_anew(quick_town: Town, fault: str, step: str) -> None:
    channel, account = await connect(quick_town, somebody())
    await quick_town.sandbox.add_fault(f"POST /2/media/upload/:id/{step}", fault, next_calls=1, account=account)
    film = f"{quick_town.sandbox.url}/samples/rise.mp4?seconds=5&size_bytes=2500000"
    done = await publish(quick_town, channel, "Film", media=[{"source": {"url": film}}])
    assert done["status"] == "PUBLISHED", done
    assert len(await quick_town.sandbox.ledger(account)) == 1


@on_sqlite
async def test_a_clock_that_is_ahead_of_xs_doubles_nothing(quick_town: Town) -> None:
    channel, account = await connect(quick_town, somebody())
    await quick_town.stack.workers.pop().stop()
    await quick_town.stack.start_worker(**{CLOCK_OFF: "60"})
    await quick_town.sandbox.add_fault(POSTS, "land_then_drop", next_calls=1, account=account)
    done = await publish(quick_town, channel, "Bun", media=[image(quick_town.picture("bun"))])
    (entry,) = await quick_town.sandbox.ledger(account)
    assert (done["status"], done["platformPostId"]) == ("PUBLISHED", entry["public_id"])


@on_sqlite
async def test_a_text_that_another_publication_has_is_no_proof_of_this_one(quick_town: Town) -> None:
    channel, account = await connect(quick_town, somebody())
    first = await publish(quick_town, channel, "Twice")
    await quick_town.sandbox.add_fault(POSTS, "drop_before", next_calls=1, account=account)
    second = await publish(quick_town, channel, "Twice")
    assert (first["status"], second["status"]) == ("PUBLISHED", "NEEDS_ATTENTION")
    assert len(await quick_town.sandbox.ledger(account)) == 1


# -- threads that are broken off ----------------------------------------------------------------------------------


async def broken_thread(town: Town) -> tuple[str, str]:
    """A thread whose third part X refuses; gives the publication, and whose name the ledger knows it by."""
    channel, account = await connect(town, somebody())
    await town.sandbox.add_fault(POSTS, "x_refusal", nth=3, account=account, error="403")
    failed = await publish(town, channel, "One", thread=THREAD)
    assert (failed["status"], await chain(town, account)) == ("FAILED", WHOLE[:2])
    assert "the first 2 parts are out" in failed["error"]["message"]
    assert (await town.journey.ask(ACTIONS, id=failed["id"]))["allowedActions"] == ["RETRY", "DELETE"]
    return failed["id"], account


async def deleted(town: Town, publication: str, account: str) -> int:
    """Wait until nothing of it is left; gives how many deletions X was asked for."""
    await town.journey.outcome(publication, among=("DELETED",))
    assert await chain(town, account) == []
    assert (await town.journey.ask(ACTIONS, id=publication))["allowedActions"] == []
    return len(await town.sandbox.calls(DELETIONS, account))


@on_sqlite
async def test_what_is_out_of_a_broken_thread_is_deleted_though_an_answer_is_lost(quick_town: Town) -> None:
    publication, account = await broken_thread(quick_town)
    await quick_town.sandbox.add_fault(DELETIONS, "land_then_drop", nth=1, account=account)

    assert (await quick_town.journey.ask(DELETE, id=publication))["userErrors"] == []

    assert await deleted(quick_town, publication, account) == 3, "the second part twice: its answer was lost"


@on_postgres
async def test_a_worker_that_dies_deleting_a_broken_thread_is_followed_by_another(quick_town: Town) -> None:
    publication, account = await broken_thread(quick_town)
    await quick_town.stack.workers.pop().stop()
    doomed = await quick_town.stack.start_worker(AGM_FAILPOINT="p18")
    await quick_town.journey.ask(DELETE, id=publication)
    assert await doomed.ends() == 137
    await quick_town.stack.start_worker()

    assert await deleted(quick_town, publication, account) == 4, "each part twice: nobody knows what the first did"


# -- workers that die, and tokens that work once ------------------------------------------------------------------


@pytest.mark.parametrize(("point", "part"), [("p7", 1), ("p7", 2), ("p10", 1), ("p10", 2), ("p10", 3), ("p11", 2)])
@on_sqlite
async def test_a_worker_that_dies_at_any_part_leaves_no_hole_and_no_double(
    quick_town: Town, point: str, part: int
) -> None:
    channel, account = await connect(quick_town, somebody())
    await quick_town.stack.workers.pop().stop()

    doomed = await quick_town.stack.start_worker(AGM_FAILPOINT=f"{point}:{part}")
    publication = await quick_town.journey.accepted("x", channel, text="One", thread=THREAD)
    assert await doomed.ends() == 137
    await quick_town.stack.start_worker()
    done = await quick_town.journey.outcome(publication)

    assert (done["status"], await chain(quick_town, account)) == ("PUBLISHED", WHOLE)


async def end_access(town: Town, persona: str) -> None:
    """Let the access tokens of an account end, as two hours do."""
    async with loopback(base_url=town.sandbox.url) as http:
        answer: httpx.Response = await http.post("/_admin/x/tokens", json={"persona": persona, "what": "access"})
    assert answer.is_success, answer.text


@on_sqlite  # PostgreSQL has a clock of its own, which no test moves
async def test_an_expired_token_is_renewed_once_among_all_workers(quick_town: Town) -> None:
    persona = somebody()
    channel, account = await connect(quick_town, persona)
    await quick_town.stack.workers.pop().stop()
    await end_access(quick_town, persona)
    texts = [f"Round {number}" for number in range(100)]
    accepted = [await quick_town.journey.accepted("x", channel, text=text) for text in texts]

    for _ in range(4):
        await quick_town.stack.start_worker(**{CLOCK_OFF: str(LIFE + 60)})
    for publication in accepted:
        done = await quick_town.journey.outcome(publication)
        assert done["status"] == "PUBLISHED", (done, await quick_town.sandbox.calls(TOKEN, account))

    assert await refresh_calls(quick_town, account) == 1
    assert sorted(entry["text"] for entry in await quick_town.sandbox.ledger(account)) == sorted(texts)
    assert {call["status"] for call in await quick_town.sandbox.calls(POSTS, account)} == {201}


@on_sqlite
async def test_a_worker_that_dies_between_renewing_and_keeping_ends_in_a_new_sign_in(quick_town: Town) -> None:
    persona = somebody()
    channel, account = await connect(quick_town, persona)
    await quick_town.stack.workers.pop().stop()
    await end_access(quick_town, persona)
    publication = await quick_town.journey.accepted("x", channel, text="Held")

    doomed = await quick_town.stack.start_worker(AGM_FAILPOINT="p12", **{CLOCK_OFF: str(LIFE + 60)})
    assert await doomed.ends() == 137
    await quick_town.stack.start_worker(**{CLOCK_OFF: str(LIFE + 120)})
    held = await quick_town.journey.outcome(publication)

    assert (held["status"], held["error"]["code"]) == ("HELD", "RECONNECT_REQUIRED")
    assert await refresh_calls(quick_town, account) == 2, "once more, for nobody knows what came of the first"
    assert await quick_town.sandbox.ledger(account) == []


@on_sqlite
async def test_a_worker_that_is_stopped_while_it_renews_keeps_the_new_pair(
    make_stack: Callable[..., Awaitable[Stack]], sandbox: Any
) -> None:
    """For longer than what a worker that stops lets go on."""
    patient = {**QUICK, "platform_timeout_seconds": 10, "settle_seconds": 20, "lease_seconds": 30}
    town = Town(await make_stack(**patient), sandbox)
    await town.stack.start_api()
    await town.stack.start_worker()
    persona = somebody()
    channel, account = await connect(town, persona)
    await town.stack.workers.pop().stop()
    await end_access(town, persona)
    publication = await town.journey.accepted("x", channel, text="Go on")
    await town.sandbox.add_fault(TOKEN, "slow", next_calls=1, account=account, seconds=5)

    stopped = await town.stack.start_worker(**{CLOCK_OFF: str(LIFE + 60)})

    async def asked() -> bool:
        return await refresh_calls(town, account) == 1

    await until(asked, what="the renewal")
    assert await stopped.stop() == 0
    await town.stack.start_worker(**{CLOCK_OFF: str(LIFE + 60)})
    done = await town.journey.outcome(publication)

    assert done["status"] == "PUBLISHED", done
    assert await refresh_calls(town, account) == 1
