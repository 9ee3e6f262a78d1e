"""Workspaces: whatever belongs to another one is answered, byte for byte, like what does not exist."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLInputObjectType, GraphQLObjectType, build_schema

from api.schema import sdl
from platforms.base import ChannelKind, Environment, Platform
from publishing import models
from publishing.clock import DatabaseClock
from publishing.ids import Kind, new_id, public_id
from publishing.system import ensure_workspace
from tests.api.door import Door, open_door
from tests.records.introspection import beside, fill
from tests.support.rows import rows_of, tables_of

CONTRACT = build_schema(sdl())
ERRORS = "userErrors { __typename code message path ... on NotFoundError { missingId } }"

QUERIES = {
    "node.id": ("query ($id: ID!) { node(id: $id) { __typename id } }", None),
    "nodes.ids": ("query ($id: ID!) { nodes(ids: [$id]) { __typename id } }", None),
    "workspace.id": ("query ($id: ID!) { workspace(id: $id) { id name } }", Kind.WORKSPACE),
    "connectionAttempt.id": (
        "query ($id: ID!) { connectionAttempt(id: $id) { id status } }",
        Kind.CONNECTION_ATTEMPT,
    ),
    "connectedAccount.id": (
        "query ($id: ID!) { connectedAccount(id: $id) { id accountName } }",
        Kind.CONNECTED_ACCOUNT,
    ),
    "channel.id": ("query ($id: ID!) { channel(id: $id) { id name account { id } } }", Kind.CHANNEL),
    "PostByInput.id": ("query ($id: ID!) { post(by: { id: $id }) { id } }", Kind.POST),
    "PublicationFilterInput.postId": (
        "query ($id: ID!) { workspace { publications(filter: { postId: $id }) { totalCount nodes { id } } } }",
        Kind.POST,
    ),
    "PublicationFilterInput.channelIds": (
        "query ($id: ID!) { workspace { publications(filter: { channelIds: [$id] }) { totalCount nodes { id } } } }",
        Kind.CHANNEL,
    ),
    "publication.id": ("query ($id: ID!) { publication(id: $id) { id status } }", Kind.PUBLICATION),
}
MUTATIONS = {
    "ReconnectAccountInput.accountId": ("reconnectAccount(input: { accountId: $id })", Kind.CONNECTED_ACCOUNT),
    "DisconnectAccountInput.accountId": ("disconnectAccount(input: { accountId: $id })", Kind.CONNECTED_ACCOUNT),
    "SelectPagesInput.accountId": ("selectPages(input: { accountId: $id, pageIds: [] })", Kind.CONNECTED_ACCOUNT),
    "SelectPagesInput.pageIds": (
        'selectPages(input: { accountId: "%(own_account)s", pageIds: [$id] })',
        Kind.SELECTABLE_PAGE,
    ),
    "RemoveChannelInput.channelId": ("removeChannel(input: { channelId: $id })", Kind.CHANNEL),
    "PublishToFacebookInput.channelId": ('publishToFacebook(input: { channelId: $id, text: "x" })', Kind.CHANNEL),
    "PublishToBlueskyInput.channelId": ('publishToBluesky(input: { channelId: $id, text: "x" })', Kind.CHANNEL),
    "PublishToInstagramInput.channelId": (
        'publishToInstagram(input: { channelId: $id, media: [{ source: { url: "http://127.0.0.1/a.jpg" } }] })',
        Kind.CHANNEL,
    ),
    "PublishToXInput.channelId": ('publishToX(input: { channelId: $id, text: "x" })', Kind.CHANNEL),
    "PublishToLinkedInInput.channelId": ('publishToLinkedIn(input: { channelId: $id, text: "x" })', Kind.CHANNEL),
    "CancelPublicationInput.publicationId": (
        "cancelPublication(input: { publicationId: $id })",
        Kind.PUBLICATION,
    ),
    "RetryPublicationInput.publicationId": ("retryPublication(input: { publicationId: $id })", Kind.PUBLICATION),
    "ResolvePublicationInput.publicationId": (
        "resolvePublication(input: { publicationId: $id, outcome: { notPublished: true } })",
        Kind.PUBLICATION,
    ),
    "EditPublicationInput.publicationId": (
        'editPublication(input: { publicationId: $id, text: "x" })',
        Kind.PUBLICATION,
    ),
    "DeletePublicationInput.publicationId": ("deletePublication(input: { publicationId: $id })", Kind.PUBLICATION),
    "MediaSourceInput.mediaId": (
        'publishToFacebook(input: { channelId: "%(own_channel)s", media: [{ source: { mediaId: $id } }] })',
        Kind.MEDIA_ASSET,
    ),
}
SUBSCRIPTIONS = {
    "publicationChanged.postId",
    "publicationChanged.publicationId",
    "publicationChanged.channelId",
    "connectionAttemptChanged.attemptId",
}
"""Asked in the tests of subscriptions."""


def test_every_id_that_can_be_handed_in_is_tried_here():
    found: set[str] = set()
    for name, kind in CONTRACT.type_map.items():
        if isinstance(kind, GraphQLInputObjectType):
            found |= {f"{name}.{field}" for field, part in kind.fields.items() if str(part.type).strip("![]") == "ID"}
        if name in {"Query", "Mutation", "Subscription"} and isinstance(kind, GraphQLObjectType):
            for field, part in kind.fields.items():
                found |= {f"{field}.{arg}" for arg, one in part.args.items() if str(one.type).strip("![]") == "ID"}

    assert found == {*QUERIES, *MUTATIONS, *SUBSCRIPTIONS}


class Neighbours:
    """Two workspaces: everything there is belongs to the owner; the stranger has an account and a channel."""

    def __init__(self, door: Door, stranger: str, owned: dict[Kind, str], own: dict[str, str]) -> None:
        self.door, self.stranger, self.owned, self.own = door, stranger, owned, own

    async def answer(self, document: str, wanted: str, *, key: str | None = None) -> str:
        """Give the answer with the echoed id taken out."""
        answer = await self.door.ask(document % self.own, key=self.stranger if key is None else key, id=wanted)
        return json.dumps(answer).replace(json.dumps(wanted), '"<id>"')


@pytest.fixture
async def neighbours(database_url: str, valkey_url: str, tmp_path: Path) -> AsyncIterator[Neighbours]:
    async with open_door(
        data_dir=tmp_path, database_url=database_url, redis_url=valkey_url, sandbox_url="http://127.0.0.1:9"
    ) as door:
        async with beside(database_url) as context:
            rows = await fill(context)
        owned = {kind: public_id(kind, rows[_TABLES[kind]]) for kind in _TABLES}
        stranger = await door.new_key(workspace="Stranger")
        own = await _settle(database_url)
        yield Neighbours(door, stranger, owned, own)


_TABLES = {
    Kind.WORKSPACE: "workspace",
    Kind.API_KEY: "api_key",
    Kind.CONNECTION_ATTEMPT: "connection_attempt",
    Kind.CONNECTED_ACCOUNT: "connected_account",
    Kind.SELECTABLE_PAGE: "selectable_page",
    Kind.CHANNEL: "channel",
    Kind.POST: "post",
    Kind.PUBLICATION: "publication",
    Kind.MEDIA_ASSET: "media_asset",
}


async def _settle(database_url: str) -> dict[str, str]:
    """Give the stranger an account that offers one page, chosen as a channel."""
    async with beside(database_url):
        now = await DatabaseClock().now()
        workspace_id = await ensure_workspace(name="Stranger", now=now)
        shared = {"workspace_id": workspace_id, "environment": Environment.SANDBOX, "platform": Platform.FACEBOOK}
        page = {"kind": ChannelKind.FACEBOOK_PAGE, "platform_account_id": "1", "name": "Own"}
        account = await models.ConnectedAccount.create(
            **shared,
            platform_user_id="1",
            name="Stranger",
            status=models.ConnectionStatus.ACTIVE,
            granted_permissions=[],
            missing_permissions=[],
            checked_at=now,
            created_at=now,
        )
        offered = await models.SelectablePage.create(
            **page, workspace_id=workspace_id, account_id=account.id, publishable=True, position=0, seen_at=now
        )
        channel = await models.Channel.create(
            **shared, **page, account_id=account.id, page_id=offered.id, created_at=now
        )
    return {
        "own_account": public_id(Kind.CONNECTED_ACCOUNT, account.id),
        "own_channel": public_id(Kind.CHANNEL, channel.id),
    }


ASKED = {
    **QUERIES,
    **{name: (f"mutation ($id: ID!) {{ {call} {{ {ERRORS} }} }}", kind) for name, (call, kind) in MUTATIONS.items()},
}


async def test_a_foreign_id_is_answered_like_one_that_leads_nowhere(neighbours: Neighbours):
    before = await _everything(neighbours)

    for place, (document, kind) in ASKED.items():
        foreign = neighbours.owned[kind or Kind.PUBLICATION]
        answer = await neighbours.answer(document, foreign)
        others = {await neighbours.answer(document, one) for one in _wrong(neighbours, kind)}
        assert (place, others) == (place, {answer})
        assert ("NOT_FOUND" in answer) == (place in MUTATIONS), place

    assert await _everything(neighbours) == before


async def test_its_owner_is_answered_otherwise(neighbours: Neighbours):
    owner = await neighbours.door.new_key(workspace="x")

    for place in ASKED.keys() - NOT_OF_THE_OWNER:
        document, kind = ASKED[place]
        foreign = neighbours.owned[kind or Kind.PUBLICATION]
        answer = await neighbours.answer(document, foreign, key=owner)
        assert answer != await neighbours.answer(document, foreign), place
        assert "NOT_FOUND" not in answer, place


MALFORMED = [
    "",
    " ",
    "x",
    "pub",
    "pub_",
    "_",
    "pub_" + "u" * 26,
    "pub_" + "z" * 26,
    "chn_" + "0" * 27,
    "\x00",
    "🥖" * 30,
]
NOT_OF_THE_OWNER = {
    "SelectPagesInput.pageIds",
    "MediaSourceInput.mediaId",
    "PublishToBlueskyInput.channelId",
    "PublishToInstagramInput.channelId",
    "PublishToLinkedInInput.channelId",
    "PublishToXInput.channelId",
    "DisconnectAccountInput.accountId",
    "RemoveChannelInput.channelId",
}
"""Asked with something of the stranger's, of another platform, or in the way of the others."""


def _wrong(neighbours: Neighbours, kind: Kind | None) -> list[str]:
    """List ids that lead nowhere: missing, cut, of another kind, without a prefix, in capitals, malformed."""
    foreign = neighbours.owned[kind or Kind.PUBLICATION]
    missing = public_id(kind or Kind.PUBLICATION, new_id())
    wrong = [missing, *MALFORMED, foreign[:-1], foreign.upper()]
    if kind is not None:
        wrong += [owned for other, owned in neighbours.owned.items() if other is not kind]
        wrong.append(foreign.replace(f"{kind.value}_", ""))
    return wrong


async def test_an_id_as_a_number_leads_nowhere_either(neighbours: Neighbours):
    document, _ = ASKED["publication.id"]

    answers = [await neighbours.door.ask(document, key=neighbours.stranger, id=one) for one in (5, -1, 10**30)]

    assert answers[:2] == [{"data": {"publication": None}}] * 2


async def test_several_ids_come_back_in_their_order_with_gaps(neighbours: Neighbours):
    ask = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    ids = [*neighbours.owned.values(), *neighbours.own.values(), "x"]

    answer = await neighbours.door.ask(ask, key=neighbours.stranger, ids=ids)

    own = [
        {"__typename": "ConnectedAccount", "id": neighbours.own["own_account"]},
        {"__typename": "Channel", "id": neighbours.own["own_channel"]},
    ]
    assert answer["data"]["nodes"] == [None] * len(neighbours.owned) + own + [None]


async def test_lists_show_what_is_ones_own(neighbours: Neighbours):
    ask = """{ workspace {
      connectedAccounts { totalCount nodes { id } } channels { totalCount nodes { id } } publications { totalCount }
    } }"""

    found = (await neighbours.door.ask(ask, key=neighbours.stranger))["data"]["workspace"]

    assert found == {
        "connectedAccounts": {"totalCount": 1, "nodes": [{"id": neighbours.own["own_account"]}]},
        "channels": {"totalCount": 1, "nodes": [{"id": neighbours.own["own_channel"]}]},
        "publications": {"totalCount": 0},
    }


async def test_a_state_of_another_workspace_is_as_unknown_as_any(neighbours: Neighbours):
    start = "mutation { startConnection(input: { platform: FACEBOOK, environment: SANDBOX }) { attempt { state } } }"
    finish = """mutation ($state: String!) {
      completeConnection(input: { state: $state, result: { code: "x" } }) {
        attempt { id } userErrors { code message path }
      }
    }"""
    started = (await neighbours.door.ask(start))["data"]["startConnection"]["attempt"]["state"]

    answers = [
        await neighbours.door.ask(finish, key=neighbours.stranger, state=state) for state in (started, "unknown", "")
    ]

    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["data"]["completeConnection"]["userErrors"][0]["code"] == "AUTHORIZATION_FAILED"


async def _everything(neighbours: Neighbours) -> dict[str, Any]:
    """Read all rows, but when keys were last used."""
    url = neighbours.door.settings.database_url
    return {
        table: await rows_of(url, f'SELECT * FROM "{table}"') for table in await tables_of(url) if table != "api_key"
    }
