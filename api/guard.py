"""What a document may cost: measured before it is validated.

graphql-core's own validation, and the limiters that come with GraphQL servers, walk fragments again for each spread;
a kilobyte of nested fragments holds them for seconds. Here each fragment is measured once and remembered.
"""

from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)

MAX_DEFINITIONS = 20
MAX_VARIABLES = 100
MAX_FIELDS = 500
MAX_ALIASES = 30
MAX_DEPTH = 12
MAX_COST = 10_000
DEFAULT_LIST = 20
"""How many items a list is taken for whose size the document does not say."""
LONGEST_LIST = 100
_SIZES = frozenset({"first", "last"})
_COUNTED = frozenset({"nodes", "edges"})
"""The items of a connection; its own field has multiplied them already."""
_SHORT = frozenset({"userErrors", "issues", "warnings", "problems", "capabilities", "checks"})
"""Lists that are never long."""
_INTROSPECTION = frozenset({"__schema", "__type"})
_INTROSPECTED = {"types": 100, "fields": 10, "args": 3, "inputFields": 5, "enumValues": 5, "possibleTypes": 5}
_INTROSPECTION_SCALE = 40
"""Introspection reads memory only: the whole schema, as tools ask for it, costs about half of what one may."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a selection costs: `cost` multiplies the sizes of lists with what is selected of each item."""

    fields: int = 0
    aliases: int = 0
    depth: int = 0
    cost: int = 0


def lists_of(schema: GraphQLSchema) -> frozenset[str]:
    """Name the fields that give many objects: those of a list, and those that take the size of a page."""
    return frozenset(
        name
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")
        for name, field in kind.fields.items()
        if _SIZES & field.args.keys() or _is_list(field.type)
    ) - (_COUNTED | _SHORT)


def _is_list(kind: GraphQLOutputType) -> bool:
    return is_list_type(get_nullable_type(kind)) and is_composite_type(get_named_type(kind))


def refusal_of(document: DocumentNode, lists: frozenset[str]) -> str | None:
    """Say why a document is refused; None when it is not. `lists` are the schema's, by `lists_of`."""
    if len(document.definitions) > MAX_DEFINITIONS:
        return f"At most {MAX_DEFINITIONS} definitions in one document."
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    meter = _Meter(fragments, lists)
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            if len(node.variable_definitions or ()) > MAX_VARIABLES:
                return f"At most {MAX_VARIABLES} variables in one operation."
            if (refusal := _over(meter.measure(node.selection_set))) is not None:
                return refusal
    return None


def _over(measure: Measure) -> str | None:
    limits = (
        ("fields", measure.fields, MAX_FIELDS),
        ("aliases", measure.aliases, MAX_ALIASES),
        ("levels", measure.depth, MAX_DEPTH),
        ("cost points (list sizes multiplied)", measure.cost, MAX_COST),
    )
    for what, found, most in limits:
        if found > most:
            return f"The operation has more than {most} {what}: ask for less at once."
    return None


class _Meter:
    """Measures selections; a fragment is measured once, and one that spreads itself counts as nothing here.

    graphql-core's validation refuses such a fragment right after.
    """

    def __init__(self, fragments: dict[str, FragmentDefinitionNode], lists: frozenset[str]) -> None:
        self._fragments = fragments
        self._lists = lists
        self._inside = False
        self._known: dict[tuple[str, bool], Measure] = {}

    def measure(self, selections: SelectionSetNode | None) -> Measure:
        fields = aliases = depth = cost = 0
        for node in selections.selections if selections else ():
            part = self._node(node)
            fields, aliases = fields + part.fields, aliases + part.aliases
            depth, cost = max(depth, part.depth), cost + part.cost
        return Measure(fields, aliases, depth, cost)

    def _node(self, node: object) -> Measure:
        if isinstance(node, FieldNode):
            return self._field(node)
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value)
        return self.measure(getattr(node, "selection_set", None))

    def _field(self, node: FieldNode) -> Measure:
        if not self._inside and node.name.value in _INTROSPECTION:
            return self._introspection(node)
        inner = self.measure(node.selection_set)
        items = self._items(node) if node.selection_set else 1
        return Measure(
            fields=1 + inner.fields,
            aliases=inner.aliases + (1 if node.alias else 0),
            depth=1 + inner.depth,
            cost=1 + items * inner.cost,
        )

    def _introspection(self, node: FieldNode) -> Measure:
        """Measure by the lists of introspection, whose levels do not count: types lie in types."""
        self._inside = True
        inner = self.measure(node.selection_set)
        self._inside = False
        aliases = inner.aliases + (1 if node.alias else 0)
        return Measure(1 + inner.fields, aliases, depth=1, cost=1 + inner.cost // _INTROSPECTION_SCALE)

    def _fragment(self, name: str) -> Measure:
        known = name, self._inside
        if known not in self._known:
            self._known[known] = Measure()
            fragment = self._fragments.get(name)
            self._known[known] = self.measure(fragment.selection_set) if fragment else Measure()
        return self._known[known]

    def _items(self, node: FieldNode) -> int:
        """How many objects a field gives; a size that a variable says is the longest, for a document is read once."""
        name = node.name.value
        if self._inside:
            return _INTROSPECTED.get(name, 1)
        for argument in node.arguments or ():
            if argument.name.value in _SIZES:
                return _size(argument.value.value) if isinstance(argument.value, IntValueNode) else LONGEST_LIST
            if argument.name.value == "ids":
                return len(argument.value.values) if isinstance(argument.value, ListValueNode) else LONGEST_LIST
        return DEFAULT_LIST if name in self._lists else 1


def _size(digits: str) -> int:
    """Read a size; a negative one lowers no cost, and thousands of digits are not worth reading."""
    return max(1, int(digits)) if len(digits) <= len(str(MAX_COST)) else MAX_COST + 1
