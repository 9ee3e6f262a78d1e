"""What came of it, told by the platform's ledger: lost, doubled, false and unfinished, each by name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.chaos.city import City
from tests.chaos.wanted import Wanted
from tests.support.rows import rows_of

_ENDED = {"PUBLISHED", "FAILED", "CANCELED", "NEEDS_ATTENTION"}
_OPEN = {"pending", "unconfirmed"}
_TOLD = """SELECT EXTRACT(EPOCH FROM attempt.started_at) AS began,
    EXTRACT(EPOCH FROM pg_xact_commit_timestamp(attempt.xmin)) AS told,
    attempt.error ->> 'platform_request_id' AS request_id, channel.platform_account_id AS account,
    connected_account.platform_user_id AS person
FROM attempt JOIN publication ON publication.id = attempt.publication_id
JOIN channel ON channel.id = publication.channel_id
JOIN connected_account ON connected_account.id = channel.account_id
WHERE attempt.error ->> 'code' {} 'RATE_LIMITED' AND attempt.finished_at IS NOT NULL"""
"""`began`: before the transaction of a call's mark asks for rests. `told`: when that of its answer, with the rest that
the platform wants, was committed, however long that took."""
_CLAIMED = """SELECT EXTRACT(EPOCH FROM transition.at) AS began, channel.platform_account_id AS account,
    connected_account.platform_user_id AS person
FROM transition JOIN publication ON publication.id = transition.publication_id
JOIN channel ON channel.id = publication.channel_id
JOIN connected_account ON connected_account.id = channel.account_id
WHERE transition.reason = 'claimed'"""
_SEEN = 0.5
"""Seconds until what bears a commit's time is there to be read, at most, on a machine that does much else."""
_LONGEST_CALL = 10.0
"""Seconds from a call's mark to its arrival, at most, its worker frozen meanwhile."""
_COMMENTS = """SELECT text, state, platform_id, error ->> 'code' AS code FROM follow_up
WHERE text LIKE 'comment on chaos %'"""
_READ = """query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Publication {
  id status platformPostId attemptCount error { code message } parts { platformId } } } }"""


BAD = ("lost", "doubled", "false", "unfinished", "early", "given_up")
ON_RECORD = ("untold", "not_out")


@dataclass(frozen=True)
class Verdict:
    """How a run ended: the states by platform, and lists that name what should not be.

    On record only: `not_out`, for which a person is asked; `untold`, calls before a limit had passed that this server
    could not know of.
    """

    statuses: dict[str, Counter[str]]
    attempts: int
    lost: list[str]
    doubled: list[str]
    false: list[str]
    unfinished: list[str]
    early: list[str]
    given_up: list[str]
    untold: list[str]
    not_out: list[str]

    @property
    def is_good(self) -> bool:
        return not any(getattr(self, name) for name in BAD)


@dataclass(frozen=True)
class Commented:
    """The first comment of something published: what is stored of it, and what the public sees."""

    text: str
    row: dict[str, Any] | None
    seen: list[str]

    @property
    def is_false(self) -> bool:
        if self.row is None:
            return False
        if self.row["state"] == "done":
            return len(self.seen) != 1 or self.row["platform_id"] != self.seen[0]
        return self.row["state"] == "failed" and self.row["code"] != "OUTCOME_UNKNOWN" and bool(self.seen)


async def is_commenting(city: City) -> bool:
    """Whether a first comment is still to be written or looked for."""
    return any(row["state"] in _OPEN for row in (await _noted(city)).values())


async def read_all(city: City, items: Sequence[Wanted]) -> dict[str, dict[str, Any]]:
    """Read every publication, by its id."""
    found: dict[str, dict[str, Any]] = {}
    ids = [item.publication_id for item in items]
    for start in range(0, len(ids), 100):
        nodes = (await city.stacks[0].client(_READ, ids=ids[start : start + 100]))["nodes"]
        found |= {node["id"]: node for node in nodes if node}
    return found


async def judge(city: City, items: Sequence[Wanted]) -> Verdict:
    """Compare what the server says with what the public sees."""
    stored = await read_all(city, items)
    copies = await city.seen()
    noted = await _noted(city)
    comments = [
        Commented(item.comment, noted.get(item.comment), copies.get(item.comment, []))
        for item in items
        if item.comment and (stored.get(item.publication_id) or {}).get("status") == "PUBLISHED"
    ]
    rows = [(item, stored.get(item.publication_id), copies.get(item.text, [])) for item in items]
    parts = [(text, row, copies.get(text, [])) for item, row, _ in rows for text in item.further if row]
    early, untold = await _called_early(city)
    return Verdict(
        statuses=_statuses(rows),
        attempts=sum(row["attemptCount"] for _, row, _ in rows if row),
        lost=[item.text for item, row, _ in rows if row is None] + [one.text for one in comments if one.row is None],
        doubled=[f"{item.text}: {seen}" for item, _, seen in rows if len(seen) > 1]
        + [f"{one.text}: {one.seen}" for one in comments if len(one.seen) > 1]
        + [f"{text}: {seen}" for text, _, seen in parts if len(seen) > 1],
        false=[f"{item.text}: {row}, the public sees {seen}" for item, row, seen in rows if row and _false(row, seen)]
        + [f"{one.text}: {one.row}, the public sees {one.seen}" for one in comments if one.is_false]
        + [f"{text}: {row}, the public sees {seen}" for text, row, seen in parts if _is_cut_short(row, seen)],
        unfinished=[f"{item.text}: {row['status']}" for item, row, _ in rows if row and row["status"] not in _ENDED]
        + [f"{one.text}: {one.row}" for one in comments if one.row and one.row["state"] in _OPEN],
        early=early,
        given_up=[f"{item.text}, {item.quarter} {item.kind}: {row}" for item, row, _ in rows if _is_given_up(row)],
        untold=untold,
        not_out=[
            f"{item.text}, {item.quarter} {item.kind}: {row}" for item, row, _ in rows if row and _is_not_out(row)
        ],
    )


def _is_given_up(row: dict[str, Any] | None) -> bool:
    """Whether it failed, though no platform here refuses anything for good."""
    return row is not None and row["status"] in {"FAILED", "CANCELED"}


def _is_not_out(row: dict[str, Any]) -> bool:
    return row["status"] == "NEEDS_ATTENTION"


def _statuses(rows: Sequence[tuple[Wanted, dict[str, Any] | None, list[str]]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for item, row, _ in rows:
        found.setdefault(item.quarter, Counter())[row["status"] if row else "MISSING"] += 1
    return found


async def _noted(city: City) -> dict[str, dict[str, Any]]:
    """Read what is stored of each first comment, by its text."""
    return {row["text"]: row for row in await rows_of(city.url, _COMMENTS)}


async def _called_early(city: City) -> tuple[list[str], list[str]]:
    """List calls before a limit had passed: those against what the server had written down, and the others.

    A limit is a Page's or account's, or that of the person who signed in. What the server was told and could not keep
    (its worker died with the answer) it does not know, nor what it is told once a call's mark stands. Of a call whose
    answer died with its worker the mark is one of those that were never answered clearly. Whatever else was called, as
    what prepares a publication, is against it where a publication was claimed before that call and when it knew.
    """
    rows = await rows_of(city.url, _TOLD.format("="))
    told = [({row["account"], row["person"]}, float(row["told"])) for row in rows]
    marked = {row["request_id"]: float(row["began"]) for row in rows}
    others, claims = await rows_of(city.url, _TOLD.format("<>")), await rows_of(city.url, _CLAIMED)
    found: dict[bool, list[str]] = {True: [], False: []}
    for one in await city.sandbox.violations():
        since, called = (datetime.fromisoformat(one[name]).timestamp() for name in ("told_at", "at"))
        limited = (one["account_id"] or "").rpartition(":")[2]  # LinkedIn's is a URN
        claimed, lost = _begun(claims, limited, called), _begun(others, limited, called)
        began = marked.get(one["request_id"], min(lost) if lost else max(claimed, default=since))
        knew = any(limited in whose and since <= at < began - _SEEN for whose, at in told)
        found[knew].append(f"{one['endpoint']}, {called - since:.1f} s after it was told: {one['detail']}")
    return found[True], found[False]


def _begun(rows: Sequence[Mapping[str, Any]], limited: str, called: float) -> list[float]:
    """Tell when what may have led to a call began."""
    began = (float(row["began"]) for row in rows if limited in {row["account"], row["person"]})
    return [at for at in began if called - _LONGEST_CALL < at <= called]


def _is_cut_short(row: dict[str, Any], seen: list[str]) -> bool:
    """Whether a thread is said to be out, and a further part is not."""
    return row["status"] == "PUBLISHED" and not seen


def _false(row: dict[str, Any], seen: list[str]) -> bool:
    """Whether a state says something that is not so."""
    if row["status"] == "PUBLISHED":
        return len(seen) != 1 or row["platformPostId"] not in {None, seen[0]}
    unknown = row["error"] is not None and row["error"]["code"] == "OUTCOME_UNKNOWN"
    return row["status"] in {"FAILED", "CANCELED", "NEEDS_ATTENTION"} and not unknown and _is_hidden(row, seen)


def _is_hidden(row: dict[str, Any], seen: list[str]) -> bool:
    """Whether the public sees what the server does not tell; of a thread that broke off it tells what is out."""
    told = {part["platformId"] for part in row["parts"]}
    return bool(seen) and (not told.issuperset(seen) or "not public" in (row["error"] or {}).get("message", ""))
