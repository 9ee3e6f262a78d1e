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
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

MAX_DEFINITIONS = 20
MAX_VARIABLES = 100
MAX_FIELDS = 500
MAX_ALIASES = 30
MAX_DEPTH = 12
MAX_COST = 10_000
DEFAULT_LIST = 20
_INTROSPECTION = frozenset({"__schema", "__type"})
_SIZES = frozenset({"first", "last"})


@dataclass(frozen=True, slots=True)
class Measure:
    """What a selection costs: `cost` multiplies the sizes of lists with what is selected of each item."""

    fields: int = 0
    aliases: int = 0
    depth: int = 0
    cost: int = 0


def refusal_of(document: DocumentNode) -> str | None:
    """Say why a document is refused; None when it is not."""
    if len(document.definitions) > MAX_DEFINITIONS:
        return f"At most {MAX_DEFINITIONS} definitions in one document."
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    meter = _Meter(fragments)
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

    def __init__(self, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, Measure] = {}

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
        if node.name.value in _INTROSPECTION:
            return Measure(fields=1, cost=1)
        inner = self.measure(node.selection_set)
        items = _items(node) if node.selection_set else 1
        return Measure(
            fields=1 + inner.fields,
            aliases=inner.aliases + (1 if node.alias else 0),
            depth=1 + inner.depth,
            cost=1 + items * inner.cost,
        )

    def _fragment(self, name: str) -> Measure:
        if name not in self._known:
            self._known[name] = Measure()
            fragment = self._fragments.get(name)
            self._known[name] = self.measure(fragment.selection_set) if fragment else Measure()
        return self._known[name]


def _items(node: FieldNode) -> int:
    """The size a list was asked for; the default when a variable says it, for a document is measured once."""
    for argument in node.arguments or ():
        if argument.name.value in _SIZES:
            value = argument.value
            return _size(value.value) if isinstance(value, IntValueNode) else DEFAULT_LIST
    return 1


def _size(digits: str) -> int:
    """Read a size; a negative one lowers no cost, and thousands of digits are not worth reading."""
    return max(1, int(digits)) if len(digits) <= len(str(MAX_COST)) else MAX_COST + 1
