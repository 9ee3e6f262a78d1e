"""The request log: which endpoint was called when, by whom, how many at once; the newest with what they carried."""

import re
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_RECORDS = 200_000
"""Older calls leave the log; the counts per endpoint keep them."""
MAX_CONTENTS = 500
"""Of so many calls the log also keeps what they carried, masked by the platform's stand-in."""
CUT = 0
"""The status of a call whose connection was cut, or that is in flight."""


@dataclass(slots=True)
class CallRecord:
    """One call to a platform endpoint.

    Attributes:
        concurrency: Calls in flight in the whole sandbox when this one began, itself included.
        endpoint_concurrency: The same for this endpoint label alone.
        status: HTTP status; 0 while in flight, and for good where the connection was cut.
        duration_ms: Host milliseconds from the first byte's dispatch to the answer; None while in flight.
        persona: Who signed in, or whose token was used.
        token: The token's fingerprint; never the token.
        error: The platform's error code, or code/subcode.
    """

    sequence: int
    request_id: str
    method: str
    path: str
    endpoint: str
    account_id: str | None
    started_at: float
    concurrency: int
    endpoint_concurrency: int
    status: int = 0
    duration_ms: float | None = None
    faults: tuple[str, ...] = ()
    persona: str | None = None
    token: str | None = None
    error: str | None = None

    @property
    def outcome(self) -> str:
        """The status as people read it: `200`, `cut`, or `…` while in flight."""
        if self.status:
            return str(self.status)
        return "…" if self.duration_ms is None else "cut"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a call carried and was answered, without secrets."""

    request: dict[str, str]
    answer: str


@dataclass(slots=True)
class EndpointCount:
    """How often an endpoint was called, how often it is being called now, and the most at once."""

    count: int = 0
    in_flight: int = 0
    max_concurrency: int = 0


@dataclass(slots=True)
class CallLog:
    """The calls in order, bounded, and counts per endpoint label."""

    records: deque[CallRecord] = field(default_factory=lambda: deque[CallRecord](maxlen=MAX_RECORDS))
    contents: OrderedDict[int, Contents] = field(default_factory=OrderedDict[int, Contents])
    endpoints: dict[str, EndpointCount] = field(default_factory=dict[str, EndpointCount])
    max_concurrency: int = 0
    _in_flight: int = 0
    _last_sequence: int = 0

    def begin(
        self, *, request_id: str, method: str, path: str, endpoint: str, account_id: str | None, started_at: float
    ) -> CallRecord:
        """Log the start of a call and return its record, to be handed to `finish`."""
        counts = self.endpoints.setdefault(endpoint, EndpointCount())
        counts.count += 1
        counts.in_flight += 1
        counts.max_concurrency = max(counts.max_concurrency, counts.in_flight)
        self._in_flight += 1
        self.max_concurrency = max(self.max_concurrency, self._in_flight)
        self._last_sequence += 1
        record = CallRecord(
            sequence=self._last_sequence,
            request_id=request_id,
            method=method,
            path=path,
            endpoint=endpoint,
            account_id=account_id,
            started_at=started_at,
            concurrency=self._in_flight,
            endpoint_concurrency=counts.in_flight,
        )
        self.records.append(record)
        return record

    def relabel(self, record: CallRecord, endpoint: str) -> None:
        """Count a call in flight under another label, now that more is known about it."""
        before, after = self.endpoints[record.endpoint], self.endpoints.setdefault(endpoint, EndpointCount())
        before.count -= 1
        before.in_flight -= 1
        after.count += 1
        after.in_flight += 1
        after.max_concurrency = max(after.max_concurrency, after.in_flight)
        record.endpoint, record.endpoint_concurrency = endpoint, after.in_flight

    def finish(self, record: CallRecord, *, status: int, duration_ms: float, faults: tuple[str, ...]) -> None:
        """Log the end of a call."""
        record.status = status
        record.duration_ms = duration_ms
        record.faults = faults
        self._in_flight -= 1
        self.endpoints[record.endpoint].in_flight -= 1

    def keep(self, record: CallRecord, contents: Contents) -> None:
        """Keep what a call carried, until enough newer ones came."""
        self.contents[record.sequence] = contents
        while len(self.contents) > MAX_CONTENTS:
            self.contents.popitem(last=False)

    def search(self, *, path: str = "", status: str = "") -> Iterator[CallRecord]:
        """Yield matching calls, newest first.

        Args:
            path: A part of the path or of the endpoint's label.
            status: A status (`400`), a class of them (`4xx`), `cut`, or an error's code or code/subcode (`190/463`).
        """
        wanted, status = path.lower(), status.lower()
        for record in reversed(self.records):
            places = (record.path.lower(), record.endpoint.lower())
            if any(wanted in place for place in places) and _has_status(record, status):
                yield record

    def statuses(self) -> Counter[tuple[str, int]]:
        """Return how often each endpoint gave each status, among the calls still in the log."""
        return Counter((record.endpoint, record.status) for record in self.records)

    def clear(self) -> None:
        """Forget finished calls; those in flight stay counted as in flight."""
        self.records.clear()
        self.contents.clear()
        self.max_concurrency = self._in_flight
        for counts in self.endpoints.values():
            counts.count = 0
            counts.max_concurrency = counts.in_flight


def _has_status(record: CallRecord, wanted: str) -> bool:
    if not wanted or wanted in (record.outcome, record.error):
        return True
    if re.fullmatch(r"[1-5]xx", wanted):
        return record.outcome[0] == wanted[0]
    return record.error is not None and record.error.partition("/")[0] == wanted
