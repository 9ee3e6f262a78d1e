"""Who a line of the log, and a trace, is about while a worker works on a publication."""

from collections.abc import Generator
from contextlib import contextmanager
from uuid import UUID

from structlog.contextvars import bind_contextvars

from publishing import tracing
from publishing.ids import Kind, public_id
from publishing.queue import Queue
from publishing.tracing import Span


@contextmanager
def working_on(publication_id: UUID, workspace_id: UUID, traceparent: str | None) -> Generator[Span]:
    """Name the publication in the log of this task, and go on with its trace."""
    publication = public_id(Kind.PUBLICATION, publication_id)
    with tracing.processing(Queue.PUBLISHING, publication, traceparent=traceparent) as span:
        bind_contextvars(publication=publication, workspace=public_id(Kind.WORKSPACE, workspace_id))
        if span.trace_id is not None:
            bind_contextvars(trace_id=span.trace_id)
        yield span
