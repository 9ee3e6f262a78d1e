"""Scopes: the directive in the contract is what the server enforces, field by field."""

from typing import Any

import pytest
from graphql import GraphQLObjectType, build_schema

from api.schema import sdl
from publishing.ids import Kind, public_id
from publishing.lifecycle import Status
from publishing.records import Scope
from tests.api.door import EVERYTHING, Door
from tests.publishing.town import open_street

NOWHERE = "x_nowhere"
SELECTIONS = {
    "Query": {
        "connectionAttempt": f'(id: "{NOWHERE}") {{ id }}',
        "connectedAccount": f'(id: "{NOWHERE}") {{ id }}',
        "channel": f'(id: "{NOWHERE}") {{ id }}',
        "post": f'(by: {{ id: "{NOWHERE}" }}) {{ id }}',
        "publication": f'(id: "{NOWHERE}") {{ id }}',
    },
    "Workspace": {
        "connectedAccounts": " { totalCount }",
        "channels": " { totalCount }",
        "publications": " { totalCount }",
    },
    "Mutation": {
        "startConnection": "(input: { platform: INSTAGRAM })",
        "completeConnection": '(input: { state: "x", result: { code: "y" } })',
        "reconnectAccount": f'(input: {{ accountId: "{NOWHERE}" }})',
        "disconnectAccount": f'(input: {{ accountId: "{NOWHERE}" }})',
        "selectPages": f'(input: {{ accountId: "{NOWHERE}", pageIds: [] }})',
        "removeChannel": f'(input: {{ channelId: "{NOWHERE}" }})',
        "publishToFacebook": f'(input: {{ channelId: "{NOWHERE}", text: "x" }})',
        "publishToInstagram": f'(input: {{ channelId: "{NOWHERE}", media: [] }})',
        "publishToX": f'(input: {{ channelId: "{NOWHERE}", text: "x" }})',
        "publishToLinkedIn": f'(input: {{ channelId: "{NOWHERE}", text: "x" }})',
        "connectBluesky": '(input: { handle: "a.test", appPassword: "x", serviceUrl: "ftp://x" })',
        "publishToBluesky": f'(input: {{ channelId: "{NOWHERE}", text: "x" }})',
        "cancelPublication": f'(input: {{ publicationId: "{NOWHERE}" }})',
        "retryPublication": f'(input: {{ publicationId: "{NOWHERE}" }})',
        "editPublication": f'(input: {{ publicationId: "{NOWHERE}", text: "x" }})',
        "deletePublication": f'(input: {{ publicationId: "{NOWHERE}" }})',
        "resolvePublication": f'(input: {{ publicationId: "{NOWHERE}", outcome: {{ notPublished: true }} }})',
    },
}
CONTRACT = build_schema(sdl())


def guarded() -> dict[tuple[str, str], Scope]:
    """Read which field needs which scope from the contract."""
    found: dict[tuple[str, str], Scope] = {}
    for name, kind in CONTRACT.type_map.items():
        if isinstance(kind, GraphQLObjectType) and not name.startswith("__"):
            for field, part in kind.fields.items():
                for directive in (part.ast_node and part.ast_node.directives) or ():
                    if directive.name.value == "requiresScope":
                        (given,) = directive.arguments or ()
                        found[name, field] = Scope[str(given.value.to_dict()["value"])]
    return found


GUARDED = {place: scope for place, scope in guarded().items() if place[0] in SELECTIONS}


def document(place: tuple[str, str]) -> str:
    kind, field = place
    asked = field + SELECTIONS[kind][field]
    if kind == "Workspace":
        return f"{{ workspace {{ {asked} }} }}"
    return f"mutation {{ {asked} {{ userErrors {{ code }} }} }}" if kind == "Mutation" else f"{{ {asked} }}"


def test_every_guarded_field_is_asked_here_and_no_mutation_is_unguarded():
    assert {(kind, field) for kind, fields in SELECTIONS.items() for field in fields} == set(GUARDED)
    assert CONTRACT.mutation_type
    assert {field for kind, field in GUARDED if kind == "Mutation"} == set(CONTRACT.mutation_type.fields)


@pytest.mark.parametrize("place", GUARDED, ids=".".join)
async def test_a_key_without_the_scope_is_refused_and_one_with_it_is_not(door: Door, place: tuple[str, str]):
    scope = GUARDED[place]
    with_all_but = await door.new_key(*(one for one in EVERYTHING if one is not scope))
    with_only = await door.new_key(scope)

    refused = await door.ask(document(place), key=with_all_but)
    allowed = await door.ask(document(place), key=with_only)
    unknown = await door.ask(document(place), key="")

    assert _codes(refused, place) == ["PERMISSION_DENIED"]
    assert scope.value in refused["errors"][0]["message"]
    assert "errors" not in allowed
    assert _codes(unknown, place) == ["UNAUTHENTICATED"]


def _codes(answer: dict[str, Any], place: tuple[str, str]) -> list[str]:
    """The codes of an answer whose errors point at the field, or at the workspace around it."""
    for error in answer["errors"]:
        assert error["path"][-1] in {place[1], "workspace"}
    return [error["extensions"]["code"] for error in answer["errors"]]


async def test_one_field_that_is_refused_does_not_hide_the_others(door: Door):
    key = await door.new_key(Scope.POSTS_READ)
    nothing = f'(id: "{NOWHERE}") {{ id }}'

    answer = await door.ask(f"{{ channel{nothing} publication{nothing} viewer {{ scopes }} }}", key=key)

    assert answer["data"] == {"channel": None, "publication": None, "viewer": {"scopes": ["POSTS_READ"]}}
    assert [error["path"] for error in answer["errors"]] == [["channel"]]


@pytest.mark.parametrize(
    ("prefix", "scope"),
    [
        ("con", Scope.ACCOUNTS_READ),
        ("acc", Scope.ACCOUNTS_READ),
        ("chn", Scope.ACCOUNTS_READ),
        ("post", Scope.POSTS_READ),
        ("pub", Scope.POSTS_READ),
        ("med", Scope.MEDIA_READ),
    ],
)
async def test_node_asks_for_the_scope_of_what_it_finds(door: Door, prefix: str, scope: Scope):
    wanted = f"{prefix}_{'0' * 26}"
    key = await door.new_key(*(one for one in EVERYTHING if one is not scope))

    one = await door.ask("query ($id: ID!) { node(id: $id) { id } }", key=key, id=wanted)
    many = await door.ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", key=key, ids=["x", wanted])

    assert [error["extensions"]["code"] for error in one["errors"]] == ["PERMISSION_DENIED"]
    assert [error["extensions"]["code"] for error in many["errors"]] == ["PERMISSION_DENIED"]


async def test_a_key_may_look_at_itself_and_not_at_others(door: Door):
    own = await door.new_key(Scope.POSTS_READ)
    find = "query ($id: ID!) { node(id: $id) { ... on ApiKey { name } } }"
    ask = "{ viewer { actor { ... on ApiKey { id } } } }"
    ids = [(await door.ask(ask, key=key))["data"]["viewer"]["actor"]["id"] for key in (own, door.key)]

    itself = await door.ask(find, key=own, id=ids[0])
    other = await door.ask(find, key=own, id=ids[1])
    as_admin = await door.ask(find, id=ids[0])

    assert itself["data"]["node"] == as_admin["data"]["node"] == {"name": "test"}
    assert other["errors"][0]["extensions"]["code"] == "PERMISSION_DENIED"


INNER = {
    ("Channel", "account"): "account { id }",
    ("ConnectedAccount", "pages"): "account { pages { id } }",
    ("ConnectedAccount", "channels"): "account { channels { id } }",
}


async def test_what_hangs_on_a_publication_needs_its_own_scope(door: Door):
    street = await open_street(name="Inner")
    publication = await street.publish(Status.PUBLISHED)
    allowed, posts_only = [
        await door.new_key(*scopes, workspace="Inner") for scopes in (EVERYTHING, (Scope.POSTS_READ,))
    ]
    assert {place for place in guarded() if place[0] not in {*SELECTIONS, "Subscription"}} == set(INNER)

    for selection in INNER.values():
        asked = (
            f'{{ publication(id: "{public_id(Kind.PUBLICATION, publication.id)}") {{ channel {{ {selection} }} }} }}'
        )
        seen = await door.ask(asked, key=allowed)
        refused = await door.ask(asked, key=posts_only)
        assert seen["data"]["publication"]["channel"]["account"], seen
        assert refused["errors"][0]["extensions"]["code"] == "PERMISSION_DENIED"
        assert refused["data"]["publication"] is None
