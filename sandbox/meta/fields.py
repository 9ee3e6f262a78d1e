"""Field expansion: `fields=id,picture.type(large){url}` parsed, and nodes answered field by field."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.meta.errors import invalid_parameter, nonexisting_field

TOKEN = re.compile(r"\s*(?:(?P<name>\w+)(?P<modifiers>(?:\.\w+\([^()]*\))*)|(?P<mark>[{},]))")
MAX_DEPTH = 8
ABSENT = object()
"""What a resolver returns for a field that this object does not have; it is left out, as Meta does."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field asked for, with the fields asked of it; modifiers such as `.type(large)` are read and have no effect."""

    name: str
    sub: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True)
class NodeType:
    """A kind of node: its name in errors, how each field is answered, which come unasked.

    A resolver takes the object and the caller's context and returns JSON, a Node, an Edge, a Wrapped node or ABSENT.
    """

    name: str
    fields: Mapping[str, Callable[[Any, Any], object]]
    default: tuple[str, ...] = ("id",)


@dataclass(frozen=True, slots=True)
class Node:
    """An object together with its kind."""

    type: NodeType
    value: Any


@dataclass(frozen=True, slots=True)
class Edge:
    """A list of nodes inside another node, answered as `{"data": […]}`."""

    nodes: Sequence[Node]


@dataclass(frozen=True, slots=True)
class Wrapped:
    """One node inside another, answered as `{"data": {…}}`, as profile pictures are."""

    node: Node


def parse_fields(text: str) -> tuple[Field, ...]:
    """Parse a `fields` parameter.

    Raises:
        GraphError: 100, if its syntax is broken.
    """
    stack: list[list[tuple[str, list[Any]]]] = [[]]
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None or len(stack) > MAX_DEPTH:
            raise invalid_parameter(f"Syntax error at character {position} of fields")
        position = match.end()
        _step(stack, match, position)
    if len(stack) != 1:
        raise invalid_parameter("Syntax error: fields end inside braces")
    return _freeze(stack[0])


def project(node: Node, fields: Sequence[Field], context: Any) -> dict[str, Any]:
    """Answer a node: the fields asked for, or its default ones, always with its id where it has one.

    Raises:
        GraphError: 100, if a field does not exist.
    """
    wanted = fields or [Field(name) for name in node.type.default]
    answer: dict[str, Any] = {}
    for wish in wanted:
        resolver = node.type.fields.get(wish.name)
        if resolver is None:
            raise nonexisting_field(wish.name, node.type.name)
        value = resolver(node.value, context)
        if value is not ABSENT:
            answer[wish.name] = _expand(value, wish.sub, context)
    if "id" in node.type.fields and (own_id := node.type.fields["id"](node.value, context)) is not ABSENT:
        answer.setdefault("id", own_id)
    return answer


def _expand(value: object, sub: Sequence[Field], context: Any) -> object:
    if isinstance(value, Node):
        return project(value, sub, context)
    if isinstance(value, Wrapped):
        return {"data": project(value.node, sub, context)}
    if isinstance(value, Edge):
        return {"data": [project(node, sub, context) for node in value.nodes]}
    return value


def _step(stack: list[list[tuple[str, list[Any]]]], match: re.Match[str], position: int) -> None:
    if match["name"]:
        stack[-1].append((match["name"], []))
    elif match["mark"] == "{":
        if not stack[-1]:
            raise invalid_parameter(f"Syntax error at character {position} of fields")
        stack.append(stack[-1][-1][1])
    elif match["mark"] == "}":
        if len(stack) == 1:
            raise invalid_parameter(f"Syntax error at character {position} of fields")
        stack.pop()


def _freeze(level: list[tuple[str, list[Any]]]) -> tuple[Field, ...]:
    return tuple(Field(name, _freeze(sub)) for name, sub in level)
