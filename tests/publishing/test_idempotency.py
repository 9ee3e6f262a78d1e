"""The same key with the same input is one post, however often and from however many it is asked for."""

import asyncio
from dataclasses import replace

import pytest

from publishing import models
from publishing.deps import Deps
from publishing.errors import ConflictError, InvalidError, NotFoundError, ReconnectError
from publishing.ids import Kind, new_id, public_id
from publishing.lifecycle import Status
from publishing.models import ConnectionStatus
from publishing.posts import publish
from publishing.records import MediaInput
from tests.publishing.town import open_street

TABLES = (models.Post, models.Publication, models.Transition, models.Event, models.IdempotencyKey, models.MediaAsset)


async def counts() -> list[int]:
    return [await table.all().count() for table in TABLES]


async def test_an_accepted_post_is_written_whole(deps: Deps):
    street = await open_street()

    answer = await publish(deps, street.caller, street.request("Hello", key="one"))

    assert not answer.replayed
    assert answer.publication.status is Status.QUEUED
    assert await counts() == [1, 1, 1, 1, 1, 0]


async def test_the_same_key_with_the_same_input_gets_the_same_answer(deps: Deps):
    street = await open_street()
    first = await publish(deps, street.caller, street.request("Hello", key="one"))

    second = await publish(deps, street.caller, street.request("Hello", key="one"))

    assert second.replayed
    assert second.publication == first.publication
    assert await counts() == [1, 1, 1, 1, 1, 0]


async def test_a_replay_shows_the_publication_as_it_is_now(deps: Deps):
    street = await open_street()
    first = await publish(deps, street.caller, street.request("Hello", key="one"))
    await models.Publication.filter(id=first.publication.id).update(status=Status.FAILED)

    assert (await publish(deps, street.caller, street.request("Hello", key="one"))).publication.status is Status.FAILED


@pytest.mark.parametrize(
    "other",
    [
        {"text": "Hello!"},
        {"link": "https://example.com"},
        {"media": (MediaInput(url="https://pictures.example/a.jpg"),)},
    ],
    ids=["text", "link", "media"],
)
async def test_the_same_key_with_another_input_is_a_conflict(deps: Deps, other: dict[str, object]):
    street = await open_street()
    await publish(deps, street.caller, street.request("Hello", key="one"))
    before = await counts()

    with pytest.raises(ConflictError) as refused:
        await publish(deps, street.caller, street.request(key="one", **{"text": "Hello", **other}))

    assert refused.value.path == ("idempotencyKey",)
    assert await counts() == before


async def test_the_same_key_for_another_channel_is_a_conflict(deps: Deps):
    street = await open_street(channels=2)
    await publish(deps, street.caller, street.request(key="one"))
    other = replace(street.request(key="one"), channel_id=public_id(Kind.CHANNEL, street.channels[1].id))

    with pytest.raises(ConflictError):
        await publish(deps, street.caller, other)


async def test_fifty_callers_at_once_make_one_post(deps: Deps):
    street = await open_street()
    request = street.request("Hello", key="one")

    answers = await asyncio.gather(*(publish(deps, street.caller, request) for _ in range(50)))

    assert len({answer.publication.id for answer in answers}) == 1
    assert sorted(answer.replayed for answer in answers) == [False] + [True] * 49
    assert await counts() == [1, 1, 1, 1, 1, 0]


async def test_fifty_callers_with_two_inputs_make_one_post_and_the_others_are_told(deps: Deps):
    street = await open_street()
    requests = [street.request(f"Text {number % 2}", key="one") for number in range(50)]

    answers = await asyncio.gather(
        *(publish(deps, street.caller, request) for request in requests), return_exceptions=True
    )

    refused = [answer for answer in answers if isinstance(answer, ConflictError)]
    assert len(refused) == 25
    assert len({answer.publication.id for answer in answers if not isinstance(answer, BaseException)}) == 1
    assert await counts() == [1, 1, 1, 1, 1, 0]


async def test_a_key_belongs_to_its_workspace(deps: Deps):
    streets = [await open_street(name=name) for name in ("One", "Two")]

    answers = [await publish(deps, street.caller, street.request(key="one")) for street in streets]

    assert [answer.replayed for answer in answers] == [False, False]
    assert len({answer.publication.id for answer in answers}) == 2


async def test_without_a_key_every_call_is_a_post_of_its_own(deps: Deps):
    street = await open_street()

    answers = await asyncio.gather(*(publish(deps, street.caller, street.request()) for _ in range(3)))

    assert len({answer.publication.id for answer in answers}) == 3
    assert (await counts())[4] == 0


@pytest.mark.parametrize("key", ["", "   ", "x" * 256])
async def test_what_cannot_be_a_key_is_refused(deps: Deps, key: str):
    street = await open_street()

    with pytest.raises(ConflictError) as refused:
        await publish(deps, street.caller, street.request(key=key))

    assert refused.value.path == ("idempotencyKey",)
    assert await counts() == [0] * 6


async def test_a_call_that_was_refused_leaves_its_key_free(deps: Deps):
    street = await open_street()
    with pytest.raises(InvalidError):
        await publish(deps, street.caller, street.request("", key="one"))

    answer = await publish(deps, street.caller, street.request("Better", key="one"))

    assert not answer.replayed


async def test_a_replay_is_answered_although_the_channel_is_gone_meanwhile(deps: Deps):
    street = await open_street()
    first = await publish(deps, street.caller, street.request(key="one"))
    await models.Channel.filter(id=street.channels[0].id).update(removed_at=first.publication.created_at)

    assert (await publish(deps, street.caller, street.request(key="one"))).replayed


async def test_a_channel_of_another_workspace_looks_like_none(deps: Deps):
    street, stranger = await open_street(name="One"), await open_street(name="Two")
    missing = replace(street.request(), channel_id=public_id(Kind.CHANNEL, new_id()))
    said = []
    for caller, request in ((stranger.caller, street.request()), (street.caller, missing)):
        with pytest.raises(NotFoundError) as refused:
            await publish(deps, caller, request)
        said.append((refused.value.message, refused.value.path))

    assert said[0] == said[1]
    assert await counts() == [0] * 6


async def test_a_channel_whose_sign_in_is_over_asks_for_it(deps: Deps):
    street = await open_street(status=ConnectionStatus.RECONNECT_REQUIRED)

    with pytest.raises(ReconnectError) as refused:
        await publish(deps, street.caller, street.request())

    assert refused.value.account_id == public_id(Kind.CONNECTED_ACCOUNT, street.account.id)
    assert await counts() == [0] * 6
