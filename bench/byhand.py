"""A GraphQL server written by hand with graphql-core, Starlette and orjson: documents are parsed and validated once.

It answers what the product answers for the same document. Run: `python -m bench.byhand <file descriptor>`.
"""

import socket
import sys
from collections.abc import Callable
from functools import cache

import orjson
import uvicorn
from graphql import (
    DocumentNode,
    GraphQLBoolean,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    execute_sync,
    parse,
    validate,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_SERVER = {
    "version": "0.1.0",
    "schemaVersion": "0.1.0",
    "sandboxEnabled": True,
    "publicUrl": "http://127.0.0.1:8000",
}


def build() -> GraphQLSchema:
    """Build the part of the schema that the measurement reads."""
    text, yes_or_no = GraphQLNonNull(GraphQLString), GraphQLNonNull(GraphQLBoolean)
    kinds = {"version": text, "schemaVersion": text, "sandboxEnabled": yes_or_no, "publicUrl": GraphQLString}
    fields = {name: GraphQLField(kind, resolve=_read(name)) for name, kind in kinds.items()}
    server = GraphQLObjectType("Server", fields)
    return GraphQLSchema(GraphQLObjectType("Query", {"server": GraphQLField(server, resolve=lambda *_: _SERVER)}))


def _read(name: str) -> Callable[..., object]:
    return lambda source, _: source[name]


schema = build()


@cache
def _document(text: str) -> DocumentNode:
    document = parse(text)
    assert not validate(schema, document)
    return document


async def graphql(request: Request) -> Response:
    body = orjson.loads(await request.body())
    result = execute_sync(schema, _document(body["query"]))
    return Response(orjson.dumps({"data": result.data}), media_type="application/json")


if __name__ == "__main__":
    app = Starlette(routes=[Route("/graphql", graphql, methods=["POST"])])
    config = uvicorn.Config(app, loop="uvloop", http="httptools", access_log=False, log_level="warning")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])
