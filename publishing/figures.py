"""Figures: what this process counts, for Prometheus. A fact is counted where it is decided, once its commit stands.

No label holds an id, a name or a text of a caller: each has a handful of values that are known beforehand.
"""

from datetime import timedelta
from itertools import product

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics

from platforms.base import Platform
from publishing.lifecycle import Status, Step
from publishing.models import AttemptOutcome

REGISTRY = CollectorRegistry()
"""What this process shows. The library's own registry stays empty: whatever else is loaded adds nothing here."""

OUTCOMES = (
    Status.PUBLISHED,
    Status.FAILED,
    Status.CANCELED,
    Status.HELD,
    Status.UNCONFIRMED,
    Status.NEEDS_ATTENTION,
    Status.DELETED,
)
"""Where a publication stays, for good or until somebody or something moves it on."""

_CALL_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60)
_LATE_SECONDS = (1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21_600)

disable_created_metrics()  # pyright: ignore[reportUnknownMemberType] - a timestamp beside every series that nobody asks for
ProcessCollector(registry=REGISTRY)

_publications = Counter(
    "agm_publications_total",
    "Publications that reached an outcome. One that moves on and reaches another counts again.",
    ("platform", "outcome"),
    registry=REGISTRY,
)
_lateness = Histogram(
    "agm_publication_lateness_seconds",
    "From when a publication was to go out, or was accepted, until it was known to be public.",
    ("platform",),
    buckets=_LATE_SECONDS,
    registry=REGISTRY,
)
_attempts = Histogram(
    "agm_publication_attempt_duration_seconds",
    "How long the call that makes a publication public took, by how it ended.",
    ("platform", "step", "outcome"),
    buckets=_CALL_SECONDS,
    registry=REGISTRY,
)


def publication_came_to(platform: Platform, status: Status, *, lateness: timedelta) -> None:
    """Count a publication that came to an outcome; `lateness` counts where it is public."""
    _publications.labels(platform.value, status.value).inc()
    if status is Status.PUBLISHED:
        _lateness.labels(platform.value).observe(max(lateness.total_seconds(), 0))


def attempt_ended(platform: Platform, step: Step, outcome: AttemptOutcome, *, seconds: float) -> None:
    """Count a call that was made, with how long it took."""
    _attempts.labels(platform.value, step.value.lower(), outcome.value).observe(seconds)


def _show_zeros() -> None:
    """A series that first appears with 1 shows no increase."""
    for platform in Platform:
        _lateness.labels(platform.value)
        for status in OUTCOMES:
            _publications.labels(platform.value, status.value)
        for step, outcome in product(Step, frozenset(AttemptOutcome) - {AttemptOutcome.IN_FLIGHT}):
            _attempts.labels(platform.value, step.value.lower(), outcome.value)


_show_zeros()
