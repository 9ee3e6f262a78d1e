"""Documents: parsed, measured and validated once, and remembered by their text."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache

from graphql import DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode, parse, specified_rules
from strawberry import Schema
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import validate_document

from api.faults import FaultCode, fault
from api.guard import lists_of, refusal_of

REMEMBERED = 256
LONGEST_REMEMBERED = 10_000
MAX_TOKENS = 2_000


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a text that can be parsed; `errors` say why it is not carried out."""

    parsed: DocumentNode
    operations: int
    errors: tuple[GraphQLError, ...]


class Documents(SchemaExtension):
    """Takes documents from memory, and refuses those that are invalid or ask for too much, also over WebSocket.

    One hook for all of it, which no field of an answer passes: each hook of each extension costs every request.
    """

    def on_parse(self) -> Iterator[None]:
        """Set the document and what is wrong with it, so that Strawberry does neither again.

        What cannot be parsed is left to Strawberry, which makes an answer of it: an error raised here would end a
        WebSocket's operation without a word.
        """
        context = self.execution_context
        context.parse_options["max_tokens"] = MAX_TOKENS
        if context.query:
            with suppress(GraphQLError):
                document = read_document(context.schema, context.query)
                context.graphql_document = document.parsed
                context.pre_execution_errors = self._errors(document)
        yield

    def _errors(self, document: Document) -> list[GraphQLError]:
        named = self.execution_context._provided_operation_name is not None  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the public name falls back to the first operation
        if not document.errors and document.operations > 1 and not named:
            return [fault(FaultCode.BAD_REQUEST, "The document has several operations: name one as `operationName`.")]
        return list(document.errors)


def read_document(schema: Schema, text: str) -> Document:
    """Take a document from memory, or read it; long ones are not remembered, for they would fill the memory.

    Raises:
        GraphQLError: it cannot be parsed, or has more than MAX_TOKENS tokens; that is not remembered.
    """
    return remembered(schema, text) if len(text) <= LONGEST_REMEMBERED else _read(schema, text)


@lru_cache(maxsize=REMEMBERED)
def remembered(schema: Schema, text: str) -> Document:
    """Read a document once."""
    return _read(schema, text)


def _read(schema: Schema, text: str) -> Document:
    """Parse a text, then measure it, then validate it: validating can take far longer than measuring."""
    core = schema._schema  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - no public way to it
    parsed = parse(text, max_tokens=MAX_TOKENS)
    operations = sum(isinstance(node, OperationDefinitionNode) for node in parsed.definitions)
    if (problem := refusal_of(parsed, _lists(core))) is not None:
        return Document(parsed, operations, (fault(FaultCode.OPERATION_TOO_COMPLEX, problem),))
    return Document(parsed, operations, tuple(validate_document(core, parsed, specified_rules)))


@cache
def _lists(core: GraphQLSchema) -> frozenset[str]:
    return lists_of(core)
