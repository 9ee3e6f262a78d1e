"""Plans: how a selection of plain attributes is read from an object, worked out once and kept with its document.

A plan reads what it was made for and nothing else: attributes without resolver, permission or argument, whose values
are of the very types that are written down here. It raises `NotPlainError`, or whatever reading raised, in every other
case, and has changed nothing then: graphql-core does the same again and makes the null or the error of it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple, cast
from uuid import UUID

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLLeafType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLString,
    Undefined,
    VariableNode,
)
from graphql.execution.collect_fields import CollectedFields, FieldDetails, FieldDetailsList
from graphql.language import DirectiveNode, FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.cast import get_strawberry_type_cast
from strawberry.types.field import StrawberryField

Complete = Callable[[Any], Any]
Collect = Callable[[GraphQLObjectType, FieldDetailsList], CollectedFields]
_SAFE = frozenset({str, int, float, bool, datetime, date, time, Decimal, UUID})
"""Types of values that are no errors, cannot be awaited, and do nothing when they are looked at."""
_AS_THEY_ARE: dict[object, type] = {GraphQLString: str, GraphQLID: str, GraphQLBoolean: bool}
"""Scalars that write a value of this type as it is."""
_COLLECTED = frozenset({"skip", "include"})
"""Directives that are dealt with where fields are collected."""
_SLOT = "_plans"


class NotPlainError(Exception):
    """Something is not as the plan has it."""


class Step(NamedTuple):
    """One field: its attribute, and what is made of the value. Every object has the attribute of `__typename`."""

    attribute: str
    complete: Complete


@dataclass(slots=True)
class Plans:
    """What is known of one operation's selections, by type and nodes; None for those that have no plan.

    The nodes are known by their `id`, so the fragments they lie in are held here.
    """

    fragments: tuple[FragmentDefinitionNode, ...]
    steps: dict[tuple[object, ...], Step | None] = field(default_factory=dict)
    values: dict[tuple[object, ...], Complete | None] = field(default_factory=dict)


def plans_of(operation: OperationDefinitionNode, fragments: Iterable[FragmentDefinitionNode]) -> Plans:
    """Find the plans of an operation.

    They are kept on its node, and so as long as its document is; where variables decide what is selected, they serve
    one execution only.
    """
    node = vars(operation)
    if _SLOT not in node:
        varies = any(_varies(part.selection_set) for part in (operation, *fragments))
        node[_SLOT] = None if varies else Plans(tuple(fragments))
    return node[_SLOT] or Plans(tuple(fragments))


def plan_step(parent: GraphQLObjectType, details: FieldDetailsList, collect: Collect) -> Step | None:
    """Plan one field of an object; None when it is more than a plain attribute."""
    name = details[0].node.name.value
    if not all(map(_plain_node, details)):
        return None
    if name == "__typename":
        return Step("__class__", lambda _: parent.name)
    core = parent.fields.get(name)
    known: Any = core.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF) if core else None
    if core is None or core.args or not _is_attribute(known, core.resolve):
        return None
    complete = plan_value(core.type, details, collect)
    return Step(known.python_name, complete) if complete else None


def plan_value(kind: GraphQLOutputType, details: FieldDetailsList, collect: Collect) -> Complete | None:
    """Plan what is made of a value of this type; None where that takes more than reading attributes."""
    optional = not isinstance(kind, GraphQLNonNull)
    kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
    if isinstance(kind, GraphQLList):
        item = plan_value(kind.of_type, details, collect)
        return _list(item, optional=optional) if item else None
    if isinstance(kind, GraphQLObjectType):
        read = plan_object(kind, details, collect)
        return _object(kind, read, optional=optional) if read else None
    return _leaf(kind, optional=optional) if isinstance(kind, (GraphQLScalarType, GraphQLEnumType)) else None


def plan_object(kind: GraphQLObjectType, details: FieldDetailsList, collect: Collect) -> Complete | None:
    """Plan reading what is selected of an object that is known to be of this type; None unless all of it is plain."""
    collected = collect(kind, details)
    if collected.new_defer_usages:
        return None
    steps: list[tuple[str, str, Complete]] = []
    for name, of_name in collected.grouped_field_set.items():
        step = plan_step(kind, of_name, collect)
        if step is None:
            return None
        steps.append((name, step.attribute, step.complete))
    return lambda source: {name: complete(getattr(source, attribute)) for name, attribute, complete in steps}


def _object(kind: GraphQLObjectType, read: Complete, *, optional: bool) -> Complete | None:
    definition = kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if definition is None or definition.is_type_of or _is_odd(definition.origin):
        return None
    origin, asked = definition.origin, kind.is_type_of is not None

    def complete(value: Any) -> Any:
        if type(value) is origin and not (asked and get_strawberry_type_cast(value)):
            return read(value)
        return _nothing(value, optional=optional)

    return complete


def _list(item: Complete, *, optional: bool) -> Complete:
    def complete(value: Any) -> Any:
        if type(value) is list or type(value) is tuple:
            return [item(each) for each in value]
        return _nothing(value, optional=optional)

    return complete


def _leaf(kind: GraphQLLeafType, *, optional: bool) -> Complete:
    as_it_is = _AS_THEY_ARE.get(kind)
    if as_it_is is not None:
        return lambda value: value if type(value) is as_it_is else _nothing(value, optional=optional)
    if isinstance(kind, GraphQLEnumType):
        return _enum(kind, optional=optional)
    write = kind.coerce_output_value

    def complete(value: Any) -> Any:
        if type(value) not in _SAFE:
            return _nothing(value, optional=optional)
        written = write(value)
        return written if written is not None and written is not Undefined else _nothing(written, optional=False)

    return complete


def _enum(kind: GraphQLEnumType, *, optional: bool) -> Complete:
    members = cast("Any", kind).wrapped_cls
    written = {member: kind.coerce_output_value(member) for member in members}
    return lambda value: written[value] if type(value) is members else _nothing(value, optional=optional)


def _nothing(value: Any, *, optional: bool) -> None:
    if value is not None or not optional:
        raise NotPlainError


def _plain_node(details: FieldDetails) -> bool:
    node = details.node
    known = all(directive.name.value in _COLLECTED for directive in node.directives or ())
    return known and not (node.arguments or details.defer_usage or details.fragment_variable_values)


def _is_attribute(field: StrawberryField | None, resolve: object) -> bool:
    """Whether a field gives an attribute and nothing sees to it: no resolver, permission, extension or handler."""
    by_name = field is not None and field.is_basic_field and field.default_resolver is getattr
    return by_name and getattr(resolve, "_is_default", False)


def _is_odd(origin: type) -> bool:
    """Whether objects of this class are errors, or can be awaited."""
    return issubclass(origin, BaseException) or hasattr(origin, "__await__")


def _varies(selections: SelectionSetNode | None) -> bool:
    """Whether variables decide what is selected."""
    return any(
        any(_on_variable(directive) for directive in node.directives or ())
        or _varies(getattr(node, "selection_set", None))
        for node in (selections.selections if selections else ())
    )


def _on_variable(directive: DirectiveNode) -> bool:
    return any(isinstance(argument.value, VariableNode) for argument in directive.arguments or ())
