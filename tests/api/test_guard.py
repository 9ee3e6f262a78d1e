"""Hostile and clumsy requests: refused early, with a code, and never at the price of the server's time."""

import json
from typing import Any

import pytest

from api import guard
from tests.api.door import Door

VERSION = "{ server { version } }"
NAMES = "{ nodes(ids: $ids) { id } }"


def nested(levels: int) -> str:
    return "{" + "a{" * levels + "b" + "}" * levels + "}"


def spreading(fragments: int) -> str:
    """A document whose fields double with each fragment."""
    chain = (f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(fragments))
    return "{ ...f0 } " + " ".join(chain) + f" fragment f{fragments} on Query {{ server {{ version }} }}"


def lists(*sizes: int) -> str:
    account = "connectedAccounts(first: %s) { nodes { channels { account { pages { channel { id } } } } } }"
    return "{ workspace {" + " ".join(f"a{n}: {account % size}" for n, size in enumerate(sizes)) + "} }"


OPEN_LISTS = """query ($n: Int) {
  workspace { channels(first: $n) { nodes { account { pages { id name kind handle problem publishable } } } } }
}"""
ATTACKS: dict[str, tuple[str, dict[str, Any], str]] = {
    "levels beyond any query": (nested(20), {}, "OPERATION_TOO_COMPLEX"),
    "levels beyond the parser": (nested(950), {}, "GRAPHQL_PARSE_FAILED"),
    "a literal nested without end": ("{ node(id: " + "[" * 900 + "]" * 900 + ") { id } }", {}, "GRAPHQL_PARSE_FAILED"),
    "a variable nested without end": (
        f"query ($ids: [ID!]!) {NAMES}",
        {"ids": json.loads("[" * 400 + "]" * 400)},
        "BAD_USER_INPUT",
    ),
    "a thousand aliases": (
        "{" + " ".join(f"a{n}: __typename" for n in range(600)) + "}",
        {},
        "OPERATION_TOO_COMPLEX",
    ),
    "more words than a document has": ("{" + " __typename" * 2_001 + "}", {}, "GRAPHQL_PARSE_FAILED"),
    "fields by the hundred": ("{" + " server { version }" * 260 + "}", {}, "OPERATION_TOO_COMPLEX"),
    "fragments that double": (spreading(25), {}, "OPERATION_TOO_COMPLEX"),
    "a fragment within itself": ("{ ...a } fragment a on Query { ...a }", {}, "GRAPHQL_VALIDATION_FAILED"),
    "fragments within each other": (
        "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
        {},
        "GRAPHQL_VALIDATION_FAILED",
    ),
    "directives by the hundred": (
        "{ server " + "@skip(if: false) " * 400 + "{ version } }",
        {},
        "GRAPHQL_PARSE_FAILED",
    ),
    "operations by the dozen": (" ".join(f"query q{n} {VERSION}" for n in range(25)), {}, "OPERATION_TOO_COMPLEX"),
    "variables by the hundred": (
        "query (" + " ".join(f"$v{n}: ID" for n in range(101)) + ") " + VERSION,
        {},
        "OPERATION_TOO_COMPLEX",
    ),
    "lists in lists": (lists(*[100] * 20), {}, "OPERATION_TOO_COMPLEX"),
    "a debt that pays for lists": (lists(-9_999, *[100] * 20), {}, "OPERATION_TOO_COMPLEX"),
    "a size of five thousand digits": (lists(int("9" * 4_000)), {}, "OPERATION_TOO_COMPLEX"),
    "lists in lists whose sizes are not said": (
        "{ workspace { connectedAccounts { nodes { pages { channel { account { pages { channel { id } } } } } } } } }",
        {},
        "OPERATION_TOO_COMPLEX",
    ),
    "lists in lists whose sizes are variables": (
        OPEN_LISTS,
        {"n": 100},
        "OPERATION_TOO_COMPLEX",
    ),
    "the schema in the schema": (
        "{ __schema {" + " ".join(f"a{n}: types {{ ...F }}" for n in range(25)) + "} } "
        "fragment F on __Type {" + " ".join(f"b{n}: fields {{ ...G }}" for n in range(25)) + "} "
        "fragment G on __Field { name description args { name description } type { name kind } }",
        {},
        "OPERATION_TOO_COMPLEX",
    ),
    "types within types": (
        "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }",
        {},
        "OPERATION_TOO_COMPLEX",
    ),
    "ids by the hundred": (f"query ($ids: [ID!]!) {NAMES}", {"ids": ["x"] * 101}, "BAD_USER_INPUT"),
    "two operations and no name": (f"query a {VERSION} query b {VERSION}", {}, "BAD_REQUEST"),
    "no operation": ("fragment a on Query { server { version } }", {}, "BAD_REQUEST"),
    "a subscription without a socket": ("subscription { publicationChanged { id } }", {}, "BAD_REQUEST"),
    "nothing": ("", {}, "BAD_REQUEST"),
    "half a character": (r'{ node(id: "\ud800") { id } }', {}, "GRAPHQL_PARSE_FAILED"),
}


@pytest.mark.parametrize(("document", "variables", "code"), ATTACKS.values(), ids=ATTACKS)
async def test_an_attack_is_refused_with_a_code(door: Door, document: str, variables: dict[str, Any], code: str):
    answer = await door.post({"query": document, "variables": variables})

    assert answer.status_code == 200
    error = answer.json()["errors"][0]
    assert error["extensions"]["code"] == code
    assert len(answer.content) < 10_000


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize(
    ("limit", "document"),
    [
        (guard.MAX_ALIASES, lambda size: "{" + " ".join(f"a{n}: __typename" for n in range(size)) + "}"),
        (guard.MAX_FIELDS, lambda size: "{" + " __typename" * size + "}"),
        (guard.MAX_DEFINITIONS, lambda size: f"query q {VERSION}" + "".join(_unused(n) for n in range(size - 1))),
        (guard.MAX_VARIABLES, lambda size: "query (" + " ".join(f"$v{n}: ID" for n in range(size)) + ") " + VERSION),
    ],
    ids=["aliases", "fields", "definitions", "variables"],
)
async def test_a_limit_is_where_it_says(door: Door, limit: int, document: Any, over: bool):
    answer = await door.ask(document(limit + over))

    codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
    assert ("OPERATION_TOO_COMPLEX" in codes) == over


def _unused(number: int) -> str:
    return f" fragment f{number} on Query {{ __typename }}"


async def test_a_mebibyte_is_enough(door: Door):
    body = {"query": VERSION, "variables": {"filler": ""}}
    body["variables"]["filler"] = "x" * (1_048_576 - len(json.dumps(body)))
    fits = json.dumps(body).encode()

    accepted = await door.post(content=fits, headers={"content-type": "application/json"})
    refused = await door.post(content=fits + b" ", headers={"content-type": "application/json"})

    assert (accepted.status_code, refused.status_code) == (200, 413)
    assert refused.json()["errors"][0]["extensions"]["code"] == "PAYLOAD_TOO_LARGE"


@pytest.mark.parametrize("character", ["x", "\u6f22", "\U0001f600"])
async def test_the_longest_text_of_any_platform_fits_however_it_is_written(door: Door, character: str):
    document = "mutation ($in: PublishToFacebookInput!) { publishToFacebook(input: $in) { userErrors { code } } }"
    given = {"channelId": "chn_x", "text": character * 70_000}

    answer = await door.ask(document, **{"in": given})  # JSON with escapes, the longest form

    assert answer["data"]["publishToFacebook"]["userErrors"] == [{"code": "NOT_FOUND"}]


async def test_a_document_is_shorter_than_a_request(door: Door):
    answer = await door.post({"query": VERSION + " " * 100_000})

    assert answer.status_code == 413
    assert "variables" in answer.json()["errors"][0]["message"]


async def test_anyone_may_read_the_schema(door: Door):
    answer = await door.ask("{ __schema { types { name fields { name args { name } } } } }", key="")

    assert {"name": "publishToFacebook", "args": [{"name": "input"}]} in next(
        kind["fields"] for kind in answer["data"]["__schema"]["types"] if kind["name"] == "Mutation"
    )


async def test_what_introspection_tools_ask_passes_the_guard(door: Door):
    from graphql import get_introspection_query

    answer = await door.ask(get_introspection_query(), key="")

    assert "errors" not in answer
