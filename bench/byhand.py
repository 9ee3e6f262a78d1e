"""A GraphQL server written by hand with graphql-core, Starlette and orjson: documents are parsed and validated once.

It answers what the product answers for the same document. The product's own functions read the rows, so that what is
compared is the GraphQL on top. Run: `python -m bench.byhand <file descriptor> [<database url>]`.
"""

import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import orjson
import uvicorn
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    execute,
    execute_sync,
    parse,
    validate,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publishing import models, publications
from publishing.db import open_database
from publishing.ids import Kind, public_id
from publishing.lifecycle import Status
from publishing.publications import PublicationFilter
from publishing.records import PageRequest

_SERVER = {
    "version": "0.1.0",
    "schemaVersion": "0.1.0",
    "sandboxEnabled": True,
    "publicUrl": "http://127.0.0.1:8000",
}
EVERYTHING = PublicationFilter()


def build() -> GraphQLSchema:
    """Build the part of the schema that the measurements read."""
    text, yes_or_no = GraphQLNonNull(GraphQLString), GraphQLNonNull(GraphQLBoolean)
    kinds = {"version": text, "schemaVersion": text, "sandboxEnabled": yes_or_no, "publicUrl": GraphQLString}
    server = GraphQLObjectType(
        "Server", {name: GraphQLField(kind, resolve=_read(name)) for name, kind in kinds.items()}
    )
    query = {
        "server": GraphQLField(server, resolve=lambda *_: _SERVER),
        "workspace": GraphQLField(_workspace(), resolve=_find_workspace),
    }
    return GraphQLSchema(GraphQLObjectType("Query", query))


def _workspace() -> GraphQLObjectType:
    nodes = GraphQLNonNull(GraphQLList(GraphQLNonNull(_publication())))
    connection = GraphQLObjectType("Connection", {"nodes": GraphQLField(nodes, resolve=lambda page, _: page.items)})
    first = {"first": GraphQLArgument(GraphQLInt)}
    return GraphQLObjectType("Workspace", {"publications": GraphQLField(connection, args=first, resolve=_list)})


def _publication() -> GraphQLObjectType:
    """A publication; orjson writes its instants, one of the reasons why this is the floor."""
    status = GraphQLEnumType("PublicationStatus", {member.name: GraphQLEnumValue(member) for member in Status})
    instant = GraphQLScalarType("DateTime")
    reads: dict[str, tuple[Any, Callable[[Any], object]]] = {
        "id": (GraphQLNonNull(GraphQLID), lambda record: public_id(Kind.PUBLICATION, record.id)),
        "status": (GraphQLNonNull(status), lambda record: record.status),
        "scheduledAt": (instant, lambda record: record.scheduled_at),
        "publishedAt": (instant, lambda record: record.published_at),
        "permalink": (GraphQLString, lambda record: record.permalink),
        "platformPostId": (GraphQLString, lambda record: record.platform_post_id),
        "nextAttemptAt": (instant, publications.next_attempt_at),
        "attemptCount": (GraphQLNonNull(GraphQLInt), lambda record: record.attempt_count),
    }
    fields = {name: GraphQLField(kind, resolve=_of(read)) for name, (kind, read) in reads.items()}
    return GraphQLObjectType("Publication", fields)


def _of(read: Callable[[Any], object]) -> Callable[..., object]:
    return lambda source, _: read(source)


def _read(name: str) -> Callable[..., object]:
    return lambda source, _: source[name]


async def _find_workspace(_: object, info: Any) -> object:
    return info.context or await models.Workspace.first()


async def _list(workspace: Any, _: object, first: int) -> object:
    return await publications.list_publications(
        workspace_id=workspace.id, page=PageRequest(first=first), filter=EVERYTHING
    )


schema = build()


@cache
def _document(text: str) -> tuple[DocumentNode, bool]:
    """Give a document, and whether it takes a read of the database."""
    document = parse(text)
    assert not validate(schema, document)
    return document, "workspace" in text


async def answer(text: str, workspace: object = None) -> bytes:
    """Carry a document out and write its answer."""
    document, reads = _document(text)
    result: Any = await execute(schema, document, context_value=workspace) if reads else execute_sync(schema, document)
    assert isinstance(result, ExecutionResult)
    assert not result.errors
    return orjson.dumps({"data": result.data}, option=orjson.OPT_UTC_Z)


async def graphql(request: Request) -> Response:
    body = orjson.loads(await request.body())
    return Response(await answer(body["query"]), media_type="application/json")


@asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[None]:
    """Open the database, where one is named."""
    if len(sys.argv) == 2:
        yield
        return
    async with open_database(sys.argv[2]):
        yield


if __name__ == "__main__":
    app = Starlette(routes=[Route("/graphql", graphql, methods=["POST"])], lifespan=lifespan)
    config = uvicorn.Config(app, loop="uvloop", http="httptools", access_log=False, log_level="warning")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])
