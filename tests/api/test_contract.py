"""The contract: what is committed is what the code serves, and every part of it keeps the conventions it states."""

from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    build_schema,
)
from typer.testing import CliRunner

from api.schema import sdl
from cli.main import app
from tests.api.door import Door
from tests.support.programs import ROOT

CONTRACT = build_schema(sdl())
NAMED = {name: kind for name, kind in CONTRACT.type_map.items() if not name.startswith("__")}
BUILT_IN = {"String", "ID", "Boolean", "Int", "Float"}
ROOTS = ("Query", "Mutation", "Subscription")
PLACES = {("ResolutionInput", "publishedAt")}
"""Where "at" is a place: the address at which something was published."""


def mutations() -> dict[str, GraphQLField]:
    assert CONTRACT.mutation_type
    return CONTRACT.mutation_type.fields


def test_the_committed_contract_is_what_the_code_says():
    assert (ROOT / "schema.graphql").read_text() == sdl(), "run: agm schema export schema.graphql"


async def test_the_server_hands_out_its_contract(door: Door):
    answer = await door.http.get("/schema.graphql")

    assert answer.text == sdl()
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(("change", "code"), [("", 0), ("\ntype Later { id: ID! }\n", 1)])
def test_the_check_notices_a_contract_that_differs(tmp_path, change: str, code: int):
    committed = tmp_path / "schema.graphql"
    committed.write_text(sdl() + change)

    result = CliRunner().invoke(app, ["schema", "check", str(committed)])

    assert result.exit_code == code, result.output
    assert ("Later" in result.output) == bool(change)


def test_a_mutation_takes_one_input_and_gives_a_payload_of_its_own():
    for name, field in mutations().items():
        capital = name[0].upper() + name[1:]
        assert {key: str(arg.type) for key, arg in field.args.items()} == {"input": f"{capital}Input!"}
        assert str(field.type) == f"{capital}Payload"


def test_every_payload_has_user_errors_and_what_it_carries_is_null_or_empty_beside_them():
    for field in mutations().values():
        assert isinstance(field.type, GraphQLObjectType)
        carried = dict(field.type.fields)
        assert str(carried.pop("userErrors").type) == "[UserError!]!"
        assert [kind.name for kind in field.type.interfaces] == ["MutationPayload"]
        for name, part in carried.items():
            text = str(part.type)
            assert not text.endswith("!") or text.startswith("[") or name == "replayed", f"{field.type}.{name}: {text}"


@pytest.mark.parametrize("root", ROOTS)
def test_one_field_that_fails_hides_no_other_field_of_the_operation(root: str):
    kind = NAMED[root]

    assert isinstance(kind, GraphQLObjectType)
    required = [name for name, field in kind.fields.items() if isinstance(field.type, GraphQLNonNull)]
    assert required == (["nodes"] if root == "Query" else [])


def _described() -> Iterator[tuple[str, str | None]]:
    for name, kind in NAMED.items():
        if name in BUILT_IN:
            continue
        yield name, kind.description
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{value}", part.description) for value, part in kind.values.items())
        if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType, GraphQLInputObjectType)):
            yield from ((f"{name}.{field}", part.description) for field, part in kind.fields.items())
        if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType)):
            for field, part in kind.fields.items():
                yield from ((f"{name}.{field}({arg})", given.description) for arg, given in part.args.items())
    yield from ((f"@{one.name}", one.description) for one in CONTRACT.directives if one.name != "oneOf")


def test_everything_is_described():
    found = dict(_described())

    assert len(found) > 200
    assert [name for name, text in found.items() if not (text or "").strip()] == []


def test_a_connection_has_edges_nodes_page_info_and_total():
    connections = {name: kind for name, kind in NAMED.items() if name.endswith("Connection")}

    assert connections
    for name, kind in connections.items():
        assert isinstance(kind, GraphQLObjectType)
        node = name.removesuffix("Connection")
        assert {field: str(part.type) for field, part in kind.fields.items()} == {
            "edges": f"[{node}Edge!]!",
            "nodes": f"[{node}!]!",
            "pageInfo": "PageInfo!",
            "totalCount": "Int!",
        }


def test_a_field_that_lists_without_end_is_a_connection_with_all_four_arguments():
    for kind in NAMED.values():
        if isinstance(kind, GraphQLObjectType):
            for field in kind.fields.values():
                if str(field.type).endswith("Connection!"):
                    assert {"first", "after", "last", "before"} <= set(field.args)


def test_whatever_has_an_id_is_a_node():
    having = [kind for kind in NAMED.values() if isinstance(kind, GraphQLObjectType) and "id" in kind.fields]

    assert len(having) >= 9
    others = [kind.name for kind in having if "Node" not in [one.name for one in kind.interfaces]]
    assert others == ["SelectablePage"]  # it is read through its account only


FOREIGN = ("platform", "trace", "location", "quotePost")
"""Ids that others give are text."""


def test_ids_are_ids_and_times_are_times():
    for kind in NAMED.values():
        if isinstance(kind, (GraphQLObjectType, GraphQLInputObjectType)):
            for name, field in kind.fields.items():
                text = str(field.type).strip("![]")
                if name == "id" or (name.endswith(("Id", "Ids")) and not name.startswith(FOREIGN)):
                    assert text == "ID", f"{kind.name}.{name}"
                if name.endswith("At") and (kind.name, name) not in PLACES:
                    assert text == "DateTime", f"{kind.name}.{name}"


def test_every_error_a_caller_can_fix_says_what_to_do_in_one_shape():
    members = [kind for kind in NAMED.values() if isinstance(kind, GraphQLObjectType) and kind.name.endswith("Error")]
    errors = [kind for kind in members if kind.name != "PlatformError"]

    assert len(errors) >= 8
    for kind in errors:
        assert [one.name for one in kind.interfaces] == ["UserError"]


def test_enum_values_are_shouted():
    values = [value for kind in NAMED.values() if isinstance(kind, GraphQLEnumType) for value in kind.values]

    assert values
    assert [value for value in values if value != value.upper()] == []
