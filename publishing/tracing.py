"""Traces, with OpenTelemetry where it is installed and told where to export to: the only file that knows it.

One trace runs from the mutation over the publication's row, which carries its context, to each call to a platform.
Everywhere else a span is a `Span`, which does nothing while nothing is traced; until then nothing is loaded either.
Spans say what was done, where, and the kind of an error: no texts, no tokens, no addresses with a path or query.

Source of names: https://opentelemetry.io/docs/specs/semconv/ (graphql, messaging, http; read 2026-11-25).
"""

import os
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import structlog

log = structlog.get_logger(__name__)

STOP_SECONDS = 3.0
"""How long a process that ends waits for its last spans to be taken."""
_SYSTEM = "agm"
_PROTOCOL = "http/protobuf"
_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")


class Span:
    """Something that takes its time, or nothing at all while nothing is traced."""

    def __init__(self, live: "_Live | None" = None, span: Any = None) -> None:
        self._live, self._span = live, span

    @property
    def trace_id(self) -> str | None:
        """The trace, as 32 hexadecimal digits."""
        return f"{self._span.get_span_context().trace_id:032x}" if self._span is not None else None

    @property
    def traceparent(self) -> str | None:
        """What a row carries to whoever goes on with this."""
        if self._live is None:
            return None
        carrier: dict[str, str] = {}
        self._live.propagator.inject(carrier, self._live.trace.set_span_in_context(self._span))
        return carrier.get("traceparent")

    def name(self, name: str) -> None:
        """Name it by what it turned out to be."""
        if self._span is not None:
            self._span.update_name(name)

    def note(self, attribute: str, value: str | int) -> None:
        """Say more of it."""
        if self._span is not None:
            self._span.set_attribute(attribute, value)

    def fail(self, kind: str) -> None:
        """Mark it as failed, by the kind of error alone: messages may quote what was sent."""
        if self._live is not None:
            self._span.set_attribute("error.type", kind)
            self._span.set_status(self._live.trace.StatusCode.ERROR)


@dataclass(frozen=True, slots=True)
class _Live:
    """OpenTelemetry, loaded: its provider, our tracer, and the modules of its interface."""

    provider: Any
    tracer: Any
    propagator: Any
    trace: Any
    no_context: Any


_NOTHING = Span()
_live: _Live | None = None


@contextmanager
def traced(service: str) -> Generator[None]:
    """Trace what a process does in the block; `service` is its name unless the environment gives another."""
    start(service)
    try:
        yield
    finally:
        stop()


def start(service: str) -> None:
    """Trace from now on, if the environment says where to.

    What stands in the way is logged, and nothing is traced: no reason not to start.
    """
    global _live  # noqa: PLW0603 - one per process, as in OpenTelemetry itself
    if not _wanted() or _live is not None:
        return
    if (problem := _problem()) is not None:
        log.warning("tracing_off", why=problem)
        return
    try:
        _live = _load(service)
    except ImportError as error:
        log.warning("tracing_off", why=f"{error.name} is not installed: pip install 'ai-growth-manager[otel]'")
    except ValueError:  # its message quotes the value, which may be a secret
        log.warning("tracing_off", why="an OTEL_* variable has a value that OpenTelemetry cannot read")


def stop() -> None:
    """Send what is left, for a few seconds at most; a collector that hangs is left behind."""
    global _live
    live, _live = _live, None
    if live is not None:
        last = threading.Thread(target=live.provider.shutdown, name="last spans", daemon=True)
        last.start()
        last.join(STOP_SECONDS)


@contextmanager
def serving(headers: Mapping[str, str]) -> Generator[Span]:
    """Trace an operation that a caller asks for; the caller's own trace goes on, where its headers name one."""
    if _live is None:
        yield _NOTHING
        return
    with _spanned(_live, "GraphQL Operation", "SERVER", parent=_extracted(_live, headers)) as span:
        yield span


@contextmanager
def sending(queue: str, message_id: str) -> Generator[Span]:
    """Trace that work is written for a queue, within what is traced now; its row takes the span's `traceparent`."""
    if _live is None:
        yield _NOTHING
        return
    with _spanned(_live, f"send {queue}", "PRODUCER", attributes=_message("send", queue, message_id)) as span:
        yield span


@contextmanager
def processing(queue: str, message_id: str, *, traceparent: str | None = None) -> Generator[Span]:
    """Trace that a worker works on a row, in the row's trace; in a new one when it has none."""
    if _live is None:
        yield _NOTHING
        return
    parent = _extracted(_live, {"traceparent": traceparent} if traceparent else {})
    attributes = _message("process", queue, message_id)
    with _spanned(_live, f"process {queue}", "CONSUMER", parent=parent, attributes=attributes) as span:
        yield span


@contextmanager
def calling(method: str, host: str, port: int) -> Generator[Span]:
    """Trace a call to a platform. Nothing of it is sent along: other people's servers are told of no trace."""
    if _live is None:
        yield _NOTHING
        return
    attributes = {"http.request.method": method, "server.address": host, "server.port": port}
    with _spanned(_live, method, "CLIENT", attributes=attributes) as span:
        yield span


def trace_id() -> str | None:
    """Name the trace that runs now."""
    if _live is None:
        return None
    context = _live.trace.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else None


@contextmanager
def _spanned(
    live: _Live, name: str, kind: str, *, parent: Any = None, attributes: Mapping[str, str | int] | None = None
) -> Generator[Span]:
    with live.tracer.start_as_current_span(
        name,
        context=parent,
        kind=live.trace.SpanKind[kind],
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as started:
        span = Span(live, started)
        try:
            yield span
        except BaseException as error:
            span.fail(type(error).__name__)
            raise


def _extracted(live: _Live, headers: Mapping[str, str]) -> Any:
    return live.propagator.extract(headers, context=live.no_context)


def _message(operation: str, queue: str, message_id: str) -> dict[str, str]:
    return {
        "messaging.system": _SYSTEM,
        "messaging.operation.name": operation,
        "messaging.operation.type": operation,
        "messaging.destination.name": queue,
        "messaging.message.id": message_id,
    }


def _variable(*names: str) -> str:
    return next((value for name in names if (value := os.environ.get(name, "").strip())), "")


def _wanted() -> bool:
    off = _variable("OTEL_SDK_DISABLED").lower() == "true" or _variable("OTEL_TRACES_EXPORTER") == "none"
    return bool(_variable(*_ENDPOINTS)) and not off


def _problem() -> str | None:
    """Say what is asked for and not built."""
    if (exporter := _variable("OTEL_TRACES_EXPORTER")) not in {"", "otlp"}:
        return f"OTEL_TRACES_EXPORTER is {exporter}: only otlp and none are known here"
    if (protocol := _variable(*_PROTOCOLS)) not in {"", _PROTOCOL}:
        return f"OTEL_EXPORTER_OTLP_PROTOCOL is {protocol}: only {_PROTOCOL} is spoken here"
    return None


def _load(service: str) -> _Live:
    from opentelemetry import trace  # noqa: PLC0415 - an extra, loaded where it is wanted
    from opentelemetry.context import Context  # noqa: PLC0415 - as above
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - as above
    from opentelemetry.sdk.resources import OTELResourceDetector, Resource  # noqa: PLC0415 - as above
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - as above
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415 - as above

    release = version("ai-growth-manager")
    own = Resource.create({"service.name": service, "service.namespace": _SYSTEM, "service.version": release})
    provider = TracerProvider(resource=own.merge(OTELResourceDetector().detect()), shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    tracer = provider.get_tracer("ai-growth-manager", release)
    return _Live(provider, tracer, TraceContextTextMapPropagator(), trace, Context())
