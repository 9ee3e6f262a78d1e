"""docs/graphql.md says of the API what is so; fields that any page names are in the schema."""

import re

import pytest
from graphql import GraphQLSyntaxError, build_schema, parse, validate

from api import guard, nodes, requests, streams, view
from api.documents import MAX_TOKENS, read_document
from api.faults import FaultCode
from api.lists import MOST
from api.schema import schema, sdl
from publishing import idempotency, lists, media
from tests.architecture.markdown import blocks, table
from tests.architecture.source import ROOT

CONTRACT = build_schema(sdl())
PAGE = (ROOT / "docs" / "graphql.md").read_text()
LIMITS = {
    "Bytes in a body, or in a WebSocket message": requests.MAX_BODY_BYTES,
    "Characters in a document": requests.MAX_DOCUMENT_CHARACTERS,
    "Tokens in a document": MAX_TOKENS,
    "Definitions in a document": guard.MAX_DEFINITIONS,
    "Variables of an operation": guard.MAX_VARIABLES,
    "Fields": guard.MAX_FIELDS,
    "Aliases": guard.MAX_ALIASES,
    "Levels": guard.MAX_DEPTH,
    "Cost points": guard.MAX_COST,
    "Items on a page": MOST,
    "Ids asked for at once": nodes.MOST_IDS,
    "Subscriptions on a WebSocket": view.MAX_SUBSCRIPTIONS,
}


@pytest.mark.parametrize("document", blocks(PAGE, "graphql"), ids=lambda text: text.split("(")[0].split("{")[0])
def test_what_the_page_asks_fits_the_schema_and_the_limits(document: str):
    parsed = parse(document)

    assert validate(CONTRACT, parsed) == []
    assert guard.refusal_of(parsed, guard.lists_of(CONTRACT)) is None


def test_the_limits_are_those_of_the_code():
    rows = table(PAGE, "Limit")

    assert {name: int(row[0].replace(",", "")) for name, row in rows.items()} == LIMITS
    assert {code for row in rows.values() for code in re.findall(r"`([A-Z_]+)`", row[1])} <= {*FaultCode}


def test_too_many_tokens_are_answered_as_the_page_says():
    with pytest.raises(GraphQLSyntaxError):
        read_document(schema, "{" + " a" * MAX_TOKENS + "}")

    assert "GRAPHQL_PARSE_FAILED" in table(PAGE, "Limit")["Tokens in a document"][1]


@pytest.mark.parametrize(
    "sentence",
    [
        f"counts as {guard.DEFAULT_LIST}, one\nwhose size is a variable as {guard.LONGEST_LIST}.",
        f"comes every {streams.HEARTBEAT_SECONDS:g} seconds",
        f"One has 1 to {idempotency._LONGEST_KEY} characters",
        f"{view.MAX_SUBSCRIPTIONS} subscriptions on one connection",
    ],
)
def test_the_numbers_in_the_text_are_those_of_the_code(sentence: str):
    assert sentence in PAGE


def test_a_page_and_an_address_are_as_long_as_the_page_says():
    assert lists.MOST == MOST
    assert media.URL_LIFE.days == 1
    assert "good for a day" in PAGE


def test_fields_that_pages_name_are_in_the_schema():
    named = {
        (page.name, kind, field)
        for page in (ROOT / "docs").glob("*.md")
        for kind, field in re.findall(r"`([A-Z][A-Za-z]+)\.([a-z]\w+)", page.read_text())
        if kind in CONTRACT.type_map
    }

    assert len(named) >= 5
    assert {found for found in named if found[2] not in CONTRACT.type_map[found[1]].fields} == set()  # type: ignore[union-attr]
