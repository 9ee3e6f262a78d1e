"""Tracing is off until the environment asks for it; what stands in its way is said, and stops nothing."""

import ast
import sys
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from publishing import tracing
from publishing.tracing import traced

NOWHERE = "http://127.0.0.1:9"


def started(**environment: str) -> tuple[bool, list[str]]:
    """Start tracing with these variables; gives whether it runs, and what was said about it."""
    with pytest.MonkeyPatch.context() as patch, capture_logs() as said:
        for name, value in environment.items():
            patch.setenv(name, value)
        with traced("agm-test"), tracing.sending("agm:test", "pub_1") as span:
            runs = span.traceparent is not None
            assert (tracing.trace_id() is not None) is runs
            assert (span.trace_id is not None) is runs
            span.note("a", 1)
            span.name("b")
            span.fail("C")
    return runs, [str(line["why"]) for line in said if line["event"] == "tracing_off"]


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": ""},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": NOWHERE, "OTEL_SDK_DISABLED": "True"},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": NOWHERE, "OTEL_TRACES_EXPORTER": "none"},
    ],
)
def test_nobody_asked_for_traces(environment: dict[str, str]):
    assert started(**environment) == (False, [])


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}, "OTEL_EXPORTER_OTLP_PROTOCOL is grpc"),
        ({"OTEL_TRACES_EXPORTER": "zipkin"}, "OTEL_TRACES_EXPORTER is zipkin"),
        ({"OTEL_BSP_MAX_QUEUE_SIZE": "-1"}, "an OTEL_* variable has a value"),
    ],
)
def test_what_is_asked_for_and_not_built_is_said(environment: dict[str, str], named: str):
    runs, (said,) = started(OTEL_EXPORTER_OTLP_ENDPOINT=NOWHERE, **environment)

    assert not runs
    assert said.startswith(named)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)

    runs, (said,) = started(OTEL_EXPORTER_OTLP_ENDPOINT=NOWHERE)

    assert not runs
    assert "pip install 'ai-growth-manager[otel]'" in said


def test_a_trace_goes_on_only_from_a_context_that_is_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", NOWHERE)
    monkeypatch.setenv("OTEL_TRACES_SAMPLER", "always_off")  # then there is nothing to be sent at the end
    trace, parents = "0af7651916cd43dd8448eb211c80319c", {}
    with traced("agm-test"):
        for given in (f"00-{trace}-b7ad6b7169203331-01", f"00-{trace}-{'0' * 16}-01", "00-x", "a" * 9000, ""):
            with tracing.serving({"traceparent": given}) as span:
                parents[given[:40]] = span.trace_id == trace
                assert tracing.trace_id() == span.trace_id
        with pytest.raises(ZeroDivisionError), tracing.processing("agm:test", "pub_1"):
            raise ZeroDivisionError

    assert list(parents.values()) == [True, False, False, False, False]
    assert tracing.trace_id() is None


def test_nothing_of_opentelemetry_is_loaded_before_it_is_wanted():
    tree = ast.parse(Path(tracing.__file__).read_text())
    names = [node.module or "" for node in tree.body if isinstance(node, ast.ImportFrom)]
    names += [alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names]

    assert names
    assert not [name for name in names if name.startswith("opentelemetry")]
