"""What the API counts for Prometheus: each operation once, however it came in.

Counting shares the one hook that masking has: another extension would cost every request. Labels hold an operation's
type and how it ended, never the name a client gave it.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence

from graphql import GraphQLError
from prometheus_client import Counter, Histogram
from strawberry.types.graphql import OperationType

from api.context import Context
from api.faults import FaultCode
from api.masking import UNDECIDED, Masked
from publishing.figures import REGISTRY

UNKNOWN = "unknown"
"""The type of what was refused before it was known what it asks for."""
SUCCESS, CLIENT_ERROR, SERVER_ERROR = "success", "client_error", "server_error"
_OURS = frozenset({FaultCode.INTERNAL.value, FaultCode.SERVICE_UNAVAILABLE.value})
_SECONDS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

_operations = Counter(
    "agm_graphql_operations_total",
    "GraphQL operations, by type and by whose top-level errors the answer has. A subscription counts at its end.",
    ("type", "outcome"),
    registry=REGISTRY,
)
_duration = Histogram(
    "agm_graphql_operation_duration_seconds",
    "How long queries and mutations took, from reading the document to the answer.",
    buckets=_SECONDS,
    registry=REGISTRY,
)
_TIMED = frozenset({OperationType.QUERY.value, OperationType.MUTATION.value})
_counts = {
    (kind, outcome): _operations.labels(kind, outcome)
    for kind in (*(each.value for each in OperationType), UNKNOWN)
    for outcome in (SUCCESS, CLIENT_ERROR, SERVER_ERROR)
    if (kind, outcome) != (UNKNOWN, SUCCESS)
}


def outcome_of(errors: Sequence[GraphQLError] | None) -> str:
    """Say whose errors an answer has; what callers can fix in a payload's `userErrors` is a success."""
    if not errors:
        return SUCCESS
    return SERVER_ERROR if any((error.extensions or {}).get("code") in _OURS for error in errors) else CLIENT_ERROR


def count_refusal(error: GraphQLError) -> None:
    """Count a request that was answered before its operation was looked at."""
    _counts[UNKNOWN, outcome_of([error])].inc()


class Counted(Masked):
    """Masks errors, then counts the operation with what the caller sees of it."""

    def on_operation(self) -> Iterator[None]:
        """Mask and count, in that order."""
        began, outcome = time.perf_counter(), SERVER_ERROR
        try:
            yield from super().on_operation()
            outcome = outcome_of(getattr(self.execution_context.result, "errors", None))
        except UNDECIDED:
            outcome = CLIENT_ERROR
            raise
        except (GeneratorExit, asyncio.CancelledError):  # whoever subscribed has left
            outcome = SUCCESS
            raise
        finally:
            self._count(outcome, time.perf_counter() - began)

    def _count(self, outcome: str, seconds: float) -> None:
        kind = self._kind()
        _counts[kind, outcome].inc()
        if kind in _TIMED:
            _duration.observe(seconds)
        if isinstance(context := self.execution_context.context, Context):
            context.operation = kind, outcome

    def _kind(self) -> str:
        try:
            return self.execution_context.operation_type.value
        except RuntimeError:
            return UNKNOWN
